/** The first page: consent, signing in without a word, and from here on to what one came for. */
import { entryOf, type Query } from '../../lib/entry';
import * as go from '../../lib/go';
import * as privacy from '../../lib/privacy';
import * as session from '../../lib/session';
import { asTrouble } from '../../lib/trouble';

Component({
  data: {
    /** `opening`, `consent`, `signed-out`, `trouble` or `ready`. */
    state: 'opening',
    name: '',
    trouble: '',
    /** What the page was opened with. */
    query: {} as Query,
  },
  methods: {
    async onLoad(query: Query) {
      this.setData({ query });
      if (await privacy.isNeeded()) this.setData({ state: 'consent' });
      else await this.enter();
    },

    /** Back from another page, where somebody may have signed out or in. */
    onShow() {
      if (this.data.state === 'ready') this.setData({ name: session.me()?.name ?? '' });
    },

    readContract() {
      wx.openPrivacyContract({});
    },

    leave() {
      wx.exitMiniProgram({});
    },

    async enter() {
      await this.signIn(session.ensure);
    },

    async enterAgain() {
      await this.signIn(async () => {
        await session.signInAgain();
        return session.ensure();
      });
    },

    async signIn(way: () => Promise<session.Me>) {
      this.setData({ state: 'opening', trouble: '' });
      try {
        const { name } = await way();
        this.setData({ state: 'ready', name });
        go.open(entryOf(this.data.query));
      } catch (thrown) {
        const trouble = asTrouble(thrown);
        const query = go.queryOf(this.data.query);
        if (trouble.offline) go.toOffline(`/pages/start/index${query}`);
        else if (trouble.code === 'unknown_person') go.toBind(query);
        else if (trouble.code === 'not_signed_in') this.setData({ state: 'signed-out' });
        else this.setData({ state: 'trouble', trouble: trouble.sentence });
      }
    },

    toLearn() {
      go.toApp('/');
    },
    toScan() {
      go.toScan();
    },
    toSubscribe() {
      go.toSubscribe();
    },
    toSettings() {
      go.toSettings();
    },
    toPassword() {
      go.toPassword();
    },

    /** What somebody gets who was sent this by a colleague: the front door, and nobody's name. */
    onShareAppMessage() {
      return { title: '指尖教学', path: '/pages/start/index' };
    },
  },
});
