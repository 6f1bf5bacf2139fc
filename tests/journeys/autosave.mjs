// 经办 writes at one PC and goes on at another: what was written is there, though nobody pressed 保存.
import { computer, journey, until } from './browser.mjs';
import { signIn } from './officer.mjs';

const { LESSON } = process.env;
const FIELD = '标题文字';

async function holds(officer, text) {
  const held = await officer.valueOf(FIELD);
  if (held !== text) throw new Error(`${FIELD} holds “${held}”, not “${text}”`);
}

await journey(async () => {
  const here = await computer('autosave-here');
  const there = await computer('autosave-there');
  for (const officer of [here, there]) await signIn(officer);

  await here.goto(LESSON);
  await here.sees('没有改动');
  await here.press('＋ 标题');
  await here.type(FIELD, '会前准备');
  await here.sees('停下来几秒就自动保存');
  await here.sees('已保存', 30000);
  await here.picture('saved');
  await there.goto(LESSON);
  await there.sees('没有改动');
  await holds(there, '会前准备');

  await here.window.setOffline(true);
  await here.type(FIELD, '会前准备和检查');
  await here.sees('没有保存成功，会再试', 30000);
  await here.picture('offline');
  await here.window.setOffline(false);
  await here.sees('已保存', 60000);

  // The server has what it was sent, tidied, but its answer is lost: the next try is no conflict with oneself.
  let lost = 0;
  await here.page.route('**/api/console/lessons/*', async (route) => {
    if (route.request().method() !== 'PUT' || lost) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await here.type(FIELD, '会前准备和检查清单 ');
  await until('an answer is lost', () => lost);
  await here.sees('没有保存成功，会再试', 30000);
  await here.sees('已保存', 60000);
  await here.type(FIELD, '会前准备和检查');
  await here.sees('停下来几秒就自动保存');
  await here.sees('已保存', 60000);

  // The answer is lost, more is written, and the page is loaded again: no conflict with oneself either.
  let cut = true;
  let arrived = 0;
  await here.page.route('**/api/console/lessons/*', async (route) => {
    if (route.request().method() !== 'PUT' || !cut) return route.fallback();
    arrived += 1;
    if (arrived === 1) await route.fetch();
    return route.abort();
  });
  await here.type(FIELD, '会前准备和复查');
  await until('an answer is lost', () => arrived);
  await here.sees('没有保存成功，会再试', 30000);
  await here.type(FIELD, '会前准备和复查清单');
  await here.sees('停下来几秒就自动保存');
  await here.goto(LESSON);
  cut = false;
  await here.sees('已保存', 60000);
  await holds(here, '会前准备和复查清单');

  // The other PC shows what is no longer the newest.
  await there.type(FIELD, '会后整理');
  await there.sees('这份内容在您打开之后被别人改过', 30000);
  await there.picture('conflict');
  await holds(there, '会后整理');
  // Pressed all the same, and lost: once the newest is taken it must not follow.
  const sent = [];
  await there.page.route('**/api/console/lessons/*', (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    sent.push(route.request().postData());
    return sent.length === 1 ? route.abort() : route.continue();
  });
  await there.press('保存');
  await until('a try is lost', () => sent.length);
  await there.press('载入最新');
  await there.sees('没有改动');
  await holds(there, '会前准备和复查清单');
  await there.type(FIELD, '会前准备');
  await there.sees('已保存', 60000);
  if (sent.slice(1).some((it) => it.includes('会后整理'))) throw new Error('what was given up was sent');
});
