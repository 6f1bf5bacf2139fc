// What a page shows before the app is there (frontend/static/boot/ahead.js).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { bundled, script } from './scripts.mjs';

const drawing = bundled('import { askAhead } from "../boot/ahead.js"; window.drawn = askAhead();');
const [page] = readFileSync(new URL('../../index.html', import.meta.url), 'utf8').match(/<div class="waiting">[^]*?<section/);
const shell = `<div id="shell">${page.replace('<section', '')}</div>`;
const LESSON = '/lessons/018f0000-0000-7000-8000-000000000001';

const STEPS = {
  title: '擦<b>桌面</b>',
  course_title: '会议室保洁',
  minutes: 6,
  progress: { position: 1, finished_at: null },
  content: {
    materials: ['蓝布'],
    cards: [
      { title: '备布', picture: null, seconds: 90 },
      { title: '由里向外擦', seconds: 0, picture: { media: 'm1', width: 800, height: 600 } },
      { title: '收布', picture: { media: 'm2', width: 800, height: 600 }, clip: { seconds: 4 } },
    ],
  },
};

/** The page once the answer to its first question was looked at; `app` says that the app was faster. */
async function opened(path, lesson, { app = false } = {}) {
  const { window } = new JSDOM(app ? '<main></main>' : shell, { url: `https://learn.example${path}`, runScripts: 'outside-only' });
  const asked = [];
  window.fetch = async (address) => {
    asked.push(address);
    return lesson ? Response.json(lesson) : new Response('', { status: 503 });
  };
  const waiting = new Set();
  window.setTimeout = () => waiting.add(waiting.size + 1).size;
  window.clearTimeout = (timer) => waiting.delete(timer);
  window.eval(drawing);
  const answer = window.askedAhead && (await window.askedAhead[asked[0]]);
  await window.drawn;
  const bones = window.document.querySelector('.bones');
  const read = bones ? [...bones.querySelectorAll('p, li')].map((it) => it.textContent) : [];
  const tabs = Boolean(window.document.querySelector('.tabs'));
  const seen = { asked, read, tabs, picture: bones && bones.querySelector('img'), bones: bones ? bones.querySelectorAll('.bone').length : 0 };
  seen.left = answer && answer.ok ? await answer.json() : undefined;
  assert.equal(waiting.size, 0, 'what has arrived is not given up later');
  window.close();
  return seen;
}

test('a lesson of steps shows the card that the learner comes to, and its picture', async () => {
  const { asked, read, tabs, picture, bones, left } = await opened(LESSON, STEPS);
  assert.deepEqual(asked, [`/api${LESSON}`]);
  assert.deepEqual(read, ['擦<b>桌面</b>', '会议室保洁 · 6 分钟', '第 2 步，共 3 步', '由里向外擦']);
  assert.equal(picture.srcset, '/media/m1/w360 360w,/media/m1/w720 720w,/media/m1 800w');
  assert.equal(picture.sizes, '100vw');
  assert.equal(bones, 0, 'nothing of the skeleton stays');
  assert.equal(tabs, false, 'a lesson has the whole screen');
  assert.deepEqual(left, STEPS, 'the app can still read the answer');
});

test('the first card comes after what is to be laid ready, also for who has finished', async () => {
  const finished = { ...STEPS, progress: { position: 2, finished_at: '2026-11-01T00:00:00Z' } };
  const { read, picture } = await opened(LESSON, finished);
  assert.deepEqual(read.slice(2), ['先备好', '蓝布', '第 1 步，共 3 步，用时约 1 分 30 秒', '备布']);
  assert.equal(picture, null);
});

test('the still of a clip has the one width of the player', async () => {
  const { picture } = await opened(LESSON, { ...STEPS, progress: { position: 2, finished_at: null } });
  assert.equal(picture.getAttribute('src'), '/media/m2/w720');
  assert.equal(picture.srcset, '');
});

test('a revision with fewer cards begins at its last one', async () => {
  const { read } = await opened(LESSON, { ...STEPS, progress: { position: 9, finished_at: null } });
  assert.deepEqual(read.slice(2), ['第 3 步，共 3 步', '收布']);
});

test('of another lesson the title is shown, and the skeleton of the rest', async () => {
  const { read, bones } = await opened(LESSON, { ...STEPS, content: { seconds: 90 } });
  assert.deepEqual(read, ['擦<b>桌面</b>', '会议室保洁 · 6 分钟']);
  assert.ok(bones > 0);
});

test('an app that was faster, a server that is busy and other pages are left alone', async () => {
  const faster = await opened(LESSON, STEPS, { app: true });
  assert.deepEqual([faster.read, faster.left], [[], STEPS]);
  const busy = await opened(LESSON, null);
  assert.deepEqual([busy.read, busy.bones, busy.tabs], [[], 6, true]);
  const today = await opened('/', { lessons: [] });
  assert.deepEqual([today.asked, today.read], [['/api/today'], []]);
  assert.deepEqual((await opened('/courses', STEPS)).asked, []);
});

/** The app's page as phones get it, but for style, app and the files that it names. */
const [before, after] = readFileSync(new URL('../../index.html', import.meta.url), 'utf8')
  .replace('{{inline:ahead.js}}', () => script('ahead.js'))
  .replace(/{{(inline:boot.js|style)}}/g, '')
  .split('<body>');

/** It, read to its end by `finish`. */
function read(path, { speaks = false, stored = {}, refuses = false } = {}) {
  const asked = [];
  const { window } = new JSDOM(before, {
    url: `https://learn.example${path}`,
    runScripts: 'dangerously',
    beforeParse(page) {
      page.fetch = async (address) => {
        asked.push(address);
        return Response.json(STEPS);
      };
      for (const [key, text] of Object.entries(stored)) page.localStorage.setItem(key, text);
      if (refuses) Object.defineProperty(page, 'localStorage', { get() { throw new Error('SecurityError'); } });
      if (speaks) Object.assign(page, { speechSynthesis: {}, SpeechSynthesisUtterance: class {} });
      Object.defineProperty(page.document, 'readyState', { value: 'loading', configurable: true });
    },
  });
  const shown = () => window.document.querySelector('.early-step')?.textContent;
  const finish = () => {
    delete window.document.readyState;
    window.document.body.innerHTML = after;
    window.dispatchEvent(new window.Event('DOMContentLoaded'));
  };
  return { window, asked, shown, finish };
}
const soon = () => new Promise((next) => setTimeout(next, 20));

test('the first question is asked before the page is read to its end, and drawn when it is', async () => {
  const { window, asked, shown, finish } = read(LESSON);
  assert.deepEqual(asked, [`/api${LESSON}`]);
  await soon();
  finish();
  await soon();
  assert.equal(shown(), '由里向外擦');
  window.close();
});

test('where a mini-program hands its sign-in over, it is asked after that', async () => {
  const { window, asked, shown, finish } = read(`${LESSON}#t=ticket`);
  finish();
  await soon();
  assert.deepEqual(asked, []);
  window.eval(script('boot.js'));
  await soon();
  assert.deepEqual(asked.filter((it) => it.startsWith('/api/')), ['/api/sign-ins/web-ticket', `/api${LESSON}`]);
  assert.equal(shown(), '由里向外擦');
  assert.equal(window.location.hash, '');
  window.close();
});

test('room for 听一遍 is kept where the browser reads aloud, and nowhere else', () => {
  for (const speaks of [true, false]) {
    const { window } = read('/', { speaks });
    assert.equal(window.document.documentElement.classList.contains('speaks'), speaks);
    window.close();
  }
});

test('the page looks from the first moment as this phone has the app', () => {
  const { window } = read('/', { stored: { 'text-size': '187.5%', care: '1' } });
  assert.equal(window.document.documentElement.style.fontSize, '187.5%');
  assert.ok(window.document.documentElement.classList.contains('care'));
  window.close();
});

test('a browser that refuses its storage asks all the same', () => {
  const { window, asked } = read(LESSON, { refuses: true });
  assert.deepEqual(asked, [`/api${LESSON}`]);
  window.close();
});
