// A wrong password is told in words, loses nothing that was typed, and the right one works after it.
import { computer, journey } from './browser.mjs';

const { OFFICER_PASSWORD } = process.env;

await journey(async () => {
  const officer = await computer('forgetful-officer');
  await officer.goto('/admin/sessions');
  await officer.type('用户名', 'zhengming');
  await officer.type('密码', '不是这个');
  await officer.press('登录');
  await officer.sees('用户名或密码不对');
  if ((await officer.valueOf('用户名')) !== 'zhengming') throw new Error('the user name is gone');
  await officer.picture('wrong-password');
  await officer.type('密码', OFFICER_PASSWORD);
  await officer.press('登录');
  // The page they wanted in the first place.
  await officer.isAt(/^\/admin\/sessions/);
  await officer.sees('新建');
});
