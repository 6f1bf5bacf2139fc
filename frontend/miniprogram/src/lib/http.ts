import { API_BASE } from '../config';
import { Trouble, type Problem } from './trouble';

/** How long an answer may take before the network counts as lost, in milliseconds. */
const PATIENCE = 10_000;

/** One operation of the API. */
export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

/** Sends it, with this access token if there is one. */
export function send<T>({ method, path, body }: Outgoing, token?: string): Promise<T> {
  return new Promise((resolve, reject) => {
    wx.request({
      url: API_BASE + path,
      method,
      ...(body && { data: body }),
      header: {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      timeout: PATIENCE,
      // Every HTTP status is a success here.
      success: ({ statusCode, data }) => {
        if (isProblem(data)) reject(new Trouble(data));
        else if (statusCode >= 200 && statusCode < 300 && typeof data !== 'string') {
          resolve(data as T);
        }
        // The page of a Wi-Fi that wants a sign-in of its own, or of a gateway: not our server.
        else reject(new Trouble());
      },
      fail: () => reject(new Trouble()),
    });
  });
}

function isProblem(data: unknown): data is Problem {
  if (typeof data !== 'object' || data === null) return false;
  const { code, title, status } = data as Partial<Problem>;
  return typeof code === 'string' && typeof title === 'string' && typeof status === 'number';
}
