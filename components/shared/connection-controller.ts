/**
 * Finds the connection of an element and follows it: what the element names, else the nearest provider
 * above it, else the document's default. Looked for again whenever that may have changed, and let go when
 * the element leaves.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Pusher } from '../../src/index.js';
import { systemClock } from '../../src/index.js';
import { connectionOf, defaultConnection, followConnections } from './connection-directory.js';
import { sourceOfClient } from './connection-source.js';
import type { ConnectionSource } from './connection-source.js';
import { connectionContext, requestContext } from './context.js';
import { warnOnce } from './dev-warning.js';

/** What an element may name: an id in its tree, an element, a client, or a source. */
export type ConnectionReference = string | Element | Pusher | ConnectionSource | null | undefined;

/** An element that can be told which connection to use. */
export interface ConnectionHost extends ReactiveControllerHost, Element {
  readonly connection: ConnectionReference;
  readonly hasUpdated: boolean;
}

/** How long a page may take to bring its connection before its author is told, in milliseconds. */
const patience = 3000;

export class ConnectionController implements ReactiveController {
  readonly #host: ConnectionHost;
  /** Called after another connection was found, and after every change of the one that is. */
  readonly #changed: () => void;
  /** What the element names, or what it is to use instead of looking for one. */
  readonly #referenceNow: () => ConnectionReference;
  #found: ConnectionSource | undefined;
  #stopFollowing: (() => void) | undefined;
  #stopLooking: (() => void) | undefined;
  #isScheduled = false;
  #warning: unknown;
  #reference: ConnectionReference;

  constructor(
    host: ConnectionHost,
    changed: () => void,
    reference: () => ConnectionReference = () => host.connection,
  ) {
    this.#host = host;
    this.#changed = changed;
    this.#referenceNow = reference;
    host.addController(this);
  }

  /** The connection, if one was found. */
  get value(): ConnectionSource | undefined {
    return this.#found;
  }

  hostConnected(): void {
    this.#stopLooking = followConnections(this.#host.ownerDocument, this.#schedule);
    // Before the first update, properties that were set before the upgrade are not there yet.
    if (!this.#host.hasUpdated) return;
    // After a move, what is found at once is right; what is not may come with the rest of the subtree.
    if (this.#find()) this.#resolve();
    else this.#schedule();
  }

  hostDisconnected(): void {
    this.#stopLooking?.();
    // A move disconnects and connects in one task: what is kept over it costs no frame and shows no change.
    this.#schedule();
  }

  hostUpdate(): void {
    if (this.#host.hasUpdated && this.#referenceNow() === this.#reference) return;
    this.#resolve();
  }

  readonly #schedule = (): void => {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      if (this.#host.hasUpdated) this.#resolve();
    });
  };

  #resolve(): void {
    const found = this.#host.isConnected ? this.#find() : undefined;
    this.#reference = this.#referenceNow();
    this.#watchPatience(found);
    if (found === this.#found) return;
    this.#stopFollowing?.();
    this.#found = found;
    this.#stopFollowing = found?.subscribe(this.#changed);
    this.#changed();
  }

  #find(): ConnectionSource | undefined {
    const host = this.#host;
    const connection = this.#referenceNow();
    if (typeof connection === 'string' && connection !== '') {
      const named = findById(host, connection);
      return named ? connectionOf(named) : undefined;
    }
    if (connection instanceof Element) return connectionOf(connection);
    if (connection) return 'snapshot' in connection ? connection : sourceOfClient(connection);
    return requestContext(host, connectionContext) ?? defaultConnection(host.ownerDocument);
  }

  /** A connection may come later; one that does not come at all is worth a word. */
  #watchPatience(found: ConnectionSource | undefined): void {
    systemClock.clearTimeout(this.#warning);
    if (found || !this.#host.isConnected) return;
    this.#warning = systemClock.setTimeout(() => {
      warnOnce(this.#host, explainAbsence(this.#host));
    }, patience);
  }
}

function findById(element: Element, id: string): Element | null {
  const root = element.getRootNode();
  return root instanceof Document || root instanceof ShadowRoot ? root.getElementById(id) : null;
}

function explainAbsence(host: ConnectionHost): string {
  const { connection } = host;
  if (typeof connection === 'string' && connection !== '')
    return findById(host, connection)
      ? `the element with the id "${connection}" is not a <pusher-connection>, or none that is defined. ` +
          'Give that id to a <pusher-connection>, and load pusher-elements/define.'
      : `nothing here has the id "${connection}". ` +
          `Add <pusher-connection id="${connection}" app-key="…">, or correct the connection attribute.`;
  if (connection) return 'its connection is not in the document. Insert it.';
  return 'there is no connection on this page. Add <pusher-connection app-key="your-key" cluster="eu">.';
}
