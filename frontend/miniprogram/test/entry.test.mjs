// Where codes, messages and links lead.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, Phone } from './phone.mjs';

const { entryOf, isCheckInCode } = new Phone().lib('entry');
const HOME = { kind: 'home' };
const page = (to) => ({ kind: 'page', to });
const ID = '0190a1b2-0000-7000-8000-000000000001';
const SHORT = 'AZChsgAAcACAAAAAAAAAAQ';

test('an ordinary code leads to its page or to the check-in', () => {
  for (const [address, entry] of [
    [`${BASE}/c/AQEB_-`, { kind: 'check-in', code: `${BASE}/c/AQEB_-` }],
    [`${BASE}/sessions/${ID}`, page(`/sessions/${ID}`)],
    [`${BASE}/`, HOME],
    [`${BASE}/me?x=1#top`, page('/me?x=1')],
  ]) {
    assert.deepEqual(entryOf({ q: encodeURIComponent(address) }), entry, address);
    assert.deepEqual(entryOf({ q: address }), entry, `${address}, not encoded`);
  }
});

test('a code of somebody else, or a page that is none of the app\'s, leads home', () => {
  for (const address of [
    'https://evil.example/c/AQEB',
    `${BASE}.evil.example/c/AQEB`,
    `${BASE}@evil.example/c/AQEB`,
    `${BASE}/c/`,
    `${BASE}/admin`,
    `${BASE}//evil.example`,
    `${BASE}/me/\\evil`,
    `${BASE}/课程`,
    'javascript:alert(1)',
    '%E0%A4%A',
    '',
  ]) {
    assert.deepEqual(entryOf({ q: encodeURIComponent(address) }), HOME, address);
    assert.deepEqual(entryOf({ q: address }), HOME, address);
  }
});

test('a 小程序码 names what it leads to in 24 characters', () => {
  for (const [scene, entry] of [
    [`s=${SHORT}`, page(`/sessions/${ID}`)],
    [`c=${SHORT}`, page(`/courses/${ID}`)],
    [`l=${SHORT}`, page(`/lessons/${ID}`)],
    [`q=${SHORT}`, page(`/quizzes/${ID}`)],
    [`x=${SHORT}`, HOME],
    [`s=${SHORT}A`, HOME],
    ['s=', HOME],
    ['', HOME],
  ]) {
    assert.deepEqual(entryOf({ scene: encodeURIComponent(scene) }), entry, scene);
  }
});

test('a message leads to the page that it names', () => {
  assert.deepEqual(entryOf({ to: `/courses/${ID}` }), page(`/courses/${ID}`));
  assert.deepEqual(entryOf({ to: encodeURIComponent('/me/sign-ins') }), page('/me/sign-ins'));
  assert.deepEqual(entryOf({ to: '/enter/wechat' }), HOME);
  assert.deepEqual(entryOf({}), HOME);
});

test('only the code on the wall is one', () => {
  assert.ok(isCheckInCode(`${BASE}/c/AQEB_-`));
  assert.ok(isCheckInCode(`${BASE}/c/AQEB_-?from=scan`));
  for (const code of [`${BASE}/c/`, `${BASE}/c/?x`, `${BASE}/courses/1`, '123456', '']) {
    assert.ok(!isCheckInCode(code), code);
  }
});
