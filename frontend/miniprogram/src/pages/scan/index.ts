/** Checking in: by the camera, or by the six digits below the code. */
import { checkIn, resume, type Outcome } from '../../lib/check_in';
import { isCheckInCode } from '../../lib/entry';
import * as go from '../../lib/go';
import { digits, moment } from '../../lib/moment';
import { onBack } from '../../lib/network';
import type { CheckedIn } from '../../lib/api';

let stop: (() => void) | undefined;

Component({
  data: {
    /** `ready`, `busy`, `waiting` or `done`. */
    state: 'ready',
    trouble: '',
    typed: '',
    typedError: '',
    done: undefined as undefined | (CheckedIn & { when: string }),
  },
  methods: {
    async onLoad({ code }: { code?: string }) {
      stop?.();
      stop = onBack(() => void this.goOn());
      if (code) await this.check(decodeURIComponent(code));
    },

    onUnload() {
      stop?.();
    },

    async onShow() {
      await this.goOn();
    },

    /** Takes up a scan that has no answer yet. */
    async goOn() {
      const outcome = this.data.state === 'busy' ? undefined : resume();
      if (outcome) await this.follow(outcome);
    },

    scan() {
      wx.scanCode({
        // A picture from the album was sent by somebody.
        onlyFromCamera: true,
        scanType: ['qrCode'],
        success: ({ result }) => {
          if (isCheckInCode(result)) void this.check(result);
          else this.setData({ trouble: '这不是签到码。请扫大屏幕上的码。' });
        },
        fail: ({ errMsg }) => {
          if (errMsg.includes('cancel')) return;
          this.setData({ trouble: '打不开摄像头。请输入码下面的 6 位数字，或者请讲师帮您补签。' });
        },
      });
    },

    onType({ detail }: WechatMiniprogram.Input) {
      this.setData({ typed: detail.value, typedError: '' });
    },

    async send() {
      const code = digits(this.data.typed);
      if (code.length === 6) await this.check(code);
      else this.setData({ typedError: '签到码是 6 个数字，请看大屏幕' });
    },

    async check(code: string) {
      if (this.data.state !== 'busy') await this.follow(checkIn(code));
    },

    async follow(coming: Promise<Outcome>) {
      this.setData({ state: 'busy', trouble: '' });
      const outcome = await coming;
      switch (outcome.kind) {
        case 'done': {
          const { checkedIn } = outcome;
          const done = { ...checkedIn, when: moment(checkedIn.checked_in_at) };
          return this.setData({ state: 'done', typed: '', done });
        }
        case 'waiting':
          return this.setData({ state: 'waiting' });
        case 'refused': {
          const { trouble } = outcome;
          this.setData({ state: 'ready', trouble: trouble.sentence });
          if (trouble.code === 'unknown_person' || trouble.signedOut) go.toStart();
        }
      }
    },

    toSubscribe() {
      go.toSubscribe();
    },
    toLearn() {
      go.toApp('/');
    },
  },
});
