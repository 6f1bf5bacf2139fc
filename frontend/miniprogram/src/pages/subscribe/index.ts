/** Asking to be told in time: each time somebody agrees, WeChat lets one message through. */
import * as api from '../../lib/api';
import { ask, type Asked } from '../../lib/choices';
import * as go from '../../lib/go';
import { me } from '../../lib/session';
import { asTrouble } from '../../lib/trouble';

const NAMES: Readonly<Record<string, string>> = {
  course_assigned: '有新的必学课程',
  session_soon: '实训快开始了',
  team_digest: '班组里有人还没开始学',
};

/** Kinds of message that concern those of one role only. */
const ROLES: Readonly<Record<string, string>> = { team_digest: 'team_leader' };

const SAID: Readonly<Record<Asked, string>> = {
  accepted: '记下了，到时候微信会提醒您。每同意一次，提醒一次。',
  declined: '好的，不提醒。想要提醒的时候，再点一次就行。',
  'switched-off': '您在微信里关掉了这个小程序的消息。请点“去打开”，把“接收消息”打开后再试。',
  failed: '没有问成。请看看网络，再点一次。',
};

Component({
  data: {
    state: 'loading',
    trouble: '',
    lines: [] as { name: string; remaining: number }[],
    templates: [] as string[],
    said: '',
    good: false,
    switchedOff: false,
  },
  methods: {
    async onLoad() {
      await this.load();
    },

    async load() {
      this.setData({ state: 'loading', trouble: '' });
      try {
        const all = await api.listSubscriptions();
        const roles = me()?.roles ?? [];
        const subscriptions = all.filter(({ kind }) => {
          const role = ROLES[kind];
          return role === undefined || roles.includes(role);
        });
        const lines = subscriptions.map(({ kind, remaining }) => ({
          name: NAMES[kind] ?? '有消息',
          remaining,
        }));
        // WeChat asks about a template once, however many kinds of message use it.
        const templates = [...new Set(subscriptions.map((it) => it.template))];
        this.setData({ state: 'ready', lines, templates });
      } catch (thrown) {
        const trouble = asTrouble(thrown);
        if (trouble.offline) return go.toOffline('/pages/subscribe/index');
        if (trouble.code === 'unknown_person' || trouble.signedOut) return go.toStart();
        this.setData({ state: 'trouble', trouble: trouble.sentence });
      }
    },

    /** Nothing is waited for before WeChat is asked: it must see the tap. */
    async ask() {
      const asked = await ask(this.data.templates);
      this.setData({
        said: SAID[asked],
        good: asked === 'accepted',
        switchedOff: asked === 'switched-off',
      });
    },

    openSetting() {
      wx.openSetting({ withSubscriptions: true });
    },
  },
});
