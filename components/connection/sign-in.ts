/** Signs the user in on whichever client an element has, and tells of it with DOM events. */
import type { Pusher, SigninError, UserData } from '../../src/index.js';
import { BindingRelay } from '../shared/binding-relay.js';
import type { BindTarget } from '../shared/binding-relay.js';
import { PusherSignedInEvent, PusherSigninErrorEvent } from './authorization-events.js';

export class SignIn {
  readonly #relay = new BindingRelay();
  #own: Pusher | undefined;

  constructor(emit: (event: Event) => void) {
    this.#relay.bind('pusher:signin_success', (user: UserData) => {
      emit(new PusherSignedInEvent(user));
    });
    this.#relay.bind('pusher:signin_error', (error: SigninError) => {
      emit(new PusherSigninErrorEvent(error));
    });
  }

  /** Follows this client from now on; a borrowed one is only listened to. */
  attach(client: Pusher | undefined, isBorrowed: boolean): void {
    this.#relay.attach(client?.user as BindTarget | undefined);
    this.#own = isBorrowed ? undefined : client;
  }

  /** Signs in, or stays anonymous. */
  settle(isWanted: boolean): void {
    if (isWanted) this.#own?.signin();
    else this.#own?.user.signout();
  }
}
