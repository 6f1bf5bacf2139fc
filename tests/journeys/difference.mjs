// A new version of a standard is about to come into force. 经办 makes 差异微课 of what it changes, a colleague
// agrees, and it is given to those whom that affects: their phones and their team leader's say so, and
// nobody else's does.
import { computer, journey, phone } from './browser.mjs';
import * as officerDoes from './officer.mjs';
import { dayOf, shanghai } from './shanghai.mjs';

const { WECHAT } = process.env;
const STANDARD = '办公区保洁服务规范（示例）';
const COURSE = `《${STANDARD}》新版改了什么`;
/** Of the cleaners of the demo. */
const AFFECTED = 8;
/** Far enough away to be told as a date, whether or not midnight passes meanwhile. */
const DUE_ON = shanghai(10 * 24 * 60).date;

/** What the newer version changes and whom that affects. */
async function opensImpact(officer) {
  await officer.goto('/admin/standards');
  await officer.press(STANDARD, { part: true });
  await officer.press('2027');
  await officer.press('看改了什么、影响谁');
  await officer.sees(`影响 1 门课程、1 道试题、4 处考核项、${AFFECTED} 人`);
}

/** Returns the id of the course. */
async function makes(officer) {
  await opensImpact(officer);
  await officer.sees('待实施');
  await officer.picture('impact');
  await officer.press('做差异微课');
  await officer.press(COURSE);
  await officer.sees('章节和课时');
  await officer.isAt(/^\/admin\/courses\/[0-9a-f-]{36}$/);
  await officer.picture('course');
  return officer.path().split('/').pop();
}

async function gives(officer) {
  await opensImpact(officer);
  await officer.press(`安排给受影响的 ${AFFECTED} 人`);
  await officer.type('哪天之前学完', DUE_ON);
  await officer.picture('to-give');
  await officer.press('安排');
  await officer.sees(`安排了 ${AFFECTED} 人，学完 0 人`);
  await officer.picture('given');
}

/** Somebody's phone, at a page. */
async function phoneOf(who, person, page) {
  const hand = await phone(`difference-${who}`);
  await hand.window.setCookie({ name: 'sandbox_person', value: person, url: WECHAT });
  await hand.goto(page);
  return hand;
}

await journey(async () => {
  const officer = await computer('difference-officer');
  await officerDoes.signIn(officer);
  const id = await makes(officer);
  await officerDoes.submits(officer);
  const checker = await computer('difference-checker');
  await officerDoes.signInToCheck(checker);
  await officerDoes.checksAndReviews(checker, id, '原来怎么说，现在怎么说');
  await officerDoes.publishes(officer, id, 1);
  await gives(officer);

  const learner = await phoneOf('learner', 'wangxiuying', '/');
  await learner.sees('今日必学');
  await learner.sees(COURSE);
  await learner.sees(`${dayOf(DUE_ON)}截止`);
  await learner.picture('today');

  const guard = await phoneOf('guard', 'lijianguo', '/');
  await guard.sees('今日必学');
  await guard.picture('today');
  if (await guard.reads(COURSE)) throw new Error('whom it does not affect has to learn it');

  const leader = await phoneOf('leader', 'liuqiang', '/team');
  await leader.sees('新标准影响我队');
  await leader.sees(`影响我队 ${AFFECTED} 人，0 人学完了差异微课`);
  await leader.press(STANDARD, { part: true });
  await leader.sees('王秀英');
  await leader.picture('team');
});
