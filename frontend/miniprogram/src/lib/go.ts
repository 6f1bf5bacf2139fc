/** The mini-program's own pages, and how to get there. */
import type { Entry } from './entry';

const START = '/pages/start/index';

/** Goes on to a page; WeChat keeps ten to go back to, and begins anew after that. */
function to(url: string): void {
  wx.navigateTo({ url, fail: () => wx.reLaunch({ url }) });
}

/** Opens what somebody came for. */
export function open(entry: Entry): void {
  if (entry.kind === 'check-in') toScan(entry.code);
  else toApp(entry.kind === 'page' ? entry.to : '/');
}

/** Opens a page of the phone app in the web view. */
export function toApp(page: string): void {
  to(`/pages/web/index?to=${encodeURIComponent(page)}`);
}

/** Opens the phone app's own page for signing in, which takes staff number and password. */
export function toPassword(): void {
  to('/pages/web/index?password=1');
}

export function toScan(code?: string): void {
  const query = code === undefined ? '' : `?code=${encodeURIComponent(code)}`;
  to(`/pages/scan/index${query}`);
}

export function toSubscribe(): void {
  to('/pages/subscribe/index');
}

export function toSettings(): void {
  to('/pages/settings/index');
}

/** To where a WeChat that nobody knows yet is joined with a person. */
export function toBind(query: string): void {
  wx.redirectTo({ url: `/pages/bind/index${query}` });
}

/** Begins anew, with nothing to go back to. */
export function toStart(query = ''): void {
  wx.reLaunch({ url: START + query });
}

/** Says that there is no network, and comes back to this page when there is one. */
export function toOffline(back: string): void {
  wx.redirectTo({ url: `/pages/offline/index?back=${encodeURIComponent(back)}` });
}

/** The parameters of a page as they were, to hand them on. */
export function queryOf(options: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(options).filter((pair): pair is [string, string] => !!pair[1]);
  const query = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  return query && `?${query}`;
}
