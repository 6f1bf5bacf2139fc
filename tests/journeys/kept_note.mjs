// A learner writes a note where there is no network, and another while the sign-in lapses: the phone
// keeps what was typed, and the server has each of them once.
import { journey, phone, until } from './browser.mjs';

const { PAGE } = process.env;
const NOTES = ['红布只擦马桶，蓝布擦桌面', '先湿后干，从里往外'];
const BOX = '记一条笔记（只有自己看得到）';

const taken = (learner, text) =>
  learner.run((it) => [...document.querySelectorAll('.said')].filter((said) => said.textContent === it).length, text);

async function keeps(learner, text) {
  await learner.sees('上次没有交上去的还在这里');
  if ((await learner.valueOf(BOX)) !== text) throw new Error('what was typed is gone');
  await learner.picture('kept');
  // As impatient fingers do.
  await learner.run(() => { for (let time = 0; time < 2; time += 1) document.querySelector('form button').click(); });
  await learner.sawLastOf('上次没有交上去的还在这里');
  await until('it is among her notes', () => taken(learner, text).catch(() => 0));
  await learner.goto(PAGE);
  await learner.sees(text);
  if ((await taken(learner, text)) !== 1) throw new Error('the note is there more than once');
  if ((await learner.valueOf(BOX)) !== '') throw new Error('what was taken is still in the box');
}

/**
 * 返回 leads to a page that is fetched anew. The one from before the note was taken, which phones keep,
 * these browsers do not: frontend/miniprogram/test/form_page.test.mjs goes back to it.
 */
async function writesAnotherOnTheFetchedPage(learner) {
  const [first, second] = ['抹布每天煮一次', '拖把挂起来晾'];
  await learner.type(BOX, first);
  await learner.press('保存笔记');
  await until('the first is among her notes', () => taken(learner, first).catch(() => 0));
  await learner.page.goBack();
  await until('what was taken is not in the box', async () => (await learner.valueOf(BOX)) === '');
  await learner.type(BOX, second);
  await learner.press('保存笔记');
  await until('the second is among her notes', () => taken(learner, second).catch(() => 0));
  if ((await taken(learner, first)) !== 1) throw new Error('the second note took the place of the first');
}

await journey(async () => {
  const learner = await phone('kept-note');
  await learner.goto(PAGE);
  await learner.sees('哪里不明白？问讲师');
  await learner.type(BOX, NOTES[0]);
  await learner.window.setOffline(true);
  await learner.press('保存笔记');
  await learner.sees('现在没有网络，还没有交上去');
  await learner.picture('offline');
  // The phone kills WeChat before the network is back.
  await learner.window.setOffline(false);
  await learner.restart(PAGE);
  await keeps(learner, NOTES[0]);
  await learner.type(BOX, NOTES[1]);
  await learner.page.context().clearCookies();
  await learner.press('保存笔记');
  await keeps(learner, NOTES[1]);
  await writesAnotherOnTheFetchedPage(learner);
});
