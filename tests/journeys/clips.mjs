// A step that moves: its clip plays by itself and without sound, but not where the phone saves data or
// has but its mobile line, and whoever has little traffic is led to pictures and text. Environment:
// STEPS, a lesson whose first card has a clip of nine seconds; ARTICLE, which teaches the same.
import { journey, phone, until } from './browser.mjs';

const { ARTICLE, STEPS } = process.env;
const lesson = `/lessons/${STEPS}`;
const PLAY = '播放短片（9 秒，约';
const TROUBLE = '打不开。请换到有网的地方再试';

await journey(async () => {
  const learner = await phone('clips');
  await learner.goto(lesson);
  await learner.sees('下一步');
  await playsByItself(learner);
  await stopsWhenAsked(learner);
  await turnsOn(learner);
  const mobile = await phoneOn('mobile', { type: 'cellular' });
  await playsWhenAskedOnly(mobile);
  const saver = await phoneOn('saver', { saveData: true });
  await playsWhenAskedOnly(saver);
  await isLedToTheArticle(saver);
  const lost = await phoneOn('lost', { saveData: true });
  await alarmsNobody(lost);
  await saysSoWhereAsked(lost);
});

/** A phone with such a connection, at the lesson. */
async function phoneOn(who, connection) {
  const hand = await phone(who);
  await hand.page.addInitScript((given) => {
    window.line = given;
    Object.defineProperty(Navigator.prototype, 'connection', { get: () => window.line });
  }, connection);
  await hand.goto(lesson);
  await hand.sees('下一步');
  return hand;
}

function clip(learner) {
  return learner.run(() => {
    const video = document.querySelector('.step video');
    if (!video) return {};
    const { currentTime, loop, muted, paused, readyState } = video;
    return { currentTime, loop, muted, paused, readyState };
  });
}

function plays(learner) {
  return until('the clip plays', async () => {
    const { currentTime, paused } = await clip(learner);
    return !paused && currentTime > 0;
  });
}

async function playsByItself(learner) {
  await plays(learner);
  const { loop, muted } = await clip(learner);
  if (!loop || !muted) throw new Error('it is heard, or ends');
  await learner.picture('moving');
}

async function stopsWhenAsked(learner) {
  await learner.press('停下');
  await until('it stands', async () => (await clip(learner)).paused);
  await learner.sees(PLAY);
}

async function turnsOn(learner) {
  await learner.press('下一步');
  await until('another card has none', async () => (await clip(learner)).loop === undefined);
  await learner.press('上一步');
  await plays(learner);
}

async function playsWhenAskedOnly(saver) {
  await saver.sees(PLAY);
  await saver.picture('still');
  const { paused, readyState } = await clip(saver);
  if (!paused || readyState !== 0) throw new Error('it was loaded all the same');
  await saver.press(PLAY, { part: true });
  await plays(saver);
}

/** Without a network nobody is alarmed by what nobody asked for. */
async function alarmsNobody(lost) {
  await lost.sees(PLAY);
  await until('it is not played', () => lost.run(() => !document.querySelector('[data-loop]')));
  await lost.window.setOffline(true);
  await lost.run(() => { window.line = {}; });
  await lost.press('下一步');
  await until('another card has none', async () => (await clip(lost)).loop === undefined);
  await lost.press('上一步');
  await until('it was tried', () => lost.run(() => Boolean(document.querySelector('.step video')?.error)));
  await lost.sees(PLAY);
  if (await lost.reads(TROUBLE)) throw new Error('it complains of what nobody asked for');
}

/** Whoever asked is answered, and what failed plays once there is a network again. */
async function saysSoWhereAsked(lost) {
  await lost.press(PLAY, { part: true });
  await lost.sees(TROUBLE);
  await lost.picture('unreachable');
  await lost.window.setOffline(false);
  await lost.press('重试');
  await plays(lost);
  if (await lost.reads(TROUBLE)) throw new Error('it still complains');
}

async function isLedToTheArticle(saver) {
  await saver.press('流量少？看图文版');
  await until('the article is open', () => saver.run((id) => location.pathname === `/lessons/${id}`, ARTICLE));
}
