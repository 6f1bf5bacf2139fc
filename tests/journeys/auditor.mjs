// 审计管理员 sees who did what and how far the log is verified, and nothing else of the console.
import { computer, journey, until } from './browser.mjs';

const { AUDITOR_PASSWORD } = process.env;

await journey(async () => {
  const auditor = await computer('auditor');
  await auditor.goto('/admin');
  await auditor.type('用户名', 'qianhui');
  await auditor.type('密码', AUDITOR_PASSWORD);
  await auditor.press('登录');
  await auditor.isAt(/^\/admin\/audit/);
  await auditor.sees('审计日志');
  await auditor.sees('服务启动');
  const parts = await auditor.run(() => [...document.querySelectorAll('.c-nav a')].map((it) => it.textContent));
  if (parts.join() !== '审计日志') throw new Error(`the console offers ${parts}`);
  await auditor.press('现在核对');
  await auditor.sees('已核对到第');
  await auditor.choose('事件', '登录');
  const sealed = async () => {
    await auditor.press('刷新');
    return auditor.reads('登录方式：用户名和密码');
  };
  await until('her own sign-in is in the log', sealed);
  await auditor.picture('audit-log');
  await auditor.goto('/admin/courses');
  await auditor.sees('这一页不归你管');
  await auditor.press('审计日志');
  await auditor.sees('服务启动');
});
