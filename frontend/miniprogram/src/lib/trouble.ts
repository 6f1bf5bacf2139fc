/** What the server says when it refuses, as `application/problem+json`. */
export interface Problem {
  readonly code: string;
  /** What to tell the person, as it is. */
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly fields?: readonly { readonly field: string; readonly message: string }[];
}

/** Codes of what may well succeed a little later. */
const PASSING = ['busy', 'internal', 'body_too_slow', 'wechat_unavailable'];

/** Why a call gave no answer. Without a problem, nothing reached the server or came back. */
export class Trouble extends Error {
  constructor(readonly problem?: Problem) {
    super(problem ? problem.code : 'offline');
  }

  get code(): string {
    return this.message;
  }

  /** Neither the server's fault nor the person's. */
  get offline(): boolean {
    return this.problem === undefined;
  }

  /** Whether the same call may succeed a little later. */
  get passes(): boolean {
    return this.problem === undefined || PASSING.includes(this.problem.code);
  }

  /** Whether the call carried a sign-in that is over. */
  get signedOut(): boolean {
    return ['not_signed_in', 'sign_in_expired'].includes(this.code);
  }

  /** Everything the person should read. */
  get sentence(): string {
    if (!this.problem) return '网络没连上，请看看信号，再试一次';
    const { title, detail, fields = [] } = this.problem;
    const parts = [title, ...(detail ? [detail] : []), ...fields.map((it) => it.message)];
    return parts.reduce((text, part) => text + (/[。！？]$/.test(text) ? '' : '。') + part);
  }

  /** What is wrong with this field of a form. */
  about(field: string): string {
    const found = this.problem?.fields?.find((it) => it.field === field);
    return found ? found.message : '';
  }
}

/** Whatever was thrown, as something that can be told. */
export function asTrouble(thrown: unknown): Trouble {
  if (thrown instanceof Trouble) return thrown;
  console.error(thrown);
  const title = '小程序出了点问题，请再试一次；还是不行，请告诉队长';
  return new Trouble({ code: 'internal', title, status: 500 });
}
