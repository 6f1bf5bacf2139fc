import type { Choice } from './choices';
import type { PendingScan } from './check_in';
import type { Me, Tokens } from './session';

/** Everything that this phone remembers, and nothing else. */
interface Kept {
  tokens: Tokens;
  me: Me;
  /** A scan that the server has not answered yet. */
  scan: PendingScan;
  /** Answers to WeChat's question about messages that the server has not heard of yet. */
  choices: Choice[];
  /** Somebody signed out here, so nobody is signed in silently. */
  signedOut: true;
}

export function read<K extends keyof Kept>(key: K): Kept[K] | undefined {
  // An absent key is an empty text.
  return (wx.getStorageSync(key) as Kept[K] | '') || undefined;
}

export function keep<K extends keyof Kept>(key: K, value: Kept[K]): void {
  wx.setStorageSync(key, value);
}

export function forget(key: keyof Kept): void {
  wx.removeStorageSync(key);
}

export function forgetEverything(): void {
  wx.clearStorageSync();
}
