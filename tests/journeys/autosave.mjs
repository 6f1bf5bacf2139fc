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

  // The server has what it was sent, but its answer is lost: the next try is no conflict with oneself.
  let lost = 0;
  await here.page.route('**/api/console/lessons/*', async (route) => {
    if (route.request().method() !== 'PUT' || lost) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await here.type(FIELD, '会前准备和检查清单');
  await until('an answer is lost', () => lost);
  await here.sees('没有保存成功，会再试', 30000);
  await here.sees('已保存', 60000);
  await here.type(FIELD, '会前准备和检查');
  await here.sees('停下来几秒就自动保存');
  await here.sees('已保存', 60000);

  // The other PC shows what is no longer the newest.
  await there.type(FIELD, '会后整理');
  await there.sees('这份内容在您打开之后被别人改过', 30000);
  await there.picture('conflict');
  await holds(there, '会后整理');
  await there.press('载入最新');
  await there.sees('没有改动');
  await holds(there, '会前准备和检查');
});
