/** The operations of the API that the mini-program uses, under the names they have there. */
import { send } from './http';
import { call, type SignedInAnswer } from './session';

export interface CheckInTicket {
  readonly ticket: string;
  readonly title: string;
  readonly place: string;
  /** In since then: there is nothing left to do. */
  readonly checked_in_at?: string;
}

export interface CheckedIn {
  readonly title: string;
  readonly place: string;
  readonly name: string;
  readonly checked_in_at: string;
  readonly repeated: boolean;
  /** Where the session is divided into groups. */
  readonly group?: string;
}

export interface Subscription {
  readonly kind: string;
  readonly template: string;
  readonly remaining: number;
}

export interface BindingForm {
  readonly name: string;
  readonly staff_number: string;
  readonly code: string;
}

export const beginCheckIn = (code: string): Promise<CheckInTicket> =>
  call({ method: 'POST', path: '/api/check-ins/begin', body: { code } });

export const completeCheckIn = (ticket: string): Promise<CheckedIn> =>
  call({ method: 'POST', path: '/api/check-ins/complete', body: { ticket } });

export const makeWebTicket = (path: string): Promise<{ readonly url: string }> =>
  call({ method: 'POST', path: '/api/web-tickets', body: { path } });

export const listSubscriptions = (): Promise<readonly Subscription[]> =>
  call({ method: 'GET', path: '/api/me/subscriptions' });

export const recordSubscribeChoice = (template: string, accepted: boolean): Promise<unknown> =>
  call({ method: 'POST', path: '/api/me/subscriptions', body: { template, accepted } });

export const claimMiniProgram = (code: string): Promise<{ readonly claim: string }> =>
  send({ method: 'POST', path: '/api/bindings/claims', body: { code } });

export const bindWithPhone = (claim: string, code: string): Promise<SignedInAnswer> =>
  send({ method: 'POST', path: '/api/bindings/phone', body: { claim, code } });

export const bindWithInvitation = (claim: string, form: BindingForm): Promise<SignedInAnswer> =>
  send({ method: 'POST', path: '/api/bindings/invitation', body: { claim, ...form } });
