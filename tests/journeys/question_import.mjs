// 经办 brings questions in: from a table with a bad row, from text while the network is away, from a paper
// of Word's, and the same ones once more.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { computer, journey } from './browser.mjs';
import { signIn } from './officer.mjs';

const { QUIZ } = process.env;

const TABLE = [
  '题型,题干,选项A,选项B,选项C,选项D,答案,解析',
  '单选,会前多久检查话筒？,提前 30 分钟,会议开始时,散会以后,不用检查,A,提前半小时，坏了还来得及换。',
  '多选,哪些要在客人来以前备好？,茶杯,桌签,个人快递,投影,ABD,快递和会议无关，不放在会场。',
  '判断,桌签可以放歪一点。,,,,,错,桌签要一条线，客人一眼找到座位。',
  '单选,少了答案的题,甲,乙,,,,没有写答案',
  '填空,会议室温度多少度？,,,,,26,这里没有填空题',
];

const GIFT = '擦桌子要顺着一个方向擦。{TRUE ####来回擦会留印子。}';

const PAPER = '一、单选题（每题 10 分）\n1. 话筒什么时候试？（ A ）\nA. 客人来以前\tB. 散会以后\n二、填空题\n1. 茶水____分满。';

await journey(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'questions-'));
  const file = join(folder, '题目.csv');
  writeFileSync(file, TABLE.join('\r\n'));
  const officer = await computer('question-import');
  await signIn(officer);
  await officer.goto(QUIZ);
  await officer.sees('还没有题目');
  await officer.press('导入题目');
  await officer.sees('第 1 步 下载模板');
  const { name } = await officer.window.download(() => officer.press('下载模板'));
  if (!name.endsWith('.xlsx')) throw new Error(`the template is called ${name}`);
  await officer.picture('import-begun');
  await officer.upload('选择题目文件', file);
  await officer.sees('读懂了 3 题，有 2 处要改。', 30000);
  await officer.sees('第 5 行 答案：请填正确选项的字母');
  await officer.sees('第 6 行 题型：请填“单选”“多选”或者“判断”');
  await officer.sees('加进测验（3 题）');
  await officer.press('导入第 4 行的题');
  await officer.sees('加进测验（2 题）');
  await officer.run(() => document.querySelector('dialog[open] [role="status"]').scrollIntoView());
  await officer.picture('import-read');
  await officer.press('加进测验（2 题）');
  await officer.sees('加进了 2 题，排在最后面');
  await officer.sees('共 2 题：单选题 1，多选题 1，判断题 0');
  await officer.picture('imported');

  await officer.press('导入题目');
  await officer.type('粘贴文字', GIFT);
  await officer.window.setOffline(true);
  await officer.press('看看这段文字里的题');
  await officer.sees('网络没连上');
  await officer.picture('import-offline');
  await officer.window.setOffline(false);
  await officer.press('看看这段文字里的题');
  await officer.sees('读懂了 1 题，有 0 处要改。');
  await officer.press('加进测验（1 题）');
  await officer.sees('加进了 1 题，排在最后面');
  await officer.sees('共 3 题');
  await officer.sees('已保存');

  await officer.press('导入题目');
  await officer.type('粘贴文字', PAPER);
  await officer.press('看看这段文字里的题');
  await officer.sees('读懂了 1 题，有 1 处要改。');
  await officer.sees('第 5 行：填空题还不能导入');
  await officer.sees('正确答案：客人来以前。');
  await officer.sees('解析要补');
  await officer.run(() => document.querySelector('dialog[open] [role="status"]').scrollIntoView());
  await officer.picture('import-paper');
  await officer.press('加进测验（1 题）');
  await officer.sees('共 4 题');
  await officer.sees('已保存');

  await officer.press('导入题目');
  await officer.upload('选择题目文件', file);
  await officer.sees('和测验里的第 1 题一样', 30000);
  await officer.sees('加进测验（1 题）');
  await officer.press('关闭');
  await officer.press('不保存，关闭');
  await officer.goto(QUIZ);
  await officer.sees('共 4 题');
  rmSync(folder, { recursive: true });
});
