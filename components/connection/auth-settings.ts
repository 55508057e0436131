/** The inputs of `<pusher-connection>` about authorization. They are read for each request: none replaces the client. */
import type { PropertyDeclarations } from 'lit';
import type { PusherOptions } from '../../src/index.js';
import { PusherElement } from '../pusher-element.js';
import { defaultOff, jsonObject, oneOf, text } from '../shared/attributes.js';

/** `auth` of pusher-js: what goes along with each request (seed O-11 to O-15). */
export type AuthAdditions = NonNullable<PusherOptions['auth']>;

export abstract class AuthSettings extends PusherElement {
  static override get properties(): PropertyDeclarations {
    return {
      authEndpoint: { attribute: 'auth-endpoint', converter: text },
      authorizationURL: { attribute: false, noAccessor: true },
      authTransport: {
        attribute: 'auth-transport',
        converter: oneOf('auth-transport', ['ajax', 'jsonp']),
        reflect: true,
        useDefault: true,
      },
      authParams: { attribute: 'auth-params', converter: jsonObject('auth-params') },
      authHeaders: { attribute: 'auth-headers', converter: jsonObject('auth-headers') },
      auth: { attribute: false, noAccessor: true },
      authCredentials: {
        attribute: 'auth-credentials',
        converter: oneOf('auth-credentials', ['same-origin', 'omit', 'include']),
        reflect: true,
        useDefault: true,
      },
      userAuthEndpoint: { attribute: 'user-auth-endpoint', converter: text },
      signsIn: { attribute: 'signin', converter: defaultOff('signin'), reflect: true, useDefault: true },
    };
  }

  /**
   * Where private and presence channels are signed (seed O-05). Empty: `/pusher/auth` of the page's own server.
   * As an attribute, another origin has to be listed in `<meta name="pusher-auth-origins">` in the head.
   */
  declare authEndpoint: string;
  /** How it is asked: `ajax` (POST), or `jsonp` (a script, for other origins without CORS) (seed O-07). */
  declare authTransport: 'ajax' | 'jsonp';
  /** More parameters for each request (seed O-11, O-12). As an attribute: JSON; or one by one, `auth-param-<name>`. */
  declare authParams: AuthAdditions['params'];
  /** More headers for each request, with `ajax` only (seed O-13, O-14). As an attribute: JSON; or `auth-header-<name>`. */
  declare authHeaders: AuthAdditions['headers'];
  /** Whether cookies go along to other origins too. */
  declare authCredentials: 'same-origin' | 'omit' | 'include';
  /** Where sign-ins are signed. Empty: `/pusher/user-auth`. Other origins as for `auth-endpoint`. */
  declare userAuthEndpoint: string;
  /** Whether to sign the user in on each connection. (`signin()` is the method.) */
  declare signsIn: boolean;

  constructor() {
    super();
    this.authEndpoint = '';
    this.authTransport = 'ajax';
    this.authCredentials = 'same-origin';
    this.userAuthEndpoint = '';
    this.signsIn = false;
  }

  /** libPusher's name for `authEndpoint`; what was written last counts (seed P-10). */
  get authorizationURL(): string {
    return this.authEndpoint;
  }
  set authorizationURL(url: string | null | undefined) {
    this.authEndpoint = url ?? '';
  }

  /** `authParams` and `authHeaders` together, as in the options of pusher-js (seed O-15). */
  get auth(): AuthAdditions {
    return { params: this.authParams, headers: this.authHeaders };
  }
  set auth(additions: AuthAdditions | null | undefined) {
    this.authParams = additions?.params;
    this.authHeaders = additions?.headers;
  }
}
