// How the phone app scans and signs in inside WeChat (frontend/static/wechat.js): in the mini-program's web view by
// the mini-program's own page, in WeChat's browser by the scanner that a signature opens.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { script } from './scripts.mjs';

const { scan, signIn } = await import(`data:text/javascript,${encodeURIComponent(script('wechat.js', 'esm'))}`);

const ENTERED = 'https://learn.example.cn/me?from=singlemessage';
const HERE = 'https://learn.example.cn/check-in#top';
const SIGNATURE = { app_id: 'wxoa', timestamp: 1, nonce: 'n', signature: 's' };
const AGENTS = {
  android: 'Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0.55',
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) MicroMessenger/8.0.55',
  miniProgram: 'Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0.55 miniProgram/wx0',
};

let asked;
let loaded;
let config;
let went;
/** What each of the things outside does. */
let world;

beforeEach(() => {
  asked = [];
  loaded = [];
  went = [];
  world = { agent: AGENTS.android, answers: [], config: 'ready', scan: { resultStr: 'code' } };
  const { setTimeout: later } = globalThis;
  Object.assign(globalThis, {
    location: new URL(HERE),
    window: {},
    document: { createElement: () => ({}), head: { appendChild: load } },
    fetch: async (address, options = {}) => {
      asked.push(`${options.method ?? 'GET'} ${address}`);
      const status = world.answers.shift() ?? 200;
      return { ok: status === 200, status, json: async () => SIGNATURE };
    },
    // What gives up after a while does not keep a test from ending.
    setTimeout: (act, milliseconds) => {
      const timer = later(act, milliseconds);
      return typeof timer === 'object' ? timer.unref() : timer;
    },
  });
  Object.defineProperty(globalThis, 'navigator', { configurable: true, get: () => ({ userAgent: world.agent }) });
});

function load(script) {
  loaded.push(script.src);
  if (world.noScript) return script.onerror();
  const heard = {};
  window.jWeixin = {
    ready: (act) => (heard.ready = act),
    error: (act) => (heard.error = act),
    config: (given) => {
      config = given;
      heard[world.config]({ errMsg: 'config:invalid signature' });
    },
    scanQRCode: (options) => {
      if (world.scan.cancelled) options.cancel();
      else if (world.scan.errMsg) options.fail(world.scan);
      else options.success(world.scan);
    },
    miniProgram: { navigateTo: go('to'), reLaunch: go('anew') },
  };
  return script.onload();
}

const go = (how) => ({ url, success }) => {
  went.push(`${how} ${url}`);
  success();
};

const signed = (address) => `GET /api/wechat/page-signature?url=${encodeURIComponent(address)}`;

test('in the mini-program the scanner is its own page, and goes on there', async () => {
  world.agent = AGENTS.miniProgram;
  assert.equal(await scan(ENTERED), '');
  assert.deepEqual(went, ['to /pages/scan/index']);
  assert.deepEqual(asked, []);
});

test('a web view whose sign-in is over leaves it to the mini-program, and comes back', async () => {
  world.agent = AGENTS.miniProgram;
  await signIn('/courses/1?x=2');
  assert.deepEqual(went, ['anew /pages/start/index?to=%2Fcourses%2F1%3Fx%3D2']);
  assert.deepEqual(asked, []);
});

test('in WeChat\'s browser the present page is signed, and the code comes back', async () => {
  assert.equal(await scan(ENTERED), 'code');
  assert.deepEqual(asked, [signed(HERE.split('#')[0])]);
  assert.deepEqual(config, { appId: 'wxoa', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: ['scanQRCode'] });
});

test('on an iPhone the address that the app was entered by is signed', async () => {
  world.agent = AGENTS.iphone;
  await scan(ENTERED);
  assert.deepEqual(asked, [signed(ENTERED)]);
});

test('WeChat\'s script is loaded once, and only for somebody who scans', async () => {
  assert.deepEqual(loaded, []);
  await scan(ENTERED);
  await scan(ENTERED);
  assert.equal(loaded.length, 1);
  assert.match(loaded[0], /^https:\/\/res\.wx\.qq\.com\//);
});

test('an expired sign-in is renewed on the way', async () => {
  world.answers = [401, 200, 200];
  assert.equal(await scan(ENTERED), 'code');
  assert.deepEqual(asked.map((it) => it.split('?')[0]), [
    'GET /api/wechat/page-signature', 'POST /api/sign-ins/refresh', 'GET /api/wechat/page-signature',
  ]);
});

test('whoever closes the scanner has scanned nothing', async () => {
  world.scan = { cancelled: true };
  assert.equal(await scan(ENTERED), '');
});

test('where WeChat gives no scanner the app is told, so that it offers another way', async () => {
  for (const trouble of [
    { noScript: true },
    { answers: [503] },
    { config: 'error' },
    { scan: { errMsg: 'scanQRCode:fail' } },
  ]) {
    window.jWeixin = undefined;
    Object.assign(world, { noScript: false, answers: [], config: 'ready', scan: { resultStr: 'code' } }, trouble);
    await assert.rejects(scan(ENTERED), JSON.stringify(trouble));
  }
});
