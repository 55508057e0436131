/** A connected client whose signatures come from a scripted endpoint, on a server that checks them. */
import type { TestContext } from 'node:test';
import type { ChannelOf, SubscriptionError } from '../../../src/index.js';
import { hmacSha256 } from '../../server/hmac.js';
import { catchWarnings, createRig } from '../support.js';
import type { Rig, RigOptions } from '../support.js';
import { ScriptedEndpoint } from './scripted-endpoint.js';

export interface AuthRig extends Rig {
  readonly endpoint: ScriptedEndpoint;
  /** What was written with `console.warn`. */
  readonly warnings: readonly string[];
  /** Subscribes, lets everything happen that takes no time, and gives the channel with its errors. */
  readonly join: <Name extends string>(name: Name) => Promise<Joined<Name>>;
  /** Lets time pass, fake and real, until a condition holds: for code that is loaded when needed. */
  readonly settle: (condition: () => boolean) => Promise<void>;
}

/** A channel, and every error it told. */
export interface Joined<Name extends string> {
  readonly channel: ChannelOf<Name>;
  readonly errors: readonly SubscriptionError[];
}

/** A client that is connected. The endpoint is the global `fetch` until the test ends. */
export async function authRig(t: TestContext, options: RigOptions = {}): Promise<AuthRig> {
  const warnings = catchWarnings(t);
  const rig = createRig({ hmacSha256, ...options });
  const endpoint = new ScriptedEndpoint(rig.clock, rig.app).install(t);
  await rig.clock.advance(0);
  t.after(() => {
    rig.pusher.dispose();
  });
  return {
    ...rig,
    endpoint,
    warnings,
    async join(name) {
      const errors: SubscriptionError[] = [];
      const channel = rig.pusher.subscribe(name);
      channel.bind('pusher:subscription_error', (error: SubscriptionError) => errors.push(error));
      await rig.clock.advance(0);
      return { channel, errors };
    },
    async settle(condition) {
      for (let turn = 0; turn < 2000 && !condition(); turn += 1) {
        await rig.clock.advance(1);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

/** The page's own words about its session, as a server writes them. */
export interface FakePage {
  /** The content of `<meta name="csrf-token">`. */
  token: string | undefined;
  cookie: string;
  readonly baseURI: string;
  querySelector(selectors: string): { getAttribute(name: string): string | null } | null;
}

/** A document with a session, on the global scope until the test ends. */
export function pageOf(t: TestContext, session: { token?: string; cookie?: string }): FakePage {
  const page: FakePage = {
    token: session.token,
    cookie: session.cookie ?? '',
    baseURI: 'https://shop.test/orders',
    querySelector: (selectors) => {
      const { token } = page;
      return selectors === 'meta[name="csrf-token"]' && token !== undefined
        ? { getAttribute: (name) => (name === 'content' ? token : null) }
        : null;
    },
  };
  const before = Object.getOwnPropertyDescriptor(globalThis, 'document');
  Object.defineProperty(globalThis, 'document', { configurable: true, value: page });
  t.after(() => {
    if (before) Object.defineProperty(globalThis, 'document', before);
    else Reflect.deleteProperty(globalThis, 'document');
  });
  return page;
}
