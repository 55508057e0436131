/** One client, one server, one network between them, and everybody who watches: what a schedule runs in. */
import { Pusher } from '../../src/index.js';
import type { AuthorizationHandler, AuthorizationOptions, Lease } from '../../src/index.js';
import { ProtocolServer } from '../../src/testing/index.js';
import type { ServerApp, ServerConnection } from '../../src/testing/index.js';
import { bystanderCount } from './action.js';
import type { Action, Command, Configuration, Moment, Schedule, Setup } from './action.js';
import { Bystander } from './bystander.js';
import { performCommand } from './commands.js';
import { Dice } from './dice.js';
import { Endpoint } from './endpoint.js';
import type { EndpointWatcher } from './endpoint.js';
import { KeyLedger } from './key-ledger.js';
import { isSealed, Listener } from './listener.js';
import type { DispatchCounter, Numbered } from './listener.js';
import { Page } from './page.js';
import { RetryModel } from './retry-model.js';
import type { Seat } from './seat.js';
import { SimulatedClock } from './simulated-clock.js';
import { StatePath } from './state-path.js';
import { appKey, sign, Vault } from './vault.js';
import { watchConnection } from './watch-connection.js';
import { watchWire } from './watch-wire.js';
import { Wire } from './wire.js';
import type { Link } from './wire.js';
import { WireLedger } from './wire-ledger.js';

/** The first rule that was broken. */
export interface Violation {
  readonly invariant: string;
  readonly detail: string;
  readonly at: number;
}

/** A promise that the application was given. */
export interface Promised {
  readonly of: string;
  isSettled: boolean;
}

const isOfBystander = ({ type }: Action): boolean => type === 'join' || type === 'leave' || type === 'say';

export class World {
  readonly setup: Setup;
  readonly clock: SimulatedClock;
  readonly server: ProtocolServer;
  readonly app: ServerApp;
  readonly wire: Wire;
  readonly page: Page = new Page();
  readonly vault: Vault = new Vault();
  readonly endpoint: Endpoint;
  readonly pusher: Pusher;
  readonly bystanders: readonly Bystander[];
  readonly ledger: WireLedger;
  readonly keys: KeyLedger;
  readonly retry: RetryModel;
  readonly path: StatePath;
  /** The channels that somebody holds, by name. */
  readonly seats = new Map<string, Seat>();
  /** The components and what they hold. */
  readonly holders: ({ readonly name: string; readonly lease: Lease; stop(): void } | undefined)[] = [];
  /** Until when the client may keep what nobody holds. */
  readonly lingering = new Map<string, number>();
  readonly witnesses: readonly Listener[];
  /** The listener to events for the signed-in user. */
  readonly forUser: Listener;
  readonly counter: DispatchCounter = { dispatches: 0 };
  readonly promises: Promised[] = [];
  /** What the application has prepared for a moment: commands, or an exception. */
  readonly prepared = new Map<Moment, (readonly Command[] | 'throw')[]>();
  /** Vetoes that are left, and plans that the hook will make. */
  vetoes: Record<'beforeConnect' | 'beforeReconnect', number> = { beforeConnect: 0, beforeReconnect: 0 };
  plans: number[] = [];
  /** The settings as they are now. */
  settings: Required<Configuration>;
  isDisposed = false;
  isSuspended = false;
  /** When a change of state was told last, and the time that an attempt had then. */
  told: { readonly at: number; readonly connectTimeout: number } | undefined;
  /** `disconnect()` was called, and the socket is still there. */
  isDisconnecting = false;
  /** A sign-in has failed on the present connection, and is not repeated by itself. */
  isRefusedUser = false;
  wantsUser = false;
  published = 0;
  /** Client events that the client has promised to send, by number. */
  triggered = 0;
  steps = 0;
  lastLink: Link | undefined;
  violation: Violation | undefined;
  /** Exceptions that reached `reportError`, and those that were thrown on purpose. */
  reports = 0;
  thrown = 0;
  /** Hooks that have said no, ever. */
  refusals = 0;

  /** What happened, while replaying. */
  readonly diary: string[] | undefined;

  constructor({ setup, seed, actions }: Schedule, isReplay: boolean) {
    const dice = new Dice(seed ^ 0x5bd1e995);
    const serverDice = new Dice(seed ^ 0x1b873593);
    this.setup = setup;
    this.settings = { ...setup.settings };
    this.diary = isReplay ? [] : undefined;
    this.clock = new SimulatedClock(isReplay);
    this.server = new ProtocolServer({
      clock: this.clock.view('server', serverDice.roll),
      hmacSha256: sign,
      recordLimit: 0,
      apps: [
        {
          key: appKey,
          hasSubscriptionCounts: setup.hasSubscriptionCounts,
          activityTimeout: setup.serverActivityTimeout,
          pingAfter: null, // whether the bystanders live is nothing to anybody, and would only take time
        },
      ],
    });
    this.app = this.server.app();
    // Where nobody else does anything, nobody else has to be there.
    const count = actions.some(isOfBystander) ? bystanderCount : 0;
    this.bystanders = Array.from({ length: count }, (_, index) => new Bystander(this.server, index));
    this.app.configure({ pingAfter: setup.serverActivityTimeout * 1.5 });
    this.ledger = new WireLedger(this.fail);
    this.retry = new RetryModel(this.fail, setup.stableAfter);
    this.path = new StatePath(this.fail);
    this.keys = new KeyLedger(this.fail);
    this.endpoint = new Endpoint(this.clock, this.vault, this.#watchEndpoint());
    this.wire = new Wire(this.server, setup.latency, this.clock, watchWire(this));
    this.pusher = this.#createClient(dice);
    this.witnesses = [this.#witness('the client', true), this.#witness('the client', false)];
    this.forUser = this.#witness('the user', true);
    this.#bindWitnesses();
    watchConnection(this);
  }

  /** Remembers the first rule that was broken. */
  readonly fail = (invariant: string, detail: string): void => {
    this.violation ??= { invariant, detail, at: this.clock.now };
  };

  /** Writes down what happened, while replaying. */
  note(what: string, detail?: unknown): void {
    if (!this.diary) return;
    const shown = detail === undefined ? '' : ` ${JSON.stringify(detail)}`;
    this.diary.push(`${(this.clock.now - 1_000_000).toFixed(0).padStart(8)} ${what}${shown}`);
  }

  /** A listener or a hook of the application runs: it does what was prepared for it. May throw. */
  readonly trip = (moment: Moment): void => {
    const next = this.prepared.get(moment)?.shift();
    if (!next) return;
    if (next === 'throw') {
      if (moment !== 'authorize') this.thrown += 1;
      throw new Error(`Thrown on purpose in ${moment}.`);
    }
    for (const command of next) performCommand(this, command);
  };

  /** The newest of them. */
  get clientConnection(): ServerConnection | undefined {
    return this.clientConnections.at(-1);
  }

  /** Everybody on the server who is not a bystander; the newest last. */
  get clientConnections(): readonly ServerConnection[] {
    const others = this.bystanders.map(({ connection }) => connection);
    return this.app.connections.filter((connection) => !others.includes(connection));
  }

  /** Every listener that is owed events of this channel. */
  listenersOf(channel: string): Listener[] {
    const own = this.seats.get(channel)?.listeners ?? [];
    return [...own.map(({ listener }) => listener), ...this.witnesses];
  }

  #createClient(dice: Dice): Pusher {
    const { setup } = this;
    return new Pusher(appKey, {
      ...setup.settings,
      forceTLS: setup.forceTLS,
      connectAutomatically: setup.connectAutomatically,
      reconnectAutomatically: setup.reconnectAutomatically,
      stableAfter: setup.stableAfter,
      ...(setup.reconnectDelay === null ? {} : { reconnectDelay: setup.reconnectDelay }),
      clock: this.clock.view('client', dice.roll),
      transport: this.wire,
      network: this.page,
      channelAuthorization: this.#asking(this.endpoint.channelHandler),
      userAuthentication: this.#asking(this.endpoint.userHandler),
      beforeAuthorize: this.endpoint.hook,
      beforeConnect: ({ isManual }) => this.#beforeConnect(isManual),
      beforeReconnect: (plan) => this.#beforeReconnect(plan),
    });
  }

  #watchEndpoint(): EndpointWatcher {
    const { keys } = this;
    return {
      asked: (channels) => {
        for (const name of channels)
          if (isSealed(name) && this.seats.get(name)?.channel.subscribed === true)
            keys.refreshed(name, this.clock.now);
        this.trip('authorize');
      },
      gave: (channel, version, isAtOnce) => {
        keys.given(channel, version, isAtOnce);
      },
      refused: (channel, mayDiffer) => {
        keys.refused(channel, mayDiffer);
      },
      threw: () => {
        this.thrown += 1;
      },
    };
  }

  #asking(customHandler: AuthorizationHandler): AuthorizationOptions {
    const { asks, sendsToken, authorizationTimeout: timeout } = this.setup;
    const params = sendsToken ? { params: this.endpoint.token } : {};
    return { ...params, timeout, ...(asks === 'handler' ? { customHandler } : { batch: asks === 'batch' }) };
  }

  #beforeConnect(isManual: boolean): boolean {
    this.retry.asked(isManual);
    try {
      this.trip('beforeConnect');
    } finally {
      this.retry.answered();
    }
    if (this.vetoes.beforeConnect === 0) return true;
    this.vetoes.beforeConnect -= 1;
    this.refusals += 1;
    this.path.excuse('a veto');
    this.retry.vetoed();
    return false;
  }

  #beforeReconnect(plan: { delay: number; readonly attempt: number; readonly strategy: string }): boolean {
    const { retry, pusher } = this;
    const { delay: planned } = plan;
    const settingBefore = pusher.reconnectDelay;
    retry.planned(plan as Parameters<RetryModel['planned']>[0], {
      now: this.clock.now,
      isUnavailable: pusher.connection.state === 'unavailable',
      reconnectDelay: settingBefore,
      unavailableRetryDelay: this.settings.unavailableRetryDelay,
    });
    const { requests } = retry;
    let isAllowed = true;
    try {
      this.trip('beforeReconnect');
      const seconds = this.plans.shift();
      if (seconds !== undefined) {
        plan.delay = seconds;
        if (!(seconds >= 0 && seconds < Infinity) && seconds !== planned) this.thrown += 1; // it is reported
      }
      if (this.vetoes.beforeReconnect > 0) {
        this.vetoes.beforeReconnect -= 1;
        this.refusals += 1;
        isAllowed = false;
        this.path.excuse('a veto');
      }
    } finally {
      if (retry.requests === requests) {
        const setting = pusher.reconnectDelay;
        const isOwn = plan.delay !== planned && plan.delay >= 0 && plan.delay < Infinity;
        const isSet = setting !== undefined && setting !== settingBefore;
        const seconds = isOwn ? plan.delay : isSet ? setting / 1000 : planned;
        retry.settled(
          isAllowed && pusher.reconnectAutomatically ? seconds * 1000 : undefined,
          this.clock.now,
        );
      }
    }
    return isAllowed;
  }

  /** The client has opened a sealed event: it is the first to hear of it. */
  #noteOpened(payload: unknown): void {
    const { n, channel } = (payload ?? {}) as Partial<Numbered>;
    if (n !== undefined && channel !== undefined && isSealed(channel)) this.keys.opened(channel, n);
  }

  #witness(name: string, isGlobal: boolean): Listener {
    return new Listener(name, isGlobal, this.fail, this.counter);
  }

  #bindWitnesses(): void {
    const [all, ticks] = this.witnesses;
    this.pusher.bind_global((event, payload) => {
      if (event.startsWith('pusher:')) return;
      all?.take(payload);
      this.#noteOpened(payload);
    });
    this.pusher.bind('tick', (payload) => {
      ticks?.take(payload);
    });
    this.pusher.user.bind('tick', (payload) => {
      this.forUser.take(payload);
    });
  }
}
