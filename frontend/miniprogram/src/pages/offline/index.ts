/** Says that there is no network, and goes back by itself when there is one. */
import { onBack } from '../../lib/network';

let stop: (() => void) | undefined;

Component({
  data: { back: '/pages/start/index' },
  methods: {
    onLoad({ back }: { back?: string }) {
      if (back) this.setData({ back: decodeURIComponent(back) });
      stop?.();
      stop = onBack(() => this.retry());
    },

    onUnload() {
      stop?.();
    },

    retry() {
      wx.redirectTo({ url: this.data.back });
    },
  },
});
