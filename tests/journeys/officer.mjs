// 经办 at a PC: makes a course, a quiz and a training session, and sees what came of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from './browser.mjs';
import { article, course, quiz, recording, slides, steps, training, video } from './course.mjs';
import { shanghai } from './shanghai.mjs';
import { textsOf } from './xlsx.mjs';

const { CHECKER_PASSWORD, COURSES, OFFICER_PASSWORD } = process.env;

/** Somebody of the console. */
export async function signInAs(screen, username, password) {
  await screen.goto('/admin');
  await screen.sees('管理台登录');
  await screen.type('用户名', username);
  await screen.type('密码', password);
  await screen.press('登录');
  await screen.sawLastOf('管理台登录');
}

/** A second officer, who checks what the first one wrote. */
export async function signInToCheck(checker) {
  await signInAs(checker, 'fanghui', CHECKER_PASSWORD);
  await checker.sees('新建课程');
}

export async function signIn(officer) {
  await signInAs(officer, 'zhengming', OFFICER_PASSWORD);
  await officer.sees('新建课程');
  await officer.picture('courses');
}

/** Proves with the password who it is, where the page asks for it: five minutes after signing in. */
export async function proveIfAsked(officer) {
  const asked = () => officer.reads('请再确认一次是您本人');
  if (!(await until('a question', asked, 3000).catch(() => false))) return;
  await officer.type('登录密码', OFFICER_PASSWORD);
  await officer.press('确认是我');
  await officer.sawLastOf('请再确认一次是您本人');
}

/** Returns the course's id. */
export async function createCourse(officer) {
  await officer.press('新建课程');
  await officer.type('课程名', course.title);
  await officer.type('学完能做到什么', course.summary);
  await officer.press(course.post);
  await officer.upload('上传封面', join(COURSES, course.cover));
  await officer.type('图片说的是什么', '电梯轿厢和一块抹布');
  await officer.picture('new-course');
  await officer.press('新建，接着写内容');
  await officer.sees('章节和课时');
  await officer.isAt(/^\/admin\/courses\/[0-9a-f-]{36}$/);
  await officer.type('新的一章叫什么', course.chapter);
  await officer.press('加一章');
  await officer.sees(`第 1 章${course.chapter}`);
  return officer.path().split('/').pop();
}

async function addLesson(officer, kind, lesson) {
  await officer.choose('课时形式', kind);
  await officer.type('新课时的名字', lesson.title);
  await officer.press('加课时');
  await officer.sees('手机上的样子');
  await officer.type('学完要几分钟', lesson.minutes);
}

async function saveLesson(officer, name) {
  await officer.press('保存');
  await officer.sees('已保存');
  await officer.picture(name);
  await officer.press(course.title);
  await officer.sees('章节和课时');
}

export async function writeArticle(officer) {
  await addLesson(officer, '图文', article);
  await officer.press('＋ 标题');
  await officer.type('标题文字', article.heading);
  await officer.press('＋ 段落');
  await officer.type('段落文字', article.paragraph);
  await officer.press('＋ 图片');
  await officer.upload('上传图片', join(COURSES, article.picture));
  await officer.type('图片说的是什么', article.alt);
  await officer.press('＋ 提示框');
  await officer.press('危险');
  await officer.type('提示内容', article.notice);
  await officer.press('＋ 列表');
  await officer.type('列表内容', article.list);
  // The preview beside the form shows what the phone will show.
  await officer.sees('绝不动手');
  await officer.sees(article.notice);
  await saveLesson(officer, 'article');
}

export async function writeVideo(officer) {
  await addLesson(officer, '视频', video);
  await officer.upload('上传视频', join(COURSES, video.file));
  await officer.sees('已上传，时长 0 分 46 秒', 60000);
  await officer.type('要点', video.points);
  await officer.sees('先湿后干');
  await officer.sawLastOf('视频还没有上传');
  await saveLesson(officer, 'video');
}

export async function writeSteps(officer) {
  await addLesson(officer, '动作解析', steps);
  await officer.type('开始之前备好', steps.materials);
  for (const [index, card] of steps.cards.entries()) {
    const within = `第 ${index + 1} 步`;
    await officer.press('＋ 加一步');
    await officer.type('这一步做什么', card.title, { within });
    await officer.type('用时（秒）', card.seconds, { within });
    await officer.upload('上传配图', join(COURSES, card.picture), { within });
    await officer.type('图片说的是什么', card.alt, { within });
    await officer.type('要点', card.points, { within });
    await officer.type('质量标准', card.quality, { within });
    await officer.type('常见错误', card.mistakes, { within });
    if (card.safety) await officer.type('安全提示', card.safety, { within });
  }
  await officer.sees(`共 ${steps.cards.length} 步`);
  await officer.sees(steps.cards[2].mistakes);
  // What was shown before the last step was added is gone.
  await officer.sawLastOf('共 2 步');
  await saveLesson(officer, 'steps');
}

export async function writeSlides(officer) {
  await addLesson(officer, slides.kind, slides);
  await officer.upload('上传课件', join(COURSES, slides.file));
  await officer.sees('已上传，共', 60000);
  await saveLesson(officer, 'slides');
}

export async function writeRecording(officer) {
  await addLesson(officer, recording.kind, recording);
  await officer.upload('上传录音', join(COURSES, recording.file));
  await officer.sees('已上传，时长', 60000);
  await officer.type('要点', recording.points);
  await saveLesson(officer, 'recording');
}

export async function writeQuiz(officer) {
  await officer.press('测验', { part: true });
  await officer.sees('测验设置');
  await officer.type('测验名', quiz.title);
  await officer.type('及格（百分）', '60');
  await officer.type('时长（分钟）', '10');
  for (const [index, question] of quiz.questions.entries()) {
    const within = `第 ${index + 1} 题`;
    await officer.press(`＋ ${question.kind}`);
    await officer.type('题干', question.stem, { within });
    if (question.options) await writeOptions(officer, question, within);
    else await officer.press('题干说错了（错误）', { within });
    await officer.type('解析', question.explanation, { within });
  }
  await officer.press('保存');
  await officer.sees('已保存');
  await officer.picture('quiz');
}

async function writeOptions(officer, question, within) {
  for (const [index, option] of question.options.entries()) {
    const letter = 'ABCD'[index];
    await officer.type(`选项 ${letter}`, option, { within });
    if (question.right.includes(option)) await officer.press(letter, { within });
  }
}

export async function submits(officer) {
  await officer.press('提交校核');
  await officer.type('改了什么', '第一次写完');
  await officer.picture('submit');
  await officer.press('提交校核');
  await officer.sees('去校核');
}

/** `written` is something that the course says. */
export async function checksAndReviews(checker, id, written = article.heading) {
  await checker.goto(`/admin/courses/${id}/revisions`);
  await checker.sees('等着校核');
  await checker.sees(written);
  await checker.picture('revisions');
  await checker.press('校核通过');
  await checker.sees('等着评审');
  await checker.press('评审通过');
  await checker.sees('评审通过了，可以发布');
}

/** Says why one light may stay red for a day. */
export async function waives(officer, id) {
  await officer.goto(`/admin/courses/${id}/gate`);
  await officer.sees('要求标准化');
  await officer.type('豁免的原因', '条款还在链接');
  await officer.type('豁免到哪天', shanghai(24 * 60).date);
  await officer.picture('gate');
  await officer.press('办豁免');
  await officer.sees('有豁免');
}

export async function publishes(officer, id, lessons) {
  await officer.goto(`/admin/courses/${id}`);
  await officer.press('发布');
  await officer.sees(`${lessons} 课时`);
  await officer.picture('publish');
  await officer.press('发布');
  await officer.sees('已发布');
}

export async function publishAndAssign(officer, id) {
  await waives(officer, id);
  await publishes(officer, id, 3);
  await officer.press('布置必学');
  await officer.type('哪天之前学完', shanghai(24 * 60).date);
  await officer.press('布置');
  await officer.sees('已布置给');
  await officer.picture('assigned');
  await officer.press('关闭');
}

export async function createSession(officer) {
  const [starts, ends] = sessionTimes();
  await officer.press('实训');
  await officer.press('新建', { part: true });
  await officer.type('叫什么', training.title);
  await officer.type('对应的课程', course.title);
  await officer.press(`＋ ${course.title}`);
  await officer.type('在哪里', training.place);
  await officer.type('日期', starts.date);
  await officer.type('几点开始', starts.time);
  await officer.type('几点结束', ends.time);
  await officer.choose('讲师', '吴芳');
  await officer.type('名额', '5');
  await officer.type('要带什么、注意什么', training.notes);
  await officer.picture('new-session');
  await officer.press('保存');
  await officer.sees(training.place);
  await officer.picture('sessions');
}

/** From 20 minutes from now for an hour, or to the end of the day: one form, one date. */
function sessionTimes() {
  const starts = shanghai(20);
  const ends = shanghai(80);
  return [starts, ends.date === starts.date ? ends : { date: starts.date, time: '23:59' }];
}

export async function seesDeliveries(officer) {
  await officer.press('消息投递');
  await officer.sees('最近 7 天的微信消息');
  const row = await officer.rowOf('必学课程提醒');
  if (row.length !== 6) throw new Error(row.join(' | '));
  await officer.sees('没有投递失败的任务');
  await officer.picture('deliveries');
}

export async function seesReport(officer, id) {
  await officer.goto(`/admin/courses/${id}/report`);
  await officer.sees('各单位学得怎么样');
  const row = await officer.rowOf('王秀英');
  const [lessons, score, drawn, passed, attended] = [row[5], row[7], row[8], row[9], row[10]];
  if (`${lessons} ${score} ${drawn} ${passed} ${attended}` !== '3/3 学完 100 第 1 版 已通过 1') throw new Error(`王秀英: ${row.join(' | ')}`);
  await officer.picture('report');
  const { name, file } = await officer.window.download(async () => {
    await officer.press('下载 Excel');
    await proveIfAsked(officer);
  });
  const texts = textsOf(readFileSync(file));
  if (!name.endsWith('.xlsx') || !texts.includes('王秀英')) throw new Error(`${name} has only ${texts}`);
}
