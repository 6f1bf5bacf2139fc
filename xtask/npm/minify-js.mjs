// Prints a module minified, for WeChat's oldest engine. With names: one that exports only them, without
// whatever nothing needs then.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [file, ...names] = process.argv.slice(2);
const kept = `export { ${names.join(', ')} } from ${JSON.stringify(file)};`;
const entry = names.length ? { stdin: { contents: kept, resolveDir: '/' } } : { entryPoints: [file] };
const { outputFiles } = await build({
  ...entry,
  // What scripts of ours import are packages of this folder.
  nodePaths: [fileURLToPath(new URL('node_modules', import.meta.url))],
  bundle: true,
  format: 'esm',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  // Old iPhones differ only in a corner of destructuring that nothing here enters.
  target: ['chrome86', 'ios14'],
  supported: { destructuring: true },
  logLevel: 'error',
  write: false,
});
process.stdout.write(outputFiles[0].text);
