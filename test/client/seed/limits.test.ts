/** requirements.md §2.4: connection limits. One test for each row. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RejectionStyle } from '../../../src/testing/index.js';
import { createRig } from '../support.js';
import type { Rig } from '../support.js';

/** A client of an app whose only connection is taken. */
async function overTheLimit(
  rejection: RejectionStyle = 'frame-and-close',
  errorData: 'object' | 'string' = 'object',
): Promise<Rig> {
  const rig = createRig({
    app: { maxConnections: 0 },
    prepare: (app) => app.script({ rejection, errorData }),
  });
  await rig.clock.advance(0);
  return rig;
}

describe('connection limits', () => {
  it('over the limit, a new connection is rejected, and not tried again', async () => {
    // L-01
    const rig = await overTheLimit('close-only');
    assert.equal(rig.app.record.closes[0]?.code, 4004);
    assert.equal(rig.pusher.connection.state, 'disconnected');
    await rig.clock.advance(3_600_000);
    assert.equal(rig.attempts.length, 1);
  });

  it('the rejection is one error event on the connection', async () => {
    // L-02
    const rig = await overTheLimit();
    assert.equal(rig.errors.length, 1);
  });

  it('err.data.code is 4004 in the handler', async () => {
    // L-03
    const rig = await overTheLimit();
    assert.equal(rig.errors[0]?.data.code, 4004);
  });

  it('err.error.data.code is 4004 in the handler as well', async () => {
    // L-04
    const rig = await overTheLimit();
    assert.equal(rig.errors[0]?.error.data.code, 4004);
    assert.equal(rig.errors[0].error.type, 'PusherError');
  });

  it('it is the same error for a frame with either shape of data, with and without a close after it', async () => {
    // L-05
    for (const rejection of ['frame-and-close', 'frame-only', 'frame-and-drop'] as const)
      for (const errorData of ['object', 'string'] as const) {
        const rig = await overTheLimit(rejection, errorData);
        await rig.clock.advance(60_000);
        const expected = { code: 4004, message: 'Application is over connection quota' };
        assert.deepEqual(
          rig.errors.map(({ data, error }) => ({ data, error })),
          [{ data: expected, error: { type: 'PusherError', data: expected } }],
        );
        assert.equal(rig.pusher.connection.state, 'disconnected');
      }
  });
});
