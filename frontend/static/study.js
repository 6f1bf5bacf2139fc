// What makes studying easier where the browser can: reading aloud, swiping, keys, and 下载本课. The app
// draws everything that is needed without it.
import { canSpeak, hush } from './study/aloud.js';
import { list, placeBox } from './study/box.js';
import { playClips } from './study/clips.js';
import { forgetOldDrafts } from './study/drafts.js';
import { readAloud } from './study/listen.js';
import { forgetOthers } from './study/packs.js';
import { turnSteps } from './study/steps.js';

// The app draws a page anew whenever it likes.

let screen = '';
function look() {
  if (screen !== location.pathname) {
    screen = location.pathname;
    hush();
  }
  for (const place of document.querySelectorAll('main .pack:empty')) {
    if (place.dataset.lessons) placeBox(place);
  }
  for (const place of document.querySelectorAll('main .downloads:empty')) list(place);
  playClips();
  if (!canSpeak) return;
  const lessons = 'main .step:not([data-aloud]), main .content > .article:not([data-aloud])';
  for (const place of document.querySelectorAll(lessons)) {
    hush();
    readAloud(place);
  }
}

new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();
turnSteps();
addEventListener('pagehide', hush);
forgetOthers();
forgetOldDrafts();
