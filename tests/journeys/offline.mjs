// Studying where the network goes: a lesson that is cut in the middle, a second phone, a slow line, a
// downloaded course, and a browser that cannot keep one. Environment: COURSE, its step cards STEPS,
// LEARNER_TOKEN, and OFFICER_TOKEN to publish the revision that lies ready.
import { journey, phone, until } from './browser.mjs';
import { api, progressOf, reports } from './progress.mjs';

const { COURSE, OFFICER_TOKEN, STEPS } = process.env;
const CARDS = 8;
const lesson = `/lessons/${STEPS}`;
const course = `/courses/${COURSE}`;
const card = (number) => `第 ${number} 步，共 ${CARDS} 步`;

await journey(async () => {
  const learner = await phone('offline');
  await learner.goto('/');
  await learner.sees('今日必学');
  await until('the app is kept', () => learner.run(() => Boolean(navigator.serviceWorker.controller)));
  await losesTheNetwork(learner);
  await opensItAgainWithoutNetwork(learner);
  await tellsItOnce(learner);
  await goesOnAtAnotherPhone(learner);
  const plain = await phone('no-worker');
  await plain.page.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
  await isNotDisturbedByASlowLine(plain);
  await downloads(learner);
  await studiesTheDownload(learner);
  await readsTheServersPages(learner);
  await getsWhatIsNew(learner);
  await deletes(learner);
  await isToldWhatCannotBeKept(plain);
});

/** Opens the lesson at this card; not only what is drawn before the app is there. */
async function opens(learner, number) {
  await learner.goto(lesson);
  await learner.sees(card(number));
  await learner.sees('下一步');
}

async function expectPosition(expected) {
  const { position } = await progressOf(STEPS);
  if (position !== expected) throw new Error(`the server has position ${position} instead of ${expected}`);
}

async function arrives(expected) {
  await until(`the server has position ${expected}`, async () => (await progressOf(STEPS)).position === expected);
}

async function losesTheNetwork(learner) {
  await learner.goto(course);
  await learner.sees('学完能做到');
  await opens(learner, 1);
  await learner.press('下一步');
  await arrives(1);
  await learner.window.setOffline(true);
  await learner.press('下一步');
  await learner.press('下一步');
  await learner.sees(card(4));
  await learner.sees('进度存在手机里，有网了自动上传');
  await learner.picture('lost');
  await expectPosition(1);
}

/** The phone kills the app at once: a page that is left in an orderly way may still tell something. */
async function isKilled(learner, path) {
  const { page } = learner;
  const dead = new Promise((done) => { page.once('crash', done); });
  const session = await page.context().newCDPSession(page);
  // A dead page answers nothing.
  session.send('Page.crash').catch(() => {});
  await dead;
  await learner.restart(path);
}

async function opensItAgainWithoutNetwork(learner) {
  await isKilled(learner, lesson);
  await learner.sees(card(4));
  await learner.sees('没有网络，下面是上次看到的内容');
  await learner.picture('again');
  await learner.goto(course);
  await learner.sees('学了，待上传');
  await learner.sees('继续第 3 课');
  await learner.picture('course');
  await isKilled(learner, lesson);
  await learner.sees(card(4));
  await expectPosition(1);
}

function isUnsent(learner) {
  return learner.run(() => Object.keys(localStorage).some((it) => it.startsWith('progress:')));
}

async function tellsItOnce(learner) {
  if (!(await isUnsent(learner))) throw new Error('nothing is left to tell');
  const told = [];
  learner.page.on('request', (it) => { if (it.method() === 'PUT') told.push(it); });
  await learner.window.setOffline(false);
  await arrives(3);
  await until('nothing is left to tell', async () => !(await isUnsent(learner)));
  await learner.sawLastOf('进度存在手机里');
  // A try that found no network told nothing.
  const arrived = told.filter((it) => !it.failure());
  if (arrived.length !== 1) throw new Error(`it was told ${arrived.length} times`);
  await learner.goto(course);
  await learner.sees('学到一半');
  if (await learner.reads('待上传')) throw new Error('it says that something is unsent');
}

async function goesOnAtAnotherPhone(learner) {
  const other = await phone('second-phone');
  await opens(other, 4);
  await expectPosition(3);
  await other.press('下一步');
  await arrives(4);
  await other.picture('there');
  await opens(learner, 5);
}

/** What she does with the kept lesson stays, whatever the answer says when it comes. */
async function isNotDisturbedByASlowLine(learner) {
  await opens(learner, 5);
  await reports(STEPS, 6);
  const answers = await learner.window.hold(`**/api/lessons/${STEPS}`);
  await opens(learner, 5);
  await learner.press('自查：这一步我会做吗？会了就打勾');
  await learner.sees('自查：这一步我会做了');
  await answers();
  await until('the answer is here', () => learner.run((it) =>
    Object.entries(localStorage).some(([key, text]) => key.endsWith(it) && /"position":6/.test(text)), `/api/lessons/${STEPS}`));
  await learner.sees('自查：这一步我会做了');
  await learner.sees(card(5));
  await learner.page.unroute(`**/api/lessons/${STEPS}`);
}

async function downloads(learner) {
  await learner.goto(course);
  await learner.press('下载到手机，没有网也能学');
  await until('she sees how much it is', async () => /张图片，共 (不到 )?\d+\.\d MB/.test(await learner.words()));
  await learner.picture('offer');
  await learner.press('视频也下载', { part: true });
  await learner.press('开始下载');
  await learner.sees('这门课已经下载到手机');
  await learner.picture('downloaded');
  await learner.goto('/me');
  await learner.press('下载的课程');
  await learner.sees('一共 1 门课，占手机');
  await learner.sees('后厨安全操作');
  await learner.picture('list');
}

/** Not even a full phone takes it away: what else was seen goes. */
async function studiesTheDownload(learner) {
  await opens(learner, 7);
  await learner.run(fillStorage);
  await learner.press('上一步');
  await arrives(5);
  const seen = () => learner.run(() => Object.keys(localStorage).filter((it) => it.startsWith('seen:')).length);
  if (await seen()) throw new Error('the phone was not full');
  await learner.run(() => Object.keys(localStorage).filter((it) => it.startsWith('full')).forEach((it) => localStorage.removeItem(it)));
  await learner.window.setOffline(true);
  await isKilled(learner, course);
  await learner.sees('这门课已经下载到手机');
  await learner.press('看一遍：留样怎么做', { part: true });
  await learner.sees('要点');
  await until('the video plays', () => learner.run(() => {
    const video = document.querySelector('video');
    video.muted = true;
    return video.play().then(() => video.currentTime > 0.5);
  }));
  await opens(learner, 6);
  // No card but this one's picture can have been seen before.
  for (const number of [5, 4, 3, 2, 1]) {
    await learner.press('上一步');
    await learner.sees(card(number));
  }
  await until('its picture is there', () => learner.run(() => {
    const picture = document.querySelector('.step img');
    return !picture || (picture.complete && picture.naturalWidth > 0);
  }));
  await learner.picture('downloaded-offline');
}

function fillStorage() {
  for (let size = 1 << 22; size > 0; size >>= 1) {
    for (let at = 0; ; at += 1) {
      try { localStorage.setItem(`full${size}-${at}`, 'x'.repeat(size)); } catch (error) { break; }
    }
  }
}

async function readsTheServersPages(learner) {
  await learner.goto(course);
  await learner.press('温度和时间', { part: true });
  await learner.press('做一做', { part: true });
  await learner.sees('没有网络');
  await learner.picture('no-network');
  await learner.press('返回课时');
  await learner.sees('看完做几道题，做完这一课才算学完。');
  await learner.press('依据', { part: true });
  await learner.sees('必须做还是建议做');
  await learner.picture('clause');
  await learner.press('返回课时');
  await learner.sees('看完做几道题');
  await learner.window.setOffline(false);
  await until('nothing is left to tell', async () => !(await isUnsent(learner)), 40000);
}

async function getsWhatIsNew(learner) {
  await api(OFFICER_TOKEN, 'POST', `/api/console/courses/${COURSE}/publication`, {});
  await learner.goto(course);
  await learner.sees('这门课有新内容，手机里下载的还是原来的。');
  await learner.picture('new-revision');
  await learner.press('更新');
  await learner.press('开始下载');
  await learner.sees('这门课已经下载到手机');
  await learner.sawLastOf('这门课有新内容');
}

async function deletes(learner) {
  await learner.goto('/me/downloads');
  await learner.sees('一共 1 门课');
  await learner.press('删除');
  await learner.press('确认删除');
  await learner.sees('还没有下载课程');
  const left = await learner.run(async () => {
    const kept = [];
    for (const name of (await caches.keys()).filter((it) => it.startsWith('pack:'))) kept.push(...await (await caches.open(name)).keys());
    return kept.length + Object.keys(localStorage).filter((it) => it.startsWith('pack:')).length;
  });
  if (left) throw new Error(`${left} things of it are still there`);
}

/** As in WeChat on an iPhone. */
async function isToldWhatCannotBeKept(learner) {
  await learner.goto(course);
  await learner.sees('可以先把文字存好：只要不关这个页面，没有网也能看。');
  await learner.sees('这里存不了图片和视频，关掉页面、没有网就打不开了。');
  await learner.picture('before');
  await learner.press('把文字存好');
  await learner.sees('文字已经存好：只要不关这个页面');
  await learner.window.setOffline(true);
  await learner.press('切手、烫伤、油锅起火', { part: true });
  await learner.sees('没有网络，下面是上次看到的内容');
}
