// Joins style sheets in the given order, translates what old browsers lack, prints them minified.
import { readFileSync } from 'node:fs';
import { transform } from 'lightningcss';

const files = process.argv.slice(2);
// Chromium 86 is WeChat's engine on cheap Android phones; iOS 14 is the oldest iPhone in use.
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const targets = { chrome: version(86), ios_saf: version(14), safari: version(14), firefox: version(91) };

const sheets = files.map((filename) => {
  const { code, warnings } = transform({ filename, code: readFileSync(filename), minify: true, targets });
  for (const { message, loc } of warnings) {
    process.stderr.write(`${filename}:${loc.line}: ${message}\n`);
    process.exitCode = 1;
  }
  return code.toString();
});
process.stdout.write(sheets.join('\n'));
