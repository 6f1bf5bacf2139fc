// Runs Lighthouse three times on a page of the phone app, for somebody whom WeChat signs in silently and
// who was never here before, and prints the medians as JSON. Environment: BASE the server, PAGE the path,
// CHROMIUM the browser.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';

const { BASE: base, PAGE: page, CHROMIUM: executablePath } = process.env;
const RUNS = 3;

/** A port of the loopback address that nobody listens on. */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const median = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];

/** One run in a browser of its own, which knows nothing but the sign-in. */
async function run() {
  const profile = mkdtempSync(join(tmpdir(), 'fingertip-lighthouse-'));
  const port = await freePort();
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [`--remote-debugging-port=${port}`, '--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    // Through the browser's cookies, but without a page: nothing of the app may be cached before.
    const entered = await browser.request.get(`${base}/enter/wechat`);
    const me = await browser.request.get(`${base}/api/me`);
    if (!entered.ok() || !me.ok()) {
      throw new Error(`the sign-in failed: ${entered.status()} ${entered.url()}, ${me.status()}`);
    }
    const { lhr } = await lighthouse(base + page, {
      port,
      logLevel: 'error',
      output: 'json',
      formFactor: 'mobile',
      throttlingMethod: 'simulate',
      onlyCategories: ['performance', 'accessibility', 'best-practices'],
    });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    if (new URL(lhr.finalDisplayedUrl).pathname !== page) {
      throw new Error(`the page went to ${lhr.finalDisplayedUrl}`);
    }
    return lhr;
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** What costs points, for whoever wants to earn them. */
function complain(lhr) {
  for (const [name, category] of Object.entries(lhr.categories)) {
    for (const { id, weight } of category.auditRefs) {
      const { score, title, displayValue = '' } = lhr.audits[id];
      if (weight > 0 && score !== null && score < 0.9) {
        console.error(`  ${name}: ${title} ${displayValue}`);
      }
    }
  }
}

const results = [];
for (let number = 0; number < RUNS; number += 1) results.push(await run());
complain(results.at(-1));
const score = (category) => median(results.map((it) => it.categories[category].score * 100));
const metric = (audit) => median(results.map((it) => it.audits[audit].numericValue));
const medians = {
  runs: RUNS,
  performance: score('performance'),
  accessibility: score('accessibility'),
  best_practices: score('best-practices'),
  first_contentful_paint: metric('first-contentful-paint'),
  largest_contentful_paint: metric('largest-contentful-paint'),
  total_blocking_time: metric('total-blocking-time'),
  cumulative_layout_shift: metric('cumulative-layout-shift'),
};
console.log(JSON.stringify(medians));
