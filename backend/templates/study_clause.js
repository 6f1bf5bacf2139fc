// Reads the clause aloud where the phone can, as lessons are read (frontend/static/study/aloud.js).
import { canSpeak, hush, reading } from './aloud.js';

const words = () => [...document.querySelectorAll('h1, .said')].map((it) => it.textContent).join('。');
const mute = (silent) => { document.querySelector('[role=status]').hidden = !silent; };

if (canSpeak) {
  const press = document.querySelector('button');
  press.hidden = false;
  press.addEventListener('click', reading(words, mute));
  addEventListener('pagehide', hush);
}
