// The silent loops of step cards play by themselves, unless that costs somebody or troubles them.

/** An iPhone tells of its line only to WeChat, which tells it to the page. */
const isMobile = /NetType\/(?!WIFI)/i.test(navigator.userAgent);
const costs = ({ saveData, type } = navigator.connection || {}) => Boolean(saveData) || type === 'cellular' || isMobile;
const wantsStillness = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Presses once each; a browser that refuses leaves the button as it is. */
export function playClips() {
  for (const press of document.querySelectorAll('main [data-loop]')) {
    press.removeAttribute('data-loop');
    if (!costs() && !wantsStillness()) press.click();
  }
}
