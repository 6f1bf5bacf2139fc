// Runs while the page is still being read: a module would wait for its end, and an app that starts for
// nobody else.

import { askAhead } from './boot/ahead.js';

// Room for 听一遍, which `study.js` brings later: nothing moves when it comes.
if ('speechSynthesis' in window && 'SpeechSynthesisUtterance' in window) document.documentElement.className = 'speaks';

// Where a mini-program hands its sign-in over, nobody is signed in yet: `boot.js` asks after that.
if (location.hash.startsWith('#t=')) window.askAhead = askAhead;
else window.drawnAhead = askAhead();
