// A video says what counts, remembers where she stopped, and keeps to its rules. Environment: FREE, a
// video that may be watched as one likes; IN_ORDER, one that may not; LEARNER_TOKEN.
import { journey, phone, until } from './browser.mjs';
import { progressOf } from './progress.mjs';

const { FREE, IN_ORDER } = process.env;
const isPaused = (learner) => learner.run(() => document.querySelector('video').paused);
const time = (learner) => learner.run(() => document.querySelector('video').currentTime);

await journey(async () => {
  const learner = await phone('player');
  await learner.goto(`/lessons/${FREE}`);
  await learner.sees('已看 0%，看到 90% 才算学完。');
  await learner.picture('rule');
  await playsNoFasterThanAllowed(learner);
  await stopsWhereNobodyLooks(learner);
  await goesOnWhereSheStopped(learner);
  await cannotSkip(learner);
  await isAskedWhetherSheIsThere(learner);
});

async function plays(learner) {
  await learner.run(() => {
    const video = document.querySelector('video');
    video.muted = true;
    return video.play();
  });
}

async function playsNoFasterThanAllowed(learner) {
  const rate = () => learner.run(() => document.querySelector('video').playbackRate);
  await learner.run(() => { document.querySelector('video').playbackRate = 2; });
  await until('1.5 is the fastest', async () => (await rate()) === 1.5);
  for (const speed of ['1', '1.25', '1.5', '0.75']) await learner.press(`倍速 ${speed}`);
  await until('her choice is taken', async () => (await rate()) === 1);
}

/** Another app lies over this one. */
async function stopsWhereNobodyLooks(learner) {
  await plays(learner);
  await until('some seconds were played', async () => (await time(learner)) > 7);
  if (await isPaused(learner)) throw new Error('it stopped by itself');
  await learner.run(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    delete document.hidden;
  });
  await until('a hidden video is paused', () => isPaused(learner));
  const { position, percent } = await until('the server knows', async () => {
    const progress = await progressOf(FREE);
    return progress.percent > 0 && progress;
  });
  if (position < 6 || position > 20) throw new Error(`she stopped at second ${position}?`);
  await learner.sees(`已看 ${percent}%，看到 90% 才算学完。`);
}

async function goesOnWhereSheStopped(learner) {
  const isUnsent = () => learner.run(() => Object.keys(localStorage).some((it) => it.startsWith('progress:')));
  await until('nothing is left to tell', async () => !(await isUnsent()));
  const { position } = await progressOf(FREE);
  await learner.restart(`/lessons/${FREE}`);
  await learner.sees(`从 0:${String(position).padStart(2, '0')} 接着看？`);
  await learner.picture('resume');
  await learner.run(() => { document.querySelector('video').muted = true; });
  await learner.press('接着看');
  await until('it goes on there', async () => (await time(learner)) >= position && !(await isPaused(learner)));
  await learner.sawLastOf('接着看？');
}

async function cannotSkip(learner) {
  await learner.goto(`/lessons/${IN_ORDER}`);
  await learner.sees('看到 90% 才算学完，要按顺序看。');
  await until('the video is there', () => learner.run(() => document.querySelector('video').readyState > 0));
  if (await learner.reads('不能跳过去')) throw new Error('she skipped nothing yet');
  await learner.run(() => { document.querySelector('video').currentTime = 30; });
  await learner.sees('这一课要按顺序看，没看过的地方不能跳过去');
  await until('she is back at the start', async () => (await time(learner)) < 2);
  await learner.picture('held-back');
  const { percent } = await progressOf(IN_ORDER);
  if (percent !== 0) throw new Error(`${percent} per cent for skipping`);
}

/** Minutes of playing go by, as the player tells them, and nobody touches anything. */
async function isAskedWhetherSheIsThere(learner) {
  // Six minutes, by chance.
  await learner.page.addInitScript(() => { Math.random = () => 0.5; });
  await learner.goto(`/lessons/${FREE}`);
  await until('the video is there', () => learner.run(() => document.querySelector('video')?.readyState > 0));
  await plays(learner);
  const goBy = (seconds) => learner.run((seconds) => {
    const video = document.querySelector('video');
    let at = video.currentTime;
    Object.defineProperty(video, 'currentTime', { get: () => at, configurable: true });
    for (let second = 0; second < seconds; second += 1) {
      at += 1;
      video.dispatchEvent(new Event('timeupdate'));
    }
    delete video.currentTime;
  }, seconds);
  await goBy(230);
  if (await learner.reads('还在看吗')) throw new Error('she was asked too soon');
  await goBy(260);
  await learner.sees('还在看吗？');
  await until('it waits', () => isPaused(learner));
  await learner.picture('asked');
  await learner.press('在，接着看');
  await until('it goes on', async () => !(await isPaused(learner)));
  await learner.sawLastOf('还在看吗？');
}
