// A person at a screen: opens addresses, presses what bears certain words, types into what has a
// certain label, reads. Whatever is not there yet is waited for, never slept for.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openWindow } from './engines.mjs';
import { pageSide } from './page_side.mjs';

const { BASE, SCREENSHOTS } = process.env;

/** Milliseconds within which something has to appear. */
const PATIENCE = 20000;
const LOOK_AGAIN = 50;

const AGENTS = {
  wechat: 'Mozilla/5.0 (Linux; Android 13; V2203A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300333 MMWEBSDK/20241103 MicroMessenger/8.0.55 NetType/WIFI Language/zh_CN',
  wechat86: 'Mozilla/5.0 (Linux; Android 10; JKM-AL00b) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.99 Mobile Safari/537.36 XWEB/4343 MMWEBSDK/20220903 MicroMessenger/8.0.28 NetType/4G Language/zh_CN',
  office: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
};

/** A phone in somebody's hand, in WeChat. `camera` is a film that it sees. */
export const phone = (who, engine = 'current', camera = undefined) =>
  open(who, { engine, width: 360, height: 740, phone: true, agent: engine === '86' ? AGENTS.wechat86 : AGENTS.wechat, camera });

/** A PC in an office, or another screen of this size. */
export const computer = (who, width = 1440, height = 900) =>
  open(who, { engine: 'current', width, height, phone: false, agent: AGENTS.office });

const open = async (who, options) => new Screen(who, options, await openWindow(options));

/** Goes on asking until the answer is one; `what` says what was hoped for. */
export async function until(what, question, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${patience / 1000} s: ${what}`);
    await new Promise((again) => setTimeout(again, LOOK_AGAIN));
  }
}

/** Runs a journey; a failure leaves a picture and the words of each screen. */
export async function journey(steps) {
  try {
    await steps();
    for (const screen of Screen.all) await screen.close();
  } catch (error) {
    console.error(error);
    for (const screen of Screen.all) await screen.tellWhatWentWrong();
    process.exit(1);
  }
}

class Screen {
  static all = [];

  constructor(who, options, window) {
    Object.assign(this, { who, options, window, page: window.page, pictures: 0, complaints: [] });
    this.directory = join(SCREENSHOTS, who);
    rmSync(this.directory, { recursive: true, force: true });
    mkdirSync(this.directory, { recursive: true });
    this.listen();
    Screen.all.push(this);
  }

  listen() {
    this.page.on('pageerror', (error) => this.complaints.push(`${error}`));
    this.page.on('console', (message) => {
      const text = message.text();
      const isOurs = !this.forgives || !this.forgives.test(text);
      if (/Content Security Policy|unreachable|Refused to/.test(text) && isOurs) this.complaints.push(text);
    });
  }

  /** The app is killed, as phones do when they run out of memory, and opened again. */
  async restart(path) {
    this.page = await this.window.restart();
    this.listen();
    await this.goto(path);
  }

  async goto(path) {
    await this.window.goto(path.startsWith('http') ? path : BASE + path);
  }

  /** Presses a button or link. `options`: `part`, `within`, `nth`. */
  async press(text, options = {}) {
    const place = await this.find({ find: 'press', text, ...options });
    if (this.options.phone) await this.page.touchscreen.tap(place.x, place.y);
    else await this.page.mouse.click(place.x, place.y);
  }

  /** Types into a field, in place of what is there. */
  async type(label, value, options = {}) {
    const order = { find: 'field', text: label, ...options };
    const { kind } = await this.find({ ...order, act: 'kind' });
    if (['date', 'time', 'datetime-local'].includes(kind)) {
      await this.find({ ...order, act: 'set', value });
    } else {
      const place = await this.find(order);
      await this.page.mouse.click(place.x, place.y);
      await this.find({ ...order, act: 'select' });
      await this.window.insertText(value);
    }
    const typed = await this.find({ ...order, act: 'value' });
    if (typed.value !== value) throw new Error(`“${label}” has “${typed.value}” instead of “${value}”`);
  }

  /** Chooses in a drop-down list. */
  choose(label, option, options = {}) {
    return this.find({ find: 'field', text: label, ...options, act: 'option', value: option });
  }

  valueOf(label, options = {}) {
    return this.find({ find: 'field', text: label, ...options, act: 'value' }).then((it) => it.value);
  }

  /** Gives a file, or several, to the button that uploads them. */
  async upload(label, file, options = {}) {
    const mark = `file-${Date.now()}`;
    await this.find({ find: 'field', text: label, ...options, act: 'mark', value: mark });
    await this.window.choose(`[data-journey="${mark}"]`, file);
  }

  async sees(text, patience) {
    await until(`${this.who} sees “${text}”`, () => this.reads(text), patience);
  }

  async sawLastOf(text, patience) {
    await until(`${this.who} no longer sees “${text}”`, async () => !(await this.reads(text)), patience);
  }

  /** Whether the words are there now. */
  reads(text) {
    return this.ask({ find: 'text', text });
  }

  /** The texts of a table row's cells; the row is named by one of them. */
  async rowOf(text) {
    return (await this.find({ find: 'row', text, act: 'read' })).cells;
  }

  words() {
    return this.ask({ find: 'words' });
  }

  async isAt(pattern) {
    await until(`${this.who} is at ${pattern}`, () => pattern.test(this.path()));
  }

  path() {
    return this.page.url().replace(BASE, '');
  }

  /** Runs a function in the page. */
  run(act, argument) {
    return this.page.evaluate(act, argument);
  }

  /** Takes a picture of the screen once nothing moves and what is in sight has arrived. */
  async picture(name) {
    await until(`${this.who}'s screen is at rest`, () => this.ask({ find: 'rest' }));
    this.pictures += 1;
    const file = `${String(this.pictures).padStart(2, '0')}-${name}.png`;
    await this.capture({ path: join(this.directory, file) });
  }

  /** A browser that has just started may refuse its first picture, and takes the same one a moment later. */
  capture(options) {
    const taken = () => this.page.screenshot(options).catch((error) => {
      if (!error.message.includes('Unable to capture screenshot')) throw error;
    });
    return until(`a picture of ${this.who}'s screen`, taken);
  }

  /** What the page complained about; CSP violations and panics are faults of ours. */
  async close() {
    await this.window.close();
    if (this.complaints.length) throw new Error(`${this.who}'s browser complained:\n${this.complaints.join('\n')}`);
  }

  async tellWhatWentWrong() {
    try {
      console.error(`--- ${this.who} at ${this.path()}\n${await this.words()}\n${this.complaints.join('\n')}`);
      await this.page.screenshot({ path: join(this.directory, 'failed.png') });
      writeFileSync(join(this.directory, 'failed.html'), await this.page.content());
    } catch (error) {
      console.error(`--- ${this.who}: ${error}`);
    }
    await this.window.close().catch(() => {});
  }

  /** Waits until it is found at the same place twice: what moves cannot be pressed. */
  async find(order) {
    let last;
    let reason = '';
    const found = async () => {
      const place = await this.ask(order);
      if (!place || place.missing) {
        reason = place ? place.missing : 'the page is being replaced';
        last = undefined;
        return undefined;
      }
      if (order.act) return place;
      const same = last && last.x === place.x && last.y === place.y;
      last = place;
      return same ? place : undefined;
    };
    return until(`${this.who} finds “${order.text}”`, found).catch((error) => {
      throw new Error(`${error.message} (${reason})`);
    });
  }

  /** A page that is being replaced by the next one cannot answer. */
  async ask(order) {
    try {
      return await this.page.evaluate(pageSide, order);
    } catch (error) {
      if (/context was destroyed|navigation|Cannot find context|of null/i.test(`${error}`)) return undefined;
      throw error;
    }
  }
}
