// What is uploaded: small, complete, and in the look of the phone app.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST } from './phone.mjs';

const ROOT = join(DIST, '..');
/** WeChat takes 2 MB; a phone with a weak signal should not wait for this. */
const LARGEST = 100_000;

const files = readdirSync(DIST, { recursive: true }).filter((name) => statSync(join(DIST, name)).isFile());
const text = (...path) => readFileSync(join(...path), 'utf8');
const app = JSON.parse(text(DIST, 'app.json'));

test('the package weighs at most 100 KB', () => {
  const bytes = files.reduce((sum, name) => sum + statSync(join(DIST, name)).size, 0);
  assert.ok(bytes <= LARGEST, `${bytes} bytes`);
});

test('every page has its four parts, and nothing is packed that is no part of it', () => {
  for (const page of app.pages) {
    for (const part of ['js', 'json', 'wxml']) assert.ok(existsSync(join(DIST, `${page}.${part}`)), page);
  }
  const kinds = new Set(files.map((name) => name.split('.').pop()));
  assert.deepEqual([...kinds].sort(), ['js', 'json', 'wxml', 'wxss']);
});

test('the page that messages of the server open is there', () => {
  const audience = text(ROOT, '../../backend/src/notifications/audience.rs');
  const named = [...audience.matchAll(/"(pages\/[\w/]+)\?/g)].map((it) => it[1]);
  assert.ok(named.length > 0);
  for (const page of named) assert.ok(app.pages.includes(page), page);
});

test('the pages that may be opened are those that the server gives tickets for', () => {
  const list = (source, name) => {
    const [, inside] = new RegExp(`const ${name}[^=]*= \\[([^\\]]*)\\]`).exec(source);
    return [...inside.matchAll(/["']([^"']*)["']/g)].map((it) => it[1]);
  };
  const server = list(text(ROOT, '../../backend/src/accounts/web_tickets.rs'), 'PAGES');
  assert.deepEqual(list(text(ROOT, 'src/lib/entry.ts'), 'PAGES'), server);
});

/** The variables of a style sheet, of its light and of its dark half. */
function colours(sheet, selector) {
  const [light, dark] = sheet.split('@media (prefers-color-scheme: dark)');
  const of = (half) => {
    const rules = [...half.matchAll(new RegExp(`${selector}\\s*\\{([^}]*)\\}`, 'g'))];
    const inside = rules.map((it) => it[1]).join('');
    return Object.fromEntries([...inside.matchAll(/(--[\w-]+): ([^;]+);/g)].map((it) => [it[1], it[2]]));
  };
  return { light: of(light), dark: of(dark) };
}

test('the colours are those of the phone app, in light and in dark', () => {
  const ours = colours(text(DIST, 'app.wxss'), 'page');
  const theirs = colours(text(ROOT, '../style/ui.css'), 'body');
  for (const half of ['light', 'dark']) {
    assert.ok(Object.keys(ours[half]).length >= 14, half);
    for (const [name, value] of Object.entries(ours[half])) assert.equal(value, theirs[half][name], `${half} ${name}`);
  }
  const theme = JSON.parse(text(DIST, 'theme.json'));
  assert.equal(theme.dark.ground.slice(0, 4), theirs.dark['--ground']);
  assert.equal(theme.light.ground, theirs.light['--ground']);
});

test('whatever is tapped or typed into is at least 48 px high', () => {
  const style = text(DIST, 'app.wxss');
  for (const rule of ['button.button', '.field']) {
    const start = style.indexOf(`\n${rule} {`);
    assert.match(style.slice(start, style.indexOf('}', start)), /min-height: var\(--touch\)/, rule);
  }
  assert.match(style, /--touch: 48px/);
  for (const name of files.filter((it) => it.endsWith('.wxml'))) {
    for (const [tag] of text(DIST, name).matchAll(/<(?:button|input)[^>]*>/g)) {
      assert.match(tag, /class="(button|field)[ "]/, `${name}: ${tag}`);
    }
    assert.doesNotMatch(text(DIST, name), /<(view|text)[^>]*bindtap/, `${name}: only buttons are tapped`);
  }
});

test('every page follows the font size of WeChat, and its texts grow with it', () => {
  for (const page of app.pages) assert.match(text(DIST, `${page}.wxml`), /^<page-meta root-font-size="system" \/>/);
  for (const name of files.filter((it) => it.endsWith('.wxss'))) {
    for (const [size] of text(DIST, name).matchAll(/font-size: [^;]+;/g)) assert.match(size, /rem;$/, `${name}: ${size}`);
  }
});

test('texts hold no pictograms', () => {
  for (const name of files) assert.doesNotMatch(text(DIST, name), /\p{Emoji_Presentation}/u, name);
});

test('nothing but our server is called, and no code comes from elsewhere', () => {
  for (const name of files.filter((it) => it.endsWith('.js'))) {
    const source = text(DIST, name);
    assert.doesNotMatch(source, /eval\(|new Function|require\("[^.]/, name);
    if (name !== 'config.js') assert.doesNotMatch(source, /https?:\/\//, name);
  }
});

test('an app id of ours is not in the repository, and what is installed is pinned', () => {
  assert.equal(JSON.parse(text(ROOT, 'project.config.json')).appid, 'wx0000000000000000');
  const { dependencies, devDependencies } = JSON.parse(text(ROOT, 'package.json'));
  assert.equal(dependencies, undefined);
  for (const [name, version] of Object.entries(devDependencies)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
});
