// What was typed on the server's pages and never sent does not lie on a phone for ever.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { script } from './scripts.mjs';

const study = script('study.js');

const DAY = 24 * 60 * 60 * 1000;
const note = [['form', 'f'], ['text', '红布']];
const old = (days) => JSON.stringify({ at: Date.now() - days * DAY, fields: note });

/** What is left once this person has opened the app. */
function left(person, kept) {
  const { window } = new JSDOM('<main></main>', { url: 'https://learn.example/', runScripts: 'outside-only' });
  window.document.cookie = `fingertip_person=${person}`;
  for (const [key, text] of Object.entries(kept)) window.localStorage.setItem(key, text);
  window.eval(study);
  const found = Object.entries(window.localStorage);
  window.close();
  return Object.fromEntries(found);
}

test('another\'s goes after thirty days, and her own never', () => {
  const kept = { 'draft:wang:/a': old(300), 'draft:liu:/b': old(29), 'draft:liu:/c': old(31) };
  assert.deepEqual(Object.keys(left('wang', kept)), ['draft:wang:/a', 'draft:liu:/b']);
  assert.deepEqual(Object.keys(left('liu', kept)), ['draft:liu:/b', 'draft:liu:/c']);
  assert.deepEqual(Object.keys(left('', kept)), ['draft:liu:/b'], 'who is signed out is nobody');
});

test('what an earlier version kept goes where no page reads it, and begins to age where one does', () => {
  const [[key, text], ...more] = Object.entries(left('wang', { 'check:wang:/x': '["a 0"]', 'draft:liu:/b': JSON.stringify(note) }));
  const { at, fields } = JSON.parse(text);
  assert.deepEqual([key, fields, more], ['draft:liu:/b', note, []]);
  assert.ok(Date.now() - at < DAY);
});
