/** The code that asks for signatures cannot be had at first: a network error, and no more (issue 3 §2, issue 5). */
import assert from 'node:assert/strict';
import { register } from 'node:module';
import { describe, it } from 'node:test';
import { Pusher } from '../../../src/index.js';
import type { SubscriptionError } from '../../../src/index.js';
import { createInMemoryTransport, FakeClock, ProtocolServer } from '../../../src/testing/index.js';

/** Missing when it is prepared, and when the signature is asked for. */
const loader = `
  let misses = 2;
  export async function resolve(specifier, context, next) {
    if (/\\/signing\\.js$/.test(specifier) && misses-- > 0)
      throw new TypeError('Failed to fetch dynamically imported module');
    return next(specifier, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(loader)}`);

describe('the code that asks for signatures', () => {
  it('is one subscription_error that says when it is tried again, and then joins', async (t) => {
    const clock = new FakeClock();
    clock.useRandom(0.5);
    const server = new ProtocolServer({ clock, apps: [{ key: 'app-key', pingAfter: null }] });
    const pusher = new Pusher('app-key', {
      clock,
      transport: createInMemoryTransport(server),
      channelAuthorization: { customHandler: () => Promise.resolve({ auth: 'app-key:signature' }) },
    });
    t.after(() => {
      pusher.dispose();
    });
    /** Lets real time pass, because modules are loaded in it. */
    const until = async (condition: () => boolean): Promise<void> => {
      for (let turn = 0; turn < 2000 && !condition(); turn += 1) {
        await clock.advance(0);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assert.ok(condition(), 'it comes in time');
    };
    await clock.advance(0);
    const errors: SubscriptionError[] = [];
    const channel = pusher.subscribe('private-orders');
    channel.bind('pusher:subscription_error', (error: SubscriptionError) => errors.push(error));
    await until(() => errors.length > 0);
    assert.match(errors[0]?.error ?? '', /could not be loaded/);
    assert.deepEqual([errors[0]?.status, errors[0]?.retryAt], [0, clock.now() + 1500]);
    await clock.advance(1500);
    await until(() => channel.subscribed);
    assert.equal(errors.length, 1);
  });
});
