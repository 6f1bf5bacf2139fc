/** Where somebody wants to go who opens the mini-program by a code, a message or a link. */
import { API_BASE } from '../config';

export type Entry =
  | { readonly kind: 'home' }
  /** A page of the phone app. */
  | { readonly kind: 'page'; readonly to: string }
  /** The code on the wall. */
  | { readonly kind: 'check-in'; readonly code: string };

/** First parts of the addresses of the phone app's pages, as the server knows them. */
const PAGES = [
  '', 'courses', 'lessons', 'quizzes', 'attempts', 'sessions', 'check-in', 'me', 'teaching', 'team',
];

/** What the first letter of a 小程序码's scene stands for. */
const SCENES: Readonly<Record<string, string>> = {
  s: '/sessions/',
  c: '/courses/',
  l: '/lessons/',
  q: '/quizzes/',
};

export type Query = Readonly<Record<string, string | undefined>>;

/**
 * Reads the parameters of a page: `q` of an ordinary code, `scene` of a 小程序码, or `to` of a message.
 * What leads nowhere leads home.
 */
export function entryOf({ q, scene, to }: Query): Entry {
  if (q !== undefined) return ofAddress(decoded(q));
  if (scene !== undefined) return ofScene(decoded(scene));
  return to === undefined ? { kind: 'home' } : ofPath(decoded(to));
}

/** An address that a camera read; nothing but ours is followed. */
export function ofAddress(address: string): Entry {
  if (!address.startsWith(`${API_BASE}/`)) return { kind: 'home' };
  return isCheckInCode(address)
    ? { kind: 'check-in', code: address }
    : ofPath(address.slice(API_BASE.length));
}

/** Whether a camera read the code on the wall. */
export function isCheckInCode(address: string): boolean {
  return address.startsWith(`${API_BASE}/c/`) && /^[\w-]+/.test(address.slice(API_BASE.length + 3));
}

function ofPath(path: string): Entry {
  const [page = ''] = path.split('#');
  const [first = ''] = page.slice(1).split(/[/?]/);
  const ours = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(page) && PAGES.includes(first);
  return ours && page !== '/' ? { kind: 'page', to: page } : { kind: 'home' };
}

/** `s=` and the session's id in base64url, 22 characters; likewise `c=`, `l=` and `q=`. */
function ofScene(scene: string): Entry {
  const [, letter = '', id = ''] = /^(\w)=([\w-]{22})$/.exec(scene) ?? [];
  const page = SCENES[letter];
  return page === undefined ? { kind: 'home' } : { kind: 'page', to: page + uuid(id) };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function uuid(base64: string): string {
  const bits = [...base64].map((it) => DIGITS.indexOf(it).toString(2).padStart(6, '0')).join('');
  const hex = (bits.slice(0, 128).match(/.{4}/g) ?? []).map((it) => parseInt(it, 2).toString(16));
  const text = hex.join('');
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]]
    .map(([from, to]) => text.slice(from, to))
    .join('-');
}

/** Decoded once; as it is where it was never encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (malformed) {
    return text;
  }
}
