/** Who one connection has signed in as (protocol.md §7.8). */
import type { ServerApp } from './server-app.js';
import type { ServerConnection } from './server-connection.js';
import { userStringToSign } from './signatures.js';
import { readUser, type SignedInUser } from './users.js';
import { stringMember } from './wire.js';

export class SignIn {
  readonly #connection: ServerConnection;
  readonly #app: ServerApp;
  #user: SignedInUser | undefined;

  constructor(connection: ServerConnection, app: ServerApp) {
    this.#connection = connection;
    this.#app = app;
  }

  get user(): SignedInUser | undefined {
    return this.#user;
  }

  /** `pusher:signin`. */
  request(data: unknown): void {
    const userData = stringMember(data, 'user_data') ?? '';
    const user = readUser(userData);
    if (!user) {
      this.#connection.reject({ code: 4009, message: 'The sign-in names no user' });
      return;
    }
    const text = userStringToSign(this.#connection.socketId ?? '', userData);
    const verdict = this.#app.isSigned(text, stringMember(data, 'auth'));
    if (typeof verdict === 'boolean') this.#settle(verdict, user, userData);
    else
      void verdict.then((isSigned) => {
        this.#settle(isSigned, user, userData);
      });
  }

  /** The connection is over. */
  leave(): void {
    if (this.#user) this.#app.users.leave(this.#connection, this.#user);
  }

  #settle(isSigned: boolean, user: SignedInUser, userData: string): void {
    const connection = this.#connection;
    if (!connection.isOpen) return;
    if (!isSigned) {
      connection.reject({ code: 4009, message: 'The signature of the sign-in is wrong' });
      return;
    }
    // One user per connection: signing out means connecting again.
    if (this.#user && this.#user.id !== user.id) {
      connection.sendError(4009, `Already signed in as another user than ${user.id}`);
      return;
    }
    connection.send({ event: 'pusher:signin_success', data: { user_data: userData } });
    if (this.#user) return;
    this.#user = user;
    this.#app.users.arrive(connection, user);
    if (user.isWatchlistCut)
      connection.sendError(4302, 'The watchlist is longer than 100 users; the rest is ignored');
  }
}
