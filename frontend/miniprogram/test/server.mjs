// The server's side, as far as the mini-program meets it: the rules of backend/src/accounts and
// backend/src/training, and WeChat behind it as tests/wechat_sandbox is.

const problem = (status, code, title, more = {}) => [status, { type: `/problems/${code}`, code, title, status, ...more }];

const NOT_SIGNED_IN = problem(401, 'not_signed_in', '请先登录');
const EXPIRED = problem(401, 'sign_in_expired', '登录过期了，正在为您重新登录');
const CODE_INVALID = problem(401, 'wechat_code_invalid', '微信登录没有成功，请返回重新打开一次');
const UNAVAILABLE = '微信那边暂时没有回应，请点“重试”';

/** What WeChat's error codes become on their way through our server. */
const OF_WECHAT = {
  '-1': problem(503, 'wechat_unavailable', UNAVAILABLE),
  40029: CODE_INVALID,
  40163: CODE_INVALID,
  40226: problem(403, 'wechat_blocked', '微信暂时不让这个账号登录，请换一种方式登录或联系培训办公室'),
  45011: problem(503, 'wechat_unavailable', UNAVAILABLE, { detail: '用的人太多，请等一分钟' }),
};

const LOST_REPLY = 30_000;

export class Server {
  /** openid → person. */
  known = { o_wang: { id: 'p-wang', name: '王秀英', roles: ['learner'] } };
  openid = 'o_wang';
  /** Phone number codes → person. */
  phones = {};
  invitation = { name: '陌生人', staff_number: 'D0109', code: 'ABCD2345' };
  /** Seconds for which an access token is good. */
  expiresIn = 600;
  subscriptions = [
    { kind: 'course_assigned', template: 'TPL_ASSIGNMENT', remaining: 0 },
    { kind: 'session_soon', template: 'TPL_SESSION', remaining: 1 },
  ];
  choices = [];
  /** What WeChat says to the next exchanges of a code. */
  wechat = [];
  /** What the next calls of a path are answered with, before anything is done. */
  answers = [];
  calls = [];

  #codes = new Map();
  #access = new Map();
  #refresh = new Map();
  #claims = new Map();
  #tickets = new Map();
  #checkedIn = new Map();
  #count = 0;

  #next(kind) {
    this.#count += 1;
    return `${kind}-${this.#count}`;
  }

  loginCode() {
    const code = this.#next('js');
    this.#codes.set(code, { openid: this.openid, used: false, issuedAt: Date.now() });
    return code;
  }

  count(path) {
    return this.calls.filter((call) => call === path).length;
  }

  answer(method, path, body, token) {
    const place = `${method} ${path}`;
    this.calls.push(place);
    const planned = this.answers.findIndex((it) => it.place === place);
    if (planned >= 0) return this.answers.splice(planned, 1)[0].answer;
    const open = this.#open(place, body);
    if (open) return open;
    const sign = this.#access.get(token);
    if (!sign || sign.signIn.ended) return NOT_SIGNED_IN;
    if (Date.now() >= sign.expiresAt) return EXPIRED;
    return this.#signedIn(place, body, sign.signIn);
  }

  /** The next call of this place is refused. */
  refuse(place, status, code, title, more) {
    this.answers.push({ place, answer: problem(status, code, title, more) });
  }

  #open(place, body) {
    switch (place) {
      case 'POST /api/sign-ins/mini-program': {
        const openid = this.#exchange(body.code);
        if (Array.isArray(openid)) return openid;
        const person = this.known[openid];
        if (!person) return problem(403, 'unknown_person', '花名册里还没有您的微信，请把姓名和工号告诉队长或培训办公室');
        return [200, this.#begin(person)];
      }
      case 'POST /api/sign-ins/refresh':
        return this.#rotate(body.refresh_token);
      case 'POST /api/bindings/claims': {
        const openid = this.#exchange(body.code);
        if (Array.isArray(openid)) return openid;
        const claim = this.#next('claim');
        this.#claims.set(claim, openid);
        return [200, { claim, expires_in: 1800 }];
      }
      case 'POST /api/bindings/phone': {
        if (!this.#claims.has(body.claim)) return problem(409, 'binding_over', '等得太久了');
        const person = this.phones[body.code];
        if (person === undefined) return problem(401, 'wechat_code_invalid', '微信登录没有成功', { detail: '请再点一次“获取手机号”' });
        delete this.phones[body.code];
        if (!person) return problem(403, 'unknown_person', '花名册里还没有您的微信');
        return this.#bind(body.claim, person);
      }
      case 'POST /api/bindings/invitation': {
        if (!this.#claims.has(body.claim)) return problem(409, 'binding_over', '等得太久了');
        const { name, staff_number, code } = this.invitation;
        const fits = body.name === name && body.staff_number === staff_number && body.code === code;
        if (!fits) return problem(403, 'binding_refused', '姓名、工号和邀请码对不上，请看清邀请码再填一次');
        return this.#bind(body.claim, { id: 'p-stranger', name, roles: ['learner'] });
      }
      default:
        return undefined;
    }
  }

  forgetClaims() {
    this.#claims.clear();
  }

  #exchange(js) {
    const fault = this.wechat.shift();
    if (fault !== undefined) return OF_WECHAT[fault];
    const code = this.#codes.get(js);
    if (!code || Date.now() - code.issuedAt > 300_000) return OF_WECHAT[40029];
    if (code.used) return OF_WECHAT[40163];
    code.used = true;
    return code.openid;
  }

  #bind(claim, person) {
    this.known[this.#claims.get(claim)] = person;
    this.#claims.delete(claim);
    return [200, this.#begin(person)];
  }

  #begin(person) {
    return this.#give({ person, ended: false });
  }

  #give(signIn, refresh = this.#next('refresh')) {
    const access = this.#next('access');
    this.#access.set(access, { signIn, expiresAt: Date.now() + this.expiresIn * 1000 });
    this.#refresh.set(refresh, { signIn });
    return { me: signIn.person, tokens: { access_token: access, expires_in: this.expiresIn, refresh_token: refresh } };
  }

  #rotate(presented) {
    const token = this.#refresh.get(presented);
    if (!token || token.signIn.ended) return NOT_SIGNED_IN;
    if (token.usedAt === undefined) {
      token.usedAt = Date.now();
      token.successor = this.#next('refresh');
      return [200, this.#give(token.signIn, token.successor)];
    }
    const unused = this.#refresh.get(token.successor)?.usedAt === undefined;
    if (Date.now() - token.usedAt <= LOST_REPLY && unused) {
      return [200, this.#give(token.signIn, token.successor)];
    }
    token.signIn.ended = true;
    return NOT_SIGNED_IN;
  }

  /** As an officer of the console would. */
  endAllSignIns() {
    for (const { signIn } of this.#refresh.values()) signIn.ended = true;
  }

  #signedIn(place, body, signIn) {
    switch (place) {
      case 'DELETE /api/sign-ins/current':
        signIn.ended = true;
        return [200, null];
      case 'POST /api/web-tickets':
        return [200, { url: `https://learn.example.cn${body.path}#t=${this.#next('ticket')}`, expires_in: 60 }];
      case 'GET /api/me/subscriptions':
        return [200, this.subscriptions];
      case 'POST /api/me/subscriptions':
        this.choices.push(body);
        return [200, this.subscriptions];
      case 'POST /api/check-ins/begin': {
        const ticket = this.#next('ticket');
        this.#tickets.set(ticket, { person: signIn.person, used: false });
        const session = { title: '会议室保洁实训', place: '一号楼 203' };
        const since = this.#checkedIn.get(signIn.person.id);
        return [200, { ticket, session: 's', ...session, ...(since && { checked_in_at: since }) }];
      }
      case 'POST /api/check-ins/complete': {
        const ticket = this.#tickets.get(body.ticket);
        if (ticket?.person !== signIn.person) return problem(409, 'ticket_spent', '这次签到没来得及完成，请再扫一次码');
        const repeated = this.#checkedIn.has(signIn.person.id);
        if (!repeated) this.#checkedIn.set(signIn.person.id, new Date(Date.now()).toISOString());
        const at = this.#checkedIn.get(signIn.person.id);
        const { name } = signIn.person;
        return [200, { session: 's', title: '会议室保洁实训', place: '一号楼 203', name, checked_in_at: at, repeated, ...this.group }];
      }
      default:
        return problem(404, 'not_found', '内容不存在或已被撤下，请返回上一页看看');
    }
  }

  get checkedIn() {
    return [...this.#checkedIn.keys()];
  }
}
