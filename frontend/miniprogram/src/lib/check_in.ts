/**
 * Checking in by a code: it is judged at once, what follows may be slow.
 *
 * A scan is written down before it is sent and stays there until the server has answered it, so that
 * neither a lost network nor a mini-program that WeChat closes loses it.
 */
import * as api from './api';
import type { CheckedIn } from './api';
import { forget, keep, read } from './kept';
import { me } from './session';
import { Trouble, asTrouble } from './trouble';
import * as waiting from './wait';

export interface PendingScan {
  /** What the camera read or the person typed. */
  readonly code: string;
  /** Proof that the code was fresh, once the server has said so. */
  readonly ticket?: string;
}

export type Outcome =
  | { readonly kind: 'done'; readonly checkedIn: CheckedIn }
  | { readonly kind: 'refused'; readonly trouble: Trouble }
  /** Kept, to be tried again when the network is back. */
  | { readonly kind: 'waiting' };

/** Tries before the network is waited for: a code is soon too old, a ticket lives longer. */
const TRIES_TO_BEGIN = 3;
const TRIES_TO_COMPLETE = 5;

let running: { readonly code: string; readonly outcome: Promise<Outcome> } | undefined;

/** Checks in with a code that was just scanned or typed. */
export function checkIn(code: string): Promise<Outcome> {
  keep('scan', { code });
  return proceed({ code });
}

/** Goes on with a scan that has no answer yet; nothing where there is none. */
export function resume(): Promise<Outcome> | undefined {
  const scan = read('scan');
  return scan && proceed(scan);
}

/** Once at a time for each code: whoever asks meanwhile hears the same. */
function proceed(scan: PendingScan): Promise<Outcome> {
  const { code } = scan;
  if (running?.code === code) return running.outcome;
  const outcome = answered(scan);
  const own = { code, outcome };
  running = own;
  const over = () => {
    if (running === own) running = undefined;
  };
  outcome.then(over, over);
  return outcome;
}

async function answered(scan: PendingScan): Promise<Outcome> {
  try {
    const checkedIn = await judged(scan);
    finish(scan);
    return { kind: 'done', checkedIn };
  } catch (thrown) {
    const trouble = asTrouble(thrown);
    if (trouble.passes) return { kind: 'waiting' };
    finish(scan);
    return { kind: 'refused', trouble };
  }
}

/** Whether it is still the scan that this phone remembers: neither a newer one nor another person's. */
function isKept(scan: PendingScan): boolean {
  return read('scan')?.code === scan.code;
}

function finish(scan: PendingScan): void {
  if (isKept(scan)) forget('scan');
}

async function judged(scan: PendingScan): Promise<CheckedIn> {
  let { ticket } = scan;
  if (ticket === undefined) {
    const given = await patiently(TRIES_TO_BEGIN, () => api.beginCheckIn(scan.code));
    if (given.checked_in_at !== undefined) {
      const { title, place, checked_in_at } = given;
      return { title, place, name: me()?.name ?? '', checked_in_at, repeated: true };
    }
    ticket = given.ticket;
    if (isKept(scan)) keep('scan', { code: scan.code, ticket });
  }
  const spent = ticket;
  return patiently(TRIES_TO_COMPLETE, () => api.completeCheckIn(spent));
}

async function patiently<T>(most: number, ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (thrown) {
      const passes = thrown instanceof Trouble && thrown.passes;
      if (!passes || tries + 1 >= most) throw thrown;
      await waiting.wait(tries);
    }
  }
}
