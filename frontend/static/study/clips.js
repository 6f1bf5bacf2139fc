// The silent loops of step cards play by themselves, unless that costs somebody or troubles them.

const costs = ({ saveData, type } = navigator.connection || {}) => Boolean(saveData) || type === 'cellular';
const isStill = matchMedia('(prefers-reduced-motion: reduce)');

/** Presses once each; a browser that refuses leaves the button as it is. */
export function playClips() {
  for (const press of document.querySelectorAll('main [data-loop]')) {
    press.removeAttribute('data-loop');
    if (!costs() && !isStill.matches) press.click();
  }
}
