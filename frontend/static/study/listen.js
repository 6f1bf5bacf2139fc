// 听一遍, above what of a lesson can be read aloud.
import { reading } from './aloud.js';
import { button, hint } from './element.js';

/** What is to be read aloud, without the buttons and ticks. */
function words(of) {
  const spoken = 'h2, h3, p, li, th, td, figcaption, aside strong';
  return [...of.querySelectorAll(spoken)].map((it) => it.textContent).join('。');
}

export function readAloud(of) {
  of.setAttribute('data-aloud', '');
  const said = hint('这台手机没有会读中文的声音，读不出来，请看文字。');
  const mute = (silent) => (silent ? press.after(said) : said.remove());
  const press = button('听一遍', reading(() => words(of), mute));
  press.classList.add('aloud');
  of.prepend(press);
}
