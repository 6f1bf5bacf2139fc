// What makes studying easier where the browser can: reading aloud, swiping, keys, and 下载本课. The app
// draws everything that is needed without it.

const worker = document.querySelector('meta[name=worker]');

/** Whose sign-in this browser holds; nobody's is an empty text. */
function owner() {
  const cookie = document.cookie.split('; ').find((it) => /^(__Host-)?fingertip_person=/.test(it));
  return cookie ? cookie.slice(cookie.indexOf('=') + 1) : '';
}

const pack = () => `pack:${owner()}`;
const canKeep = () => 'caches' in window && 'serviceWorker' in navigator && navigator.serviceWorker.controller;

/** Whoever signs out or comes after somebody else leaves and finds nothing here. */
async function forgetOthers() {
  if (!('caches' in window)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith('pack:') && name !== pack()) await caches.delete(name);
  }
}

async function employ() {
  if (!('serviceWorker' in navigator)) return;
  if (worker) {
    await navigator.serviceWorker.register(worker.content, { scope: '/' });
    return;
  }
  // A server that names none wants none.
  for (const it of await navigator.serviceWorker.getRegistrations()) await it.unregister();
}

// Drawing.

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

function button(text, act) {
  const made = element('button', 'button button-plain', text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

// 听一遍

const canSpeak = 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window;

function hush() {
  if (canSpeak) speechSynthesis.cancel();
}

/** What is to be read aloud, without the buttons and ticks. */
function words(of) {
  return [...of.querySelectorAll('h2, h3, p, li')].map((it) => it.textContent).join('。');
}

function readAloud(of) {
  of.setAttribute('data-aloud', '');
  const press = button('听一遍', () => {
    if (speechSynthesis.speaking) {
      hush();
      return;
    }
    const speech = new SpeechSynthesisUtterance(words(of));
    speech.lang = 'zh-CN';
    speech.rate = 0.9;
    speech.onstart = () => { press.textContent = '停下'; };
    speech.onend = speech.onerror = () => { press.textContent = '听一遍'; };
    speechSynthesis.speak(speech);
  });
  press.classList.add('aloud');
  of.prepend(press);
}

// Step cards: the buttons below them do it.

function step(forward) {
  const buttons = document.querySelectorAll('main .steps .pair button');
  const press = buttons[forward ? 1 : 0];
  if (press && !press.disabled) press.click();
}

let touched = null;
addEventListener('touchstart', (event) => {
  const [touch] = event.touches;
  touched = event.touches.length === 1 && event.target.closest && event.target.closest('.steps') ? touch : null;
}, { passive: true });
addEventListener('touchend', (event) => {
  if (!touched) return;
  const [touch] = event.changedTouches;
  const [right, down] = [touch.clientX - touched.clientX, touch.clientY - touched.clientY];
  touched = null;
  if (Math.abs(right) > 60 && Math.abs(right) > 2 * Math.abs(down)) step(right < 0);
}, { passive: true });
addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT|VIDEO)$/.test(event.target.tagName)) return;
  if (event.key === 'ArrowRight') step(true);
  if (event.key === 'ArrowLeft') step(false);
});

// 下载本课

/** The addresses of the pictures and videos that a lesson shows. Of a picture one size does for all. */
function filesIn(value, found) {
  if (!value || typeof value !== 'object') return;
  if (typeof value.media === 'string') {
    const file = `/media/${value.media}`;
    if (value.pages) {
      for (let page = 1; page <= value.pages; page += 1) found.pictures.add(`${file}/page-${page}`);
    } else if (value.width) {
      found.pictures.add(value.width > 720 ? `${file}/w720` : file);
    } else {
      found.videos.add(value.kind === 'recording' ? file : `${file}/360p`);
      if (value.pictured) found.videos.add(`${file}/poster`);
      if (value.subtitled) found.videos.add(`${file}/subtitles`);
    }
  }
  for (const part of Object.values(value)) filesIn(part, found);
}

async function bytes(address) {
  const answer = await fetch(address, { headers: { range: 'bytes=0-0' } });
  const total = /\/(\d+)$/.exec(answer.headers.get('content-range') || '');
  return total ? Number(total[1]) : Number(answer.headers.get('content-length')) || 0;
}

async function sizeOf(addresses) {
  const sizes = await Promise.all([...addresses].map(bytes));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const megabytes = (size) => (size < 1e5 ? '不到 0.1 MB' : `${(size / 1e6).toFixed(1)} MB`);

/** Keeps the lessons where the app looks for what was seen before; what they show. */
async function keepTexts(lessons) {
  const found = { pictures: new Set(), videos: new Set() };
  for (const lesson of lessons) {
    const answer = await fetch(`/api/lessons/${lesson}`);
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const text = await answer.text();
    localStorage.setItem(`seen:${owner()}:/api/lessons/${lesson}`, text);
    filesIn(JSON.parse(text).content, found);
  }
  return found;
}

const mark = (course) => `/pack/${course}`;

async function keepFiles(course, addresses, tell) {
  const cache = await caches.open(pack());
  let done = 0;
  for (const address of addresses) {
    if (!(await cache.match(address))) await cache.add(address);
    done += 1;
    tell(`已下载 ${done}/${addresses.length}`);
  }
  await cache.put(mark(course), new Response(JSON.stringify(addresses)));
}

/** What other downloaded courses show too stays. */
async function dropFiles(course) {
  const cache = await caches.open(pack());
  const listed = async (key) => (await (await cache.match(key)).json());
  const marks = (await cache.keys()).map((it) => new URL(it.url).pathname).filter((it) => it.startsWith('/pack/'));
  const others = new Set();
  for (const it of marks) if (it !== mark(course)) for (const file of await listed(it)) others.add(file);
  for (const file of await listed(mark(course))) if (!others.has(file)) await cache.delete(file);
  await cache.delete(mark(course));
}

/** The box below a course in which it is downloaded. */
class Box {
  constructor(place) {
    this.place = place;
    this.course = place.dataset.course;
    this.lessons = place.dataset.lessons.split(' ').filter(Boolean);
  }

  show(text, ...controls) {
    const said = element('p', 'hint', text);
    said.setAttribute('role', 'status');
    this.place.replaceChildren(said, ...controls);
  }

  async draw() {
    const kept = canKeep() && (await caches.match(mark(this.course), { cacheName: pack() }));
    if (kept) {
      this.show('这门课已经下载到手机，没有网也能学，进度有网了自动上传。',
        button('删除下载的内容', () => this.attempt(async () => { await dropFiles(this.course); await this.draw(); })));
    } else {
      this.place.replaceChildren(button('下载到手机，没有网也能学', () => this.attempt(() => this.offer())));
    }
  }

  async attempt(act) {
    try {
      await act();
    } catch (error) {
      this.show('没有下载完：网络断了，或者手机空间不够。已经下载的都在，再点一次接着下。',
        button('接着下载', () => this.attempt(() => this.offer())));
    }
  }

  /** Says how much it is before it is fetched; the texts are small. */
  async offer() {
    this.show('正在看有多大……');
    const { pictures, videos } = await keepTexts(this.lessons);
    if (!canKeep()) {
      this.show('文字已经存好，没有网也能看，学习进度照样先存在手机里。这里（微信的限制）存不了图片和视频，要换手机浏览器打开才行。');
      return;
    }
    const [small, large] = [await sizeOf(pictures), await sizeOf(videos)];
    const tick = element('input', '');
    tick.type = 'checkbox';
    const choice = element('label', 'self-check');
    choice.append(tick, element('span', '', `视频也下载，再加 ${megabytes(large)}，最好连着 Wi-Fi`));
    const go = button('开始下载', () => this.attempt(async () => {
      const addresses = [...pictures, ...(tick.checked ? videos : [])];
      await keepFiles(this.course, addresses, (text) => this.show(text));
      await this.draw();
    }));
    this.show(`文字已经存好。${pictures.size} 张图片，共 ${megabytes(small)}。`, ...(videos.size ? [choice] : []), go);
  }
}

// The app draws a page anew whenever it likes.

let screen = '';
function look() {
  if (screen !== location.pathname) {
    screen = location.pathname;
    hush();
  }
  for (const place of document.querySelectorAll('main .pack:empty')) {
    if (!place.dataset.lessons) continue;
    place.append(element('p', 'hint'));
    new Box(place).draw();
  }
  if (!canSpeak) return;
  const lessons = 'main .step:not([data-aloud]), main .content > .article:not([data-aloud])';
  for (const place of document.querySelectorAll(lessons)) {
    hush();
    readAloud(place);
  }
}

new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();
addEventListener('pagehide', hush);
forgetOthers();
employ().catch(() => {});
