// Runs inside the page. Finds things as a person does: by the words on them. It is sent to the page
// as text, so it refers to nothing outside itself, and Chromium 86 has to understand it.

/**
 * `order.find` is one of
 * - `press`: what can be pressed, named exactly `order.text`, or containing it with `order.part`;
 * - `field`: a field by its label;
 * - `text`: whether the words are on the page;
 * - `row`: the cells of the table row that `order.text` heads;
 * - `words`: all words of the page;
 * - `rest`: whether everything has stopped moving and the pictures in sight are there.
 * `order.within` narrows the search to the card, row or form that has these words as its heading.
 */
export function pageSide(order) {
  const squeeze = (text) => (text || '').replace(/\s+/g, '');
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  const wanted = squeeze(order.text);
  const all = (root, selector) => Array.from(root.querySelectorAll(selector));

  if (order.find === 'words') return document.body.innerText;
  if (order.find === 'text') return squeeze(document.body.innerText).includes(wanted);

  if (order.find === 'rest') {
    const endless = (motion) => motion.effect.getComputedTiming().endTime === Infinity;
    const inSight = (it) => it.getBoundingClientRect().top < innerHeight && it.getBoundingClientRect().bottom > 0;
    return document.getAnimations().every((it) => it.playState !== 'running' || endless(it))
      && Array.from(document.images).filter(inSight).every((it) => it.complete);
  }
  if (order.find === 'row') {
    const head = all(document, 'th,td').find((it) => squeeze(it.innerText) === wanted);
    return head ? { cells: Array.from(head.parentElement.cells, (cell) => cell.innerText.trim()) } : { missing: 'no such row' };
  }

  const dialogs = all(document, 'dialog[open], [role=dialog]').filter(shown);
  let root = dialogs.length ? dialogs[dialogs.length - 1] : document.body;
  if (order.within) {
    const heading = all(root, 'h1,h2,h3,h4,legend,th,td,label,span,strong,p,a,input')
      .find((it) => shown(it) && squeeze(it.value === undefined ? it.innerText : it.value) === squeeze(order.within));
    const card = heading && heading.closest('li,tr,fieldset,form,article,section,aside,dialog');
    if (!card) return { missing: `no card “${order.within}”` };
    root = card;
  }

  const nameOf = (element) => squeeze(element.getAttribute('aria-label') || element.innerText || element.value);
  const matches = (name) => (order.part ? name.includes(wanted) : name === wanted);
  const pressable = () =>
    all(root, 'button,a[href],summary,[role=button],[role=radio],[role=checkbox],input[type=submit],label')
      .filter((it) => shown(it) && matches(nameOf(it)));
  const fieldOf = (label) => (label.htmlFor ? document.getElementById(label.htmlFor) : label.querySelector('input,select,textarea'));
  const textOf = (label) => squeeze(Array.from(label.childNodes, (it) => (/^(INPUT|SELECT|TEXTAREA)$/.test(it.tagName) ? '' : it.textContent)).join(''));
  const fields = () => {
    const labels = all(root, 'label').filter((it) => textOf(it).replace(/可不填$/, '') === wanted);
    const labelled = labels.map(fieldOf).filter(Boolean);
    const named = all(root, 'input,select,textarea,[contenteditable=true]')
      .filter((it) => squeeze(it.getAttribute('aria-label') || it.placeholder) === wanted);
    return labelled.concat(named);
  };

  const found = order.find === 'press' ? pressable() : fields();
  // A button says more than the label of a field.
  found.sort((one, other) => (one.tagName === 'LABEL') - (other.tagName === 'LABEL'));
  const target = found[order.nth || 0];
  if (!target) return { missing: `nothing called “${order.text}”` };

  if (order.find === 'field' && order.act) return act(target);
  if (target.disabled || target.getAttribute('aria-busy') === 'true') return { missing: `“${order.text}” is switched off` };
  return place(target);

  /** Where to press, if nothing lies over it. */
  function place(element) {
    const inside = (box) => box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
    if (!inside(element.getBoundingClientRect()) || covering(element)) {
      element.scrollIntoView({ block: 'center', inline: 'nearest' });
    }
    const over = covering(element);
    if (over) return { missing: `“${order.text}” is covered by ${over}` };
    const [x, y] = middle(element);
    return { x, y, address: element.href || '' };
  }

  /** The middle of the first line: a link over two lines has nothing in the middle of its box. */
  function middle(element) {
    const box = element.getClientRects()[0];
    return [box.left + box.width / 2, box.top + box.height / 2];
  }

  function covering(element) {
    const [x, y] = middle(element);
    const hit = document.elementFromPoint(x, y);
    if (hit && (element.contains(hit) || (hit.closest('label') && hit.closest('label').control === element))) return '';
    return hit ? `<${hit.tagName.toLowerCase()} class="${hit.className}">` : 'the edge of the screen';
  }

  function act(field) {
    const announce = () => ['input', 'change'].forEach((kind) => field.dispatchEvent(new Event(kind, { bubbles: true })));
    if (order.act === 'value') return { value: field.isContentEditable ? field.innerText : field.value };
    if (order.act === 'select') field.isContentEditable ? getSelection().selectAllChildren(field) : field.select();
    if (order.act === 'mark') field.setAttribute('data-journey', order.value);
    if (order.act === 'set') {
      // Frameworks listen to the event, not to the property.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, order.value);
      announce();
    }
    if (order.act === 'option') {
      const option = Array.from(field.options).find((it) => squeeze(it.label).includes(squeeze(order.value)));
      if (!option) return { missing: `“${order.text}” offers no “${order.value}”` };
      field.value = option.value;
      announce();
    }
    return { kind: field.type };
  }
}
