/** An authorization endpoint in place of the network: answers what a test says, and keeps what it was asked. */
import { key } from './support.js';

/** One request, decoded. */
export interface AskedRequest {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: RequestCredentials | undefined;
}

export interface Endpoint {
  readonly requests: readonly AskedRequest[];
  readonly last: AskedRequest;
  /** Status of the next answers. */
  status: number;
  restore(): void;
}

/** Answers every request of the page until `restore()`; presence channels and sign-ins are for user 7. */
export function installEndpoint(): Endpoint {
  const { fetch: original } = globalThis;
  const requests: AskedRequest[] = [];
  const endpoint = {
    requests,
    status: 200,
    get last() {
      return requests.at(-1)!;
    },
    restore() {
      globalThis.fetch = original;
    },
  };
  globalThis.fetch = (url, init) => {
    const params = Object.fromEntries(new URLSearchParams(init?.body as string));
    requests.push({
      url: url as string,
      params,
      headers: init?.headers as Record<string, string>,
      credentials: init?.credentials,
    });
    const channel = params['channel_name'];
    const answer = {
      auth: `${key}:signature`,
      ...(channel === undefined ? { user_data: '{"id":"7","name":"Mo"}' } : undefined),
      ...(channel?.startsWith('presence-')
        ? { channel_data: '{"user_id":"7","user_info":{"name":"Mo"}}' }
        : undefined),
    };
    // A real one takes real time to be read.
    const text = (): Promise<string> => Promise.resolve(JSON.stringify(answer));
    return Promise.resolve({ status: endpoint.status, text } as Response);
  };
  return endpoint;
}
