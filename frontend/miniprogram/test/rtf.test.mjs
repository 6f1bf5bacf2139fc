// Pictures out of Word's RTF (frontend/static/editor/rtf.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundled } from './scripts.mjs';

globalThis.window = {};
(0, eval)(bundled('import { picturesOf } from "../editor/rtf.js"; window.picturesOf = picturesOf;'));
const { picturesOf } = globalThis.window;

/** The type and the bytes of each picture, as hexadecimal digits. */
const found = async (rtf) =>
  Promise.all(picturesOf(rtf, '图').map(async (it) => it && `${it.name} ${it.type} ${Buffer.from(await it.arrayBuffer()).toString('hex')}`));

// As Word 16 writes one picture: what new readers take, and the same as a metafile for old ones.
const picture = (kind, hex) =>
  `{\\*\\shppict{\\pict{\\*\\picprop\\shplid1025{\\sp{\\sn shapeType}{\\sv 75}}{\\sp{\\sn fFlipH}{\\sv 0}}}\\picscalex100\\piccropl0\\picw635\\pich423\\picwgoal360\\pichgoal240${kind}\\bliptag-17{\\*\\blipuid fe12cc34fe12cc34fe12cc34fe12cc34}\r\n${hex}}}` +
  `{\\nonshppict{\\pict\\picw635\\pich423\\wmetafile8\\bliptag-17 0100090000030a}}`;

test('pictures come in the order of the text, each once', async () => {
  const rtf = `{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 SimSun;}}\\pard \\'b5\\'da\\'d2\\'bb\\'b2\\'bd\\par ${picture('\\pngblip', '89504E47\r\n0d0a1a0a')}\\par text \\{not a group\\} ${picture('\\jpegblip', 'ffd8ffe0')}\\par}`;
  assert.deepEqual(await found(rtf), ['图.png image/png 89504e470d0a1a0a', '图.jpeg image/jpeg ffd8ffe0']);
});

test('what no browser shows keeps its place', async () => {
  const rtf = `{\\rtf1 ${picture('\\emfblip', '0100')}${picture('\\pngblip', '8950')}${picture('\\pngblip', '895')}{\\pict\\jpegblip\\bin4 }\\{}}}`;
  assert.deepEqual(await found(rtf), [null, '图.png image/png 8950', null, null]);
});

test('pictures outside of the text, and second copies of what floats, are none', async () => {
  const floating = `{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn pib}{\\sv {\\pict\\pngblip 8951}}}}{\\shprslt{\\*\\do\\dobxcolumn{\\pict\\wmetafile8 0100}}}}`;
  const rtf = `{\\rtf1{\\header ${picture('\\pngblip', '8950')}}{\\*\\listpicture${picture('\\pngblip', '8950')}}${floating}}`;
  assert.deepEqual(await found(rtf), ['图.png image/png 8951']);
});

test('what the writer cut away is not brought back, nor the rest of that picture', async () => {
  const cut = picture('\\pngblip', '8950').replace('\\piccropl0', '\\piccropl1500');
  const shape = `{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv {\\pict\\pngblip 8951}}}{\\sp{\\sn cropFromLeft}{\\sv 9000}}}}`;
  assert.deepEqual(await found(`{\\rtf1 ${cut}${shape}${picture('\\pngblip', '8952')}}`), [null, null, '图.png image/png 8952']);
});

test('a footnote stands elsewhere in the HTML', async () => {
  const rtf = `{\\rtf1{\\footnote ${picture('\\pngblip', '8950')}}${picture('\\pngblip', '8951')}}`;
  assert.deepEqual(await found(rtf), ['图.png image/png 8951']);
});

test('what is broken or no RTF has no pictures and ends', async () => {
  for (const rtf of ['', '}}}{\\pict', '{\\rtf1 {\\pict\\pngblip 89', '\\', '{\\bin99999999 ', '{\\bin-5 }', 'first {second}']) {
    assert.deepEqual(await found(rtf), []);
  }
});
