/**
 * Asking for messages, and telling the server what was chosen.
 *
 * WeChat asks only right after a tap, and each acceptance is one message: a choice that the server
 * does not hear of would be a message lost, so it is kept until it does.
 */
import * as api from './api';
import { forget, keep, read } from './kept';
import { Trouble } from './trouble';

export interface Choice {
  readonly template: string;
  readonly accepted: boolean;
}

/** What came of asking. */
export type Asked = 'accepted' | 'declined' | 'switched-off' | 'failed';

/** Templates that WeChat takes in one question. */
const AT_ONCE = 5;
/** The person has switched messages off for the whole mini-program. */
const MAIN_SWITCH_OFF = 20004;

let flushing: Promise<void> | undefined;

/** Asks in WeChat's window. To be called in the handler of a tap, before anything is waited for. */
export function ask(templates: readonly string[]): Promise<Asked> {
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds: templates.slice(0, AT_ONCE),
      // Also where all were declined.
      success: (answer) => resolve(told(templates, answer as unknown as Record<string, string>)),
      fail: ({ errCode }) => resolve(errCode === MAIN_SWITCH_OFF ? 'switched-off' : 'failed'),
    });
  });
}

function told(templates: readonly string[], answer: Record<string, string>): Asked {
  const choices = templates.flatMap((template) => {
    switch (answer[template]) {
      case 'accept':
      case 'acceptWithAudio':
      case 'acceptWithAlert':
        return [{ template, accepted: true }];
      case 'reject':
      case 'ban':
        return [{ template, accepted: false }];
      // `filter`: the person was not even asked.
      default:
        return [];
    }
  });
  keep('choices', [...(read('choices') ?? []), ...choices]);
  void flush();
  return choices.some((it) => it.accepted) ? 'accepted' : 'declined';
}

/** Tells the server what it has not heard of yet, in the order in which it was chosen. */
export function flush(): Promise<void> {
  if (!flushing) {
    const over = () => {
      flushing = undefined;
    };
    flushing = tellAll();
    flushing.then(over, over);
  }
  return flushing;
}

async function tellAll(): Promise<void> {
  for (let next = read('choices')?.[0]; next; next = read('choices')?.[0]) {
    try {
      await api.recordSubscribeChoice(next.template, next.accepted);
    } catch (thrown) {
      // What the server will never take is not told again and again.
      if (!(thrown instanceof Trouble) || thrown.passes || thrown.signedOut) return;
    }
    const rest = (read('choices') ?? []).slice(1);
    if (rest.length > 0) keep('choices', rest);
    else forget('choices');
  }
}
