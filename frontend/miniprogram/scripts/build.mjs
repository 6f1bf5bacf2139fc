// Compiles `src` into `dist`, which the WeChat DevTools open and upload, and says what it weighs.
//
// The server's address is the one in src/config.ts, or API_BASE of the environment.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [src, dist] = [join(root, 'src'), join(root, 'dist')];

/** Scheme and host, as the console's 服务器域名 wants it; a port only where one is configured there. */
const ADDRESS = /^https:\/\/[a-z0-9.-]+(:\d+)?$/;

function compile() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '--project', root], { stdio: 'inherit' });
  } catch {
    // The compiler has said what is wrong.
    process.exit(1);
  }
}

function setAddress() {
  const file = join(dist, 'config.js');
  const config = readFileSync(file, 'utf8');
  const address = process.env.API_BASE || /API_BASE = '(.*)'/.exec(config)[1];
  if (!ADDRESS.test(address)) {
    console.error(`API_BASE ${address} is not of the form https://learn.example.cn`);
    process.exit(1);
  }
  writeFileSync(file, config.replace(/API_BASE = '.*'/, `API_BASE = '${address}'`));
  return address;
}

const bytes = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);

rmSync(dist, { recursive: true, force: true });
compile();
cpSync(src, dist, { recursive: true, filter: (file) => !file.endsWith('.ts') });
const address = setAddress();
console.log(`mini-program: ${bytes(dist)} bytes in dist, for ${address}`);
