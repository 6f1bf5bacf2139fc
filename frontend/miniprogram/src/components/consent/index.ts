/** Asks before WeChat hands out anything personal; covers the page that caused it. */
import * as privacy from '../../lib/privacy';

/** How each of the dialogs, one on a page, stops listening. */
const stops = new WeakMap<object, () => void>();

Component({
  options: { addGlobalClass: true },
  data: { asking: false },
  lifetimes: {
    attached() {
      stops.set(this, privacy.onAsk((asking) => this.setData({ asking })));
    },
    detached() {
      stops.get(this)?.();
    },
  },
  methods: {
    read() {
      wx.openPrivacyContract({});
    },
    agree() {
      privacy.answer(true, 'agree');
    },
    decline() {
      privacy.answer(false, 'decline');
    },
  },
});
