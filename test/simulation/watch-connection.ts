/** The application's listeners to the connection: each checks what it is told, and then does what was prepared. */
import type { ConnectionLoss } from '../../src/index.js';
import { kindOfLoss } from './retry-model.js';
import type { World } from './world.js';

const states = ['connecting', 'connected', 'unavailable', 'failed', 'disconnected'] as const;

export function watchConnection(world: World): void {
  const { pusher, clock, path, retry } = world;
  const { connection } = pusher;
  connection.bind('state_change', (change) => {
    const { current } = change;
    world.note('state', { ...change, code: change.code, reason: change.reason });
    if (current === 'disconnected' && !pusher.reconnectAutomatically)
      path.excuse('automatic reconnection is off');
    if (current === 'connected') {
      retry.connected(clock.now);
      world.isRefusedUser = false;
    }
    if (current === 'disconnected') retry.rested();
    if (current === 'failed') retry.forbid();
    // What a listener changes from here on is for the next attempt.
    world.told = { at: clock.now, connectTimeout: world.settings.connectTimeout };
    path.changed(change, connection.state, clock.now, clock.wokeAt, world.settings.unavailableTimeout);
    world.trip('state_change');
  });
  for (const state of states)
    connection.bind(state, () => {
      path.named(state);
      if (state !== 'failed') world.trip(state);
    });
  connection.bind('connecting_in', (seconds) => {
    retry.announced(seconds, connection.retryAt, clock.now);
    world.trip('connecting_in');
  });
  connection.bind('error', ({ code, message }) => {
    world.note('error', { code, message });
    world.trip('error');
  });
  connection.bind('lost', (loss) => {
    checkLoss(world, loss);
    world.trip('lost');
  });
  connection.bind('gap', ({ from, to, duration }) => {
    if (to !== clock.now || from > to || Math.abs(duration * 1000 - (to - from)) > 1e-3)
      world.fail('a gap ends now', `${from} to ${to}, ${duration} s`);
    world.trip('gap');
  });
  pusher.user.bind('pusher:signin_error', () => {
    world.isRefusedUser = true;
  });
  pusher.user.bind('pusher:signin_success', () => {
    world.trip('signin_success');
  });
}

function checkLoss(world: World, loss: ConnectionLoss): void {
  const { clock, retry, path, lastLink } = world;
  const now = clock.now;
  const usedTLS = lastLink?.isEncrypted ?? true;
  retry.lost(loss, now, clock.wokeAt, usedTLS);
  if (loss.isIntentional || !lastLink) return;
  if (kindOfLoss(loss, usedTLS) === 'never') path.excuse('a fatal loss');
  if (loss.error?.type !== 'TimeoutError') return;
  if (!loss.wasConnected) {
    if (now - lastLink.startedAt < lastLink.leastConnectTimeout - 1e-3)
      world.fail('an attempt is given its time', `given up after ${now - lastLink.startedAt} ms`);
    return;
  }
  const patience = Math.min(5000, lastLink.pongTimeout);
  const since = lastLink.pingedAt === undefined ? -1 : now - lastLink.pingedAt;
  if (since < patience - 1e-3)
    world.fail('a server that answers in time is not given up', `${since} ms after an unanswered ping`);
}
