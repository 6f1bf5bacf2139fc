// The page of the questions at the end of a lesson (backend/templates/study_check.js) loses no choice.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import { JSDOM } from 'jsdom';

const source = readFileSync(new URL('../../../backend/templates/study_check.js', import.meta.url), 'utf8');
const settled = () => new Promise((done) => setTimeout(done, 5));
const choice = (type, name, value) => `<input type="${type}" name="${name}" value="${value}">`;
const FORM = `<form>${choice('radio', 'one', 0)}${choice('radio', 'one', 1)}${choice('checkbox', 'two', 0)}
  ${choice('checkbox', 'two', 1)}<p role="status" hidden></p><button>交上去</button></form>`;

let network;
let kept;
let sent;

/** The page as somebody opens it, with what the browser kept. */
function open(body = FORM, person = 'wang') {
  const { window } = new JSDOM(body, { url: 'https://learn.example/study/lessons/l/check', runScripts: 'outside-only' });
  window.document.cookie = `fingertip_person=${person}`;
  for (const [key, value] of kept) window.localStorage.setItem(key, value);
  window.fetch = async () => { if (!network) throw new TypeError('no network'); };
  window.HTMLFormElement.prototype.submit = () => { sent += 1; };
  window.eval(`(() => {${source}})()`);
  const leave = () => { kept = Object.entries(window.localStorage); };
  return { window, leave, at: (selector) => window.document.querySelector(selector) };
}

const chosen = ({ window }) => [...window.document.querySelectorAll(':checked')].map((it) => `${it.name} ${it.value}`);

beforeEach(() => {
  [network, kept, sent] = [true, [], 0];
});

test('without a network it says so, and nothing that was chosen is gone when the page comes back', async () => {
  const page = open();
  page.at('[name=one][value="1"]').click();
  page.at('[name=two][value="0"]').click();
  network = false;
  page.at('button').click();
  await settled();
  assert.equal(sent, 0);
  assert.ok(!page.at('[role=status]').hidden);
  assert.match(page.at('[role=status]').textContent, /没有网络.*再点一次/);
  page.leave();
  const again = open();
  assert.deepEqual(chosen(again), ['one 1', 'two 0']);
  network = true;
  again.at('button').click();
  await settled();
  assert.equal(sent, 1);
});

test('the next one on the same phone finds nothing chosen', () => {
  const page = open();
  page.at('[name=one][value="1"]').click();
  page.leave();
  assert.deepEqual(chosen(open(FORM, 'liu')), []);
});

test('what was handed in is not kept', () => {
  const page = open();
  page.at('[name=one][value="1"]').click();
  page.leave();
  open('<p>题都做完了</p>').leave();
  assert.deepEqual(kept, []);
});
