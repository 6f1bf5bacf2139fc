// Every page that links lead to, of the phone app and of the console, in the light and in the dark:
// axe finds nothing serious.
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { computer, journey, phone, until } from './browser.mjs';
import { signIn } from './officer.mjs';

const { BASE, NODE_MODULES, WECHAT } = process.env;
const require = createRequire(join(NODE_MODULES, 'resolve-from-here.js'));
const { AxeBuilder } = require('@axe-core/playwright');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const GRAVE = ['serious', 'critical'];

/** Pages that differ only in what they are about, are one. */
const kindOf = (path) => path.split('?')[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');

/** What is no page of ours, or ends the sign-in. */
const isPage = (path) => !/^\/(api|media|assets|enter)\//.test(path) && !/\.\w+$/.test(path.split('?')[0]);

const linksOf = () => [...document.querySelectorAll('a[href]')].map((it) => it.href);

/** What axe has against the page as it stands: everything in the light, in the dark only colours. */
async function violations(screen, scheme) {
  await screen.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  const axe = new AxeBuilder({ page: screen.page });
  const { violations: found } = await (scheme === 'light' ? axe.withTags(RULES) : axe.withRules(['color-contrast'])).analyze();
  return found
    .filter((it) => GRAVE.includes(it.impact))
    .map((it) => `${it.id} (${it.help}): ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** Follows the links that match `where` from the given pages to one page of each kind; tells what is wrong. */
async function walk(screen, entries, schemes, where) {
  const waiting = [...entries];
  // What axe itself may not do on our pages is none of their faults.
  screen.forgives = /^Applying inline style/;
  const seen = new Set();
  const wrong = [];
  while (waiting.length) {
    const path = waiting.shift();
    if (seen.has(kindOf(path))) continue;
    seen.add(kindOf(path));
    await screen.goto(path);
    const stands = () => screen.run(() => !document.querySelector('#shell, .waiting') && document.body.innerText.trim().length > 20);
    await until(`${screen.who} sees ${path}`, () => stands().catch(() => false));
    await until(`${path} is at rest`, () => screen.ask({ find: 'rest' }));
    for (const scheme of schemes) {
      for (const it of await violations(screen, scheme)) wrong.push(`${path} ${scheme}: ${it}`);
    }
    const found = await screen.run(linksOf);
    waiting.push(...found.filter((it) => it.startsWith(`${BASE}/`)).map((it) => it.slice(BASE.length).split('#')[0]).filter((it) => isPage(it) && where.test(it)));
  }
  console.log(`${screen.who}: ${[...seen].sort().join(' ')}`);
  return { seen, wrong };
}

/** A phone in the hand of somebody whom WeChat signs in. */
async function hand(who) {
  const screen = await phone(`axe-${who}`);
  await screen.window.setCookie({ name: 'sandbox_person', value: who, url: WECHAT });
  await screen.goto('/enter/wechat?to=/me');
  await screen.sees('设置');
  return screen;
}

await journey(async () => {
  const everywhere = ['light', 'dark'];
  const visitor = await phone('axe-visitor');
  const results = [await walk(visitor, ['/sign-in', '/enter/password', '/privacy'], everywhere, /^\/(sign-in|privacy)/)];
  for (const [who, entries, least, where] of [
    ['wangxiuying', ['/', '/courses', '/sessions', '/check-in', '/me', '/study/path'], 20, /./],
    ['wufang', ['/teaching'], 4, /^\/(teaching|study\/questions)/],
    ['liuqiang', ['/team'], 1, /^\/team/],
  ]) {
    const result = await walk(await hand(who), entries, everywhere, where);
    if (result.seen.size < least) throw new Error(`${who} came to ${result.seen.size} pages only`);
    results.push(result);
  }
  const officer = await computer('axe-officer');
  await signIn(officer);
  const console_ = await walk(officer, ['/admin/courses', '/admin/people', '/admin/standards', '/study/paths'], everywhere, /^\/(admin|study\/paths)/);
  if (console_.seen.size < 20) throw new Error(`the officer came to ${console_.seen.size} pages only`);
  results.push(console_);
  const wrong = results.flatMap((it) => it.wrong);
  if (wrong.length) throw new Error(`axe finds:\n${wrong.join('\n')}`);
});
