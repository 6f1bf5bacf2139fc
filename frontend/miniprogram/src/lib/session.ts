/**
 * Who is signed in, and the tokens that say so.
 *
 * However many calls need it, a sign-in is renewed once at a time. A refresh token is good for one
 * renewal, but a phone whose answer was lost gets the same answer again within thirty seconds: so a
 * token is kept until its successor is here, and tried again.
 */
import { send, type Outgoing } from './http';
import { forget, forgetEverything, keep, read } from './kept';
import { Trouble } from './trouble';
import * as waiting from './wait';

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  /** When the access token should be renewed, in milliseconds of this phone's clock. */
  readonly renewAt: number;
}

export interface Me {
  readonly id: string;
  readonly name: string;
  /** As `learner` and `team_leader`. */
  readonly roles: readonly string[];
}

/** What every way of signing in is answered with. */
export interface SignedInAnswer {
  readonly me: Me;
  readonly tokens: {
    readonly access_token: string;
    readonly expires_in: number;
    readonly refresh_token: string;
  };
}

/** An access token is renewed this long before it expires, in seconds. */
const MARGIN = 30;
/** Tries of a renewal whose answer does not come; all are made within the thirty seconds. */
const TRIES = 3;

let renewing: Promise<Tokens> | undefined;
/** Counts the people who signed out: what was under way for one of them is not kept. */
let era = 0;

export function me(): Me | undefined {
  return read('me');
}

/** Whether nobody is signed in because somebody wanted it so. */
export function isSignedOut(): boolean {
  return read('signedOut') === true;
}

/**
 * Calls the API as the person who is signed in, and signs in or renews on the way.
 * @throws Trouble, with `not_signed_in` where the person has to do something about it.
 */
export async function call<T>(operation: Outgoing): Promise<T> {
  const tokens = await current();
  try {
    return await send<T>(operation, tokens.access);
  } catch (thrown) {
    if (!(thrown instanceof Trouble && thrown.signedOut)) throw thrown;
    const fresh = await renewed(tokens.access);
    return send<T>(operation, fresh.access);
  }
}

/** Signs in silently if nobody is. */
export async function ensure(): Promise<Me> {
  await current();
  const person = me();
  if (!person) throw signInFirst();
  return person;
}

/** Takes over what a way of signing in was answered with. */
export function adopt(answer: SignedInAnswer): Tokens {
  const { access_token: access, refresh_token: refresh, expires_in: seconds } = answer.tokens;
  const tokens = { access, refresh, renewAt: Date.now() + (seconds - MARGIN) * 1_000 };
  // Whatever the phone still had of somebody else goes first.
  if (me() && me()?.id !== answer.me.id) forgetEverything();
  keep('tokens', tokens);
  const { id, name, roles } = answer.me;
  keep('me', { id, name, roles });
  forget('signedOut');
  return tokens;
}

/** What `wx.login` gives: good for one exchange within five minutes. */
export function wechatCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({ success: ({ code }) => resolve(code), fail: () => reject(new Trouble()) });
  });
}

/**
 * Signs out: at the server, and on this phone, where nothing of the person stays.
 * @throws Trouble without a network: the web view would stay signed in.
 */
export async function signOut(): Promise<void> {
  if (read('tokens')) {
    try {
      await call({ method: 'DELETE', path: '/api/sign-ins/current' });
    } catch (thrown) {
      // Over already is as good.
      if (!(thrown instanceof Trouble && !thrown.passes)) throw thrown;
    }
  }
  forgetPerson();
}

function forgetPerson(): void {
  era += 1;
  renewing = undefined;
  forgetEverything();
  keep('signedOut', true);
}

async function current(): Promise<Tokens> {
  const tokens = read('tokens');
  return tokens && Date.now() < tokens.renewAt ? tokens : renewed();
}

/** Other tokens than those with this access token, which the server refused. */
function renewed(refused?: string): Promise<Tokens> {
  const tokens = read('tokens');
  // Another call has renewed them meanwhile.
  if (tokens && refused !== undefined && tokens.access !== refused) return Promise.resolve(tokens);
  if (!renewing) {
    const own = renew(tokens, era);
    renewing = own;
    const over = () => {
      if (renewing === own) renewing = undefined;
    };
    own.then(over, over);
  }
  return renewing;
}

async function renew(tokens: Tokens | undefined, begun: number): Promise<Tokens> {
  const answer = tokens ? await refresh(tokens.refresh) : await silently();
  if (begun !== era) throw signInFirst();
  return adopt(answer);
}

async function refresh(token: string): Promise<SignedInAnswer> {
  const operation = {
    method: 'POST',
    path: '/api/sign-ins/refresh',
    body: { refresh_token: token },
  } as const;
  for (let tries = 0; ; tries += 1) {
    try {
      return await send<SignedInAnswer>(operation);
    } catch (thrown) {
      if (!(thrown instanceof Trouble)) throw thrown;
      if (thrown.signedOut) return silently();
      if (!thrown.passes || tries + 1 >= TRIES) throw thrown;
      await waiting.wait(tries);
    }
  }
}

/** Without a word, unless somebody signed out here. */
async function silently(): Promise<SignedInAnswer> {
  if (isSignedOut()) throw signInFirst();
  return vouchedFor();
}

/** By WeChat's word. A code that is spent or too old is replaced once. */
async function vouchedFor(): Promise<SignedInAnswer> {
  try {
    return await byWechat();
  } catch (thrown) {
    if (!(thrown instanceof Trouble && thrown.code === 'wechat_code_invalid')) throw thrown;
    return byWechat();
  }
}

async function byWechat(): Promise<SignedInAnswer> {
  const code = await wechatCode();
  return send({ method: 'POST', path: '/api/sign-ins/mini-program', body: { code } });
}

/** Signs in by WeChat because somebody pressed the button. */
export async function signInAgain(): Promise<void> {
  adopt(await vouchedFor());
}

function signInFirst(): Trouble {
  return new Trouble({ code: 'not_signed_in', title: '请先登录', status: 401 });
}
