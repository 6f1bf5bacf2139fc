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

/** Tries of each step before the network is waited for. */
const TRIES = 5;

let running: Promise<Outcome> | undefined;

/** Checks in with a code that was just scanned or typed. */
export function checkIn(code: string): Promise<Outcome> {
  keep('scan', { code });
  return proceed();
}

/** Goes on with a scan that has no answer yet; nothing where there is none. */
export function resume(): Promise<Outcome> | undefined {
  return read('scan') ? proceed() : undefined;
}

/** One at a time: whoever asks meanwhile hears the same. */
function proceed(): Promise<Outcome> {
  if (!running) {
    const over = () => {
      running = undefined;
    };
    running = answered();
    running.then(over, over);
  }
  return running;
}

async function answered(): Promise<Outcome> {
  const scan = read('scan');
  if (!scan) return { kind: 'waiting' };
  try {
    const checkedIn = await judged(scan);
    forget('scan');
    return { kind: 'done', checkedIn };
  } catch (thrown) {
    const trouble = asTrouble(thrown);
    if (trouble.passes) return { kind: 'waiting' };
    forget('scan');
    return { kind: 'refused', trouble };
  }
}

async function judged(scan: PendingScan): Promise<CheckedIn> {
  let { ticket } = scan;
  if (ticket === undefined) {
    const given = await patiently(() => api.beginCheckIn(scan.code));
    if (given.checked_in_at !== undefined) {
      const { title, place, checked_in_at } = given;
      return { title, place, name: me()?.name ?? '', checked_in_at, repeated: true };
    }
    ticket = given.ticket;
    // Unless the person has signed out meanwhile.
    if (read('scan')) keep('scan', { code: scan.code, ticket });
  }
  const spent = ticket;
  return patiently(() => api.completeCheckIn(spent));
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (thrown) {
      const passes = thrown instanceof Trouble && thrown.passes;
      if (!passes || tries + 1 >= TRIES) throw thrown;
      await waiting.wait(tries);
    }
  }
}
