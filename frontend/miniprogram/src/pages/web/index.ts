/**
 * The phone app in a web view, which shares nothing with the mini-program: a ticket that is good once
 * tells it who is signed in.
 */
import { API_BASE } from '../../config';
import * as api from '../../lib/api';
import { entryOf, type Query } from '../../lib/entry';
import * as go from '../../lib/go';
import { asTrouble } from '../../lib/trouble';

/** The web view's own sign-in lasts two hours. A new one is begun a little before, in milliseconds. */
const LIVES = 110 * 60_000;
/** WeChat may have thrown away a page that was out of sight this long, in milliseconds. */
const FORGOTTEN = 30 * 60_000;

let over: ReturnType<typeof setTimeout> | undefined;

Component({
  data: {
    /** The address of the page; none while there is no page. */
    src: '',
    trouble: '',
    /** Page of the phone app. */
    to: '/',
    password: false,
    openedAt: 0,
    hiddenAt: 0,
    opening: false,
  },
  methods: {
    onLoad(query: Query) {
      const entry = entryOf({ to: query['to'] });
      this.setData({
        to: entry.kind === 'page' ? entry.to : '/',
        password: query['password'] === '1',
      });
    },

    async onShow() {
      if (this.isAlive()) this.setData({ hiddenAt: 0 });
      else await this.open();
    },

    onHide() {
      this.setData({ hiddenAt: Date.now() });
    },

    onUnload() {
      if (over) clearTimeout(over);
    },

    /** The sign-in of a page that is being looked at is about to end. */
    onOver() {
      if (!this.data.hiddenAt && !this.data.password) void this.open();
    },

    /** Whether there is a page that is still signed in, as far as can be known from here. */
    isAlive(): boolean {
      const { src, openedAt, hiddenAt, password } = this.data;
      if (!src) return false;
      const now = Date.now();
      return password || (now - openedAt < LIVES && (!hiddenAt || now - hiddenAt < FORGOTTEN));
    },

    async open() {
      if (this.data.opening) return;
      // Another fragment alone loads nothing: the old page goes before the new one comes.
      this.setData({ src: '', trouble: '', opening: true });
      try {
        const src = await this.address();
        this.setData({ src, openedAt: Date.now(), hiddenAt: 0, opening: false });
        if (over) clearTimeout(over);
        over = setTimeout(() => this.onOver(), LIVES);
      } catch (thrown) {
        this.setData({ opening: false });
        const trouble = asTrouble(thrown);
        const query = go.queryOf({ to: this.data.to === '/' ? '' : encodeURIComponent(this.data.to) });
        if (trouble.offline) go.toOffline(`/pages/web/index${query}`);
        else if (trouble.code === 'unknown_person' || trouble.signedOut) go.toStart(query);
        else this.setData({ trouble: trouble.sentence });
      }
    },

    async address(): Promise<string> {
      if (this.data.password) return `${API_BASE}/sign-in`;
      return (await api.makeWebTicket(this.data.to)).url;
    },

    /** The page did not load: its ticket may be spent all the same. */
    onBroken() {
      this.setData({ src: '', trouble: '学习页面没有打开。请看看网络，再点“重试”。' });
    },

    onShareAppMessage() {
      return { title: '指尖教学', path: '/pages/start/index' };
    },
  },
});
