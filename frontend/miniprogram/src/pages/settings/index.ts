/** Who uses this phone, and the few things that can be set. */
import * as go from '../../lib/go';
import * as session from '../../lib/session';
import { asTrouble } from '../../lib/trouble';

Component({
  data: { name: '', version: '', trouble: '', busy: false },
  methods: {
    onLoad() {
      const { version } = wx.getAccountInfoSync().miniProgram;
      this.setData({ name: session.me()?.name ?? '', version: version || '开发版' });
    },

    confirmSignOut() {
      if (this.data.busy) return;
      wx.showModal({
        title: '退出登录吗？',
        content: '退出后，这台手机上不留您的任何记录；您的学习和签到都在，下次登录还能看到。',
        confirmText: '退出',
        cancelText: '不退出',
        success: ({ confirm }) => {
          if (confirm) void this.signOut();
        },
      });
    },

    async signOut() {
      this.setData({ busy: true, trouble: '' });
      try {
        await session.signOut();
        go.toStart();
      } catch (thrown) {
        const { offline, sentence } = asTrouble(thrown);
        const trouble = offline ? '没有网络，还没有退出。请连上网络再点一次，再把手机给别人。' : sentence;
        this.setData({ busy: false, trouble });
      }
    },

    readContract() {
      wx.openPrivacyContract({});
    },
  },
});
