// Pictures out of the RTF that Word puts on the clipboard beside HTML: in the HTML it only says under which
// name they lie on the writer's own disk. By the "Rich Text Format Specification" 1.9.1, chapter "Pictures".

/** Groups whose pictures are a second copy for old readers, or stand outside of the text. */
const ASIDE = new Set([
  'nonshppict', 'shprslt', 'listpicture', 'background', 'picprop', 'footnote', 'annotation',
  'header', 'headerl', 'headerr', 'headerf', 'footer', 'footerl', 'footerr', 'footerf',
]);

const TYPES = { pngblip: 'image/png', jpegblip: 'image/jpeg' };

/** A control word with its number, a control symbol, a bracket, or what stands between them. */
const TOKEN = /\\([a-zA-Z]+)(-?\d+)? ?|\\[^]|[{}]|[^\\{}]+/g;

/** What was cut away at a side. */
const CROPS = new Set(['piccropl', 'piccropr', 'piccropt', 'piccropb']);

/**
 * The pictures of the text in their order, each as a file; null for one that no browser shows, or of which
 * the writer cut something away: the file still has it. So the others keep their places.
 */
export function picturesOf(rtf, name) {
  const found = [];
  const outer = [];
  const text = { aside: false, picture: null, shape: { cut: false } };
  let group = text;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(rtf); token; token = TOKEN.exec(rtf)) {
    const [all, word, number] = token;
    if (all === '{') {
      outer.push(group);
      group = { aside: group.aside, picture: null, shape: group.shape };
    } else if (all === '}') {
      if (group.picture) found.push(group);
      group = outer.pop() || text;
    } else if (word === 'bin') {
      // So many raw bytes follow, which a text does not keep as they were.
      TOKEN.lastIndex += Math.max(0, Number(number) || 0);
    } else if (word === 'pict') {
      if (group.shape === text.shape) group.shape = { cut: false };
      if (!group.aside) group.picture = { type: null, digits: [], cut: false };
    } else if (word === 'shpinst') {
      group.shape = { cut: false };
    } else if (word) {
      if (ASIDE.has(word)) group.aside = true;
      if (group.picture && TYPES[word]) group.picture.type = TYPES[word];
      if (group.picture && CROPS.has(word) && Number(number)) group.picture.cut = true;
    } else if (all.startsWith('cropFrom')) {
      group.shape.cut = true;
    } else if (group.picture && all[0] !== '\\') {
      group.picture.digits.push(all);
    }
  }
  // What was cut away of a shape may be said after its picture.
  return found.map(({ picture, shape }) => (shape.cut ? null : fileOf(picture, name)));
}

function fileOf({ type, digits, cut }, name) {
  const hex = digits.join('').replace(/\s/g, '');
  if (cut || !type || !hex || hex.length % 2 || /[^0-9a-f]/i.test(hex)) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(hex.substr(at * 2, 2), 16);
  return new File([bytes], `${name}.${type.slice(6)}`, { type });
}
