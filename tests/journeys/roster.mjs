// 经办 brings 2,000 people in from a table of which 30 rows are bad, mends those and writes the rest.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { computer, journey } from './browser.mjs';
import { proveIfAsked, signIn } from './officer.mjs';
import { shanghai } from './shanghai.mjs';

const ROWS = 2000;
const WRONG_PHONES = 25;
const NEW_POST = '电梯维保（示例）';
const UNKNOWN_POSTS = 5;

/** The row below the header, counted from 0: a wrong phone, an unknown post, or nothing wrong. */
function line(at) {
  const wrong = at < WRONG_PHONES ? '138' : `139${String(at).padStart(8, '0')}`;
  const post = at >= ROWS - UNKNOWN_POSTS ? NEW_POST : '卫生保洁';
  return `T${String(at).padStart(5, '0')},新员工${at},和顺物业服务公司（示例）,${at % 9}班,${post},${wrong},,是`;
}

function table(directory) {
  const file = join(directory, '花名册.csv');
  const lines = Array.from({ length: ROWS }, (_, at) => line(at));
  writeFileSync(file, ['工号,姓名,单位,班组,岗位,手机,身份证,在岗', ...lines].join('\r\n'));
  return file;
}

await journey(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'roster-'));
  const officer = await computer('roster-officer');
  await signIn(officer);
  await officer.press('人员');
  await officer.sees('王秀英');
  await officer.picture('people');
  await officer.press('导入花名册');
  await officer.sees('第 1 步 下载模板');
  const { name } = await officer.window.download(() => officer.press('下载模板'));
  if (!name.endsWith('.xlsx')) throw new Error(`the template is called ${name}`);
  await officer.picture('import-start');
  await officer.upload('上传花名册', table(directory));
  await officer.sees('第 3 步 看检查结果', 60000);
  await officer.sees(`岗位“${NEW_POST}”（${UNKNOWN_POSTS} 行）`);
  await officer.sees(`跳过还没改好的 ${WRONG_PHONES + UNKNOWN_POSTS} 行`);
  await officer.picture('import-checked');

  await officer.press(`新建岗位“${NEW_POST}”`);
  await officer.sees(`跳过还没改好的 ${WRONG_PHONES} 行`, 60000);
  for (let at = 0; at < WRONG_PHONES; at += 1) {
    await officer.type(`第 ${at + 2} 行的手机`, `137${String(at).padStart(8, '0')}`);
  }
  await officer.picture('import-mended');
  await officer.press('保存修改，重新检查');
  await officer.sawLastOf('要改的行', 60000);
  await officer.sees('第 4 步 写入花名册', 60000);
  await officer.press('写入花名册');
  await proveIfAsked(officer);
  await officer.sees(`已写入花名册：新增 ${ROWS} 人，更新 0 人，离岗 0 人。`, 60000);
  await officer.picture('import-applied');

  await officer.press('看花名册');
  await officer.type('搜索', 'T00003');
  await officer.sees('新员工3');
  await officer.sees('137****0003');
  await officer.sawLastOf('王秀英');
  await officer.press('查看');
  await officer.press('显示完整号码');
  await proveIfAsked(officer);
  await officer.sees('13700000003');
  await officer.choose('单位', '安恒保障服务公司（示例）');
  await officer.press('保存');
  await officer.sees('至今：安恒保障服务公司（示例）');
  await officer.picture('person-moved');
  await officer.choose('单位', '和顺物业服务公司（示例）');
  await officer.type('从哪一天起', shanghai(3 * 24 * 60).date);
  await officer.press('保存');
  await officer.sees('预约的变动');
  await officer.sees('至今：安恒保障服务公司（示例）');
  await officer.picture('move-planned');
  await officer.press('取消这次变动');
  await officer.sawLastOf('预约的变动');
  rmSync(directory, { recursive: true });
});
