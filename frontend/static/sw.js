// Keeps the app and what was downloaded for places without a network. It never answers with an old
// page where there is a network, never keeps an answer of the API, and knows nothing of the console.
// Where one of the server's pages cannot be had it says so, and leads back.

const SHELL = 'shell';
/** The screens of the phone's app. Every other address is the server's. */
const SCREENS = /^\/(?:(?:courses|lessons|quizzes|attempts|sessions|check-in|me|team|teaching)(?:\/.*)?)?$/;
/** Those of them that lead to pages of the server's. */
const BEYOND = /^\/(?:study|enter|privacy)(?:\/|$)/;
/** Milliseconds after which a kept page is better than none. */
const PATIENCE = 8000;

/** The files that a page names. */
const named = (page) => [...new Set(page.match(/\/assets\/[\w.-]+/g) || [])];
/** Not everybody needs the program for QR codes. */
const isNeeded = (address) => !address.startsWith('/assets/qr-');

/** Under which address a screen's page is kept: those who teach have one of their own. */
const PAGES = ['/', '/teaching'];
const pageOf = (pathname) => (/^\/(?:team|teaching)(?:\/|$)/.test(pathname) ? PAGES[1] : PAGES[0]);

/** Keeps a page with its files, and lets those of an earlier one go. */
async function keep(page, under) {
  const names = named(await page.clone().text());
  if (!page.ok || names.length === 0) return;
  const shell = await caches.open(SHELL);
  for (const name of names.filter(isNeeded)) {
    if (!(await shell.match(name))) await shell.add(name);
  }
  // Only a page whose files are all here is worth keeping.
  await shell.put(under, page);
  const needed = new Set(PAGES);
  for (const kept of PAGES) {
    const text = await shell.match(kept).then((it) => (it ? it.text() : ''));
    named(text).forEach((name) => needed.add(name));
  }
  for (const { url } of await shell.keys()) {
    const { pathname } = new URL(url);
    if (!needed.has(pathname)) await shell.delete(pathname);
  }
}

async function screen(event, under) {
  const kept = () => caches.match(under, { cacheName: SHELL });
  const fresh = fetch(event.request).then(async (page) => {
    if (page.ok && !page.redirected) event.waitUntil(keep(page.clone(), under).catch(() => {}));
    // Where a gateway answers for a server that is away, there is as good as no network.
    return page.status < 500 ? page : (await kept()) || page;
  });
  const impatient = new Promise((done) => setTimeout(done, PATIENCE)).then(kept);
  try {
    return (await Promise.race([fresh, impatient])) || (await fresh);
  } catch (error) {
    const page = await kept();
    if (page) return page;
    throw error;
  }
}

/** Where somebody came from who wanted to see one of the server's pages. */
function backFrom({ url, referrer }) {
  const [, about] = /^\/study(\/(?:lessons|courses)\/[\w-]+)/.exec(new URL(url).pathname) || [];
  if (about) return about;
  const came = referrer ? new URL(referrer) : {};
  return came.origin === location.origin && SCREENS.test(came.pathname) ? came.pathname : '/';
}

/** The browser's own words for it help nobody. */
function noNetwork(request) {
  const back = backFrom(request);
  const words = { lessons: '返回课时', courses: '返回课程' }[back.split('/')[1]] || '返回';
  const isFile = new URL(request.url).pathname.startsWith('/media/');
  const why = isFile ? '附件没有下载，要有网才能打开。' : '这一页要有网才能打开，有网了再来。';
  const page = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>没有网络</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { max-width: 30rem; margin: 2rem auto; padding: 0 1rem; font: 1.125rem/1.6 sans-serif; color-scheme: light dark; }
a { display: block; margin: 1rem 0; padding: .7rem; border: 1px solid; border-radius: .5rem; color: inherit; text-align: center; text-decoration: none; }
</style>
<h1>没有网络</h1>
<p>${why}</p>
<a href="${back}">${words}</a>
<a href="" onclick="location.reload(); return false">再试一次</a>`;
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/**
 * What was downloaded from one of these places. Whose phone it is the worker cannot see: the app leaves
 * one person's alone (study/packs.js), and where two lie here nobody's is shown.
 */
async function downloaded(places) {
  const [pack, another] = (await caches.keys()).filter((it) => it.startsWith('pack:'));
  if (!pack || another) return undefined;
  let kept;
  for (const address of places) {
    kept = kept || (await caches.match(address, { cacheName: pack }));
  }
  return kept;
}

/** A page of the server's, as the server has it now; some come with a downloaded course. */
async function beyond(request) {
  const { pathname } = new URL(request.url);
  const kept = () => downloaded([pathname]);
  const fresh = fetch(request).then(
    async (page) => (page.status < 500 ? page : (await kept()) || page),
    async () => (await kept()) || noNetwork(request),
  );
  // A sign-in may take as long as it takes: it cannot be begun again at the same address.
  if (!pathname.startsWith('/study')) return fresh;
  const impatient = new Promise((done) => setTimeout(done, PATIENCE)).then(kept);
  // A slow network is one all the same: what was not downloaded is waited for.
  return (await Promise.race([fresh, impatient])) || fresh;
}

async function asset(request) {
  const kept = await caches.match(request.url, { cacheName: SHELL });
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && !isNeeded(new URL(request.url).pathname)) {
    await (await caches.open(SHELL)).put(request.url, fresh.clone());
  }
  return fresh;
}

/** The sizes of one picture. */
const SIZES = ['', '/w720', '/w1080', '/w360'];

/** Under which addresses a file may be kept: of a picture one size is, whichever is asked for. */
function addresses(pathname) {
  const [, file, size] = /^(\/media\/[^/]+)(\/w\d+)?$/.exec(pathname) || [];
  return file ? [file + (size || ''), ...SIZES.map((it) => file + it)] : [pathname];
}

/** A file of a lesson that was downloaded, else from the network. */
async function media(request) {
  const kept = await downloaded(addresses(new URL(request.url).pathname));
  if (!kept) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') || '');
  return range ? part(kept, Number(range[1]), range[2]) : kept;
}

/** An attachment: it was kept without its name, which whoever opens it asks for. */
async function attachment(request) {
  const answer = await media(request);
  const name = new URL(request.url).searchParams.get('name');
  if (!name || !answer.ok) return answer;
  const headers = new Headers(answer.headers);
  headers.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  return new Response(answer.body, { status: answer.status, headers });
}

/** Players ask for videos piece by piece. */
async function part(kept, from, end) {
  const whole = await kept.blob();
  const to = end === '' ? whole.size - 1 : Math.min(Number(end), whole.size - 1);
  const headers = { 'content-type': whole.type, 'content-range': `bytes ${from}-${to}/${whole.size}` };
  if (from > to) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${whole.size}` } });
  return new Response(whole.slice(from, to + 1, whole.type), { status: 206, headers });
}

addEventListener('install', (event) => {
  event.waitUntil(fetch('/', { cache: 'no-store' }).then((page) => keep(page, '/')).then(() => self.skipWaiting()));
});

addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (SCREENS.test(pathname)) event.respondWith(screen(event, pageOf(pathname)));
    else if (BEYOND.test(pathname)) event.respondWith(beyond(request));
    else if (pathname.startsWith('/media/')) event.respondWith(attachment(request).catch(() => noNetwork(request)));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(asset(request));
  } else if (pathname.startsWith('/media/')) {
    event.respondWith(media(request));
  }
});
