// 听一遍 in a lesson of the app and on the server's page of a clause.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { bundled, script } from './scripts.mjs';

const LESSON = [script('study.js'), `<main><div class="content"><article class="article"><h2>擦桌面</h2><p>用蓝布。</p>
  <button>放大</button></article></div></main>`];
const CLAUSE = [bundled(readFileSync(new URL('../../../backend/templates/study_clause.js', import.meta.url), 'utf8')),
  '<h1>2.1 擦桌面</h1><p class="said">用蓝布。</p><button hidden>听一遍</button><p role="status" hidden>没有会读中文的声音</p>'];

/** A page on a phone that has these voices, and writes down what it was asked to say. */
function open([script, body], voices = [{ lang: 'zh-CN' }], atOnce = true) {
  const { window } = new JSDOM(body, { url: 'https://learn.example/lessons/l', runScripts: 'outside-only' });
  const said = [];
  const speech = {
    speaking: false,
    getVoices: () => voices,
    speak(it) {
      said.push(it);
      this.speaking = true;
      if (atOnce) it.onstart();
    },
    cancel() {
      if (this.speaking) said.at(-1).onerror({ error: 'interrupted' });
      this.speaking = false;
    },
  };
  class Utterance { constructor(text) { this.text = text; } }
  Object.assign(window, { speechSynthesis: speech, SpeechSynthesisUtterance: Utterance });
  let impatient;
  window.setTimeout = (done) => { impatient = done; };
  window.eval(script);
  const button = [...window.document.querySelectorAll('button')].find((it) => it.textContent === '听一遍');
  const mute = () => [...window.document.querySelectorAll('[role=status]')].some((it) => !it.hidden && /没有会读中文的声音/.test(it.textContent));
  return { window, said, speech, button, mute, wait: () => impatient() };
}

for (const [what, page, words] of [['a lesson', LESSON, '擦桌面。用蓝布。'], ['a clause', CLAUSE, '2.1 擦桌面。用蓝布。']]) {
  test(`${what} is read in Chinese at a press, and is silent at the next`, () => {
    const { window, said, speech, button, mute } = open(page);
    assert.ok(!button.hidden);
    button.click();
    assert.deepEqual(said.map((it) => [it.text, it.lang]), [[words, 'zh-CN']]);
    assert.equal(button.textContent, '停下');
    button.click();
    assert.deepEqual([speech.speaking, button.textContent, mute()], [false, '听一遍', false]);
    button.click();
    speech.speaking = false;
    said.at(-1).onend();
    assert.deepEqual([said.length, button.textContent], [2, '听一遍']);
    window.close();
  });

  test(`${what} is read by a slow voice, too, and what was said meanwhile goes`, () => {
    const { window, said, speech, button, mute, wait } = open(page, [{ lang: 'zh-CN' }], false);
    button.click();
    wait();
    assert.deepEqual([speech.speaking, mute()], [true, true]);
    said.at(-1).onstart();
    assert.deepEqual([button.textContent, mute()], ['停下', false]);
    window.close();
  });

  test(`${what} says so where the phone has no voice for Chinese`, () => {
    const { window, said, button, mute } = open(page, [{ lang: 'en-US' }]);
    button.click();
    button.click();
    assert.deepEqual([said, button.textContent, mute()], [[], '听一遍', true]);
    window.close();
  });
}
