// 经办 signs in to the console with the password and a word from the phone whose WeChat is bound; a
// sign-in that is not wanted is stopped there.
import { computer, journey, phone } from './browser.mjs';

const { OFFICER_PASSWORD, WECHAT } = process.env;

async function fillIn(pc) {
  await pc.type('用户名', 'zhengming');
  await pc.type('密码', OFFICER_PASSWORD);
  await pc.press('登录');
  await pc.sees('在手机上填这两位数字');
  return pc.run(() => document.querySelector('.c-match').textContent);
}

await journey(async () => {
  const pc = await computer('confirmed-pc');
  const hand = await phone('confirming-phone');
  await pc.goto('/admin');
  const first = await fillIn(pc);
  await pc.picture('number');
  await hand.window.setCookie({ name: 'sandbox_person', value: 'zhengming', url: WECHAT });
  await hand.goto('/enter/wechat?to=/me');
  await hand.press('确认电脑登录');
  await hand.sees('是您在电脑上登录吗？');
  await hand.sees('Windows 电脑');
  const words = (await hand.words()).split(/\s+/);
  if (words.includes(first)) throw new Error('the phone tells the number');
  await hand.picture('question');
  await hand.press('不是我');
  await hand.sees('已经拦下了');
  await hand.picture('declined');
  await pc.sees('请重新填用户名和密码');
  await pc.picture('stopped');

  const number = await fillIn(pc);
  await hand.goto('/enter/confirmation');
  await hand.type('您面前的电脑上显示的两位数字', number);
  await hand.press('确认登录');
  await hand.sees('确认好了');
  await hand.picture('confirmed');
  await pc.sees('新建课程');
});
