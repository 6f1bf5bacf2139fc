// Step cards that a finger turns (frontend/static/study/steps.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { script } from './scripts.mjs';

const study = script('study.js');
const CARDS = '<main><div class="steps"><p>擦桌面</p><div class="pair"><button>上一步</button><button>下一步</button></div></div></main>';

/** A finger goes to the left over the card, on a page that was made so much bigger. */
function turned(scale) {
  const { window } = new JSDOM(CARDS, { url: 'https://learn.example/lessons/l', runScripts: 'outside-only' });
  const { document, Event, EventTarget } = window;
  const view = scale && Object.assign(new EventTarget(), { scale });
  Object.assign(window, { visualViewport: view });
  window.eval(study);
  if (view) view.dispatchEvent(new Event('resize'));
  let pressed = '';
  document.addEventListener('click', ({ target }) => { pressed = target.textContent; });
  const touch = (name, clientX) => {
    const at = [{ clientX, clientY: 0 }];
    document.querySelector('p').dispatchEvent(Object.assign(new Event(name, { bubbles: true }), { touches: at, changedTouches: at }));
  };
  touch('touchstart', 200);
  touch('touchend', 50);
  const zoomed = document.documentElement.classList.contains('zoomed');
  window.close();
  return [pressed, zoomed];
}

test('a finger turns the cards, and moves a page that was made bigger', () => {
  assert.deepEqual(turned(1), ['下一步', false]);
  assert.deepEqual(turned(2), ['', true]);
  assert.deepEqual(turned(undefined), ['下一步', false], 'an old browser does not say how big it is');
});
