// 学员 with a phone in WeChat: sees what to do today, learns, is tested, enrols and checks in.
import { article, course, quiz, steps, training, video } from './course.mjs';

export async function arrives(learner) {
  // WeChat answers for her: no page of a sign-in stops her.
  await learner.goto('/');
  await learner.sees('王秀英');
  await learner.sees('今日必学');
  await learner.sees(course.title);
  await learner.picture('today');
  await learner.press('不用');
  await learner.press('开始学习');
  await learner.sees('学完能做到');
  await learner.picture('course');
}

export async function studies(learner) {
  await learner.press('开始学习');
  await learner.sees(article.heading);
  await learner.picture('article');
  await learner.run(() => scrollTo(0, document.body.scrollHeight));
  await learner.sees('这一课学完了');
  await learner.picture('article-done');
  await learner.press('学下一课');
  await learner.sees(video.title);
  await learner.sees('先湿后干');
  await watches(learner);
  await learner.picture('video-done');
  await learner.press('学下一课');
  await learner.sees(`第 1 步，共 ${steps.cards.length} 步，用时约 1 分 20 秒`);
  await learner.picture('step');
}

/** Plays the video to its end at double speed: the server does not believe in a faster viewer. */
async function watches(learner) {
  await learner.run(() => {
    const video = document.querySelector('video');
    video.muted = true;
    video.playbackRate = 2;
    return video.play();
  });
  await learner.picture('video');
  await learner.sees('这一课学完了', 60000);
}

/** Puts the phone away in the middle of a lesson and goes on later where she was. */
export async function resumes(learner) {
  await learner.press('下一步');
  await learner.sees('第 2 步，共 3 步');
  await learner.goto('/');
  await learner.sees(`接着学：${steps.title}`);
  await learner.picture('resume');
  await learner.press(`接着学：${steps.title}`, { part: true });
  await learner.sees('第 2 步，共 3 步');
  await learner.sees(steps.cards[1].title);
  await learner.press('下一步');
  await learner.sees('第 3 步，共 3 步');
  await learner.sees('这一课学完了');
  await learner.picture('lessons-done');
}

export async function takesQuiz(learner) {
  await learner.press(quiz.title, { part: true });
  await learner.sees('答题前请看');
  await learner.picture('quiz-rules');
  await learner.press('开始答题');
  await answers(learner, 1);
  await learner.press('下一题');
  await answersWithoutNetwork(learner);
  await learner.press('下一题');
  await answers(learner, 3);
  await learner.press('交卷');
  await learner.sees('3 道题都答了');
  await learner.picture('submit');
  await learner.press('交卷');
  await learner.sees('通过了');
  await learner.sees('100 分');
  await learner.press('答对的 3 题', { part: true });
  for (const question of quiz.questions) await learner.sees(question.explanation);
  await learner.picture('result');
}

async function answers(learner, number) {
  await choosesRight(learner, number);
  await learner.sees('已保存');
  await learner.picture(`question-${number}`);
}

/** Questions and options come in any order. */
async function choosesRight(learner, number) {
  await learner.sees(`第 ${number} 题，共 ${quiz.questions.length} 题`);
  const words = await learner.words();
  const question = quiz.questions.find((it) => words.includes(it.stem));
  for (const option of question.right) await learner.press(option, { part: true });
}

async function answersWithoutNetwork(learner) {
  await learner.sees('第 2 题');
  await learner.window.setOffline(true);
  await choosesRight(learner, 2);
  await learner.sees('没有网络，答案已存在手机里，恢复后自动上传');
  await learner.sees('未保存');
  await learner.picture('offline');
  // The phone kills the app before the network is back; nothing of the answer is lost.
  await learner.window.setOffline(false);
  await learner.restart('/');
  await learner.sees('继续答题');
  await learner.picture('running-attempt');
  await learner.press('继续答题');
  // It opens where something is left to answer.
  await learner.sees('第 3 题');
  await learner.press('上一题');
  await learner.sees('第 2 题');
  await learner.sees('已保存', 40000);
  await learner.sawLastOf('没有网络');
  await learner.picture('saved-again');
}

export async function enrols(learner) {
  await learner.goto('/');
  await learner.press('实训安排');
  await learner.press(training.title, { part: true });
  await learner.sees(training.notes);
  await learner.picture('session');
  await learner.press('报名');
  await learner.sees('取消报名');
  await learner.picture('enrolled');
}

/** What the camera read on the wall: an ordinary address. */
export async function checksIn(learner, address) {
  await learner.goto(address);
  await learner.sees(`王秀英，签到：${training.title}`);
  await learner.picture('confirm-check-in');
  await learner.press('确认签到');
  await learner.sees('签到成功');
  await learner.picture('checked-in');
}

export async function findsRecords(learner) {
  await learner.press('打开指尖教学');
  await learner.press('我的');
  await learner.sees('次实训到场');
  await learner.picture('me');
  await learner.press('成绩和记录');
  await learner.sees('学完的课程');
  for (const title of [course.title, quiz.title, training.title]) await learner.sees(title);
  await learner.picture('records');
  await learner.goto('/me/inbox');
  await learner.sees(`必学：${course.title}`);
  await learner.picture('inbox');
  await learner.press('全部已读');
  await learner.sawLastOf('未读');
  await learner.goto('/me');
  await learner.press('消息设置');
  await learner.sees('发到微信');
  await learner.picture('message-settings');
}
