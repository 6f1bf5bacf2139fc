// Runs while the page is still being read, where a module would wait for its end.

import { askAhead } from './boot/ahead.js';
import { canSpeak } from './study/aloud.js';

// 字号 and 关怀版 as the app sets them (`frontend/src/ui/look.rs`), so that nothing grows when it comes.
try {
  document.documentElement.style.fontSize = localStorage.getItem('text-size');
  if (localStorage.getItem('care')) document.documentElement.classList.add('care');
} catch (error) {
  // A browser that refuses shows the normal look.
}

// Room for 听一遍, which `study.js` brings later: nothing moves when it comes.
if (canSpeak) document.documentElement.classList.add('speaks');

// Where a mini-program hands its sign-in over, nobody is signed in yet: `boot.js` asks after that.
if (location.hash.startsWith('#t=')) window.askAhead = askAhead;
else askAhead();
