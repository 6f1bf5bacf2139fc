// 经办 lets somebody leave and erases who they were: a pseudonym takes the place of the name.
import { computer, journey, until } from './browser.mjs';
import { proveIfAsked, signIn } from './officer.mjs';

const { NAME } = process.env;

await journey(async () => {
  const officer = await computer('erasing-officer');
  await signIn(officer);
  await officer.press('人员');
  await officer.type('搜索', NAME);
  // Until the answer is there, the first in the list is somebody else.
  await officer.sees(NAME);
  await officer.sawLastOf('王秀英');
  await officer.press('查看');
  await officer.sees('在岗');
  if (await officer.reads('离岗的人要求不再留个人资料时用')) throw new Error('somebody on post can be erased');
  await officer.press('离岗');
  await officer.press('保存');
  await officer.sees('离岗的人要求不再留个人资料时用');
  // What was saved moves what stands below it: whoever missed the button presses it again.
  await until('the question', async () => {
    await officer.press('注销个人资料');
    return officer.sees(`注销 ${NAME} 的个人资料？`, 4000).then(() => true, () => false);
  }, 60000);
  await officer.sees('不能恢复');
  await officer.picture('question');
  await officer.press('注销');
  await proveIfAsked(officer);
  await officer.sawLastOf(`注销 ${NAME} 的个人资料？`);
  await officer.sees('没有符合条件的人');
  await officer.type('搜索', '已注销人员');
  await officer.sees('已注销人员');
  await officer.press('查看');
  await officer.sees('个人资料已经注销');
  await officer.picture('pseudonym');
  if (await officer.reads(NAME)) throw new Error(`${NAME} is still there`);
});
