/** What a connection needs from outside. Types only. */
import type { Clock } from '../clock.js';
import type { InboundFrame } from '../protocol/frames.js';
import type { FrameNames } from '../protocol/peek.js';
import type { TransportFactory } from '../transport/transport.js';
import type { MachineSettings } from './connection-model.js';
import type { ConnectionHooks, ReconnectSwitches } from './hooks.js';
import type { NetworkSource } from './network-observer.js';

/** What concerns the channels; the registry implements it. */
export interface FrameReceiver {
  /** A frame that is not the connection's own, and when it came in. False for an event that nobody listened to. */
  receive(frame: InboundFrame, receivedAt: number): boolean;
  /** Whether anybody would learn of an event, or has to know that there was one. */
  hears(names: FrameNames): boolean;
  /** The connection is established: subscribe what is wanted. */
  connectionReady(): void;
  /** The connection is gone: nothing is subscribed any more. */
  connectionLost(): void;
}

/** Everything a connection needs from outside. */
export interface ConnectionParts {
  readonly clock: Clock;
  readonly transports: TransportFactory;
  readonly network: NetworkSource;
  /** Milliseconds; read whenever they matter, because some may change. */
  readonly settings: () => Omit<MachineSettings, 'backoffFloor'> & {
    readonly activityTimeout: number;
    readonly pongTimeout: number;
    readonly reachability: 'auto' | 'off';
  };
  /** Whether the first attempt is encrypted. */
  readonly usesTLS: boolean;
  readonly switches: ReconnectSwitches;
  readonly receiver: FrameReceiver;
  /** The address of the next attempt. */
  readonly url: (usesTLS: boolean) => string;
  readonly hooks: ConnectionHooks;
  /** Hears every event but `message` before the listeners do; no application can unbind it. */
  readonly note?: (event: string, payload: unknown) => void;
}
