// The pages on which something is typed (backend/templates/study_form.js), on a phone that one test has.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach } from 'node:test';
import { JSDOM, VirtualConsole } from 'jsdom';

const source = readFileSync(new URL('../../../backend/templates/study_form.js', import.meta.url), 'utf8');
export const settled = () => new Promise((done) => setTimeout(done, 5));
const choice = (type, name, value) => `<input type="${type}" name="${name}" value="${value}">`;
export const form = (action, fields, name, button) => `<form action="/study/${action}"><input type="hidden" name="form" value="${name}">
  ${fields}<p role="status" hidden></p><button>${button}</button></form>`;
export const CHECK = form('lessons/l/check', choice('radio', 'one', 0) + choice('radio', 'one', 1)
  + choice('checkbox', 'two', 0) + choice('checkbox', 'two', 1), 'l', '交上去');
export const area = (text = '') => `<textarea name="text">${text}</textarea>`;
export const lesson = (name, below = '') => form('lessons/l/note', area(), name, '保存笔记') + below
  + form('lessons/l/question', area(), `${name}-q`, '提问');

/**
 * The network and what answers there, what the browser kept, what was written before the script came, what
 * was sent; `renewed` counts how often a page was left for the one that the server has now: jsdom cannot
 * go there.
 */
export const phone = {};

/** The page as somebody opens it, with what the browser kept. */
export function open(body, person = 'wang', page = 'lessons/l') {
  const virtualConsole = new VirtualConsole();
  virtualConsole.on('jsdomError', ({ message }) => { if (/navigation/.test(message)) phone.renewed += 1; });
  const { window } = new JSDOM(body, { url: `https://learn.example/study/${page}`, runScripts: 'outside-only', virtualConsole });
  phone.windows.push(window);
  window.document.cookie = `fingertip_person=${person}`;
  for (const [key, value] of phone.kept) window.localStorage.setItem(key, value);
  if (phone.early) window.document.querySelector('textarea').value = phone.early;
  window.fetch = async () => {
    if (!phone.network) throw new TypeError('no network');
    return { ok: phone.status < 500 };
  };
  window.HTMLFormElement.prototype.submit = function submit() { phone.sent.push(Object.fromEntries(new window.FormData(this))); };
  window.eval(`(() => {${source}})()`);
  const leave = () => { phone.kept = Object.entries(window.localStorage); };
  const at = (selector) => window.document.querySelector(selector);
  const type = (text, selector = 'textarea') => {
    at(selector).value = text;
    at(selector).dispatchEvent(new window.Event('input', { bubbles: true }));
  };
  /** 返回 shows it as it was left. */
  const comeBack = () => window.dispatchEvent(Object.assign(new window.Event('pageshow'), { persisted: true }));
  return { window, leave, at, type, comeBack };
}

beforeEach(() => {
  Object.assign(phone, { network: true, status: 200, kept: [], early: '', sent: [], windows: [], renewed: 0 });
});

afterEach(() => {
  phone.windows.forEach((it) => it.close());
});
