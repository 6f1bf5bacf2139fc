// Keeps the app and what was downloaded for places without a network. It never answers with an old
// page where there is a network, never keeps an answer of the API, and knows nothing of the console.

const SHELL = 'shell';
/** The screens of the phone's app. Every other address is the server's. */
const SCREENS = /^\/(?:(?:courses|lessons|quizzes|attempts|sessions|check-in|me|team|teaching)(?:\/.*)?)?$/;
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
  const fresh = fetch(event.request).then((page) => {
    if (page.ok && !page.redirected) event.waitUntil(keep(page.clone(), under).catch(() => {}));
    return page;
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
  let kept;
  for (const address of addresses(new URL(request.url).pathname)) {
    kept = kept || (await caches.match(address));
  }
  if (!kept) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') || '');
  return range ? part(kept, Number(range[1]), range[2]) : kept;
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
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(asset(request));
  } else if (pathname.startsWith('/media/')) {
    event.respondWith(media(request));
  }
});
