// A phone: `wx` as WeChat's documents describe it, with a network and a person who taps.
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { JSDOM } from 'jsdom';
import { Server } from './server.mjs';

const require = createRequire(import.meta.url);
export const DIST = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');
export const BASE = 'https://learn.example.cn';

const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
const { document, Event, CustomEvent } = window;
Object.assign(globalThis, { window, document, Event, CustomEvent });
// Reads `wx` when it is loaded and takes over what is there.
globalThis.wx = {};
const simulate = require('miniprogram-simulate');

const { setTimeout: later } = globalThis;
// What the mini-program does in two hours does not keep a test from ending.
globalThis.setTimeout = (act, milliseconds, ...rest) => {
  const timer = later(act, milliseconds, ...rest);
  return milliseconds > 60_000 ? timer.unref() : timer;
};

export class Phone {
  server = new Server();
  online = true;
  /** What the network does to the next requests: `lost` on the way, or its `reply` is. */
  faults = [];
  storage = new Map();
  /** Where the person was led, oldest first. */
  went = [];
  /** What the person does when asked. */
  confirms = true;
  scanned = { result: `${BASE}/c/AQEB_-` };
  subscribeAnswer = {};
  subscribeQuestions = [];
  privacy = { needAuthorization: false, listener: undefined };
  dialogs = [];
  updates = { applied: false, ready: undefined };
  networkListeners = new Set();
  waits = [];

  constructor() {
    for (const file of Object.keys(require.cache)) {
      if (file.startsWith(DIST + sep)) delete require.cache[file];
    }
    globalThis.wx = this.#wx();
    this.lib('wait').wait = async (tries) => {
      this.waits.push(tries);
      await this.onWait?.();
    };
  }

  /** A module of the mini-program. */
  lib(name) {
    return require(join(DIST, 'lib', name));
  }

  /** The same phone after WeChat closed the mini-program and it is opened again. */
  reopened() {
    const again = new Phone();
    again.storage = this.storage;
    again.server = this.server;
    return again;
  }

  setOnline(online) {
    this.online = online;
    for (const listener of this.networkListeners) listener({ isConnected: online, networkType: online ? '4g' : 'none' });
  }

  page(name) {
    const path = join(DIST, 'pages', name, 'index');
    const id = simulate.load(path, 'page', { compiler: 'simulate', rootPath: DIST });
    const component = simulate.render(id);
    component.attach(document.createElement('div'));
    return new Page(component);
  }

  #wx() {
    const go = (how) => ({ url }) => this.went.push(`${how} ${url}`);
    return {
      request: (options) => void this.#request(options),
      login: ({ success, fail }) => (this.online ? success({ code: this.server.loginCode() }) : fail({ errMsg: 'login:fail' })),
      getStorageSync: (key) => (this.storage.has(key) ? JSON.parse(this.storage.get(key)) : ''),
      setStorageSync: (key, value) => void this.storage.set(key, JSON.stringify(value)),
      removeStorageSync: (key) => void this.storage.delete(key),
      clearStorageSync: () => this.storage.clear(),
      navigateTo: go('to'),
      redirectTo: go('redirect'),
      reLaunch: go('relaunch'),
      showModal: (options) => {
        this.dialogs.push(options);
        options.success({ confirm: this.confirms, cancel: !this.confirms });
      },
      scanCode: (options) => {
        this.scanOptions = options;
        if (this.scanned.errMsg) options.fail(this.scanned);
        else options.success({ scanType: 'QR_CODE', ...this.scanned });
      },
      requestSubscribeMessage: ({ tmplIds, success, fail }) => {
        this.subscribeQuestions.push(tmplIds);
        if (this.subscribeAnswer.errCode) fail(this.subscribeAnswer);
        else success({ errMsg: 'requestSubscribeMessage:ok', ...this.subscribeAnswer });
      },
      getPrivacySetting: ({ success }) => success({ needAuthorization: this.privacy.needAuthorization }),
      onNeedPrivacyAuthorization: (listener) => (this.privacy.listener = listener),
      openPrivacyContract: () => this.went.push('contract'),
      openSetting: () => this.went.push('setting'),
      exitMiniProgram: () => this.went.push('exit'),
      onNetworkStatusChange: (listener) => this.networkListeners.add(listener),
      offNetworkStatusChange: (listener) => this.networkListeners.delete(listener),
      getAccountInfoSync: () => ({ miniProgram: { version: '1.0.0' } }),
      getUpdateManager: () => ({
        onUpdateReady: (heard) => (this.updates.ready = heard),
        applyUpdate: () => (this.updates.applied = true),
      }),
    };
  }

  /** Every HTTP status is a success; a lost reply is a failure of what has been done. */
  async #request({ url, method, data, header, success, fail }) {
    await null;
    const fault = this.faults.shift();
    if (!this.online || fault === 'lost') return fail({ errMsg: 'request:fail' });
    if (!url.startsWith(`${BASE}/`)) throw new Error(`${url} is not our server`);
    const path = url.slice(BASE.length);
    const token = header.authorization?.replace('Bearer ', '');
    // What travels is text.
    const body = data === undefined ? undefined : JSON.parse(JSON.stringify(data));
    if (body && header['content-type'] !== 'application/json') throw new Error('a body without its type');
    const [statusCode, answer] = fault?.page ? [200, fault.page] : this.server.answer(method, path, body, token);
    if (fault === 'reply') return fail({ errMsg: 'request:fail timeout' });
    return success({ statusCode, data: answer });
  }
}

/** A page on the screen. */
class Page {
  constructor(component) {
    this.component = component;
    this.instance = component.instance;
  }

  get data() {
    return this.instance.data;
  }

  /** What there is to read. */
  get text() {
    return this.component.dom.textContent;
  }

  async opens(query = {}) {
    await this.instance.onLoad?.(query);
    await this.instance.onShow?.();
    await settled();
  }

  async shows() {
    await this.instance.onShow?.();
    await settled();
  }

  sees(selector) {
    return this.component.querySelector(selector);
  }

  async taps(selector, detail, event = 'tap') {
    const button = this.sees(selector);
    if (!button) throw new Error(`there is no ${selector} in ${this.text}`);
    button.dispatchEvent(event, { detail });
    await settled();
  }

  async types(selector, value) {
    await this.taps(selector, { value }, 'input');
  }
}

/** Until everything that can go on without the outside world has done so. */
export async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
