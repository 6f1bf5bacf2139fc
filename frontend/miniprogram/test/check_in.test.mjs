// A scan is never lost: not by the network, not by WeChat closing the mini-program.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { BASE, Phone, settled } from './phone.mjs';

const BEGIN = 'POST /api/check-ins/begin';
const COMPLETE = 'POST /api/check-ins/complete';
const CODE = `${BASE}/c/AQEB_-`;

let phone;

beforeEach(async () => {
  phone = new Phone();
  await phone.lib('session').ensure();
});

const checkIn = (code = CODE) => phone.lib('check_in').checkIn(code);

test('a scan is judged, completed and forgotten', async () => {
  const { kind, checkedIn } = await checkIn();
  assert.deepEqual([kind, checkedIn.name, checkedIn.place], ['done', '王秀英', '一号楼 203']);
  assert.ok(!phone.storage.has('scan'));
});

test('somebody who is in stays in, and is told since when', async () => {
  const first = await checkIn();
  const second = await checkIn();
  assert.equal(second.checkedIn.repeated, true);
  assert.equal(second.checkedIn.checked_in_at, first.checkedIn.checked_in_at);
  assert.equal(phone.server.count(COMPLETE), 1);
});

test('a network that fails for a moment is waited for, longer each time', async () => {
  phone.faults = ['lost', 'lost', 'up', 'lost', 'lost', 'lost'];
  assert.equal((await checkIn()).kind, 'done');
  assert.deepEqual(phone.waits, [0, 1, 0, 1, 2]);
});

test('a lost answer to the completion checks nobody in twice', async () => {
  phone.faults = ['up', 'reply'];
  const { kind, checkedIn } = await checkIn();
  assert.equal(kind, 'done');
  assert.deepEqual([checkedIn.repeated, phone.server.checkedIn], [true, ['p-wang']]);
});

test('without a network the scan waits, and is completed when the network is back', async () => {
  phone.faults = ['up', ...Array(5).fill('lost')];
  assert.equal((await checkIn()).kind, 'waiting');
  assert.ok(JSON.parse(phone.storage.get('scan')).ticket);
  assert.equal((await phone.lib('check_in').resume()).kind, 'done');
  assert.equal(phone.server.count(BEGIN), 1, 'its ticket is still good');
});

test('a scan survives that WeChat closes the mini-program', async () => {
  phone.online = false;
  assert.equal((await checkIn()).kind, 'waiting');
  phone = phone.reopened();
  const { kind, checkedIn } = await phone.lib('check_in').resume();
  assert.deepEqual([kind, checkedIn.name], ['done', '王秀英']);
  assert.equal(phone.lib('check_in').resume(), undefined);
});

test('a server or a WeChat that is overloaded is no refusal', async () => {
  phone.server.refuse(BEGIN, 503, 'busy', '现在人太多了，请等几秒再试');
  phone.server.refuse(COMPLETE, 500, 'internal', '服务器出了点问题');
  assert.equal((await checkIn()).kind, 'done');
});

test('a refusal is told in words and the scan is over', async () => {
  for (const [code, title, detail] of [
    ['check_in_code_stale', '这个码过期了，请对着大屏幕上的新码再扫一次'],
    ['session_full', '名额已满，请看看其他场次'],
    ['not_enrolled', '您没有报名这一场', '可以在“首页 → 实训安排”报名；来不及的，请讲师吴芳补签。'],
    ['check_in_not_open', '还没到签到时间', '14:00 开始签到'],
    ['too_many_tries', '试的次数太多了，请过一会儿再试', '请扫大屏幕上的码，或者请讲师给您补签'],
  ]) {
    phone.server.refuse(BEGIN, 409, code, title, detail && { detail });
    const { kind, trouble } = await checkIn();
    assert.equal(kind, 'refused', code);
    assert.equal(trouble.sentence, detail ? `${title}。${detail}` : title);
    assert.ok(!phone.storage.has('scan'), code);
  }
  assert.equal(phone.server.count(COMPLETE), 0);
});

test('a ticket that ran out while there was no network is told as it is', async () => {
  phone.server.refuse(COMPLETE, 409, 'ticket_spent', '这次签到没来得及完成，请再扫一次码');
  const { kind, trouble } = await checkIn();
  assert.deepEqual([kind, trouble.code], ['refused', 'ticket_spent']);
});

test('two who ask at once hear of the same check-in', async () => {
  await Promise.all([checkIn(), phone.lib('check_in').resume()]);
  assert.deepEqual([phone.server.count(BEGIN), phone.server.count(COMPLETE)], [1, 1]);
});

test('an older scan that is over at last does not take the newer one with it', async () => {
  let proceed;
  const held = new Promise((resolve) => (proceed = resolve));
  phone.faults = ['lost'];
  phone.onWait = () => held;
  const older = checkIn('111111');
  await settled();
  phone.onWait = undefined;
  phone.faults = ['lost', 'lost', 'lost'];
  assert.equal((await checkIn('222222')).kind, 'waiting');
  phone.server.refuse(BEGIN, 409, 'check_in_code_wrong', '签到码不对，请看大屏幕再输一次');
  proceed();
  assert.equal((await older).kind, 'refused');
  assert.equal(JSON.parse(phone.storage.get('scan')).code, '222222');
  assert.equal((await phone.lib('check_in').resume()).kind, 'done');
});

test('somebody who signs out while a scan is under way leaves none behind', async () => {
  phone.faults = ['lost'];
  phone.onWait = () => {
    phone.storage.clear();
    phone.storage.set('signedOut', 'true');
  };
  assert.equal((await checkIn()).kind, 'refused');
  assert.deepEqual([...phone.storage.keys()], ['signedOut']);
});
