// 经办 writes how a course is examined by doing and what a session of it needs on site: numbers that are
// none, a network that goes away and a colleague at another PC lose nothing, and the lights turn green.
import { computer, journey, until } from './browser.mjs';
import { signIn } from './officer.mjs';

const { COURSE } = process.env;
const PRACTICE = `${COURSE}/practice`;
const ONE = '第 1 项';
const TWO = '第 2 项';

async function holds(screen, label, value, options) {
  const held = await screen.valueOf(label, options);
  if (held !== value) throw new Error(`${label} holds “${held}”, not “${value}”`);
}

/** The card of one light. */
const cardOf = (light) => [...document.querySelectorAll('.c-card')].map((it) => it.innerText.replace(/\s+/g, '')).find((it) => it.startsWith(light));

const shines = (officer, light, words) =>
  until(`${light} says “${words}”`, async () => ((await officer.run(cardOf, light)) ?? '').startsWith(light + words));

async function writesTheChecklist(officer) {
  await officer.goto(COURSE);
  await officer.press('实操');
  await officer.sees('还没有考核项');
  await officer.picture('empty');
  await officer.type('总用时（分钟）', '40');
  await officer.press('＋ 加一项');
  await officer.type('看什么', '摆杯：杯口离桌沿一样远', { within: ONE });
  await officer.type('分值', '60', { within: ONE });
  await officer.press('否决项：错了整场不合格', { within: ONE });
  await officer.press('要拍照留证', { within: ONE });
  await officer.press('要求量得出', { within: ONE });
  await officer.type('多少', '10', { within: ONE });
  await officer.type('允许偏差 ±', '0.5', { within: ONE });
  await officer.type('单位', '厘米', { within: ONE });
  await officer.type('怎么量', '用直尺量', { within: ONE });
  await officer.press('＋ 加一项');
  await officer.type('看什么', '先擦桌面再摆', { within: TWO });
  await officer.type('分值', '25', { within: TWO });
  await officer.sees('合计 85 分，还差 15 分');
  await officer.sees('已保存', 30000);
}

/** What is no number goes nowhere, stays on this computer, and is mended. */
async function mendsANumber(officer) {
  await officer.type('分值', '四十', { within: TWO });
  await officer.sees('写整数，例如 30', 30000);
  await officer.sees('有一处还不能保存');
  await officer.picture('no-number');
  await officer.goto(PRACTICE);
  await officer.sees('接着用了这台电脑上');
  await holds(officer, '分值', '四十', { within: TWO });
  await officer.type('分值', '40', { within: TWO });
  await officer.sees('合计 100 分');
  await officer.press('上移第 2 项');
  await holds(officer, '看什么', '先擦桌面再摆', { within: ONE });
  await officer.press('下移第 1 项');
  await officer.sees('已保存', 30000);
}

async function writesTheTemplate(officer) {
  await officer.press('＋ 加一个工位');
  await officer.type('练什么', '摆台');
  await officer.type('几分钟', '15');
  await officer.type('每组几个人', '4');
  await officer.press('＋ 加一样材料');
  await officer.type('材料', '抹布');
  await officer.type('每人', '2');
  await officer.type('单位', '块', { within: '每人' });
  await officer.sees('24 人：抹布 48 块');
  await officer.type('按几个人算一算', '30');
  await officer.sees('30 人：抹布 60 块');
  await officer.sees('已保存', 30000);
  await officer.window.setOffline(true);
  await officer.type('安全交底', '玻璃杯碎了先喊停，不用手捡。');
  await officer.press('讲师点名');
  await officer.sees('没有保存成功，会再试', 30000);
  await officer.picture('offline');
  await officer.type('现场责任人', '会务领班');
  await officer.window.setOffline(false);
  await officer.sees('已保存', 60000);
  await officer.picture('filled');
}

/** The other PC shows what is no longer the newest: whose is to stay is asked, and nothing goes. */
async function meetsAColleague(here, there) {
  await there.goto(PRACTICE);
  await there.sees('没有改动');
  await holds(there, '安全交底', '玻璃杯碎了先喊停，不用手捡。');
  await here.type('每组几个人', '5');
  await here.sees('已保存', 30000);
  await there.type('现场责任人', '主管');
  await there.sees('这份内容在您打开之后被别人改过', 30000);
  await holds(there, '现场责任人', '主管');
  await there.picture('conflict');
  await there.press('载入最新');
  await there.sees('没有改动');
  await holds(there, '现场责任人', '会务领班');
  await holds(there, '每组几个人', '5');
}

async function citesAClause(officer) {
  await officer.press('给第 1 项加依据');
  await officer.type('找条款', '会议');
  await until('clauses are found', () => officer.run(() => document.querySelector('.c-found__choice')));
  await officer.run(() => document.querySelector('.c-found__choice').click());
  await officer.picture('basis');
  await officer.press('存为草拟');
  await officer.sawLastOf('存为草拟');
  await officer.sees('1 处链接');
  await officer.sees('考核 ·');
}

await journey(async () => {
  const here = await computer('practice-here');
  const there = await computer('practice-there');
  for (const officer of [here, there]) await signIn(officer);
  await here.goto(`${COURSE}/gate`);
  await shines(here, '现场管理系统化', '未达标');
  await here.sees('还没有实操考核表');
  await writesTheChecklist(here);
  await mendsANumber(here);
  await writesTheTemplate(here);
  await meetsAColleague(here, there);
  await here.goto(PRACTICE);
  await citesAClause(here);
  await here.goto(`${COURSE}/gate`);
  await shines(here, '现场管理系统化', '达标');
  // The quiz is still missing, of the checklist nothing.
  await shines(here, '考核数据化', '未达标');
  if ((await here.run(cardOf, '考核数据化')).includes('考核表')) throw new Error(await here.run(cardOf, '考核数据化'));
  await here.picture('gate');
});
