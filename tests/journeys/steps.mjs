// Step cards stand where they were drawn before the app was there, are turned by a finger that swipes and
// by keys, and are read aloud, as a cited clause is. The phone has a voice that writes down what it was asked
// to say. Environment: COURSE, its step cards STEPS, LEARNER_TOKEN.
import { journey, phone, until } from './browser.mjs';
import { progressOf } from './progress.mjs';

const { COURSE, STEPS } = process.env;
const CARDS = 8;
const card = (number) => `第 ${number} 步，共 ${CARDS} 步`;

await journey(async () => {
  const learner = await phone('steps');
  await learner.page.addInitScript(giveVoice);
  // Files come over the line each time.
  await learner.page.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
  await learner.goto(`/lessons/${STEPS}`);
  await learner.sees(card(1));
  await staysInItsPlace(learner, 'normal', {});
  await staysInItsPlace(learner, 'largest', { 'text-size': '187.5%' });
  await staysInItsPlace(learner, 'care', { 'text-size': '125%', care: '1' });
  await looks(learner, {});
  await learner.goto(`/lessons/${STEPS}`);
  await learner.sees(card(1));
  await swipes(learner);
  await turnsByKeys(learner);
  await listens(learner);
  await hearsNoCardThatIsGone(learner);
  await listensToAClause(learner);
  await isToldThatThereIsNoVoice(learner);
});

/** Says nothing, and goes on with it until it is stopped or `over()` is called. */
function giveVoice() {
  class Utterance { constructor(text) { this.text = text; } }
  const voice = {
    asked: [],
    speaking: false,
    voices: [{ lang: 'zh-CN' }],
    getVoices() { return this.voices; },
    speak(it) {
      this.asked.push(it);
      this.speaking = true;
      it.onstart();
    },
    cancel() {
      if (this.speaking) this.asked[this.asked.length - 1].onerror({ error: 'canceled' });
      this.speaking = false;
    },
    over() {
      this.speaking = false;
      this.asked[this.asked.length - 1].onend();
    },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: voice });
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
}

/** What was asked for last, and how often something was. */
function heard(learner) {
  return learner.run(() => {
    const { asked, speaking } = speechSynthesis;
    const { text = '', lang = '' } = asked[asked.length - 1] || {};
    return { text, lang, speaking, times: asked.length };
  });
}

/** Where the things of these kinds are on the screen, in pixels. */
function places(learner, kinds) {
  return learner.run((selectors) => selectors.map((selector) => {
    const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
    return [left, top, right, bottom].map(Math.round).join(' ');
  }), kinds);
}

/** 字号 and 关怀版 as this phone has them from the next page on. */
function looks(learner, look) {
  return learner.run((stored) => {
    for (const key of ['text-size', 'care']) localStorage.removeItem(key);
    for (const [key, text] of Object.entries(stored)) localStorage.setItem(key, text);
  }, look);
}

/** What is drawn before the app is there is where the app shows it: nothing moves, no picture grows. */
async function staysInItsPlace(learner, name, look) {
  await looks(learner, look);
  const arrives = await learner.window.hold('**/*.wasm');
  await learner.goto(`/lessons/${STEPS}`);
  await until('the picture is drawn', () => learner.run(() => {
    const drawn = document.querySelector('#shell .early-card img');
    return drawn && drawn.complete;
  }));
  const drawn = ['.early-title + .early-note', '.early-prepare', '#shell .card ul', '.early-step', '.early-card img'];
  const before = await places(learner, drawn);
  await learner.picture(`drawn-${name}`);
  arrives();
  await until('the app is there', () => learner.run(() => document.querySelector('.step .picture img')));
  const after = await places(learner, ['.lesson-note', '.prepare h2', '.prepare ul', '.step-title', '.step .picture img']);
  await learner.picture(`there-${name}`);
  if (`${before}` !== `${after}`) throw new Error(`what was drawn moved:\n${before.join('\n')}\nto\n${after.join('\n')}`);
}

/** A finger goes over the card, by this much to the right and down. */
async function swipe(learner, [right, down]) {
  const hand = await learner.page.context().newCDPSession(learner.page);
  const touch = (type, touchPoints) => hand.send('Input.dispatchTouchEvent', { type, touchPoints });
  const [x, y] = [180, 330];
  await touch('touchStart', [{ x, y }]);
  await touch('touchMove', [{ x: x + right / 2, y: y + down / 2 }]);
  await touch('touchMove', [{ x: x + right, y: y + down }]);
  await touch('touchEnd', []);
  await hand.detach();
}

async function swipes(learner) {
  // The script that turns them comes after the app.
  await learner.sees('听一遍');
  await swipe(learner, [-120, 10]);
  await learner.sees(card(2));
  await until('the server has the second card', async () => (await progressOf(STEPS)).position === 1);
  await learner.picture('swiped');
  await swipe(learner, [120, -10]);
  await learner.sees(card(1));
  // Neither before the first, nor where a finger only trembles or scrolls.
  for (const way of [[120, 0], [-30, 0], [-90, -100]]) await swipe(learner, way);
  // The last one scrolls, which the browser may come to later.
  await until('the page is scrolled', () => learner.run(() => scrollY > 50));
  await learner.press('下一步');
  await learner.sees(card(2));
}

async function turnsByKeys(learner) {
  await learner.page.keyboard.press('ArrowRight');
  await learner.sees(card(3));
  await learner.page.keyboard.press('ArrowLeft');
  await learner.sees(card(2));
}

async function listens(learner) {
  const title = await learner.run(() => document.querySelector('.step-title').textContent);
  await learner.press('听一遍');
  await learner.sees('停下');
  const { text, lang } = await heard(learner);
  if (lang !== 'zh-CN' || !text.includes(title) || !text.includes('要点')) throw new Error(`it says ${lang} ${text}`);
  if (/听一遍|下一步|打勾/.test(text)) throw new Error(`it reads what is to be pressed: ${text}`);
  await learner.picture('aloud');
  await learner.press('停下');
  await learner.sees('听一遍');
  if ((await heard(learner)).speaking) throw new Error('it goes on');
  await learner.press('听一遍');
  await learner.sees('停下');
  await learner.run(() => speechSynthesis.over());
  await learner.sees('听一遍');
  const { times } = await heard(learner);
  if (times !== 2) throw new Error(`it was read ${times} times`);
}

async function hearsNoCardThatIsGone(learner) {
  await learner.press('听一遍');
  await learner.sees('停下');
  await swipe(learner, [-120, 0]);
  await learner.sees(card(3));
  await until('the card before is silent', async () => !(await heard(learner)).speaking);
  await learner.sees('听一遍');
}

async function listensToAClause(learner) {
  await learner.goto(`/courses/${COURSE}`);
  await learner.press('温度和时间', { part: true });
  await learner.press('依据', { part: true });
  await learner.sees('必须做还是建议做');
  const said = await learner.run(() => document.querySelector('.said').textContent);
  await learner.press('听一遍');
  await learner.sees('停下');
  const { text, lang } = await heard(learner);
  if (lang !== 'zh-CN' || !text.includes(said)) throw new Error(`it says ${lang} ${text}`);
  await learner.picture('clause');
  await learner.press('停下');
  await learner.sees('听一遍');
}

async function isToldThatThereIsNoVoice(learner) {
  await learner.run(() => { speechSynthesis.voices = [{ lang: 'en-US' }]; });
  await learner.press('听一遍');
  await learner.sees('这台手机没有会读中文的声音');
  await learner.picture('no-voice');
}
