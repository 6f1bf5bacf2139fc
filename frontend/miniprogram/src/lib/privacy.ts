/** WeChat's rule that nothing personal is asked for before the person has agreed to its handling. */

type Resolve = (answer: { event: 'agree' | 'disagree'; buttonId?: string }) => void;

/** What WeChat holds back until the person has answered. */
let held: Resolve[] = [];
const watchers = new Set<(asking: boolean) => void>();

/** Has the pages' consent dialog asked instead of WeChat's own window. */
export function watch(): void {
  // Older clients ask by themselves.
  if (!wx.onNeedPrivacyAuthorization) return;
  wx.onNeedPrivacyAuthorization((resolve) => {
    // The typings know nothing of its argument.
    held.push(resolve as unknown as Resolve);
    for (const watcher of watchers) watcher(true);
  });
}

/** Tells a dialog when to ask; returns how to stop that. */
export function onAsk(watcher: (asking: boolean) => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Passes the answer on to WeChat. `buttonId`: which button was tapped, as WeChat wants to know. */
export function answer(agreed: boolean, buttonId: string): void {
  const waiting = held;
  held = [];
  for (const resolve of waiting) resolve(agreed ? { event: 'agree', buttonId } : { event: 'disagree' });
  for (const watcher of watchers) watcher(false);
}

/** Whether the person has yet to agree; no where WeChat cannot tell. */
export function isNeeded(): Promise<boolean> {
  return new Promise((resolve) => {
    if (!wx.getPrivacySetting) return resolve(false);
    wx.getPrivacySetting({
      success: ({ needAuthorization }) => resolve(needAuthorization),
      fail: () => resolve(false),
    });
  });
}
