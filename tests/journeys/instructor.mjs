// 讲师 in front of a projector, and as somebody whose program calls the API.
import { training } from './course.mjs';
import { until } from './browser.mjs';

const { BASE, WECHAT, INSTRUCTOR_TOKEN, COLLEAGUE_TOKEN } = process.env;

/** Signs in and opens the list of a session's people. */
export async function opensRoster(instructor, title) {
  // The WeChat on this PC is the instructor's.
  await instructor.window.setCookie({ name: 'sandbox_person', value: 'wufang', url: WECHAT });
  await instructor.goto('/teaching');
  await instructor.sees('微信登录');
  await instructor.picture('sign-in');
  await instructor.press('微信登录');
  await instructor.press(title, { part: true });
}

export async function opensProjector(instructor) {
  await opensRoster(instructor, training.title);
  await instructor.sees('已签到 0 人，还差 2 人');
  await instructor.picture('roster');
}

/** 张桂兰's phone is dead. */
export async function checksInByHand(instructor) {
  await instructor.press('补签', { within: '张桂兰' });
  await wakes(instructor);
  await instructor.press('手机没电');
  await instructor.picture('by-hand');
  await instructor.press('确认补签');
  await instructor.sees('已签到 1 人，还差 1 人');
  await instructor.press('打开签到大屏幕');
  await instructor.sees('1/2 人已签到');
  await instructor.picture('projector');
}

/** Somebody whom nobody enrolled is found by a part of the name. */
export async function findsWhoIsNotOnTheList(instructor) {
  await instructor.press('补签名单外的人');
  await instructor.type('姓名或工号', '李建');
  await instructor.press('查找');
  await instructor.sees('李建国');
  await instructor.picture('not-on-the-list');
  await instructor.press('关闭');
}

/** The screen was dark for a moment: the list is asked for anew, under what lies over it. */
async function wakes(instructor) {
  const told = instructor.page.waitForResponse((it) => it.url().endsWith('/attendance'));
  await instructor.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await told;
}

/** Without a reload: the page follows the door. */
export async function seesCount(instructor) {
  await instructor.sees('2/2 人已签到', 30000);
  await instructor.picture('projector-all-in');
}

async function api(token, method, path) {
  const body = method === 'GET' ? undefined : '{}';
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(BASE + path, { method, headers, body });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** The session that the officer made. */
async function session() {
  const { items } = await api(INSTRUCTOR_TOKEN, 'GET', '/api/training-sessions?filter=teaching');
  return items.find((it) => it.title === training.title);
}

/** A colleague of the learner enrols too. */
export async function colleagueEnrols() {
  const { id } = await session();
  await api(COLLEAGUE_TOKEN, 'PUT', `/api/training-sessions/${id}/enrollment`);
}

/** What the code on the wall says now. */
export async function addressOnTheWall() {
  const { id } = await session();
  return until('a code for now', async () => {
    const wall = await api(INSTRUCTOR_TOKEN, 'GET', `/api/training-sessions/${id}/check-in-code`);
    const now = wall.codes.find((code) => code.from <= wall.now && wall.now < code.until);
    return now && now.url;
  });
}

/** The page behind the code has to open in a basement: 15 KB with everything it needs. */
export async function weighPage(address) {
  const answer = await fetch(address, { redirect: 'manual', headers: { authorization: `Bearer ${COLLEAGUE_TOKEN}` } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
  if (text.length > 15000 || /<script|src=|<link/.test(text)) throw new Error(`not a light page: ${text}`);
}
