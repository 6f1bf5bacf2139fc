// Takes the design tokens (custom properties for light, dark, care and care-dark) out of WeUI and
// leaves its resets and widgets behind: weui-tokens.mjs > ../../frontend/style/tokens.css
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transform } from 'lightningcss';

const weui = dirname(createRequire(import.meta.url).resolve('weui/package.json'));
const { version } = JSON.parse(readFileSync(join(weui, 'package.json')));
// Only what concerns the style sheet; the rest of the file is about WeUI's own build tools.
const licence = readFileSync(join(weui, 'LICENSE.txt'), 'utf8');
const notice = [licence.split('\n').slice(0, 4).join('\n'), licence.slice(licence.indexOf('Terms of the MIT License'))];

const tokensOnly = {
  Rule: {
    style({ value }) {
      const { declarations, importantDeclarations } = value.declarations;
      const isToken = ({ property, value }) => property === 'custom' && value.name.startsWith('--weui');
      const onlyTokens = importantDeclarations.length === 0 && declarations.every(isToken);
      if (!onlyTokens || declarations.length === 0) return [];
    },
  },
};
const { code } = transform({
  filename: 'weui.css',
  code: readFileSync(join(weui, 'dist/style/base/base.min.css')),
  visitor: tokensOnly,
});
const body = code.toString().replace(/^\/\*![^]*?\*\/\s*/, '');

process.stdout.write(`/*! Design tokens of WeUI ${version} (https://github.com/weui/weui), MIT, Tencent */
/*
 * Made by xtask/npm/weui-tokens.mjs; our own colours are set after this file.
 *
${notice.join('\n\n').trim().split('\n').map((line) => ` * ${line}`.trimEnd()).join('\n')}
 */
${body}`);
