// The pages on which something is typed (backend/templates/study_form.js) lose no word and no choice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECK, area, form, lesson, open, phone, settled } from './form_page.mjs';

const chosen = ({ window }) => [...window.document.querySelectorAll(':checked')].map((it) => `${it.name} ${it.value}`);

test('without a network it says so, and nothing that was chosen is gone when the page comes back', async () => {
  const page = open(CHECK);
  page.at('[name=one][value="1"]').click();
  page.at('[name=two][value="0"]').click();
  phone.network = false;
  page.at('button').click();
  await settled();
  assert.equal(phone.sent.length, 0);
  assert.ok(!page.at('[role=status]').hidden);
  assert.match(page.at('[role=status]').textContent, /没有网络.*再点一次“交上去”/);
  page.leave();
  const again = open(CHECK);
  assert.deepEqual(chosen(again), ['one 1', 'two 0']);
  phone.network = true;
  again.at('button').click();
  await settled();
  assert.equal(phone.sent.length, 1);
});

test('the next one on the same phone finds nothing', () => {
  const page = open(CHECK + lesson('first'));
  page.at('[name=one][value="1"]').click();
  page.type('红布');
  page.leave();
  const others = open(CHECK + lesson('second'), 'liu');
  assert.deepEqual(chosen(others), []);
  assert.equal(others.at('textarea').value, '');
});

test('what was handed in is not kept', () => {
  const page = open(CHECK);
  page.at('[name=one][value="1"]').click();
  page.leave();
  open('<p data-over="l">题都做完了</p>').leave();
  assert.deepEqual(phone.kept, []);
});

test('a note is there again in its own box, under the name that it was first sent with', async () => {
  const page = open(lesson('first'));
  page.type('红布只擦马桶');
  page.leave();
  const again = open(lesson('second'));
  const texts = [...again.window.document.querySelectorAll('textarea')].map((it) => it.value);
  assert.deepEqual(texts, ['红布只擦马桶', '']);
  assert.match(again.at('[role=status]').textContent, /还在这里/);
  again.at('button').click();
  await settled();
  assert.deepEqual(phone.sent, [{ form: 'first', text: '红布只擦马桶' }]);
});

test('what the server shows as taken leaves the box', () => {
  const page = open(lesson('first'));
  page.type('红布只擦马桶');
  page.leave();
  const again = open(lesson('second', '<p data-sent="first">红布只擦马桶</p>'));
  assert.equal(again.at('textarea').value, '');
  again.leave();
  assert.deepEqual(phone.kept, []);
});

test('a refused text stays until it is taken, and a rating that is drawn again is not kept', () => {
  const page = open(lesson('first'));
  page.type('长');
  page.leave();
  const refused = form('lessons/l/note', `<p role="alert">最多 1000 个字</p>${area('长')}`, 'first', '保存笔记');
  open(refused).leave();
  assert.equal(phone.kept.length, 1);
  const rating = (stars) => form('courses/c/rating', `<input type="radio" name="stars" value="5" ${stars}>${area('好')}`, 'c', '提交评价');
  phone.kept = [];
  const rated = open(rating(''));
  rated.at('[name=stars]').click();
  rated.leave();
  assert.equal(phone.kept.length, 1);
  open(rating('checked')).leave();
  assert.deepEqual(phone.kept, []);
});

test('a button that is pressed twice sends once', async () => {
  const page = open(lesson('first'));
  page.type('红布');
  page.at('button').click();
  page.at('button').click();
  await settled();
  assert.equal(phone.sent.length, 1);
  assert.ok(page.at('button').disabled);
});

test('what one wrote is not sent as another who signed in since, and stays', async () => {
  const page = open(lesson('first'));
  page.type('红布');
  page.window.document.cookie = 'fingertip_person=liu';
  page.at('button').click();
  await settled();
  assert.deepEqual(phone.sent, []);
  assert.match(page.at('[role=status]').textContent, /换了人登录.*请刷新/);
  assert.ok(!page.at('button').disabled);
  page.leave();
  assert.equal(open(lesson('second'), 'liu').at('textarea').value, '');
  assert.equal(open(lesson('third')).at('textarea').value, '红布');
});

test('where the sign-in lapsed it is sent all the same: the server leads to the sign-in and back', async () => {
  const page = open(lesson('first'));
  page.type('红布');
  page.window.document.cookie = 'fingertip_person=; max-age=0';
  page.at('button').click();
  await settled();
  assert.equal(phone.sent.length, 1);
});

test('what was changed after it was sent is a note of its own, and kept until that is taken', async () => {
  const page = open(lesson('first'));
  page.type('红布');
  page.leave();
  const again = open(lesson('second', '<p data-sent="first">蓝布</p>'));
  assert.equal(again.at('textarea').value, '红布');
  again.at('button').click();
  await settled();
  assert.deepEqual(phone.sent, [{ form: 'second', text: '红布' }]);
  again.leave();
  open(lesson('third', '<p data-sent="first">蓝布</p><p data-sent="second">红布</p>')).leave();
  assert.deepEqual(phone.kept, []);
});

test('a question that was asked again after its answer is not kept', () => {
  const page = open(lesson('first'));
  page.type('绿布呢？\r\n');
  page.leave();
  open(lesson('second', '<p data-sent="first">红布呢？</p><p data-sent="">绿布呢？</p>')).leave();
  assert.deepEqual(phone.kept, []);
});

test('an answer that another came before is shown until it is thrown away', () => {
  const question = form('questions/q', area(), 'q', '发送答复');
  const page = open(question);
  page.type('不能');
  page.leave();
  const answered = (text) => `<p>蓝布呢？</p><p>答：<span data-sent="q">${text}</span></p>`;
  const late = open(answered('能'));
  assert.match(late.at('body').textContent, /您写的没有发出去：不能/);
  late.leave();
  assert.equal(phone.kept.length, 1);
  late.at('button').click();
  assert.doesNotMatch(late.at('body').textContent, /不能/);
  late.leave();
  assert.deepEqual(phone.kept, []);
  const own = open(question);
  own.type('能');
  own.leave();
  open(answered('能')).leave();
  assert.deepEqual(phone.kept, []);
});

test('a rating that was refused stays, though it is drawn as it was', () => {
  const rating = (alert) => `${alert}${form('courses/c/rating', `<input type="radio" name="stars" value="5">${area('好')}`, 'c', '提交评价')}`;
  const page = open(rating(''));
  page.type('好');
  page.leave();
  open(rating('<p role="alert">还没有选</p>')).leave();
  assert.equal(phone.kept.length, 1);
});

/** What was refused stands at the address of the form, where nothing can be read. */
const REFUSED = 'lessons/l/note';

test('who goes back to a page that was sent writes on a new one', async () => {
  const page = open(lesson('first'), 'wang', REFUSED);
  page.type('红布');
  page.at('button').click();
  await settled();
  page.comeBack();
  await settled();
  assert.equal(phone.renewed, 1);
});

test('who goes back to it without a network keeps it, and sends nothing in place of the first note', async () => {
  const page = open(lesson('first'), 'wang', REFUSED);
  page.type('红布');
  page.at('button').click();
  await settled();
  phone.network = false;
  page.comeBack();
  page.type('蓝布');
  await settled();
  assert.equal(phone.renewed, 0);
  phone.network = true;
  page.at('button').click();
  await settled();
  assert.deepEqual([phone.sent.length, phone.renewed], [1, 1]);
  page.leave();
  const anew = open(lesson('second', '<p data-sent="first">红布</p>'));
  assert.deepEqual([anew.at('textarea').value, anew.at('[name=form]').value], ['蓝布', 'second']);
});
