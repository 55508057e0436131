/** The first thing a new connection hears: the handshake of protocol.md §3, or what the script says instead. */
import type { HandshakeBehavior } from './behavior.js';
import type { ServerConnection } from './server-connection.js';

/** Greets now, or after the scripted delay. */
export function greet(connection: ServerConnection): void {
  const { handshake } = connection.behavior;
  if ('delay' in handshake) connection.after(handshake.delay, () => carryOut(connection, handshake));
  else carryOut(connection, handshake);
}

function carryOut(connection: ServerConnection, handshake: HandshakeBehavior): void {
  switch (handshake.type) {
    case 'accept':
      establish(connection, handshake);
      break;
    case 'close':
      connection.close(handshake.code, handshake.reason);
      break;
    case 'error':
      fail(connection, handshake);
      break;
    case 'raw':
      connection.sendRaw(handshake.text);
      break;
    case 'silent':
    case 'refuse': // these two end before the upgrade, and may only have been scripted after it
    case 'hang':
      break;
  }
}

function establish(connection: ServerConnection, handshake: HandshakeBehavior & { type: 'accept' }): void {
  const socketId = connection.establish(handshake.socketId);
  const activityTimeout =
    handshake.activityTimeout === undefined
      ? connection.app?.settings.activityTimeout
      : handshake.activityTimeout;
  const data = {
    socket_id: socketId,
    ...(typeof activityTimeout === 'number' ? { activity_timeout: activityTimeout } : {}),
  };
  connection.send({
    event: 'pusher:connection_established',
    data: handshake.data === 'object' ? data : JSON.stringify(data),
  });
}

function fail(connection: ServerConnection, handshake: HandshakeBehavior & { type: 'error' }): void {
  const { code, message = 'Scripted error', data, closeCode = code } = handshake;
  connection.sendError(code, message, undefined, data);
  if (typeof closeCode === 'number') connection.close(closeCode, message);
}
