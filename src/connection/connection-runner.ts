/**
 * The shell of the machine: feeds it inputs one at a time, runs the effects it returns, keeps the one
 * timer that its deadlines need, and owns the socket.
 */
import type { TimerHandle } from '../clock.js';
import type { Dispatcher } from '../dispatcher.js';
import { decodeFrame, decodePayload, encodeFrame } from '../protocol/codec.js';
import type { OutboundFrame } from '../protocol/frames.js';
import { peekNames } from '../protocol/peek.js';
import type { Transport } from '../transport/transport.js';
import { backoffFloor } from './backoff.js';
import { parseError } from './connection-errors.js';
import { seedShape } from './connection-events.js';
import type { ConnectionParts } from './connection-parts.js';
import { initialModel } from './connection-model.js';
import type { ConnectionModel, Effect, Facts, Input, LossFacts } from './connection-model.js';
import type { ConnectionLoss } from './connection-state.js';
import { firstInput } from './first-frame.js';
import { Heartbeat } from './heartbeat.js';
import { askBeforeConnect, askBeforeReconnect } from './hooks.js';
import { NetworkObserver } from './network-observer.js';
import { transition } from './transition.js';

/** One machine and everything it drives. */
export class ConnectionRunner {
  readonly heartbeat: Heartbeat;
  readonly #parts: ConnectionParts;
  readonly #dispatcher: Dispatcher;
  readonly #observer: NetworkObserver;
  readonly #inputs: Input[] = [];
  #isDraining = false;
  /** Whether the last event had no listener. */
  #wasForNobody = false;
  #isDisposed = false;
  #model: ConnectionModel;
  #transport: Transport | undefined;
  #timer: TimerHandle;

  constructor(parts: ConnectionParts, dispatcher: Dispatcher) {
    this.#parts = parts;
    this.#dispatcher = dispatcher;
    this.#model = initialModel(parts.usesTLS);
    this.heartbeat = new Heartbeat(parts.clock, {
      ping: () => {
        // A transport with a heartbeat of its own asks in its own way (seed H-01).
        if (!this.#transport?.ping?.()) this.send({ event: 'pusher:ping', data: {} });
      },
      silent: () => {
        this.dispatch({ type: 'silent', generation: this.#model.generation });
      },
    });
    this.#observer = new NetworkObserver(parts.network, (signal) => {
      this.dispatch({ type: signal });
      if (signal === 'online' || signal === 'offline') this.#tell('reachability', signal === 'online');
    });
  }

  /** What is known now. */
  get model(): ConnectionModel {
    return this.#model;
  }

  /** What the browser says of the network. */
  get isOnline(): boolean {
    return this.#observer.isOnline;
  }

  /** Writes one frame at once; false where there is no established connection. */
  send(frame: OutboundFrame | string): boolean {
    return this.#model.activity === 'open' && this.#transport?.send(encodeFrame(frame)) === true;
  }

  /**
   * Inputs that arrive while one is being handled (an effect that fails at once, a listener that calls
   * `disconnect()`) wait their turn, so that changes are always seen in order.
   */
  dispatch(...inputs: Input[]): void {
    if (this.#isDisposed) return;
    this.#inputs.push(...inputs);
    this.#drain();
  }

  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    try {
      for (let next; (next = this.#inputs.shift());) {
        const { model, effects } = transition(this.#model, next, this.#facts());
        this.#model = model;
        for (const effect of effects) this.#run(effect);
      }
    } finally {
      this.#isDraining = false;
    }
    this.#observer.watch(this.#model.activity !== 'resting');
    this.#arm();
  }

  /** Disconnects after what is under way, and hears nothing from now on: a listener cannot connect it again. */
  dispose(): void {
    this.#inputs.push({ type: 'disconnect' });
    this.#isDisposed = true;
    this.#drain();
  }

  #facts(): Facts {
    const { clock, transports, switches } = this.#parts;
    const settings = this.#parts.settings();
    return {
      now: clock.now(),
      random: clock.random(),
      reconnectAutomatically: switches.reconnectAutomatically,
      reconnectDelay: switches.reconnectDelay,
      isOffline: settings.reachability === 'auto' && !this.#observer.isOnline,
      isSupported: transports.isSupported(),
      settings: { ...settings, backoffFloor },
    };
  }

  #run(effect: Effect): void {
    switch (effect.type) {
      case 'ask-connect':
        this.#askConnect(effect);
        return;
      case 'open':
        // A listener of the change may have said no, and wins.
        if (!this.#inputs.some(({ type }) => type === 'disconnect' || type === 'page-hidden'))
          this.#open(effect.generation, effect.usesTLS);
        return;
      case 'abandon':
        this.heartbeat.stop();
        this.#transport?.close();
        this.#transport = undefined;
        return;
      case 'start-heartbeat':
        this.heartbeat.start(
          Math.min(this.#parts.settings().activityTimeout, (effect.activityTimeout ?? Infinity) * 1000),
          this.#parts.settings().pongTimeout,
        );
        return;
      case 'probe':
        this.heartbeat.probe();
        return;
      case 'report':
        this.#tell('error', effect.error);
        return;
      case 'changed': {
        const { change } = effect;
        this.#tell('state_change', seedShape(change)); // E-07: the property, then this, then the named event
        this.#tell(
          change.current,
          change.current === 'connected' ? { socket_id: this.#model.socketId } : undefined,
        );
        return;
      }
      case 'lost':
        this.#tell('lost', this.#liveLoss(effect.loss));
        return;
      case 'channels-lost':
        this.#parts.receiver.connectionLost();
        return;
      case 'channels-ready':
        this.#parts.receiver.connectionReady();
        return;
      case 'plan':
        this.dispatch({
          type: 'plan-answer',
          generation: effect.generation,
          ...askBeforeReconnect(this.#parts.hooks, this.#parts.switches, effect.plan),
        });
        return;
      case 'announce':
        this.#tell('connecting_in', effect.delay);
        return;
      case 'gap':
        this.#tell('gap', effect.gap);
        return;
      case 'next':
        this.dispatch(effect.input);
        return;
    }
  }

  #askConnect({ generation, usesTLS, attempt, isManual }: Extract<Effect, { type: 'ask-connect' }>): void {
    const { hooks, url } = this.#parts;
    const isAllowed = askBeforeConnect(hooks, { url: url(usesTLS), attempt, isManual });
    this.dispatch({ type: 'connect-answer', generation, isAllowed });
  }

  #tell(event: string, payload: unknown): void {
    this.#parts.note?.(event, payload);
    this.#dispatcher.emit(event, payload);
  }

  #liveLoss(loss: LossFacts): ConnectionLoss {
    const { switches } = this.#parts;
    return {
      ...loss,
      get willReconnect() {
        return !loss.isFatal && !loss.isIntentional && switches.reconnectAutomatically;
      },
    };
  }

  #open(generation: number, usesTLS: boolean): void {
    try {
      const transport = this.#parts.transports.create(this.#parts.url(usesTLS));
      this.#transport = transport;
      transport.open({
        opened: () => undefined, // an open socket is not a connection yet: the server speaks first (S-04)
        data: (raw) => {
          const { activity } = this.#model;
          // A socket that was given up may still have something to say.
          if (generation === this.#model.generation && (activity === 'open' || activity === 'opening'))
            this.#receive(generation, raw);
        },
        heard: () => {
          if (generation === this.#model.generation) this.heartbeat.answered();
        },
        closed: (close) => {
          this.dispatch({ type: 'closed', generation, ...close });
        },
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error); // the browser refuses the address
      this.dispatch({ type: 'closed', generation, code: 1006, reason, wasClean: false });
    }
  }

  /** The message path: nothing here but what every message needs. */
  #receive(generation: number, raw: unknown): void {
    const receivedAt = this.heartbeat.heard(); // one look at the clock for all of it
    // Looked at only then, because it is for nothing where somebody listens.
    if (this.#wasForNobody && this.#isForNobody(raw)) return;
    const decoded = decodeFrame(raw);
    if (this.#model.activity === 'opening') {
      this.dispatch(firstInput(generation, raw, decoded.ok ? decoded.frame : undefined));
      return;
    }
    if (!decoded.ok) {
      const { message, remediation } = decoded.error;
      this.#tell('error', parseError(message, remediation, raw));
      return;
    }
    const { frame } = decoded;
    if (this.#dispatcher.hears('message')) this.#emitMessage(raw);
    switch (frame.kind) {
      case 'ping':
        this.send({ event: 'pusher:pong', data: {} });
        return;
      case 'pong':
        this.heartbeat.ponged();
        return;
      case 'established':
        return; // a second handshake on one socket means nothing
      case 'error':
        this.dispatch({ type: 'error-frame', generation, code: frame.code, message: frame.message });
        if (generation === this.#model.generation) this.#parts.receiver.receive(frame, receivedAt);
        return;
      default:
        this.#wasForNobody = !this.#parts.receiver.receive(frame, receivedAt);
    }
  }

  #isForNobody(raw: unknown): boolean {
    const names = peekNames(raw);
    return names !== undefined && !this.#dispatcher.hears('message') && !this.#parts.receiver.hears(names);
  }

  #emitMessage(raw: unknown): void {
    const message = decodePayload(raw) as Record<string, unknown>;
    this.#dispatcher.emit('message', { ...message, data: decodePayload(message['data']) });
  }

  /** Sets the one timer to the earliest deadline of the model. */
  #arm(): void {
    const { retryAt, unavailableAt, connectBy, stableAt } = this.#model;
    const at = Math.min(
      retryAt ?? Infinity,
      unavailableAt ?? Infinity,
      connectBy ?? Infinity,
      stableAt ?? Infinity,
    );
    const { clock } = this.#parts;
    if (this.#timer !== undefined) clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (at === Infinity) return;
    this.#timer = clock.setTimeout(
      () => {
        this.#timer = undefined;
        this.dispatch({ type: 'wake' });
      },
      Math.max(0, at - clock.now()),
    );
  }
}
