// Two ways to check in inside the app: one phone films the code on the wall, the other has a broken
// camera and types the digits below it. Environment: TITLE of the session.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { computer, journey, phone, until } from './browser.mjs';
import { opensRoster } from './instructor.mjs';

const { TITLE, WECHAT } = process.env;
const film = join(mkdtempSync(join(tmpdir(), 'fingertip-film-')), 'wall.y4m');

await journey(async () => {
  const instructor = await computer('instructor-camera', 1024, 768);
  await opensRoster(instructor, TITLE);
  await instructor.press('打开签到大屏幕');
  await instructor.sees('0/2 人已签到');

  const filming = await phone('learner-camera', 'current', film);
  await filming.goto('/check-in');
  await filming.sees('用摄像头扫码');
  await filming.picture('ways-to-check-in');
  writeFileSync(film, filmOf(await freshCode(instructor)));
  await filming.press('用摄像头扫码');
  await filming.sees('签到成功');
  await filming.picture('scanned');

  const typing = await phone('learner-typing');
  await typing.window.setCookie({ name: 'sandbox_person', value: 'lijianguo', url: WECHAT });
  await typing.goto('/check-in');
  // Signed in: before that, the page goes to WeChat and back.
  await typing.sees('我报名的实训');
  await typing.type('输入大屏幕上的 6 位签到码', '000 000');
  await typing.press('签到');
  await typing.sees('签到码不对');
  await typing.picture('wrong-digits');
  const digits = await instructor.run(() => document.querySelector('.projector-digits').textContent);
  await typing.type('输入大屏幕上的 6 位签到码', digits);
  await typing.press('签到');
  await typing.sees('签到成功');
  await typing.picture('typed');
  await instructor.sees('2/2 人已签到', 30000);
});

/** The drawing of a code that has just appeared. */
async function freshCode(instructor) {
  const drawing = () => instructor.run(() => {
    const code = document.querySelector('svg.qr');
    return code && { side: code.viewBox.baseVal.width, path: code.querySelector('path').getAttribute('d') };
  });
  const before = await drawing();
  return until('a new code on the wall', async () => {
    const now = await drawing();
    return now && now.path !== (before && before.path) && now;
  });
}

/** A film, in the raw format that Chromium's camera takes, of a grey wall with the code on it. */
function filmOf({ side, path }) {
  const [width, height] = [640, 480];
  const scale = Math.floor((height - 40) / side);
  const light = Buffer.alloc(width * height, 150);
  const box = (x, y, value) => {
    for (let row = 0; row < scale; row += 1) {
      const at = (20 + y * scale + row) * width + 100 + x * scale;
      light.fill(value, at, at + scale);
    }
  };
  for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) box(x, y, 235);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) box(Number(x), Number(y), 16);
  const colours = Buffer.alloc(width * height / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colours]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([header, ...Array(10).fill(frame)]);
}
