// Unpacks the brotli files of the package chrome-aws-lambda: unpack-chromium.mjs <bin> <into>
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const [packed, into] = process.argv.slice(2);
const unpack = (name) => brotliDecompressSync(readFileSync(join(packed, name)));

writeFileSync(join(into, 'chromium'), unpack('chromium.br'));
chmodSync(join(into, 'chromium'), 0o755);
const swiftshader = join(into, 'swiftshader');
mkdirSync(swiftshader);
for (const [archive, where] of [['aws.tar.br', into], ['swiftshader.tar.br', swiftshader]]) {
  execFileSync('tar', ['-x', '--no-same-owner', '-C', where], { input: unpack(archive) });
}
// The directory was made for its owner only; whoever shares the cache may read it.
chmodSync(into, 0o755);
