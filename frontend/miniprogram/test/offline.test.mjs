// What 下载本课 keeps is what the phone's page asks for when there is no network.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import vm from 'node:vm';
import { JSDOM } from 'jsdom';

const HOST = 'https://learn.example';
const source = (name) => readFileSync(new URL(`../../static/${name}`, import.meta.url), 'utf8');
const settled = () => new Promise((done) => setTimeout(done, 20));

/** Caches as a browser has them, by address alone. */
class Caches {
  stores = new Map();

  async open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new Map());
    const store = this.stores.get(name);
    const address = (it) => new URL(it, HOST).pathname;
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
  return new Response(lesson ? JSON.stringify({ content: LESSONS[lesson[1]] }) : pathname);
}

let caches;

/** The course's page, on which everything is downloaded. */
async function download() {
  const page = `<body><main><div class="pack" data-course="c" data-lessons="${Object.keys(LESSONS).join(' ')}"></div></main>`;
  const { window } = new JSDOM(page, { url: `${HOST}/courses/c`, runScripts: 'outside-only' });
  const serviceWorker = { controller: {}, getRegistrations: async () => [] };
  Object.defineProperty(window.navigator, 'serviceWorker', { value: serviceWorker });
  Object.assign(window, { caches, fetch: server, Response });
  window.eval(source('study.js'));
  const press = async (text) => {
    await settled();
    const found = [...window.document.querySelectorAll('button')].find((it) => it.textContent.includes(text));
    assert.ok(found, `${text} in ${window.document.body.textContent}`);
    found.click();
    await settled();
  };
  await press('下载到手机');
  window.document.querySelector('input[type=checkbox]').checked = true;
  await press('开始下载');
  assert.match(window.document.body.textContent, /已经下载到手机/);
}

/** What the service worker answers without a network. */
function offline() {
  const handlers = {};
  const self = { clients: {}, skipWaiting() {} };
  const fetch = async () => { throw new TypeError('no network'); };
  const world = { caches, fetch, self, Response, URL, setTimeout, location: { origin: HOST } };
  vm.runInNewContext(source('sw.js'), { ...world, addEventListener: (name, act) => { handlers[name] = act; } });
  return async (address) => {
    const request = { url: HOST + address, method: 'GET', mode: 'no-cors', headers: new Headers() };
    let answer;
    handlers.fetch({ request, respondWith: (it) => { answer = it; }, waitUntil() {} });
    return (await answer).text();
  };
}

beforeEach(async () => {
  caches = new Caches();
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
