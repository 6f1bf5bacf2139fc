// Step cards are turned by swiping and by keys, too: the buttons below them do it.

function step(forward) {
  const buttons = document.querySelectorAll('main .steps .pair button');
  const press = buttons[forward ? 1 : 0];
  if (press && !press.disabled) press.click();
}

/** A finger moves a page that was made bigger, and turns nothing. */
const isZoomed = () => Boolean(window.visualViewport) && visualViewport.scale > 1;

export function turnSteps() {
  let touched = null;
  if (window.visualViewport) {
    visualViewport.addEventListener('resize', () => document.documentElement.classList.toggle('zoomed', isZoomed()));
  }
  addEventListener('touchstart', (event) => {
    const [touch] = event.touches;
    touched = event.touches.length === 1 && !isZoomed() && event.target.closest && event.target.closest('.steps') ? touch : null;
  }, { passive: true });
  addEventListener('touchend', (event) => {
    if (!touched) return;
    const [touch] = event.changedTouches;
    const [right, down] = [touch.clientX - touched.clientX, touch.clientY - touched.clientY];
    touched = null;
    if (Math.abs(right) > 60 && Math.abs(right) > 2 * Math.abs(down)) step(right < 0);
  }, { passive: true });
  addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT|VIDEO)$/.test(event.target.tagName)) return;
    if (event.key === 'ArrowRight') step(true);
    if (event.key === 'ArrowLeft') step(false);
  });
}
