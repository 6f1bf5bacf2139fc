// Downloaded courses. Their texts lie in the storage where the app looks for them, under a name that
// it does not wipe for want of room; their files and pages in a cache where the worker looks.
import { ask } from '../asking.js';
import { owner } from './owner.js';

const here = () => `pack:${owner()}`;
const textAt = (address) => `${here()}:${address}`;
const markAt = (course) => textAt(`course:${course}`);
const lessonAt = (lesson) => `/api/lessons/${lesson}`;
const courseAt = (course) => `/api/courses/${course}`;

/** What the app writes where somebody signed out. */
const LEFT = 'left';

/**
 * Whoever signs out or comes after somebody else leaves and finds nothing here. A sign-in that ran out by
 * itself is nobody's leave: what was downloaded may have cost money, and is there when it is renewed.
 */
export async function forgetOthers() {
  if (!owner() && localStorage.getItem(LEFT) === null) return;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('pack:') && !key.startsWith(`${here()}:`)) localStorage.removeItem(key);
  }
  for (const name of 'caches' in window ? await caches.keys() : []) {
    if (name.startsWith('pack:') && name !== here()) await caches.delete(name);
  }
  // Last: whoever closes the page meanwhile leaves nothing here either.
  localStorage.removeItem(LEFT);
}

/** What was seen by the way makes room for what was asked for. */
function write(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch (error) {
    for (const it of Object.keys(localStorage)) if (it.startsWith('seen:')) localStorage.removeItem(it);
    localStorage.setItem(key, text);
  }
}

/** What is known of a downloaded course: `{ title, revision, lessons, files, videos }`. */
export function markOf(course) {
  return JSON.parse(localStorage.getItem(markAt(course)) || 'null');
}

/** All of them, each with its `course`. */
export function marks() {
  const start = markAt('');
  const keys = Object.keys(localStorage).filter((it) => it.startsWith(start));
  const found = keys.map((it) => ({ course: it.slice(start.length), ...JSON.parse(localStorage.getItem(it)) }));
  return found.sort((one, other) => one.title.localeCompare(other.title, 'zh'));
}

/** The addresses of the pictures and videos that something shows. Of a picture one size does for all. */
function filesIn(value, found) {
  if (!value || typeof value !== 'object') return;
  if (typeof value.media === 'string') {
    const file = `/media/${value.media}`;
    if (value.pages) {
      for (let page = 1; page <= value.pages; page += 1) found.pictures.add(`${file}/page-${page}`);
    } else if (value.width) {
      found.pictures.add(value.width > 720 ? `${file}/w720` : file);
    } else if (value.block === 'attachment') {
      found.videos.add(file);
      found.attached = true;
    } else {
      found.filmed = true;
      found.videos.add(value.kind === 'recording' ? file : `${file}/360p`);
      if (value.pictured) found.pictures.add(`${file}/poster`);
      if (value.subtitled) found.videos.add(`${file}/${value.subtitles || 'subtitles'}`);
    }
  }
  for (const part of Object.values(value)) filesIn(part, found);
}

async function fetched(address) {
  const answer = await ask(address);
  if (!answer.ok || answer.redirected) throw new Error(`${address}: HTTP ${answer.status}`);
  return answer;
}

/** What the course is made of now. Nothing is kept by that. */
export async function gather(course) {
  const found = { texts: new Map(), lessons: [], pictures: new Set(), videos: new Set(), pages: new Set() };
  const text = async (address) => {
    const answer = await (await fetched(address)).text();
    found.texts.set(address, answer);
    return JSON.parse(answer);
  };
  const about = await text(courseAt(course));
  filesIn(about.cover, found);
  for (const { id } of about.chapters.flatMap((it) => it.lessons)) {
    const { content, clauses = [] } = await text(lessonAt(id));
    filesIn(content, found);
    filesIn(clauses, found);
    for (const { link } of clauses) found.pages.add(`/study/clauses/${link}`);
    found.lessons.push(id);
  }
  return { ...found, title: about.title, revision: about.revision || '' };
}

/** Those of the files that are not here yet. */
export async function absent(files) {
  if (!('caches' in window)) return [...files];
  const cache = await caches.open(here());
  const looked = [...files].map(async (it) => ((await cache.match(it)) ? null : it));
  return (await Promise.all(looked)).filter(Boolean);
}

/** How much of a downloaded course is not here, or no more: a phone may clear either place. */
export async function gaps(course, { lessons, files }) {
  const texts = [courseAt(course), ...lessons.map(lessonAt)];
  const lost = texts.filter((it) => localStorage.getItem(textAt(it)) === null);
  return lost.length + (await absent(files)).length;
}

async function bytes(address) {
  const answer = await fetch(address, { headers: { range: 'bytes=0-0' } });
  const total = /\/(\d+)$/.exec(answer.headers.get('content-range') || '');
  return total ? Number(total[1]) : Number(answer.headers.get('content-length')) || 0;
}

/** Bytes that are to be fetched. */
export async function sizeOf(addresses) {
  const sizes = await Promise.all(addresses.map(bytes));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Bytes that a downloaded course takes here. */
export async function weigh(course, { lessons, files }) {
  const texts = [courseAt(course), ...lessons.map(lessonAt)].map((it) => localStorage.getItem(textAt(it)) || '');
  let sum = texts.reduce((all, it) => all + new Blob([it]).size, 0);
  if (!files.length) return sum;
  const cache = await caches.open(here());
  for (const file of files) {
    const kept = await cache.match(file);
    if (kept) sum += (await kept.blob()).size;
  }
  return sum;
}

export const megabytes = (size) => (size < 1e5 ? '不到 0.1 MB' : `${(size / 1e6).toFixed(1)} MB`);

/** Keeps what was gathered. The mark comes first: whatever breaks off after it is told as a gap. */
export async function keep(course, found, files, videos, tell) {
  const { title, revision, lessons } = found;
  const before = markOf(course);
  write(markAt(course), JSON.stringify({ title, revision, lessons, files, videos }));
  for (const [address, text] of found.texts) write(textAt(address), text);
  if (before) forgetTexts(before.lessons);
  if (files.length) await fetchAll(files, tell);
  await sweep();
}

async function fetchAll(files, tell) {
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  const cache = await caches.open(here());
  // A clause says something else under the same address once its standard does.
  const pages = files.filter((it) => it.startsWith('/study/'));
  const wanted = [...pages, ...await absent(files.filter((it) => !pages.includes(it)))];
  for (const [done, address] of wanted.entries()) {
    tell(`已下载 ${done}/${wanted.length}`);
    await cache.put(address, await fetched(address));
  }
}

export async function drop(course) {
  const { lessons } = markOf(course) || { lessons: [] };
  localStorage.removeItem(markAt(course));
  forgetTexts(lessons);
  localStorage.removeItem(textAt(courseAt(course)));
  await sweep();
}

/** Of these lessons those that no downloaded course has any more. */
function forgetTexts(lessons) {
  const needed = new Set(marks().flatMap((it) => it.lessons));
  for (const it of lessons) if (!needed.has(it)) localStorage.removeItem(textAt(lessonAt(it)));
}

/** What no downloaded course shows any more goes. */
async function sweep() {
  if (!('caches' in window)) return;
  const needed = new Set(marks().flatMap((it) => it.files));
  const cache = await caches.open(here());
  for (const request of await cache.keys()) {
    if (!needed.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}
