// What 下载本课 keeps is what the phone's page asks for when there is no network.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import vm from 'node:vm';
import { JSDOM } from 'jsdom';
import { script } from './scripts.mjs';

const HOST = 'https://learn.example';
const file = (name) => new URL(`../../static/${name}`, import.meta.url);
const source = (name) => readFileSync(file(name), 'utf8');

/** Asks again and again for two seconds. */
async function until(what, question) {
  for (let left = 200; left > 0; left -= 1) {
    const answer = question();
    if (answer) return answer;
    await new Promise((again) => { setTimeout(again, 10); });
  }
  return assert.fail(what());
}

/** Caches as a browser has them, by address alone. */
class Caches {
  stores = new Map();

  async open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new Map());
    const store = this.stores.get(name);
    const address = (it) => new URL(it.url || it, HOST).pathname;
    return {
      match: async (it) => store.get(address(it))?.clone(),
      put: async (it, answer) => { store.set(address(it), answer); },
      add: async (it) => { store.set(address(it), await server(it)); },
      delete: async (it) => store.delete(address(it)),
      keys: async () => [...store.keys()].map((it) => ({ url: HOST + it })),
    };
  }

  async keys() { return [...this.stores.keys()]; }

  async delete(name) { return this.stores.delete(name); }

  async match(it, { cacheName } = {}) {
    for (const name of cacheName ? [cacheName] : this.stores.keys()) {
      const found = await (await this.open(name)).match(it);
      if (found) return found;
    }
    return undefined;
  }
}

let lessons;
const LESSONS = {
  article: { kind: 'article', blocks: [
    { block: 'picture', media: 'wide', alt: '', width: 1600, height: 900 },
    { block: 'picture', media: 'small', alt: '', width: 300, height: 200 },
  ] },
  steps: { kind: 'steps', cards: [{ title: '擦', picture: { media: 'card', alt: '', width: 800, height: 600 } }] },
  video: { kind: 'video', media: 'film', seconds: 9, key_points: [], pictured: true, subtitled: true },
  recording: { kind: 'recording', media: 'sound', seconds: 9, key_points: [] },
  slides: { kind: 'slides', media: 'deck', pages: 2, width: 1280, height: 720 },
};

/** Every answer says which address it is of. */
async function server(address) {
  const { pathname } = new URL(address, HOST);
  const lesson = /^\/api\/lessons\/(\w+)$/.exec(pathname);
  if (lesson) return Response.json({ content: LESSONS[lesson[1]], clauses: [{ link: lesson[1] }] });
  const course = { title: '保洁', revision: `${lessons.length}`, chapters: [{ lessons: lessons.map((id) => ({ id })) }] };
  if (pathname === '/api/courses/c') return Response.json(course);
  return new Response(pathname);
}

let caches;
let window;

const place = () => `<div class="pack" data-course="c" data-revision="${lessons.length}" data-lessons="${lessons.join(' ')}"></div>`;

/** Presses the button that has these words. */
async function press(text) {
  const { body } = window.document;
  const wanted = () => [...body.querySelectorAll('button')].find((it) => it.textContent.includes(text));
  const button = await until(() => `${text} in ${body.textContent}`, wanted);
  button.click();
  return button;
}

const reads = (text) => until(() => window.document.body.textContent, () => window.document.body.textContent.includes(text));

/** The course's page, on which everything is downloaded. */
async function download() {
  const page = `<head><meta name="worker" content="/assets/sw.js"></head><body><main>${place()}</main>`;
  ({ window } = new JSDOM(page, { url: `${HOST}/courses/c`, runScripts: 'outside-only' }));
  const serviceWorker = { controller: {}, register: async () => ({}) };
  Object.defineProperty(window.navigator, 'serviceWorker', { value: serviceWorker });
  Object.assign(window, { caches, fetch: server, Response });
  window.eval(script('study.js'));
  await press('下载到手机');
  const choice = await until(() => 'whether videos come along', () => window.document.querySelector('input[type=checkbox]'));
  choice.checked = true;
  await press('开始下载');
  await reads('已经下载到手机');
}

/** The course's page where a browser keeps no files. */
async function openWithoutWorker() {
  ({ window } = new JSDOM(`<body><main>${place()}</main>`, { url: `${HOST}/courses/c`, runScripts: 'outside-only' }));
  Object.assign(window, { fetch: server, Response });
  window.eval(script('study.js'));
}

/** What the service worker answers without a network, or otherwise. */
function offline(otherwise) {
  const handlers = {};
  const self = { clients: {}, skipWaiting() {} };
  const fetch = async () => { throw new TypeError('no network'); };
  const world = { caches, fetch, self, Response, URL, setTimeout, location: { origin: HOST }, ...otherwise };
  vm.runInNewContext(source('sw.js'), { ...world, addEventListener: (name, act) => { handlers[name] = act; } });
  return async (address, mode = 'no-cors') => {
    const request = { url: HOST + address, method: 'GET', mode, headers: new Headers() };
    let answer;
    handlers.fetch({ request, respondWith: (it) => { answer = it; }, waitUntil() {} });
    return (await answer).text();
  };
}

beforeEach(async () => {
  caches = new Caches();
  lessons = Object.keys(LESSONS);
  await download();
});

test('a picture is found offline in whatever width the page asks for', async () => {
  const ask = offline();
  for (const width of ['', '/w360', '/w720', '/w1080']) {
    assert.equal(await ask(`/media/wide${width}`), '/media/wide/w720');
    assert.equal(await ask(`/media/card${width}`), '/media/card/w720');
    assert.equal(await ask(`/media/small${width}`), '/media/small');
  }
});

test('what is no picture is found under its own address, and nothing stands for it', async () => {
  const ask = offline();
  const asked = ['film/360p', 'film/poster', 'film/subtitles', 'sound', 'deck/page-1', 'deck/page-2'];
  for (const name of asked) assert.equal(await ask(`/media/${name}`), `/media/${name}`);
  for (const name of ['deck/page-3', 'film', 'other/w360']) {
    await assert.rejects(ask(`/media/${name}`), /no network/, name);
  }
});

test('a cited clause is read where there is no network, and where the network does not answer', async () => {
  assert.equal(await offline()('/study/clauses/steps', 'navigate'), '/study/clauses/steps');
  const never = { fetch: () => new Promise(() => {}), setTimeout: (done) => done() };
  assert.equal(await offline(never)('/study/clauses/steps', 'navigate'), '/study/clauses/steps');
});

test('a page that was not downloaded is waited for while the network is slow', async () => {
  let arrive;
  let impatient;
  const slow = { fetch: () => new Promise((done) => { arrive = done; }), setTimeout: (done) => { impatient = done; } };
  const page = offline(slow)('/study', 'navigate');
  impatient();
  // By then it has looked among what was downloaded, and found nothing.
  await new Promise((done) => { setImmediate(done); });
  arrive(new Response('the page'));
  assert.equal(await page, 'the page');
  assert.match(await offline()('/study', 'navigate'), /没有网络/);
});

test('a gateway that answers for a server that is away does not take away the kept app, nor what was downloaded', async () => {
  const answers = (status, text) => ({ fetch: async () => new Response(text, { status }), setTimeout() {} });
  const away = answers(502, '502 Bad Gateway');
  assert.equal(await offline(away)('/courses/c', 'navigate'), '502 Bad Gateway', 'nothing is kept yet');
  await (await caches.open('shell')).put('/', new Response('the app'));
  assert.equal(await offline(away)('/courses/c', 'navigate'), 'the app');
  assert.equal(await offline(answers(404, 'not found'))('/courses/c', 'navigate'), 'not found');
  assert.equal(await offline(away)('/study/clauses/steps', 'navigate'), '/study/clauses/steps');
  assert.equal(await offline(away)('/study', 'navigate'), '502 Bad Gateway', 'it was not downloaded');
});

test('while two people\'s downloads lie here nobody\'s is shown', async () => {
  const ask = offline();
  await caches.open('pack:liu');
  assert.match(await ask('/study/clauses/steps', 'navigate'), /没有网络/);
  await assert.rejects(ask('/media/sound'), /no network/);
});

test('an update takes the texts along of lessons that left the course', async () => {
  const texts = () => Object.keys(window.localStorage).filter((it) => it.includes('/api/lessons/')).length;
  assert.equal(texts(), 5);
  lessons = ['article', 'steps'];
  window.document.querySelector('main').innerHTML = place();
  await press('更新');
  await press('开始下载');
  await reads('已经下载到手机');
  assert.equal(texts(), 2);
  await assert.rejects(offline()('/media/sound'), /no network/);
});

test('a deletion that is confirmed with two fingers deletes once', async () => {
  await press('删除');
  const confirm = await press('确认删除');
  confirm.click();
  await reads('下载到手机，没有网也能学');
  assert.deepEqual(Object.keys(window.localStorage), []);
});

/** There is something new, and it is fetched from a server that answers otherwise. */
async function update(fetch) {
  lessons = ['article', 'steps'];
  window.fetch = fetch;
  window.document.querySelector('main').innerHTML = place();
  await press('更新');
  await press('开始下载');
  await reads('已经下载到手机');
}

test('an update brings what a cited clause says now', async () => {
  const says = '标准已经更新';
  await update(async (it) => (new URL(it, HOST).pathname === '/study/clauses/steps' ? new Response(says) : server(it)));
  assert.equal(await offline()('/study/clauses/steps', 'navigate'), says);
});

test('a download renews the sign-in that ran out meanwhile', async () => {
  let runOut = true;
  await update(async (it, { method } = {}) => {
    if (method === 'POST' && it === '/api/sign-ins/refresh') runOut = false;
    return runOut ? new Response('', { status: 401 }) : server(it);
  });
  assert.equal(runOut, false);
});

test('what was downloaded outlives a sign-in that ran out, and goes with whoever signs out', async () => {
  await caches.open('pack:liu');
  window.localStorage.setItem('pack:liu:course:c', '{}');
  const isThere = async () => (await caches.keys()).includes('pack:liu') && window.localStorage.getItem('pack:liu:course:c') !== null;
  const opens = async () => {
    window.eval(script('study.js'));
    await new Promise((done) => { setImmediate(done); });
  };
  await opens();
  assert.equal(await isThere(), true);
  window.localStorage.setItem('left', '1');
  await opens();
  const mark = () => window.localStorage.getItem('left');
  await until(() => 'it is done with', () => mark() === null);
  assert.deepEqual([window.localStorage.getItem('pack:liu:course:c'), caches.stores.has('pack:liu')], [null, false]);
});

test('where only texts can be kept, whether all of them are is looked at and not believed', async () => {
  await openWithoutWorker();
  await press('把文字存好');
  await reads('文字已经存好');
  window.localStorage.removeItem('pack::/api/lessons/steps');
  window.document.querySelector('main').innerHTML = place();
  await reads('文字没有存全');
  await press('接着存');
  await reads('文字已经存好');
});
