// The pages, as somebody in front of them reads and taps.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { BASE, Phone, settled } from './phone.mjs';

const SESSION = '/sessions/0190a1b2-0000-7000-8000-000000000001';

let phone;

beforeEach(() => {
  phone = new Phone();
});

const signedIn = () => phone.lib('session').ensure();

async function opened(name, query) {
  const page = phone.page(name);
  await page.opens(query);
  return page;
}

// Start

test('the first page signs in without a word and opens the phone app', async () => {
  const start = await opened('start');
  assert.deepEqual(phone.went, ['to /pages/web/index?to=%2F']);
  assert.match(start.text, /王秀英，您好/);
  await start.taps('#scan');
  await start.taps('#subscribe');
  await start.taps('#settings');
  assert.deepEqual(phone.went.slice(1), [
    'to /pages/scan/index', 'to /pages/subscribe/index', 'to /pages/settings/index',
  ]);
});

test('before anything else the person agrees to the handling of their data', async () => {
  phone.privacy.needAuthorization = true;
  const start = await opened('start');
  assert.equal(phone.server.calls.length, 0);
  assert.match(start.text, /个人信息/);
  await start.taps('#leave');
  assert.deepEqual(phone.went, ['exit']);
  await start.taps('#agree', {}, 'agreeprivacyauthorization');
  assert.equal(phone.server.count('POST /api/sign-ins/mini-program'), 1);
});

test('a code on the wall leads from WeChat\'s own scanner straight to the check-in', async () => {
  await opened('start', { q: encodeURIComponent(`${BASE}/c/AQEB_-`), scancode_time: '1700000000' });
  assert.deepEqual(phone.went, [`to /pages/scan/index?code=${encodeURIComponent(`${BASE}/c/AQEB_-`)}`]);
});

test('somebody on no roster is led to where they say who they are, and on from there', async () => {
  phone.server.openid = 'o_stranger';
  const q = encodeURIComponent(BASE + SESSION);
  await opened('start', { q });
  assert.deepEqual(phone.went, [`redirect /pages/bind/index?q=${q}`]);
});

test('without a network the first page says so and comes back by itself', async () => {
  phone.setOnline(false);
  await opened('start', { to: SESSION });
  const [offline] = phone.went;
  assert.equal(offline, `redirect /pages/offline/index?back=${encodeURIComponent(`/pages/start/index?to=${SESSION}`)}`);
  const page = await opened('offline', { back: offline.split('back=')[1] });
  assert.match(page.text, /走到信号好的地方/);
  phone.setOnline(true);
  assert.equal(phone.went[1], `redirect /pages/start/index?to=${SESSION}`);
});

test('a WeChat that has no time is told in words, with a button to try again', async () => {
  for (const errcode of [45011, -1]) {
    phone = new Phone();
    phone.server.wechat = [errcode];
    const start = await opened('start');
    assert.match(start.text, /微信那边暂时没有回应/);
    await start.taps('#retry');
    assert.match(start.text, /王秀英，您好/);
  }
});

test('after signing out nobody is signed in until somebody says so', async () => {
  await signedIn();
  await phone.lib('session').signOut();
  const start = await opened('start');
  assert.match(start.text, /没有人登录/);
  await start.taps('#password');
  assert.deepEqual(phone.went, ['to /pages/web/index?password=1']);
  await start.taps('#again');
  assert.match(start.text, /王秀英，您好/);
});

test('a new version is offered, and taken only by those who want it', async () => {
  for (const confirms of [true, false]) {
    phone = new Phone();
    phone.confirms = confirms;
    phone.lib('update').watch();
    phone.updates.ready();
    assert.match(phone.dialogs[0].content, /正在签到的话，请先签完/);
    assert.equal(phone.updates.applied, confirms);
  }
});

// Bind

test('a phone number that the roster knows binds the WeChat, and the way goes on', async () => {
  phone.server.openid = 'o_stranger';
  phone.server.phones = { 'phone-code': { id: 'p-stranger', name: '陌生人', roles: ['learner'] } };
  const bind = await opened('bind', { to: SESSION });
  await bind.taps('#phone', { code: 'phone-code', errMsg: 'getPhoneNumber:ok' }, 'getphonenumber');
  assert.deepEqual(phone.went, [`relaunch /pages/start/index?to=${SESSION}`]);
  await opened('start', { to: SESSION });
  assert.equal(phone.went[1], `to /pages/web/index?to=${encodeURIComponent(SESSION)}`);
  assert.equal(phone.server.count('POST /api/sign-ins/mini-program'), 0);
});

test('who declines to show the number, or whose number nobody knows, types an invitation', async () => {
  phone.server.openid = 'o_stranger';
  for (const [detail, words] of [
    [{ errMsg: 'getPhoneNumber:fail user deny' }, '没有拿到手机号'],
    [{ errMsg: 'getPhoneNumber:fail no quota', errno: 1400001 }, '没有拿到手机号'],
    [{ errMsg: 'getPhoneNumber:ok', code: 'unknown' }, '花名册里没有这个手机号'],
  ]) {
    phone.server.phones = { unknown: null };
    const bind = await opened('bind');
    await bind.taps('#phone', detail, 'getphonenumber');
    assert.match(bind.text, new RegExp(words));
    assert.ok(bind.sees('#staff_number'));
  }
});

test('a number\'s code that WeChat no longer knows means another press of the button', async () => {
  phone.server.openid = 'o_stranger';
  const bind = await opened('bind');
  await bind.taps('#phone', { code: 'spent', errMsg: 'getPhoneNumber:ok' }, 'getphonenumber');
  assert.match(bind.text, /请再点一次“获取手机号”/);
});

async function filled(bind, code) {
  await bind.taps('#show-form');
  await typed(bind, { name: '陌生人', staff_number: 'D0109', code });
}

async function typed(bind, values) {
  for (const [field, value] of Object.entries(values)) await bind.types(`#${field}`, value);
}

test('every empty field of an invitation is named before anything is sent', async () => {
  const bind = await opened('bind');
  await bind.taps('#show-form');
  await bind.taps('#send');
  for (const words of ['请填写姓名', '请填写工号', '请填写队长给您的邀请码']) assert.ok(bind.text.includes(words));
  assert.equal(phone.server.calls.length, 0);
});

test('an invitation that does not fit is told in the server\'s words, and one that does binds', async () => {
  phone.server.openid = 'o_stranger';
  const bind = await opened('bind');
  await filled(bind, 'WRONG');
  await bind.taps('#send');
  assert.match(bind.text, /姓名、工号和邀请码对不上/);
  await typed(bind, { code: 'ABCD2345' });
  await bind.taps('#send');
  assert.deepEqual(phone.went, ['relaunch /pages/start/index']);
  assert.equal(phone.server.count('POST /api/bindings/claims'), 1);
});

test('a claim that is over because fetching the code took long is replaced by itself', async () => {
  phone.server.openid = 'o_stranger';
  const bind = await opened('bind');
  await filled(bind, 'WRONG');
  await bind.taps('#send');
  phone.server.forgetClaims();
  await typed(bind, { code: 'ABCD2345' });
  await bind.taps('#send');
  assert.deepEqual(phone.went, ['relaunch /pages/start/index']);
  assert.equal(phone.server.count('POST /api/bindings/claims'), 2);
});

test('without a network the form says so and keeps what was typed', async () => {
  const bind = await opened('bind');
  await filled(bind, 'ABCD2345');
  phone.setOnline(false);
  await bind.taps('#send');
  assert.match(bind.text, /网络没连上/);
  assert.equal(bind.data.code, 'ABCD2345');
});

// The web view

test('the web view opens a page of the phone app with a fresh ticket', async () => {
  await signedIn();
  const web = await opened('web', { to: encodeURIComponent(SESSION) });
  assert.match(web.data.src, new RegExp(`^${BASE}${SESSION}#t=ticket-`));
});

test('a message opens its page, also where nobody has signed in yet', async () => {
  const web = await opened('web', { to: SESSION });
  assert.ok(web.data.src.startsWith(BASE + SESSION));
});

test('a page that lives is left alone, and one that broke gets a new ticket', async () => {
  await signedIn();
  const web = await opened('web');
  const first = web.data.src;
  web.instance.onHide();
  await web.shows();
  assert.equal(web.data.src, first);
  web.instance.onBroken();
  assert.match(web.text, /学习页面没有打开/);
  await web.shows();
  assert.notEqual(web.data.src, first);
  assert.ok(web.data.src);
});

test('a page whose sign-in has run out, or that was long out of sight, gets a new ticket', async () => {
  await signedIn();
  for (const aged of [
    { openedAt: Date.now() - 111 * 60_000 },
    { hiddenAt: Date.now() - 31 * 60_000 },
  ]) {
    const web = await opened('web');
    const first = web.data.src;
    web.instance.setData(aged);
    await web.shows();
    assert.notEqual(web.data.src, first);
  }
});

test('a page that is looked at for two hours is opened anew before its sign-in ends', async () => {
  await signedIn();
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
  try {
    const web = await opened('web');
    const first = web.data.src;
    mock.timers.tick(109 * 60_000);
    await settled();
    assert.equal(web.data.src, first);
    mock.timers.tick(60_000);
    await settled();
    assert.notEqual(web.data.src, first);
  } finally {
    mock.timers.reset();
  }
});

test('the old page is gone before the new one comes: another fragment alone loads nothing', async () => {
  await signedIn();
  const web = await opened('web');
  const seen = [];
  const { setData } = web.instance;
  web.instance.setData = (data) => {
    if ('src' in data) seen.push(data.src);
    setData.call(web.instance, data);
  };
  await web.instance.open();
  assert.equal(seen[0], '');
  assert.equal(seen.length, 2);
});

test('without a network the web view leads to the page that says so', async () => {
  await signedIn();
  phone.setOnline(false);
  await opened('web', { to: SESSION });
  const back = `/pages/web/index?to=${encodeURIComponent(SESSION)}`;
  assert.deepEqual(phone.went, [`redirect /pages/offline/index?back=${encodeURIComponent(back)}`]);
});

test('whoever signed out is led to the first page, with where they wanted to go', async () => {
  phone.storage.set('signedOut', 'true');
  await opened('web', { to: SESSION });
  assert.deepEqual(phone.went, [`relaunch /pages/start/index?to=${encodeURIComponent(SESSION)}`]);
});

test('signing in by password happens in the phone app, without a ticket', async () => {
  const web = await opened('web', { password: '1' });
  assert.equal(web.data.src, `${BASE}/sign-in`);
  assert.equal(phone.server.calls.length, 0);
});

// Scan

test('a scan ends in a page that says who, what, which group, where and when', async () => {
  await signedIn();
  phone.server.group = { group: '第 2 组' };
  const scan = await opened('scan');
  await scan.taps('#scan');
  for (const words of ['签到成功', '王秀英', '会议室保洁实训', '第 2 组', '一号楼 203', '今天']) {
    assert.ok(scan.text.includes(words), words);
  }
  await scan.taps('#subscribe');
  assert.deepEqual(phone.went, ['to /pages/subscribe/index']);
});

test('pictures from the album are not read', async () => {
  await signedIn();
  const scan = await opened('scan');
  await scan.taps('#scan');
  assert.equal(phone.scanOptions.onlyFromCamera, true);
});

test('another code than that on the wall is not sent', async () => {
  await signedIn();
  const scan = await opened('scan');
  for (const result of ['https://example.com/c/AQEB', `${BASE}/sessions`, '会议室', `${BASE}.example.com/c/A`]) {
    phone.scanned = { result };
    await scan.taps('#scan');
    assert.match(scan.text, /这不是签到码/, result);
  }
  assert.equal(phone.server.count('POST /api/check-ins/begin'), 0);
});

test('a camera that does not open leads to the six digits, and closing it to nothing', async () => {
  const scan = await opened('scan');
  phone.scanned = { errMsg: 'scanCode:fail cancel' };
  await scan.taps('#scan');
  assert.doesNotMatch(scan.text, /打不开摄像头/);
  phone.scanned = { errMsg: 'scanCode:fail auth deny' };
  await scan.taps('#scan');
  assert.match(scan.text, /打不开摄像头。请输入码下面的 6 位数字/);
});

test('digits are typed with blanks or wide, and too few are told before anything is sent', async () => {
  await signedIn();
  const scan = await opened('scan');
  await scan.types('#typed', '12345');
  await scan.taps('#send');
  assert.match(scan.text, /签到码是 6 个数字/);
  await scan.types('#typed', '１２３ 456');
  await scan.taps('#send');
  assert.match(scan.text, /签到成功/);
});

test('a scan without a network goes on by itself when the network is back', async () => {
  await signedIn();
  const scan = await opened('scan');
  phone.setOnline(false);
  await scan.taps('#scan');
  assert.match(scan.text, /您扫的码已经记下了/);
  phone.setOnline(true);
  await settled();
  assert.match(scan.text, /签到成功/);
});

test('a refusal is told, and the next scan can begin at once', async () => {
  await signedIn();
  const scan = await opened('scan');
  phone.server.refuse('POST /api/check-ins/begin', 409, 'session_full', '名额已满，请看看其他场次');
  await scan.taps('#scan');
  assert.match(scan.text, /名额已满，请看看其他场次/);
  await scan.taps('#scan');
  assert.match(scan.text, /签到成功/);
});

test('what WeChat\'s own scanner read is checked in when the page opens', async () => {
  await signedIn();
  const scan = await opened('scan', { code: encodeURIComponent(`${BASE}/c/AQEB_-`) });
  assert.match(scan.text, /签到成功/);
});

// Subscribe

test('a tap asks for every template once, and each choice is told to the server', async () => {
  await signedIn();
  phone.subscribeAnswer = { TPL_ASSIGNMENT: 'accept', TPL_SESSION: 'reject' };
  const page = await opened('subscribe');
  assert.match(page.text, /实训快开始了：还能提醒 1 次/);
  await page.taps('#ask');
  assert.deepEqual(phone.subscribeQuestions, [['TPL_ASSIGNMENT', 'TPL_SESSION']]);
  assert.deepEqual(phone.server.choices, [
    { template: 'TPL_ASSIGNMENT', accepted: true },
    { template: 'TPL_SESSION', accepted: false },
  ]);
  assert.match(page.text, /记下了/);
});

test('only a team leader is asked about the team', async () => {
  for (const [roles, asked] of [
    [['learner'], ['TPL_ASSIGNMENT', 'TPL_SESSION']],
    [['learner', 'team_leader'], ['TPL_ASSIGNMENT', 'TPL_SESSION', 'TPL_DIGEST']],
  ]) {
    phone = new Phone();
    phone.server.known.o_wang = { id: 'p-wang', name: '王秀英', roles };
    phone.server.subscriptions.push({ kind: 'team_digest', template: 'TPL_DIGEST', remaining: 0 });
    const page = await opened('subscribe');
    await page.taps('#ask');
    assert.deepEqual(phone.subscribeQuestions, [asked]);
  }
});

test('WeChat is asked before anything is waited for, else it does not see the tap', async () => {
  await signedIn();
  const page = await opened('subscribe');
  void page.instance.ask();
  assert.equal(phone.subscribeQuestions.length, 1);
});

test('a choice made without a network is kept and told later, once and in order', async () => {
  await signedIn();
  phone.subscribeAnswer = { TPL_ASSIGNMENT: 'accept', TPL_SESSION: 'acceptWithAudio' };
  const page = await opened('subscribe');
  phone.setOnline(false);
  await page.taps('#ask');
  assert.deepEqual(phone.server.choices, []);
  phone = phone.reopened();
  await phone.lib('choices').flush();
  await phone.lib('choices').flush();
  assert.deepEqual(phone.server.choices.map((it) => it.template), ['TPL_ASSIGNMENT', 'TPL_SESSION']);
  assert.ok(!phone.storage.has('choices'));
});

test('a template that WeChat did not ask about is no choice, and a banned one is a no', async () => {
  await signedIn();
  phone.subscribeAnswer = { TPL_ASSIGNMENT: 'filter', TPL_SESSION: 'ban' };
  const page = await opened('subscribe');
  await page.taps('#ask');
  assert.deepEqual(phone.server.choices, [{ template: 'TPL_SESSION', accepted: false }]);
});

test('who switched all messages off is told where to switch them on', async () => {
  await signedIn();
  phone.subscribeAnswer = { errCode: 20004, errMsg: 'requestSubscribeMessage:fail' };
  const page = await opened('subscribe');
  await page.taps('#ask');
  assert.match(page.text, /接收消息/);
  await page.taps('#setting');
  assert.deepEqual(phone.went, ['setting']);
});

test('a choice that the server will never take does not block the others', async () => {
  await signedIn();
  phone.server.refuse('POST /api/me/subscriptions', 422, 'invalid_request', '有几处需要改一改');
  phone.subscribeAnswer = { TPL_ASSIGNMENT: 'accept', TPL_SESSION: 'accept' };
  const page = await opened('subscribe');
  await page.taps('#ask');
  assert.deepEqual(phone.server.choices, [{ template: 'TPL_SESSION', accepted: true }]);
});

// Settings

test('the settings say who uses the phone, and change that only when it is meant', async () => {
  await signedIn();
  const settings = await opened('settings');
  assert.match(settings.text, /王秀英/);
  phone.confirms = false;
  await settings.taps('#sign-out');
  assert.equal(phone.server.count('DELETE /api/sign-ins/current'), 0);
  phone.confirms = true;
  await settings.taps('#sign-out');
  assert.deepEqual(phone.went, ['relaunch /pages/start/index']);
  assert.deepEqual([...phone.storage.keys()], ['signedOut']);
});

test('without a network the settings say that the phone must not be handed on yet', async () => {
  await signedIn();
  const settings = await opened('settings');
  phone.setOnline(false);
  await settings.taps('#sign-out');
  assert.match(settings.text, /还没有退出/);
  assert.ok(phone.storage.has('tokens'));
});

// Consent

test('WeChat\'s question about personal data is asked in our words and answered with the button', async () => {
  phone.lib('privacy').watch();
  const bind = await opened('bind');
  const answers = [];
  phone.privacy.listener((answer) => answers.push(answer));
  await settled();
  const consent = bind.sees('consent') ?? bind.component;
  assert.match(bind.text, /需要您同意/);
  assert.ok(consent);
  phone.lib('privacy').answer(true, 'agree');
  await settled();
  assert.deepEqual(answers, [{ event: 'agree', buttonId: 'agree' }]);
  assert.doesNotMatch(bind.text, /需要您同意/);
});

test('a question that is declined is answered too', async () => {
  const privacy = phone.lib('privacy');
  privacy.watch();
  const answers = [];
  phone.privacy.listener((answer) => answers.push(answer));
  privacy.answer(false, 'decline');
  privacy.answer(true, 'agree');
  assert.deepEqual(answers, [{ event: 'disagree' }]);
});
