// Runs while the page is still being read, where a module would wait for its end.

import { askAhead } from './boot/ahead.js';
import { canSpeak } from './study/aloud.js';

// Room for 听一遍, which `study.js` brings later: nothing moves when it comes.
if (canSpeak) document.documentElement.classList.add('speaks');

// Where a mini-program hands its sign-in over, nobody is signed in yet: `boot.js` asks after that.
if (location.hash.startsWith('#t=')) window.askAhead = askAhead;
else window.drawnAhead = askAhead();
