/** From what a connection tells to DOM events, with the attribute written before the event. */
import type { ConnectionLoss } from '../../src/index.js';
import {
  PusherConnectedEvent,
  PusherConnectFailedEvent,
  PusherConnectingInEvent,
  PusherDisconnectedEvent,
  PusherErrorEvent,
  PusherGapEvent,
  PusherStateChangeEvent,
} from './connection-events.js';
import type { ConnectionListeners, ElementConnection } from './element-connection.js';

/** What the listeners may do with their element. */
export interface ListeningElement {
  readonly connection: () => ElementConnection;
  readonly emit: (event: Event) => void;
  readonly writeOutputs: () => void;
  /** Whether it goes along where others that use the same client reconnect. */
  readonly mayReconnect: () => boolean;
  /** An attempt failed without a word from any server, before anything ever worked. */
  readonly suspectAddress: () => void;
}

export function connectionListeners(element: ListeningElement): ConnectionListeners {
  const { emit } = element;
  /** Which retry the next connection will be the result of; the client forgets it when it succeeds. */
  let attempt = 0;
  let hasBeenConnected = false;
  return {
    state_change(change) {
      if (change.current === 'disconnected') attempt = 0;
      element.writeOutputs();
      emit(new PusherStateChangeEvent(change));
    },
    connected({ socket_id: socketId }) {
      const facts = { socketId, attempt, resumed: hasBeenConnected };
      hasBeenConnected = true;
      attempt = 0;
      emit(new PusherConnectedEvent(facts));
    },
    connecting_in(delay) {
      const connection = element.connection();
      emit(new PusherConnectingInEvent({ delay, retryAt: connection.retryAt, attempt: connection.attempt }));
    },
    error(error) {
      emit(new PusherErrorEvent(error));
    },
    lost(told) {
      const loss: ConnectionLoss = {
        ...told,
        get willReconnect() {
          return told.willReconnect && element.mayReconnect();
        },
      };
      attempt = loss.attempt + 1;
      if (!hasBeenConnected && isWordless(loss) && element.connection().isReachable) element.suspectAddress();
      emit(loss.wasConnected ? new PusherDisconnectedEvent(loss) : new PusherConnectFailedEvent(loss));
    },
    gap(gap) {
      emit(new PusherGapEvent(gap));
    },
  };
}

/** Codes below 4000 are the browser's; a server that speaks the protocol was not reached. */
function isWordless({ wasConnected, isIntentional, code }: ConnectionLoss): boolean {
  return !wasConnected && !isIntentional && (code === undefined || code < 4000);
}
