// The two browsers, made alike: what people use today, through Playwright, and Chromium 86, the web
// view of WeChat on cheap Android phones, through the Puppeteer of its time.
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { layLine } from './line.mjs';

const { CHROMIUM, CHROMIUM_86_DIR, NODE_MODULES } = process.env;
const require = createRequire(join(NODE_MODULES, 'resolve-from-here.js'));

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=zh-CN'];

// Far from Shanghai: the product shows Shanghai's time whatever the device believes.
const ZONE = 'Europe/Lisbon';

/** A camera that sees this film once it is switched on. */
const filming = (file) => ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`];

/** Opens a window of `{ engine, width, height, phone, agent }`; nothing is shared between windows. */
export async function openWindow(options) {
  const line = await layLine();
  const window = await (options.engine === '86' ? openIn86 : openInCurrent)(options, line.args);
  return {
    ...window,
    async setOffline(offline) {
      line.setCut(offline);
      await window.setOffline(offline);
    },
    async close() {
      await window.close();
      line.close();
    },
  };
}

async function openInCurrent({ width, height, phone, agent, camera }, wiring) {
  const { chromium } = require('playwright-core');
  const args = ['--headless', ...QUIET, ...wiring, ...(camera ? filming(camera) : [])];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  const context = await browser.newContext({
    viewport: { width, height },
    userAgent: agent,
    isMobile: phone,
    hasTouch: phone,
    deviceScaleFactor: phone ? 2 : 1,
    locale: 'zh-CN',
    timezoneId: ZONE,
  });
  let page = await context.newPage();
  return {
    page,
    /** Kills the app and starts it again; the device keeps what it has. */
    async restart() {
      await page.close();
      page = await context.newPage();
      return page;
    },
    goto: (url) => page.goto(url, { waitUntil: 'commit' }),
    setOffline: (offline) => context.setOffline(offline),
    setCookie: (cookie) => context.addCookies([cookie]),
    insertText: (text) => page.keyboard.insertText(text),
    choose: (selector, file) => page.setInputFiles(selector, file),
    /** Answers requests for matching addresses with `{ status, contentType, body }`, or not at all. */
    answer: (pattern, answer) =>
      page.route(pattern, (route) => (answer ? route.fulfill(answer) : route.abort())),
    /** Keeps matching requests waiting until the returned function is called. */
    async hold(pattern) {
      let release;
      const released = new Promise((resolve) => { release = resolve; });
      await page.route(pattern, (route) => released.then(() => route.continue()));
      return release;
    },
    async download(begin) {
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: 15000 }), begin()]);
      return { name: download.suggestedFilename(), file: await download.path() };
    },
    close: () => browser.close(),
  };
}

async function openIn86({ width, height, phone, agent }, wiring) {
  const puppeteer = require('puppeteer-core');
  const browser = await puppeteer.launch({
    executablePath: join(CHROMIUM_86_DIR, 'chromium'),
    args: ['--single-process', '--no-zygote', ...QUIET, ...wiring],
    env: { ...process.env, LD_LIBRARY_PATH: join(CHROMIUM_86_DIR, 'lib') },
    pipe: true,
  });
  const newPage = async () => {
    const page = await browser.newPage();
    await page.setUserAgent(agent);
    await page.setViewport({ width, height, isMobile: phone, hasTouch: phone, deviceScaleFactor: 1 });
    await page.emulateTimezone(ZONE);
    return page;
  };
  let page = await newPage();
  return {
    page,
    async restart() {
      await page.close();
      page = await newPage();
      return page;
    },
    goto: (url) => page.goto(url, { waitUntil: 'domcontentloaded' }),
    setOffline: (offline) => page.setOfflineMode(offline),
    setCookie: (cookie) => page.setCookie(cookie),
    insertText: (text) => page.keyboard.sendCharacter(text),
    choose: async (selector, file) => (await page.$(selector)).uploadFile(...[file].flat()),
    close: () => browser.close(),
  };
}
