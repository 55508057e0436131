/** Code that is loaded when needed, and cannot be had the first time: a network error, and no more (issue 3 §2). */
import assert from 'node:assert/strict';
import { register } from 'node:module';
import { describe, it } from 'node:test';
import { authRig } from './auth-rig.js';

/** Every one of these is missing the first time that it is asked for. */
const loader = `
  const missed = new Set();
  export async function resolve(specifier, context, next) {
    if (/\\/(jsonp-transport|batch|encrypted-channel)\\.js$/.test(specifier) && !missed.has(specifier)) {
      missed.add(specifier);
      throw new TypeError('Failed to fetch dynamically imported module');
    }
    return next(specifier, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(loader)}`);

/** Lets real time pass, and none of the fake clock's, until a condition holds: modules are loaded in real time. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000 && !condition(); turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(condition(), 'it comes in time');
}

describe('code that cannot be loaded', () => {
  for (const [what, name, options] of [
    ['batch', 'private-orders', { channelAuthorization: { batch: true } }],
    ['encryption', 'private-encrypted-vault', {}],
  ] as const)
    it(`for ${what} is one subscription_error that says when it is tried again, and then joins`, async (t) => {
      const { clock, endpoint, join } = await authRig(t, options);
      endpoint.sharedSecret = Buffer.alloc(32, 1).toString('base64');
      endpoint.respond = ({ params }) => {
        const { socket_id: id = '', 'channel_name[0]': channel } = params;
        return {
          body:
            channel === undefined ? endpoint.sign(params) : { [channel]: endpoint.signChannel(id, channel) },
        };
      };
      const { channel, errors } = await join(name);
      await until(() => errors.length > 0);
      assert.match(errors[0]?.error ?? '', /could not be loaded/);
      assert.deepEqual([errors[0]?.status, errors[0]?.retryAt], [0, clock.now() + 1500]);
      await clock.advance(1500);
      await until(() => {
        void clock.advance(0);
        return channel.state === 'subscribed';
      });
      assert.equal(errors.length, 1);
    });

  it('for jsonp is tried again too', async (t) => {
    const { clock, join } = await authRig(t, { channelAuthorization: { transport: 'jsonp' } });
    const { errors } = await join('private-orders');
    await until(() => errors.length > 0);
    assert.match(errors[0]?.error ?? '', /could not be loaded/);
    assert.equal(errors[0]?.retryAt, clock.now() + 1500);
  });
});
