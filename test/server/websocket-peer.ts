/** Carries a connection of the core over a WebSocket of `ws`. */
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Peer, ServerConnection } from '../../src/testing/index.js';

export function connectWebSocket(
  webSocket: WebSocket,
  socket: Socket,
  accept: (peer: Peer) => ServerConnection,
): void {
  // Reset by the other side: the close event that follows says all there is to say.
  webSocket.on('error', () => undefined);
  const connection = accept(createPeer(webSocket, socket));
  webSocket.on('message', (data: Buffer, isBinary) => {
    connection.receive(isBinary ? new Uint8Array(data) : data.toString('utf8'));
  });
  webSocket.on('close', (code, reason) => {
    connection.closed(code, reason.toString('utf8'));
  });
}

function createPeer(webSocket: WebSocket, socket: Socket): Peer {
  return {
    send(frame) {
      webSocket.send(frame, { binary: typeof frame !== 'string' });
    },
    // One close frame, and then the answer is waited for: `ws` does both. A second close frame, or an end
    // of the connection before the answer, turns 4004 into 1006 in Chromium.
    close(code, reason) {
      if (code === 1005) webSocket.close();
      else if (isSendable(code)) webSocket.close(code, reason);
      else socket.destroySoon();
    },
    // Soon and not now: what was written before still goes out, such as the error frame of a rejection.
    drop() {
      socket.destroySoon();
    },
  };
}

/** Codes that may be on the wire; the others only ever stand for a connection that broke (RFC 6455 §7.4). */
function isSendable(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
    (code >= 3000 && code <= 4999)
  );
}
