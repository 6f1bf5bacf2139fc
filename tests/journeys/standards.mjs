// 经办 brings a sample standard of forty pages in as the Word file that an office would have, writes a
// course of all five kinds of lessons and a quiz on it, a colleague agrees, it is published. A new version
// of the standard leaves alone what says the same and asks to look again at exactly what rests on other
// words.
import { join } from 'node:path';

import { computer, journey, phone, until } from './browser.mjs';
import { article, course, quiz, recording, slides, steps, video } from './course.mjs';
import * as officerDoes from './officer.mjs';

const { COURSES } = process.env;
const DOCUMENTS = join(COURSES, '../../../tests/documents');
const NUMBER = '示例/QX 88';

/** What both versions say in the same words, what the second says otherwise, and what it leaves out. */
const SAME = '4.1.1';
const TAKEN_APART = '4.1.4';
const CHANGED = ['4.2.3', '6.2.3'];
const LEFT_OUT = '6.1.4';

async function registers(officer) {
  await officer.press('标准仓');
  await officer.press('登记标准');
  await officer.type('标准号', NUMBER);
  await officer.type('名称', '会议服务规范（演练用示例）');
  await officer.choose('层级', '内部');
  await officer.type('归口单位', '示例编写组');
  await officer.press('保存');
  await officer.sees('上传新版本的文件');
  return officer.path();
}

/** What a proposed clause says, as often as it is there. */
const said = (number) => [...document.querySelectorAll('[aria-label="条款"] article')]
  .filter((it) => it.querySelector('strong').innerText.trim() === number)
  .map((it) => it.querySelector('.c-clause__text').innerText);

/** Puts the cursor before these words of the clause that is being rewritten. */
const putCursorBefore = (words) => {
  const area = document.querySelector('[aria-label="条款"] textarea');
  const at = area.value.indexOf(words);
  area.focus();
  area.setSelectionRange(at, at);
};

/** Takes two clauses for one, and then apart again where the cursor stands. */
async function rearranges(officer) {
  const [one, other, words] = ['4.1.3', TAKEN_APART, '首问负责'];
  const says = (number) => officer.run(said, number);
  await officer.press('并入上一条', { within: other });
  await officer.sees(`把“${other}”并入上一条？`);
  await officer.picture('merge');
  await officer.press('并入');
  await until(`${other} is a part of ${one}`, async () => (await says(other)).length === 0 && (await says(one))[0].includes(words));
  await officer.press('改写或拆开', { within: one });
  const whole = await officer.valueOf('正文', { within: one });
  await officer.run(putCursorBefore, other);
  await officer.picture('to-be-split');
  await officer.press('在光标处拆成两条', { within: one });
  await until(`${other} is a clause again`, async () => (await says(other)).length === 1);
  const [[first], [second]] = [await says(one), await says(other)];
  if (first.includes(words) || !second.includes(words)) throw new Error(`${whole} became ${first} and ${second}`);
  await officer.picture('split');
}

/** Uploads a version, reads what was made of it beside the text, and puts it in force. */
async function bringsIn(officer, standard, file, shot, mends = async () => {}) {
  await officer.goto(standard);
  await officer.upload('上传新版本的文件', join(DOCUMENTS, file));
  await officer.sees('左边是原文，右边是拆出来的条款', 120000);
  await officer.sees('会议服务应遵循安全、保密、准时、节俭的原则。');
  await officer.sees('附录H');
  await officer.picture(`${shot}-proposed`);
  await mends(officer);
  await officer.choose('确认为', '现行');
  await officer.press('确认整个版本');
  await officer.sees('确认为“现行”？');
  await officer.picture(`${shot}-question`);
  await officer.press('确认整个版本');
  await officer.sawLastOf('确认整个版本', 60000);
  await officer.picture(`${shot}-in-force`);
}

/** From where it is taught or asked: which clause? `part` says where, and `times` from when to when. */
async function rests(officer, number, part, times) {
  await officer.press('加依据');
  await officer.type('找条款', number);
  await officer.press(`${NUMBER}—2026 ${number}`, { part: true });
  if (part) await officer.choose('用在哪一处', part);
  if (times) {
    await officer.type('从几分几秒', times[0]);
    await officer.type('到几分几秒', times[1]);
  }
  await officer.picture(`basis-${number}`);
  await officer.press('存为草拟');
  await officer.sawLastOf('存为草拟');
  await officer.sees(`${NUMBER}—2026 ${number}`);
  await officer.press('提交复核');
  await until(`${number} waits for somebody else`, () => officer.run(() => [...document.querySelectorAll('[aria-label="依据"] button')].every((it) => it.innerText !== '提交复核')));
}

const open = async (officer, course_, lesson) => {
  await officer.goto(`/admin/courses/${course_}`);
  await officer.press(lesson, { part: true });
  await officer.sees('手机上的样子');
};

async function agrees(checker, count) {
  await checker.goto('/admin/standards/links?state=in_review');
  await checker.sees(`${count} 处链接`);
  await checker.picture('to-review');
  for (let left = count - 1; left >= 0; left -= 1) {
    await checker.press('复核通过');
    await until(`${left} are left`, () => checker.run((it) => [...document.querySelectorAll('button')].filter((button) => button.innerText === '复核通过').length === it, left));
  }
}

/** The numbers of the clauses whose links are in a state. */
async function numbersIn(officer, state) {
  await officer.goto(`/admin/standards/links?state=${state}`);
  await until('the list', () => officer.run(() => Boolean(document.querySelector('.c-table tbody tr, .c-empty'))));
  const rows = await officer.run(() => [...document.querySelectorAll('.c-table tbody tr')].map((it) => it.innerText));
  return rows.filter((it) => it.includes(NUMBER)).map((it) => it.match(/—\d+ (\S+)/)[1]).sort();
}

function equal(what, found, wanted) {
  if (found.join() !== wanted.join()) throw new Error(`${what}: ${found} instead of ${wanted}`);
}

await journey(async () => {
  const officer = await computer('standards-officer');
  await officerDoes.signIn(officer);
  const standard = await registers(officer);
  await bringsIn(officer, standard, 'jgsw-01-2026.docx', 'first', rearranges);

  await officer.press('课程');
  const id = await officerDoes.createCourse(officer);
  await officerDoes.writeArticle(officer);
  await officerDoes.writeVideo(officer);
  await officerDoes.writeSteps(officer);
  await officerDoes.writeSlides(officer);
  await officerDoes.writeRecording(officer);
  await open(officer, id, article.title);
  for (const number of [SAME, CHANGED[0], LEFT_OUT]) await rests(officer, number);
  await open(officer, id, steps.title);
  await rests(officer, CHANGED[1], `${steps.title} · 第 1 步 ${steps.cards[0].title}`);
  await open(officer, id, video.title);
  await rests(officer, TAKEN_APART, `${video.title} · 其中的一段`, ['0:05', '0:20']);
  await officer.sees(`${video.title} · 0:05～0:20`);
  await officer.goto(`/admin/courses/${id}`);
  await officerDoes.writeQuiz(officer);
  const { stem } = quiz.questions[0];
  await rests(officer, CHANGED[0], `试题：${stem}`);

  const checker = await computer('standards-checker');
  await officerDoes.signInToCheck(checker);
  await agrees(checker, 6);
  await officer.goto(`/admin/courses/${id}`);
  await officerDoes.submits(officer);
  await officerDoes.checksAndReviews(checker, id);
  await officerDoes.waives(officer, id);
  await officerDoes.publishes(officer, id, 5);
  const same = [SAME, TAKEN_APART];
  // One is taught, and asked about.
  const flagged = [CHANGED[0], ...CHANGED, LEFT_OUT].sort();
  equal('valid links of the first version', await numbersIn(officer, 'valid'), [...same, ...flagged].sort());

  await bringsIn(officer, standard, 'jgsw-01-2027.docx', 'second');
  await officer.press('看改了什么、影响谁');
  await officer.sees('影响 1 门课程、1 道试题');
  await officer.picture('impact');
  await officer.press('把 2 个未变条款的链接移到这一版');
  await officer.sawLastOf('把 2 个未变条款的链接移到这一版');
  equal('links that are still valid', await numbersIn(officer, 'valid'), same);
  await officer.picture('still-valid');
  equal('links to be looked at again', await numbersIn(officer, 'stale'), flagged);
  await officer.sees('待复审');
  await officer.picture('to-look-at-again');

  // Whoever learns is led to the clause, and told where the course rests on words that have changed.
  const learner = await phone('standards-learner');
  await learner.goto('/courses');
  await learner.press(course.title, { part: true });
  await learner.sees('录音讲解');
  await learner.picture('course');
  await learner.press(article.title, { part: true });
  await learner.sees(`依据 ${SAME}`);
  await learner.press(`依据 ${SAME}`);
  await learner.sees('会议服务应遵循安全、保密、准时、节俭的原则。');
  await learner.sees(`${NUMBER}—2027`);
  if (await learner.reads('标准已经更新')) throw new Error('what says the same is called old');
  await learner.picture('clause');
  await learner.press('返回课时');
  await learner.press(`依据 ${CHANGED[0]}`);
  await learner.sees('不应少于24学时');
  await learner.sees('标准已经更新');
  await learner.picture('old-clause');
  await learner.goto('/courses');
  await learner.press(course.title, { part: true });
  for (const lesson of [slides, recording]) {
    await learner.press(lesson.title, { part: true });
    await learner.sees(lesson.title);
    await learner.picture(lesson.kind);
    await learner.goto('/courses');
    await learner.press(course.title, { part: true });
  }
  await learner.press(video.title, { part: true });
  await learner.sees(`依据 ${TAKEN_APART}`);
  await learner.picture('video');
});
