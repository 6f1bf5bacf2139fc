// Scripts of the phone's pages with the modules that they import, as they are delivered.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { buildSync } = createRequire(new URL('../../../xtask/npm/package.json', import.meta.url))('esbuild');
const folder = fileURLToPath(new URL('../../static/study/', import.meta.url));

/** One that is given as text, as if it lay in `static/study`. */
export const bundled = (contents, format = 'iife') =>
  buildSync({ stdin: { contents, resolveDir: folder }, bundle: true, format, write: false }).outputFiles[0].text;

/** One of `static`. */
export const script = (name, format) => bundled(`export * from "../${name}"`, format);
