/** Joins a WeChat that nobody knows yet with somebody on the roster. */
import * as api from '../../lib/api';
import type { Query } from '../../lib/entry';
import * as go from '../../lib/go';
import { adopt, wechatCode, type SignedInAnswer } from '../../lib/session';
import { Trouble, asTrouble } from '../../lib/trouble';

const FIELDS = ['name', 'staff_number', 'code'] as const;
type Field = (typeof FIELDS)[number];

const NO_ERRORS: Readonly<Record<Field, string>> = { name: '', staff_number: '', code: '' };

Component({
  data: {
    /** Whether the three fields are shown: most people need only the button. */
    form: false,
    busy: false,
    trouble: '',
    name: '',
    staff_number: '',
    code: '',
    errors: NO_ERRORS,
    /** Stands for this WeChat at the server, for half an hour. */
    claim: '',
    query: {} as Query,
  },
  methods: {
    onLoad(query: Query) {
      this.setData({ query });
    },

    showForm() {
      this.setData({ form: true, trouble: '' });
    },

    onType({ detail, currentTarget }: WechatMiniprogram.Input) {
      const field = currentTarget.dataset['field'] as Field;
      this.setData({ [field]: detail.value, [`errors.${field}`]: '' });
    },

    async onPhone({ detail }: { detail: { code?: string; errMsg: string } }) {
      const { code } = detail;
      if (code) return this.bind((claim) => api.bindWithPhone(claim, code));
      // Declined, or WeChat has no number of theirs.
      this.setData({ form: true, trouble: '没有拿到手机号。也可以填下面三项，用邀请码登录。' });
    },

    async send() {
      const { name, staff_number, code } = this.data;
      const errors = {
        name: name.trim() ? '' : '请填写姓名',
        staff_number: staff_number.trim() ? '' : '请填写工号',
        code: code.trim() ? '' : '请填写队长给您的邀请码',
      };
      this.setData({ errors });
      if (FIELDS.some((field) => errors[field])) return;
      await this.bind((claim) => api.bindWithInvitation(claim, { name, staff_number, code }));
    },

    async bind(way: (claim: string) => Promise<SignedInAnswer>) {
      if (this.data.busy) return;
      this.setData({ busy: true, trouble: '', errors: NO_ERRORS });
      try {
        adopt(await this.withClaim(way));
        // The start page signs in, which is done, and opens what the person came for.
        go.toStart(go.queryOf(this.data.query));
      } catch (thrown) {
        this.tell(asTrouble(thrown));
      }
    },

    /** A claim that is over is replaced once: the person may have gone to fetch the code. */
    async withClaim(way: (claim: string) => Promise<SignedInAnswer>): Promise<SignedInAnswer> {
      try {
        return await way(await this.claim());
      } catch (thrown) {
        if (!(thrown instanceof Trouble && thrown.code === 'binding_over')) throw thrown;
        this.setData({ claim: '' });
        return way(await this.claim());
      }
    },

    async claim(): Promise<string> {
      if (this.data.claim) return this.data.claim;
      const { claim } = await api.claimMiniProgram(await wechatCode());
      this.setData({ claim });
      return claim;
    },

    tell(trouble: Trouble) {
      if (trouble.code === 'unknown_person') {
        const text = '花名册里没有这个手机号。请填下面三项，邀请码找队长要。';
        return this.setData({ busy: false, form: true, trouble: text });
      }
      const errors = {
        name: trouble.about('name'),
        staff_number: trouble.about('staff_number'),
        code: trouble.about('code'),
      };
      const inFields = FIELDS.some((field) => errors[field]);
      this.setData({ busy: false, errors, trouble: inFields ? '' : trouble.sentence });
    },
  },
});
