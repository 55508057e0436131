/** The `log` attribute: what happens on a connection, in the console. */
import type { Pusher } from '../../src/index.js';
import { BindingRelay } from '../shared/binding-relay.js';
import type { BindTarget } from '../shared/binding-relay.js';
import { describeElement } from '../shared/dev-warning.js';

export class ConsoleLog {
  readonly #connection = new BindingRelay();
  readonly #channels = new BindingRelay();

  constructor(element: Element) {
    const write = (...values: unknown[]): void => {
      console.debug(`[pusher-elements] ${describeElement(element)}:`, ...values);
    };
    this.#channels.bind(undefined, (event: string, payload: unknown) => {
      write('event', event, payload);
    });
    for (const event of ['state_change', 'connecting_in', 'error'])
      this.#connection.bind(event, (payload: unknown) => {
        write(event, payload);
      });
  }

  /** Writes about this client from now on; undefined: about none. */
  attach(client: Pusher | undefined): void {
    this.#connection.attach(client?.connection as BindTarget | undefined);
    this.#channels.attach(client as BindTarget | undefined);
  }
}
