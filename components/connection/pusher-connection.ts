import { css } from 'lit';
import type { CSSResultGroup, PropertyDeclaration, PropertyDeclarations, PropertyValues } from 'lit';
import type { Clock, Pusher, User } from '../../src/index.js';
import { systemClock } from '../../src/index.js';
import type { ProtocolServer } from '../../src/testing/index.js';
import type { BindTarget } from '../shared/binding-relay.js';
import { obeyCommands } from '../shared/commands.js';
import { announceConnections, offerConnection } from '../shared/connection-directory.js';
import { createConnectionSource } from '../shared/connection-source.js';
import type { OwnedConnectionSource } from '../shared/connection-source.js';
import { connectionContext, provideContext } from '../shared/context.js';
import { closeInAbsence } from './absence.js';
import { adviseOnAddress, adviseOnId } from './advice.js';
import { clientElement } from './client-element.js';
import { ClientOwner } from './client-owner.js';
import { planClient } from './client-plan.js';
import { watchAdditions } from './client-terms.js';
import { connectionCommands } from './connection-commands.js';
import { connectionListeners } from './connection-listeners.js';
import { ConsoleLog } from './console-log.js';
import { ElementConnection } from './element-connection.js';
import { isPreview, whenPreviewEnds } from './preview.js';
import { PusherSurface } from './pusher-surface.js';
import { configurationError } from './refusals.js';
import { SignIn } from './sign-in.js';
import { Simulator } from './simulation.js';

/**
 * Owns one realtime connection and offers it to the elements inside, or to the whole page. Shows nothing.
 *
 * It connects by itself once it is in the document and has a key; it closes when it leaves the document (a
 * move keeps it). Changing key, cluster, host, ports, path, encryption, transports, `options` or `simulate`
 * replaces the connection once, however many change together; everything else takes effect on the live one.
 * Listeners bound to the element or to its `connection` survive that. What it says about authorization is read
 * for each request, for channels and sign-ins alike: `auth-param-<name>` and `auth-header-<name>` too, whose
 * names are lower case because HTML makes them so.
 *
 * Elements of a page that say the same share one socket, also across copies of this library: each has its own
 * state, events and `disconnect()`, which closes it for itself; `client` is the same object. One that comes to
 * say something else, signs in by `signin()`, or cancels an attempt that others want, goes on with a connection
 * of its own. `reconnectDelay` alone is changed for all. An element with a `client` of the page's, and one with
 * `simulate`, shares nothing.
 *
 * Every attribute can be written `data-<name>` too. Durations are seconds: `30`, `0.5`, `30s`, `5m`.
 *
 * @tag pusher-connection
 * @tagname pusher-connection
 * @status experimental
 *
 * @slot - Elements that use this connection, and anything else.
 *
 * @attr {string} state - (read-only) The connection state, one of `initialized`, `connecting`, `connected`, `unavailable`, `failed`, `disconnected` (seed S-01).
 * @attr {string} socket-id - (read-only) The id of the present connection; absent while there is none.
 *
 * @cssstate initialized - Nothing has been tried yet.
 * @cssstate connecting - Trying, for the first time or after a loss.
 * @cssstate reconnecting - Trying after a loss, beside `connecting`.
 * @cssstate connected - The server has accepted the connection.
 * @cssstate unavailable - It has not worked for a while; still trying.
 * @cssstate failed - It cannot work in this browser.
 * @cssstate disconnected - Nothing is scheduled: by intent, by a refusal, or because reconnecting is off.
 *
 * @fires {PusherBeforeConnectEvent} pusher-before-connect - An attempt is about to be made; cancel it and none is. Not from a borrowed `client`.
 * @fires {PusherConnectedEvent} pusher-connected - The server has accepted the connection; channels are subscribed next.
 * @fires {PusherDisconnectedEvent} pusher-disconnected - A connection has ended; the state has not changed yet (seed R-04).
 * @fires {PusherConnectFailedEvent} pusher-connect-failed - An attempt has failed; the state has not changed yet (seed R-05).
 * @fires {PusherBeforeReconnectEvent} pusher-before-reconnect - A reconnection is about to be scheduled; cancel it, or write `delay` (seed ). Not from a borrowed `client`.
 * @fires {PusherConnectingInEvent} pusher-connecting-in - A delayed attempt is coming, once for each (seed E-03).
 * @fires {PusherStateChangeEvent} pusher-state-change - The state has changed; property and attribute are the new one (seed E-02).
 * @fires {PusherErrorEvent} pusher-error - Something is wrong with the connection or its configuration (seed L-02).
 * @fires {PusherBeforeAuthorizeEvent} pusher-before-authorize - A signature is about to be asked for, and no element holds the channel, or it is for a sign-in; cancel it, or change, delay or answer the request. Not from a borrowed `client`.
 * @fires {PusherSignedInEvent} pusher-signed-in - The user is signed in.
 * @fires {PusherSigninErrorEvent} pusher-signin-error - Signing in has failed.
 * @fires {PusherGapEvent} pusher-gap - Connected again after a loss: events may have been missed.
 */
export class PusherConnectionElement extends PusherSurface {
  static readonly tag: string = 'pusher-connection';
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;
  static override get properties(): PropertyDeclarations {
    return { client: { attribute: false, noAccessor: true } };
  }
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'id'];
  }

  readonly #connection: ElementConnection;
  readonly #source: OwnedConnectionSource;
  readonly #owner: ClientOwner;
  readonly #log: ConsoleLog;
  readonly #signIn = new SignIn((event) => this.emit(event));
  readonly #simulator = new Simulator();
  #client: Pusher | undefined;
  /** What `connect()` or `disconnect()` asked for last; it wins over `connectAutomatically`. */
  #intent: 'connect' | 'disconnect' | undefined;
  /** From being connected to the document until being disconnected from it. */
  #presence: AbortController | undefined;
  #absence: AbortController | undefined;

  constructor() {
    super();
    const listeners = connectionListeners({
      connection: () => this.#connection,
      emit: (event) => this.emit(event),
      writeOutputs: () => {
        this.#writeOutputs();
      },
      mayReconnect: () => this.#owner.borrowed !== undefined || this.reconnectAutomatically,
      suspectAddress: () => {
        adviseOnAddress(this);
      },
    });
    this.#connection = new ElementConnection(this, listeners);
    this.#source = createConnectionSource(
      this.#connection,
      () => this.#client,
      () => this.#clock(),
    );
    const asked = clientElement(this, (channel) => this.channels.wants(channel));
    this.#owner = new ClientOwner(asked, {
      isConnected: () => this.isConnected,
      isPreview: () => isPreview(this.ownerDocument),
      clock: () => this.#clock(),
      wantsConnection: () => this.#intent === 'connect' || this.#connectsAutomatically,
      planClient: () => planClient(this, this.#simulator),
      useClient: (client) => {
        this.#useClient(client);
      },
      partFromClient: () => {
        this.#connection.part();
      },
      refuseClient: (error) => {
        this.warn(error.message);
        this.#connection.fail(configurationError(error));
      },
      warn: (message) => {
        this.warn(message);
      },
    });
    this.#log = new ConsoleLog(this);
    provideContext(this, connectionContext, this.#source);
  }

  override get connection(): ElementConnection {
    return this.#connection;
  }

  /**
   * The client behind the element, and behind those that say the same. Settable: a client that is set here is used instead of one of the
   * element's own, and neither configured nor disposed of by it.
   */
  get client(): Pusher | undefined {
    return this.#client ?? this.#owner.borrowed;
  }
  set client(client: Pusher | null | undefined) {
    const previous = this.client;
    this.#owner.borrow(client ?? undefined);
    this.requestUpdate('client', previous);
  }

  /** The server in the page, where `simulate` is set and it has been loaded: publish, drop, refuse from there. */
  get simulation(): ProtocolServer | undefined {
    return this.#simulator.server;
  }

  override connect(): void {
    this.#intent = 'connect';
    this.#owner.connect();
  }

  override disconnect(): void {
    this.#intent = 'disconnect';
    this.#owner.disconnect();
  }

  override retry(): void {
    this.#intent = 'connect';
    this.#owner.connect();
  }

  override get user(): User | undefined {
    return this.#client?.user;
  }

  override signin(): void {
    this.signsIn = true;
    // Who shares a client signs in on one of its own: the others have not asked for it.
    if (!this.#owner.isShared) this.#client?.signin();
  }

  override send_event(event: string, data: unknown, channel?: string): boolean {
    return this.#client?.send_event(event, data, channel) ?? false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#presence = new AbortController();
    const { signal } = this.#presence;
    this.#writeOutputs();
    const withdraw = offerConnection(this, this.#source);
    signal.addEventListener('abort', withdraw);
    obeyCommands(this, connectionCommands(this), signal);
    const changed = (): void => {
      this.requestUpdate();
    };
    whenPreviewEnds(this.ownerDocument, changed, signal);
    watchAdditions(this, changed, signal);
    adviseOnId(this);
    // The first update comes by itself; after a return, the client has to be looked after.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#presence?.abort();
    this.#absence?.abort();
    this.#absence = undefined;
    this.#owner.leave();
  }

  override attributeChangedCallback(name: string, previous: string | null, value: string | null): void {
    super.attributeChangedCallback(name, previous, value);
    if (name !== 'id' || !this.isConnected) return;
    announceConnections(this.ownerDocument);
    adviseOnId(this);
  }

  /** Two settings count from the moment in which they are set, inside an event too (seed ). */
  override requestUpdate(
    name?: PropertyKey,
    ...rest: [unknown?, PropertyDeclaration?, boolean?, unknown?]
  ): void {
    super.requestUpdate(name, ...rest);
    if (this.hasUpdated && (name === 'reconnectAutomatically' || name === 'reconnectDelay'))
      this.#owner.switchReconnecting();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(this.ownerDocument.createElement('slot'));
    return root;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.isConnected) return;
    if (changed.has('default')) announceConnections(this.ownerDocument);
    this.#owner.settle();
    this.#log.attach(this.log ? this.#client : undefined);
    if (changed.has('signsIn')) this.#signIn.settle(this.signsIn);
    if (changed.has('connectAutomatically') && this.#connectsAutomatically && this.state === 'initialized')
      this.#owner.connect();
    if (!this.#absence || changed.has('idleDisconnect') || changed.has('hiddenDisconnect'))
      this.#watchAbsence();
  }

  #clock(): Clock {
    return this.options?.clock ?? systemClock;
  }

  get #connectsAutomatically(): boolean {
    return (
      this.#intent === undefined && this.connectAutomatically && (this.options?.connectAutomatically ?? true)
    );
  }

  #useClient(client: Pusher | undefined): void {
    if (client === this.#client) return;
    this.#client = client;
    this.#connection.attach(client);
    this.bindings.attach(client as BindTarget | undefined);
    this.channels.attach(client);
    this.#signIn.attach(client, client === this.#owner.borrowed);
    if (this.signsIn) this.#signIn.settle(true);
    this.#log.attach(this.log ? client : undefined);
    this.#writeOutputs();
    this.#source.changed();
    if (this.#intent === 'connect' && client !== this.#owner.borrowed) client?.connect();
  }

  #watchAbsence(): void {
    this.#absence?.abort();
    this.#absence = new AbortController();
    closeInAbsence(this, this.#owner, this.#clock(), this.#absence.signal);
  }

  #writeOutputs(): void {
    const { state, hasBeenConnected } = this.#connection;
    this.writeState(state, state === 'connecting' && hasBeenConnected ? ['reconnecting'] : []);
    this.writeOutput('socket-id', this.socketId);
  }
}
