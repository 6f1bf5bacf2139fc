// Every page of the phone app and of the console, in the light, in the dark and in 关怀版, with what opens
// over them: axe finds nothing serious, and no address of either app is left out.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { computer, journey, phone, until } from './browser.mjs';
import { signIn, signInAs } from './officer.mjs';

const { ADMINISTRATOR_PASSWORD, AUDITOR_PASSWORD, BASE, COURSES, NODE_MODULES, PLACES, WECHAT } = process.env;
const require = createRequire(join(NODE_MODULES, 'resolve-from-here.js'));
const { AxeBuilder } = require('@axe-core/playwright');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const GRAVE = ['serious', 'critical'];
const FRONTEND = join(COURSES, '../../../frontend/src');

/** Pages that were made for this: one of each kind of lesson, a paper, a result. */
const places = JSON.parse(PLACES);

/** Pages that differ only in what they are about, are one. */
const kindOf = (path) => path.split('?')[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');

/** What is no page of ours, or ends the sign-in. */
const isPage = (path) => !/^\/(api|media|assets|enter)\//.test(path) && !/\.\w+$/.test(path.split('?')[0]);

const linksOf = () => [...document.querySelectorAll('a[href]')].map((it) => it.href);

/** Every address that the apps know, as their own code has it. */
function addresses() {
  const learner = readFileSync(join(FRONTEND, 'learner/address.rs'), 'utf8').split('fn every_address_leads')[1].split('] {')[0];
  const officer = readFileSync(join(FRONTEND, 'admin.rs'), 'utf8');
  const ofPhone = [...learner.matchAll(/"(\/[^"]*)"/g)].map(([, it]) => it.replace('ID', ':id'));
  const ofConsole = [...officer.matchAll(/<Route path=path!\("([^"]*)"\)/g)].map(([, it]) => it.replace(/:\w+/g, ':id'));
  if (ofPhone.length < 20 || ofConsole.length < 25) throw new Error('the addresses of the apps were not found');
  return [...ofPhone, ...ofConsole.map((it) => (it.startsWith('/') ? it : `/admin/${it}`.replace(/\/$/, '')))];
}

const seen = new Set();
const wrong = [];

/** What axe has against what stands there: everything in the light, in the dark only colours. */
async function look(screen, what, scheme) {
  await screen.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  // Our pages hold no frames of others, for which alone axe opens a page of its own at each look.
  const axe = new AxeBuilder({ page: screen.page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await (scheme === 'light' ? axe.withTags(RULES) : axe.withRules(['color-contrast'])).analyze();
  for (const it of violations.filter((rule) => GRAVE.includes(rule.impact))) {
    wrong.push(`${what} ${scheme}: ${it.id} (${it.help}): ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }
}

async function visit(screen, path) {
  await screen.goto(path);
  const stands = () => screen.run(() => !document.querySelector('#shell, .waiting') && document.body.innerText.trim().length > 20);
  await until(`${screen.who} sees ${path}`, () => stands().catch(() => false));
  await until(`${path} is at rest`, () => screen.ask({ find: 'rest' }));
}

/** Looks at all the given pages, and follows the links that match `where` to one page of each kind. */
async function walk(screen, entries, where, schemes = ['light', 'dark']) {
  const waiting = [...entries];
  // What axe itself may not do on our pages is none of their faults.
  screen.forgives = /^Applying inline style/;
  const [been, kinds] = [new Set(), new Set()];
  while (waiting.length) {
    const path = waiting.shift();
    if (been.has(path) || (kinds.has(kindOf(path)) && !entries.includes(path))) continue;
    been.add(path);
    kinds.add(kindOf(path));
    await visit(screen, path);
    for (const scheme of schemes) await look(screen, path, scheme);
    const found = await screen.run(linksOf);
    waiting.push(...found.filter((it) => it.startsWith(`${BASE}/`)).map((it) => it.slice(BASE.length).split('#')[0]).filter((it) => isPage(it) && where.test(it)));
  }
  console.log(`${screen.who}: ${[...kinds].sort().join(' ')}`);
  kinds.forEach((kind) => seen.add(kind));
}

/** Presses what opens something over a page, and looks at that. */
async function open(screen, path, name, options) {
  await visit(screen, path);
  await screen.press(name, options);
  await until(`${name} opens something`, () => screen.run(() => Boolean(document.querySelector('dialog[open], [role="dialog"], [role="alertdialog"]'))));
  for (const scheme of ['light', 'dark']) await look(screen, `${path} › ${name}`, scheme);
}

/** A phone in the hand of somebody whom WeChat signs in. */
async function hand(who) {
  const screen = await phone(`axe-${who}`);
  await screen.window.setCookie({ name: 'sandbox_person', value: who, url: WECHAT });
  await screen.goto('/enter/wechat?to=/me');
  await screen.sees('设置');
  return screen;
}

async function learner() {
  const screen = await hand('wangxiuying');
  const entries = ['/', '/courses', '/sessions', '/check-in', '/me', '/study/path', ...places.lessons, ...places.papers];
  await walk(screen, entries, /./);
  await screen.goto('/me/settings');
  await screen.press('打开关怀版', { part: true });
  await until('everything is larger', () => screen.run(() => document.body.dataset.weuiMode === 'care'));
  await walk(screen, ['/', '/courses', '/me', ...places.lessons, ...places.papers], /^\/(courses|quizzes|me|sessions|study)/, ['light']);
}

/** A table and a standard that were uploaded and not confirmed yet. */
async function unfinished(officer) {
  const folder = mkdtempSync(join(tmpdir(), 'accessible-'));
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  await officer.goto('/admin/people/import');
  await officer.upload('上传花名册', file('花名册.csv', '工号,姓名,单位,班组,岗位,手机,身份证,在岗\r\nT1,新员工,和顺物业服务公司（示例）,一班,卫生保洁,138,,是'));
  await officer.sees('第 3 步 看检查结果', 60000);
  const roster = officer.path();
  await officer.goto('/admin/standards');
  const listed = () => [...document.querySelectorAll('a[href]')].map((it) => it.getAttribute('href')).find((it) => /^\/admin\/standards\/[0-9a-f-]{36}$/.test(it));
  const standard = await until('a standard is listed', () => officer.run(listed));
  await officer.goto(standard);
  await officer.upload('上传新版本的文件', file('标准.md', '示例/T 9—2027\n1 范围\n1.1 应检查会议室的设备。\n'));
  await officer.sees('确认整个版本', 60000);
  const version = officer.path();
  rmSync(folder, { recursive: true });
  return { pages: [roster, version], standard };
}

async function officerAtWork() {
  const officer = await computer('axe-officer');
  await signIn(officer);
  const { pages, standard } = await unfinished(officer);
  await walk(officer, ['/admin', `${places.inUse}/practice`, '/admin/search?words=会议', '/admin/courses', '/admin/people', '/admin/standards', '/study/paths', ...pages, ...places.editors], /^\/(admin|study\/paths)/);
  const part = { part: true };
  for (const [path, name, options] of [
    ['/admin/courses', '新建课程'],
    ['/admin/courses', '导入课程包'],
    ['/admin/standards', '登记标准'],
    [standard, '修改基本信息'],
    [places.editors[0], '加依据'],
    [places.inUse, '发布'],
    [places.inUse, '停用'],
    [places.inUse, '换章', part],
    [places.inUse, '布置必学'],
    [`${places.inUse}/practice`, '给第 1 项加依据'],
    [`${places.inUse}/gate`, '收回豁免'],
    [`${places.inUse}/revisions`, '退回修改'],
    [`${places.inUse}/revisions`, '用这一版作草稿'],
    [places.unfinished, '删除'],
    [places.unfinished, '提交校核'],
    [`${places.unfinished}/quiz`, '导入题目'],
    ['/admin/courses/builds', '的建设情况', part],
  ]) await open(officer, path, name, options);
}

await journey(async () => {
  const visitor = await phone('axe-visitor');
  await walk(visitor, ['/sign-in', '/enter/password', '/privacy', '/admin/sign-in'], /^\/(sign-in|privacy)/);
  await learner();
  await walk(await hand('wufang'), ['/teaching'], /^\/(teaching|study\/questions)/);
  await walk(await hand('liuqiang'), ['/team'], /^\/team/);
  await officerAtWork();
  for (const [who, password, entry] of [['qianhui', AUDITOR_PASSWORD, '/admin/audit'], ['tangbo', ADMINISTRATOR_PASSWORD, '/admin/roles']]) {
    const screen = await computer(`axe-${who}`);
    await signInAs(screen, who, password);
    await walk(screen, [entry], /^\/admin/);
  }
  const missed = addresses().filter((it) => !seen.has(it));
  if (missed.length) throw new Error(`nobody came to ${missed.join(' ')}`);
  if (wrong.length) throw new Error(`axe finds:\n${wrong.join('\n')}`);
});
