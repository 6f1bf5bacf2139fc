// 经办 decides in dialogs: each says what will happen, keeps what is typed, shows what goes wrong where it
// is looked at, and does what it says: plan, change the plan, publish, retire and show again, go back,
// move, remove, waive, give back, print, confirm.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { computer, journey, until } from './browser.mjs';
import { proveIfAsked, signIn, signInToCheck } from './officer.mjs';
import { shanghai } from './shanghai.mjs';

const { CANTEEN, UNFINISHED } = process.env;
const NAME = '写了一半的课';
const DRAWER = `修改${NAME}的建设情况`;
const BUILDS = `/admin/courses/builds?q=${NAME}`;
const DAY = 24 * 60;

/** The words of what is open over the page, on top. */
const onTop = () => ([...document.querySelectorAll('dialog[open]')].pop()?.innerText ?? '').replace(/\s+/g, '');

const isTold = (screen, text) =>
  until(`${screen.who} is told “${text}” in a dialog`, async () => (await screen.run(onTop)).includes(text.replace(/\s+/g, '')));

const closes = (screen) => until('nothing is open over the page', async () => !(await screen.run(onTop)));

async function holds(screen, label, value) {
  const held = await screen.valueOf(label);
  if (held !== value) throw new Error(`${label} holds “${held}”, not “${value}”`);
}

/** What is typed for a waiver outlives what is done around it, and neither leaving nor ending goes unasked. */
async function waives(officer) {
  await officer.goto(`/admin/courses/${UNFINISHED}/gate`);
  await officer.sees('来不及补？办豁免');
  await officer.type('豁免的原因', '先用起来');
  await officer.press('布置必学');
  await officer.sees('先发布，再来布置');
  await officer.press('关闭');
  await closes(officer);
  await holds(officer, '豁免的原因', '先用起来');
  await officer.press('去补');
  await isTold(officer, '还有没保存的修改');
  await officer.picture('waiver-leaving');
  await officer.press('留下继续写');
  await holds(officer, '豁免的原因', '先用起来');
  await officer.type('豁免到哪天', shanghai(DAY).date);
  await officer.picture('waiver-form');
  await officer.press('办豁免');
  await officer.sees('豁免 有效');
  await holds(officer, '豁免的原因', '');
  await officer.press('收回豁免');
  await isTold(officer, '灯还红着就不能发布');
  await officer.picture('waiver-ending');
  await officer.press('收回豁免');
  await officer.sees('已到期或收回');
}

const cellOf = (title) => [...document.querySelectorAll('.c-timetable li')].map((it) => it.innerText).find((it) => it.includes(title));

/** The sheet has every course as it is when it is printed. */
async function prints(officer) {
  await officer.goto(BUILDS);
  await officer.sees('1 门课程');
  await officer.run(() => { window.print = () => { window.printed = true; }; });
  await officer.press('打印课程表');
  await until('the sheet is printed', () => officer.run(() => window.printed));
  await officer.page.emulateMedia({ media: 'print' });
  await until('the sheet names it', () => officer.run(cellOf, NAME).then((it) => it === `${NAME}（计划）`));
  await officer.picture('timetable');
  await officer.run(() => dispatchEvent(new Event('afterprint')));
  await officer.page.emulateMedia({ media: 'screen' });
}

/** Two people in the same drawer: whoever is late is told, and gives it back with a reason. */
async function givesBack(officer, checker) {
  await officer.press(DRAWER);
  await officer.sees('教学大纲做到哪一步');
  await checker.goto(BUILDS);
  await checker.press(DRAWER);
  await checker.choose('教学大纲做到哪一步', '送审');
  await checker.type('教学大纲的链接', 'https://example.org/syllabus');
  await checker.press('保存', { within: '教学大纲' });
  await isTold(checker, '已保存');

  const within = '教学大纲';
  await officer.choose('教学大纲做到哪一步', '编制');
  await officer.press('保存', { within });
  await isTold(officer, '现在是“送审”');
  await isTold(officer, '请写明为什么退回');
  await officer.picture('build-late');
  await officer.type('为什么退回', '缺第三章');
  await officer.press('保存', { within });
  await isTold(officer, '退回了：缺第三章');
  await officer.choose('阶段', '大纲');
  await isTold(officer, '有修改没保存');
  await officer.picture('build-returned');
  await officer.press('保存', { nth: 0 });
  await until('the stage is saved', async () => !(await officer.run(onTop)).includes('有修改没保存'));
  await officer.press('关闭');
  await closes(officer);
  await officer.page.emulateMedia({ media: 'print' });
  await until('the sheet is of now', () => officer.run(cellOf, NAME).then((it) => it === `${NAME}（大纲）`));
  await officer.page.emulateMedia({ media: 'screen' });

  await checker.press('关闭');
  await closes(checker);
  await checker.press(DRAWER);
  await isTold(checker, '退回了：缺第三章');
  await checker.choose('教学大纲做到哪一步', '送审');
  await checker.press('保存', { within });
  await until('what is sent again is not called returned', async () => !(await checker.run(onTop)).includes('退回了'));
  await checker.press('关闭');
  await closes(checker);
}

async function removes(officer) {
  await officer.goto(`/admin/courses/${UNFINISHED}`);
  await officer.sees('章节和课时');
  await officer.press('删除');
  await isTold(officer, `删除《${NAME}》？`);
  await officer.picture('removing');
  await officer.press('删除课程');
  await proveIfAsked(officer);
  await officer.isAt(/^\/admin\/courses$/);
}

/** Whether the first answer of the first question is right, in the newest revision. */
async function frozenKey() {
  const get = async (path) => (await fetch(`/api/console/${path}`)).json();
  const course = location.pathname.split('/')[3];
  const { revisions } = await get(`courses/${course}/revisions`);
  const { questions } = await get(`revisions/${revisions[0].id}`);
  return questions[0].options.map((it) => it.correct);
}

/** What was pressed a moment before goes along, or nothing does. */
async function submitsAtOnce(officer) {
  await officer.goto(`/admin/courses/${CANTEEN}/quiz`);
  await officer.sees('测验设置');
  await officer.press('A', { within: '第 2 题' });
  await officer.press('保存');
  await officer.sees('已保存');
  await officer.window.setOffline(true);
  await officer.press('B', { within: '第 1 题' });
  await officer.press('提交校核');
  await isTold(officer, '这一页还没有保存好');
  await isTold(officer, '网络没连上');
  await officer.picture('not-saved');
  await officer.press('知道了');
  await officer.window.setOffline(false);
  await officer.press('A', { within: '第 1 题' });
  await officer.press('提交校核');
  await isTold(officer, '提交校核？');
  await officer.press('提交校核');
  await officer.sees('去校核');
  const key = await officer.run(frozenKey);
  if (key.join() !== 'true,false,false,false') throw new Error(`the key that was frozen: ${key}`);
}

async function agrees(checker) {
  await checker.goto(`/admin/courses/${CANTEEN}/revisions`);
  await checker.press('校核通过');
  await checker.sees('等着评审');
  await checker.press('评审通过');
  await checker.sees('评审通过了，可以发布');
}

const inDays = (days) => `${shanghai(days * DAY).date}T09:00`;

async function plans(officer) {
  await officer.goto(`/admin/courses/${CANTEEN}`);
  await officer.press('发布');
  await officer.press('定一个时间');
  await officer.type('到几时发布', inDays(2));
  await officer.picture('planning');
  await officer.press('发布');
  await closes(officer);
}

async function changesThePlanAndPublishes(officer) {
  await officer.press('发布');
  await isTold(officer, '已经定在');
  await holds(officer, '到几时发布', inDays(2));
  await officer.picture('planned');
  await officer.type('到几时发布', inDays(3));
  await officer.press('发布');
  await closes(officer);
  await officer.press('发布');
  await isTold(officer, '已经定在');
  await holds(officer, '到几时发布', inDays(3));
  await officer.press('现在就发布');
  await officer.press('发布');
  await officer.sees('版本 第 2 版');
}

/** A retired course with an unsent change can be shown again as it was. */
async function retiresAndShowsAgain(officer) {
  await officer.press('停用');
  await isTold(officer, '停用《');
  await officer.picture('retiring');
  await officer.press('停用');
  await closes(officer);
  await officer.type('课程名', '后厨安全操作（改）');
  await officer.press('保存');
  await officer.sees('已保存');
  await officer.sees('提交校核');
  await officer.press('重新发布');
  await isTold(officer, '停用以前的那一版重新给学员看');
  await officer.picture('showing-again');
  await officer.press('重新发布');
  await closes(officer);
  await officer.sees('版本 有改动');
}

async function goesBack(officer, checker) {
  await officer.press('提交校核');
  await isTold(officer, '提交校核？');
  await officer.press('提交校核');
  await officer.sees('去校核');
  await agrees(checker);
  await plans(officer);
  await officer.goto(`/admin/courses/${CANTEEN}/revisions`);
  await officer.press('恢复到这一版');
  await isTold(officer, '还有一版定好了时间');
  await officer.type('为什么恢复', '新版的题目写错了');
  await officer.picture('going-back');
  await officer.press('恢复并发布');
  await officer.sees('内容恢复自第 1 版');
  await closes(officer);
}

/** Without a network the dialog says so itself. */
async function moves(officer) {
  await officer.goto(`/admin/courses/${CANTEEN}`);
  await officer.press('换章 洗手、健康和生熟分开');
  await isTold(officer, '移到哪一章？');
  await officer.window.setOffline(true);
  await officer.press('移过去');
  await isTold(officer, '网络没连上');
  await officer.picture('moving-offline');
  await officer.window.setOffline(false);
  await officer.press('移过去');
  await closes(officer);
  const last = () => [...document.querySelectorAll('.c-lesson__title')].pop().innerText;
  await until('it is the last of the other chapter', async () => (await officer.run(last)).includes('洗手'));
}

/** What is being rewritten, and a day typed half, are not passed over. */
async function confirms(officer) {
  const folder = mkdtempSync(join(tmpdir(), 'dialogs-'));
  const file = join(folder, '标准.md');
  writeFileSync(file, '示例/T 9—2027\n1 范围\n1.1 应检查会议室的设备。\n');
  await officer.goto('/admin/standards');
  const listed = () => [...document.querySelectorAll('a[href]')].map((it) => it.getAttribute('href')).find((it) => /^\/admin\/standards\/[0-9a-f-]{36}$/.test(it));
  await officer.goto(await until('a standard is listed', () => officer.run(listed)));
  await officer.upload('上传新版本的文件', file);
  await officer.sees('确认整个版本', 60000);
  rmSync(folder, { recursive: true });
  await officer.press('改写或拆开');
  await officer.type('标题', '范围和对象');
  await officer.choose('确认为', '征求意见');
  await officer.press('确认整个版本');
  await officer.sees('的改写还没有保存，先不能确认');
  await officer.picture('rewriting');
  await officer.press('改写或拆开');
  await isTold(officer, '不保存“1 范围”的改写？');
  await officer.press('先不了');
  await officer.press('保存这一条');
  await officer.sawLastOf('先不能确认');
  await officer.page.locator('input[type=date]').first().focus();
  await officer.page.keyboard.type('2');
  await officer.press('保存年号和日期');
  await officer.sees('日期没有填完整');
  await officer.picture('half-a-day');
}

await journey(async () => {
  const officer = await computer('dialogs-officer');
  const checker = await computer('dialogs-checker');
  await signIn(officer);
  await signInToCheck(checker);
  await waives(officer);
  await prints(officer);
  await givesBack(officer, checker);
  await removes(officer);
  await submitsAtOnce(officer);
  await agrees(checker);
  await plans(officer);
  await changesThePlanAndPublishes(officer);
  await retiresAndShowsAgain(officer);
  await goesBack(officer, checker);
  await moves(officer);
  await confirms(officer);
});
