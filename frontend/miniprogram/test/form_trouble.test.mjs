// The pages on which something is typed, where the phone, the network or the server is at its limits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { area, form, lesson, open, phone, settled } from './form_page.mjs';

/** Leaves no room in the storage. */
function fill({ window: { localStorage } }, under) {
  for (let size = 1 << 22; size > 0; size >>= 1) {
    try { localStorage.setItem(`${under}${size}`, 'x'.repeat(size)); } catch (full) { /* There is less. */ }
  }
}

test('where the storage is full what the app keeps makes room for what is typed', async () => {
  const page = open(lesson('first'));
  fill(page, 'seen:wang:');
  page.type('红布');
  page.leave();
  assert.deepEqual(phone.kept.map(([key]) => key), ['draft:wang:/study/lessons/l/note']);
});

test('where there is no room at all it is sent all the same', async () => {
  const page = open(lesson('first'));
  fill(page, 'other:');
  page.type('红布');
  page.at('button').click();
  await settled();
  assert.deepEqual(phone.sent, [{ form: 'first', text: '红布' }]);
});

test('where a gateway answers for a server that is away nothing is sent into its page', async () => {
  const page = open(lesson('first'));
  page.type('红布');
  phone.status = 502;
  page.at('button').click();
  await settled();
  assert.deepEqual(phone.sent, []);
  assert.match(page.at('[role=status]').textContent, /还没有交上去/);
  phone.status = 200;
  page.at('button').click();
  await settled();
  assert.equal(phone.sent.length, 1);
});

test('what was written before the script came is not replaced by what was kept', () => {
  const page = open(lesson('first'));
  page.type('红布');
  page.leave();
  phone.early = '蓝布';
  const slow = open(lesson('second'));
  assert.equal(slow.at('textarea').value, '蓝布');
  slow.leave();
  phone.early = '';
  assert.equal(open(lesson('third')).at('textarea').value, '蓝布');
});

const question = form('questions/q', area(), 'q', '发送答复');
const answered = (unsent = '') => `${unsent}<p>蓝布呢？</p><p>答：<span data-sent="q">能</span></p>`;

test('an answer that came late is shown once', () => {
  const page = open(question);
  page.type('不能');
  page.leave();
  const refused = open(answered('<p>您写的没有发出去：</p><p data-unsent>不能</p>'));
  assert.equal(refused.at('body').textContent.match(/不能/g).length, 1);
  refused.leave();
  assert.match(open(answered()).at('body').textContent, /您写的没有发出去：不能/);
});

test('nothing is said of an answer of which every word was deleted', () => {
  const page = open(question);
  page.type(' \n');
  page.leave();
  const late = open(answered());
  assert.doesNotMatch(late.at('body').textContent, /没有发出去/);
  late.leave();
  assert.deepEqual(phone.kept, []);
});

test('a page is hers for whom the server drew it, though another signed in before the script came', async () => {
  const page = open(`<body data-person="wang">${lesson('first')}`, 'liu');
  page.type('红布');
  page.at('button').click();
  await settled();
  assert.deepEqual(phone.sent, []);
  assert.match(page.at('[role=status]').textContent, /换了人登录/);
  page.leave();
  assert.deepEqual(phone.kept.map(([key]) => key), ['draft:wang:/study/lessons/l/note']);
});
