// Signing in, renewing, signing out.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Phone, settled } from './phone.mjs';

const SIGN_IN = 'POST /api/sign-ins/mini-program';
const REFRESH = 'POST /api/sign-ins/refresh';
const LIST = 'GET /api/me/subscriptions';

let phone;
let server;
let session;
let api;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['Date'], now: 1_700_000_000_000 });
  use(new Phone());
});

function use(other) {
  phone = other;
  ({ server } = phone);
  session = phone.lib('session');
  api = phone.lib('api');
}

const minutes = (number) => mock.timers.tick(number * 60_000);

test('somebody whose WeChat is known is signed in without a word, once', async () => {
  assert.equal((await session.ensure()).name, '王秀英');
  await session.ensure();
  assert.equal(server.count(SIGN_IN), 1);
});

test('a code that WeChat calls used is replaced by a fresh one, once', async () => {
  server.wechat = [40163];
  await session.ensure();
  assert.equal(server.count(SIGN_IN), 2);

  use(new Phone());
  server.wechat = [40163, 40029];
  await assert.rejects(session.ensure(), { code: 'wechat_code_invalid' });
  assert.equal(server.count(SIGN_IN), 2);
});

test('a WeChat that is busy or asked too often is told in words and not asked in a loop', async () => {
  for (const [errcode, words] of [[-1, '重试'], [45011, '用的人太多，请等一分钟']]) {
    use(new Phone());
    server.wechat = [errcode];
    await assert.rejects(session.ensure(), (trouble) => trouble.sentence.includes(words));
    assert.equal(server.count(SIGN_IN), 1, `${errcode}`);
    assert.equal((await session.ensure()).name, '王秀英');
  }
});

test('an access token is renewed before it expires', async () => {
  await session.ensure();
  minutes(9.6);
  await api.listSubscriptions();
  assert.equal(server.count(REFRESH), 1);
  assert.equal(server.count(LIST), 1);
});

test('an access token that expired all the same is renewed, and the call repeated once', async () => {
  await session.ensure();
  // The phone's clock was set back: it believes in the token.
  minutes(11);
  const kept = JSON.parse(phone.storage.get('tokens'));
  phone.storage.set('tokens', JSON.stringify({ ...kept, renewAt: Date.now() + 60_000 }));
  assert.equal((await api.listSubscriptions()).length, 2);
  assert.deepEqual([server.count(REFRESH), server.count(LIST)], [1, 2]);
});

test('calls that need a renewal at the same time share one', async () => {
  await session.ensure();
  minutes(11);
  await Promise.all(Array.from({ length: 10 }, () => api.listSubscriptions()));
  assert.equal(server.count(REFRESH), 1);
});

test('calls whose tokens were all refused share one renewal', async () => {
  await session.ensure();
  minutes(11);
  const kept = JSON.parse(phone.storage.get('tokens'));
  phone.storage.set('tokens', JSON.stringify({ ...kept, renewAt: Date.now() + 60_000 }));
  await Promise.all(Array.from({ length: 10 }, () => api.listSubscriptions()));
  assert.equal(server.count(REFRESH), 1);
});

test('a renewal whose answer is lost is asked for again with the same token', async () => {
  await session.ensure();
  minutes(11);
  phone.faults = ['reply'];
  assert.equal((await api.listSubscriptions()).length, 2);
  assert.deepEqual([server.count(REFRESH), server.count(SIGN_IN)], [2, 1]);
});

test('a token is kept while there is no network, and also when the mini-program was closed', async () => {
  await session.ensure();
  const before = phone.storage.get('tokens');
  minutes(11);
  phone.faults = ['reply', 'lost', 'lost'];
  await assert.rejects(api.listSubscriptions(), { code: 'offline' });
  assert.equal(phone.storage.get('tokens'), before);
  use(phone.reopened());
  mock.timers.tick(20_000);
  await api.listSubscriptions();
  assert.equal(server.count(SIGN_IN), 1, 'within thirty seconds the answer is given again');
});

test('a sign-in that is over is begun again silently', async () => {
  await session.ensure();
  server.endAllSignIns();
  await api.listSubscriptions();
  assert.equal(server.count(SIGN_IN), 2);
});

test('a page of the Wi-Fi in place of an answer counts as no network', async () => {
  phone.faults = [{ page: '<html>请登录 Wi-Fi</html>' }];
  await assert.rejects(session.ensure(), { code: 'offline' });
});

test('who signs out leaves nothing, at the server neither', async () => {
  await session.ensure();
  phone.lib('kept').keep('choices', [{ template: 'TPL_SESSION', accepted: true }]);
  phone.lib('kept').keep('scan', { code: '123456' });
  await session.signOut();
  assert.deepEqual([...phone.storage.keys()], ['signedOut']);
  assert.equal(server.count('DELETE /api/sign-ins/current'), 1);
  await assert.rejects(session.ensure(), { code: 'not_signed_in' });
  assert.equal(server.count(SIGN_IN), 1, 'nobody is signed in silently');
});

test('without a network nobody signs out: the web view would stay signed in', async () => {
  await session.ensure();
  phone.online = false;
  await assert.rejects(session.signOut(), { code: 'offline' });
  assert.ok(phone.storage.has('tokens'));
});

test('a sign-in that was over before is signed out all the same', async () => {
  await session.ensure();
  server.endAllSignIns();
  server.known = {};
  await session.signOut();
  assert.deepEqual([...phone.storage.keys()], ['signedOut']);
});

test('a renewal under way when somebody signs out brings nothing back', async () => {
  await session.ensure();
  let proceed;
  const held = new Promise((resolve) => (proceed = resolve));
  minutes(11);
  phone.faults = ['lost'];
  phone.onWait = () => held;
  const late = api.listSubscriptions();
  late.catch(() => {});
  await settled();
  // Its turn is taken by nobody: the sign-in ended elsewhere.
  phone.lib('kept').forget('tokens');
  await session.signOut();
  proceed();
  await assert.rejects(late, { code: 'not_signed_in' });
  assert.deepEqual([...phone.storage.keys()], ['signedOut']);
});

test('whoever signs in by the button is not kept out by the one who signed out', async () => {
  await session.ensure();
  await session.signOut();
  phone.online = false;
  await assert.rejects(session.signInAgain(), { code: 'offline' });
  assert.ok(phone.storage.has('signedOut'), 'still nobody is signed in silently');
  phone.online = true;
  await session.signInAgain();
  assert.equal(session.me().name, '王秀英');
  assert.ok(!phone.storage.has('signedOut'));
});

test('another person on the same phone finds nothing of the one before', async () => {
  await session.ensure();
  phone.lib('kept').keep('choices', [{ template: 'TPL_SESSION', accepted: true }]);
  server.endAllSignIns();
  server.known.o_wang = { id: 'p-li', name: '李建国', roles: ['learner'] };
  assert.equal((await api.listSubscriptions()).length, 2);
  assert.equal(session.me().name, '李建国');
  assert.ok(!phone.storage.has('choices'));
});
