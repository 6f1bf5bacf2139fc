// Somebody whose WeChat nobody knows says who they are: a wrong code first, of which nothing typed is
// lost, then the right one. From then on WeChat lets them in silently.
import { journey, phone } from './browser.mjs';

const { CODE, NAME, STAFF_NUMBER, WECHAT } = process.env;

await journey(async () => {
  const newcomer = await phone('newcomer');
  await newcomer.window.setCookie({ name: 'sandbox_person', value: 'stranger', url: WECHAT });
  await newcomer.goto('/me');
  await newcomer.sees('花名册里还没有您的微信');
  await newcomer.type('姓名', NAME);
  await newcomer.type('工号', STAFF_NUMBER);
  await newcomer.type('邀请码', 'AAAA2222');
  await newcomer.press('绑定微信');
  await newcomer.sees('邀请码对不上');
  await newcomer.picture('wrong-code');
  for (const [label, typed] of [['姓名', NAME], ['工号', STAFF_NUMBER]]) {
    const value = await newcomer.valueOf(label);
    if (value !== typed) throw new Error(`“${label}” has “${value}”`);
  }
  await newcomer.type('邀请码', CODE);
  await newcomer.press('绑定微信');
  await newcomer.isAt(/^\/me$/);
  await newcomer.sees(NAME);
  await newcomer.press('登录的设备', { part: true });
  await newcomer.sees('这台设备');
  await newcomer.picture('devices');
  await newcomer.goto('/');
  await newcomer.sees(NAME);
  await newcomer.picture('home');
});
