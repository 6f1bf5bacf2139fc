// Puts a brotli and a gzip file beside each file that they make smaller: compress.mjs best|fast <file>…
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [quality, ...files] = process.argv.slice(2);
const best = quality === 'best';

for (const file of files) {
  const content = readFileSync(file);
  const brotli = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: best ? constants.BROTLI_MAX_QUALITY : 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
  const gzip = gzipSync(content, { level: best ? 9 : 5 });
  for (const [ending, compressed] of [['br', brotli], ['gz', gzip]]) {
    if (compressed.length < content.length) writeFileSync(`${file}.${ending}`, compressed);
  }
}
