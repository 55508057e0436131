/**
 * HTTP requests in one place, so that every other room can be given another one: the only file of the
 * client that touches `fetch`. Authorization, the HTTP transports and submitted statistics go through it.
 */

/** Makes a request; resolves with the answer as soon as its head is there, rejects where there is none. */
export type HttpRequest = (url: string, init: RequestInit) => Promise<Response>;

/** Whether this environment can make requests at all. */
export const canRequest = (): boolean => typeof fetch === 'function';

/** Whether an answer can be read while it is still coming in. React Native, for one, has `fetch` and cannot. */
export const canStream = (): boolean =>
  canRequest() && typeof ReadableStream === 'function' && 'body' in Response.prototype;

/** The environment's `fetch`, looked up at the time of use. */
export const sendRequest: HttpRequest = (url, init) => fetch(url, init);
