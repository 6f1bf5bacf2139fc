// 经办, who came through WeChat, proves with the password who it is, sets a second factor up and signs
// in with it; somebody whom the team leader gave a code sets a password at a kiosk.
import { createHmac } from 'node:crypto';

import { computer, journey } from './browser.mjs';

const { CODE, NAME, OFFICER_PASSWORD, STAFF_NUMBER, WECHAT } = process.env;

/** The code that an authenticator app shows for this secret (RFC 6238). */
function codeOf(secret) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((it) => letters.indexOf(it).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((it) => parseInt(it, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

const found = async (screen, pattern) => (await screen.words()).match(pattern);

async function setUp(officer) {
  await officer.window.setCookie({ name: 'sandbox_person', value: 'zhengming', url: WECHAT });
  await officer.goto('/enter/wechat?to=/admin/account');
  await officer.sees('还没有设');
  await officer.press('设置动态验证码');
  // WeChat let them in; that is no fresh proof.
  await officer.sees('请再确认一次是您本人');
  await officer.picture('asked-for-a-proof');
  await officer.type('登录密码', OFFICER_PASSWORD);
  await officer.press('确认是我');
  await officer.sees('扫不了？');
  await officer.picture('scan');
  const [secret] = await found(officer, /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/);
  await officer.type('验证器上的 6 位数字', codeOf(secret.replaceAll(' ', '')));
  await officer.press('启用');
  await officer.sees('请记下备用码');
  await officer.picture('recovery-codes');
  const [recovery] = await found(officer, /[A-Z2-9]{5}-[A-Z2-9]{5}/);
  await officer.press('知道了');
  await officer.sees('还有 10 个备用码');
  return recovery;
}

async function signInWith(officer, recovery) {
  await officer.press('退出登录');
  await officer.sees('管理台登录');
  await officer.type('用户名', 'zhengming');
  await officer.type('密码', OFFICER_PASSWORD);
  await officer.press('登录');
  await officer.type('动态验证码', '000000');
  await officer.press('确认登录');
  await officer.sees('验证码不对或者用过了');
  await officer.picture('wrong-code');
  await officer.type('动态验证码', recovery);
  await officer.press('确认登录');
  await officer.sees('新建课程');
}

async function setPasswordAt(kiosk) {
  await kiosk.goto('/sign-in?to=/me');
  await kiosk.press('用工号和密码登录', { part: true });
  await kiosk.picture('sign-in');
  await kiosk.press('还没有密码？用队长给的码设');
  await kiosk.sees('设一个登录密码');
  await kiosk.type('工号', STAFF_NUMBER);
  await kiosk.type('队长给的码', CODE);
  await kiosk.type('新密码（至少 8 个字符）', 'kettle for the guards');
  await kiosk.type('再填一次新密码', 'kettle for the guards');
  await kiosk.picture('set-password');
  await kiosk.press('设好并登录');
  await kiosk.isAt(/^\/me$/);
  await kiosk.sees(NAME);
  await kiosk.picture('me');
}

await journey(async () => {
  const officer = await computer('second-factor-officer');
  await signInWith(officer, await setUp(officer));
  await setPasswordAt(await computer('kiosk'));
});
