// The mini-program as it is uploaded, on the real server: somebody the roster knows signs in, opens the
// web view, checks in, allows messages, signs out; somebody new binds their WeChat. What the
// mini-program's own tests believe of the server is true here.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { BASE, WECHAT, SESSION, INSTRUCTOR_TOKEN, NAME, STAFF_NUMBER, CODE } = process.env;

const dist = fileURLToPath(new URL('../../frontend/miniprogram/dist/', import.meta.url));
assert.ok(existsSync(dist), 'build it first: npm run build in frontend/miniprogram');
const require = createRequire(import.meta.url);
require(`${dist}config`).API_BASE = BASE;
const lib = (name) => require(`${dist}lib/${name}`);

const storage = new Map();
const phone = { person: 'wangxiuying', losesReplies: 0 };

globalThis.wx = {
  request: (options) => void request(options),
  login: async ({ success }) => success({ code: await wechatCode() }),
  getStorageSync: (key) => (storage.has(key) ? JSON.parse(storage.get(key)) : ''),
  setStorageSync: (key, value) => void storage.set(key, JSON.stringify(value)),
  removeStorageSync: (key) => void storage.delete(key),
  clearStorageSync: () => storage.clear(),
  requestSubscribeMessage: ({ tmplIds, success }) =>
    success(Object.fromEntries(tmplIds.map((template) => [template, 'accept']))),
};

async function request({ url, method, data, header, success, fail }) {
  try {
    const body = data && JSON.stringify(data);
    const answer = await fetch(url, { method, headers: header, body });
    const text = await answer.text();
    if (phone.losesReplies > 0) {
      phone.losesReplies -= 1;
      throw new Error('lost');
    }
    success({ statusCode: answer.status, data: parsed(text) });
  } catch (error) {
    fail({ errMsg: `request:fail ${error}` });
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function wechatCode() {
  const body = JSON.stringify({ person: phone.person });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${WECHAT}/_sandbox/mini-program-code`, { method: 'POST', headers, body });
  return (await answer.json()).code;
}

/** What the wall shows now. */
async function codeOnTheWall() {
  const headers = { authorization: `Bearer ${INSTRUCTOR_TOKEN}` };
  const answer = await fetch(`${BASE}/api/training-sessions/${SESSION}/check-in-code`, { headers });
  const { codes, now } = await answer.json();
  const [at, starts] = [Date.parse(now), (it) => Date.parse(it.from)];
  return codes.find((it) => starts(it) <= at && at < Date.parse(it.until));
}

const session = lib('session');
const api = lib('api');
const { checkIn, resume } = lib('check_in');
const { isCheckInCode } = lib('entry');
const choices = lib('choices');

const refusal = async (promise) => promise.then(() => assert.fail('it was not refused'), (trouble) => trouble);

// Signing in, and the web view
assert.equal((await session.ensure()).name, '王秀英');
assert.ok((await api.makeWebTicket('/me')).url.startsWith(`${BASE}/me#t=`));

// Renewing, also where the answer is lost
const before = JSON.parse(storage.get('tokens'));
storage.set('tokens', JSON.stringify({ ...before, renewAt: 0 }));
phone.losesReplies = 1;
await api.makeWebTicket('/');
assert.notEqual(JSON.parse(storage.get('tokens')).refresh, before.refresh);

// Checking in
const wall = await codeOnTheWall();
assert.ok(isCheckInCode(wall.url), wall.url);
const wrong = await checkIn(wall.digits === '000000' ? '000001' : '000000');
assert.deepEqual([wrong.kind, wrong.trouble.code], ['refused', 'check_in_code_wrong']);
assert.match(wrong.trouble.sentence, /签到码不对/);
const done = await checkIn((await codeOnTheWall()).url);
assert.equal(done.kind, 'done', done.trouble?.sentence);
assert.deepEqual([done.checkedIn.name, done.checkedIn.repeated], ['王秀英', false]);
assert.ok(done.checkedIn.place && done.checkedIn.title);
assert.equal((await checkIn((await codeOnTheWall()).url)).checkedIn.repeated, true);
assert.equal(resume(), undefined);

// Messages
const left = (list) => list.reduce((sum, it) => sum + it.remaining, 0);
const subscriptions = await api.listSubscriptions();
assert.equal(await choices.ask([...new Set(subscriptions.map((it) => it.template))]), 'accepted');
await choices.flush();
assert.ok(left(await api.listSubscriptions()) > left(subscriptions));
assert.ok(!storage.has('choices'));

// Signing out
const { access } = JSON.parse(storage.get('tokens'));
await session.signOut();
assert.deepEqual([...storage.keys()], ['signedOut']);
const me = await fetch(`${BASE}/api/me`, { headers: { authorization: `Bearer ${access}` } });
assert.equal(me.status, 401);
assert.equal((await refusal(session.ensure())).code, 'not_signed_in');

// Binding
phone.person = 'stranger';
assert.equal((await refusal(session.signInAgain())).code, 'unknown_person');
const { claim } = await api.claimMiniProgram(await session.wechatCode());
const form = { name: NAME, staff_number: STAFF_NUMBER, code: CODE };
const refused = await refusal(api.bindWithInvitation(claim, { ...form, code: 'AAAA2222' }));
assert.equal(refused.code, 'binding_refused');
assert.equal((await refusal(api.bindWithInvitation(claim, { ...form, code: '' }))).about('code').length > 0, true);
session.adopt(await api.bindWithInvitation(claim, form));
assert.equal((await session.ensure()).name, NAME);
