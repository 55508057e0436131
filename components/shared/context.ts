/**
 * Finding something in the ancestors, by the community's context protocol
 * (github.com/webcomponents-cg/community-protocols). The keys are global symbols and the values plain
 * interfaces, so that two copies of this library on one page understand each other.
 */
import type { ChannelSource } from './channel-source.js';
import type { ConnectionSource } from './connection-source.js';

/** A key that carries the type of its value. */
export type Context<Value> = symbol & { readonly __value?: Value };

/** The connection of the nearest `<pusher-connection>`. */
export const connectionContext: Context<ConnectionSource> = Symbol.for('pusher-connection/1');
/** The channel of the nearest `<pusher-channel>`. */
export const channelContext: Context<ChannelSource> = Symbol.for('pusher-channel/1');

/** Takes the value; `unsubscribe` is there where the provider may call again. */
export type ContextCallback<Value> = (value: Value, unsubscribe?: () => void) => void;

/** The event of the protocol. */
export class ContextRequestEvent<Value> extends Event {
  readonly context: Context<Value>;
  readonly contextTarget: Element;
  readonly callback: ContextCallback<Value>;
  readonly subscribe: boolean;

  constructor(context: Context<Value>, contextTarget: Element, callback: ContextCallback<Value>) {
    super('context-request', { bubbles: true, composed: true });
    this.context = context;
    this.contextTarget = contextTarget;
    this.callback = callback;
    // Ours never ask to be called again: the directory tells them when to ask anew, moves included.
    this.subscribe = false;
  }
}

/** The value that the nearest provider gives, if there is one. */
export function requestContext<Value>(element: Element, context: Context<Value>): Value | undefined {
  let found: Value | undefined;
  element.dispatchEvent(
    new ContextRequestEvent(context, element, (value) => {
      found = value;
    }),
  );
  return found;
}

/** Answers requests that come from inside `element`. */
export function provideContext<Value>(element: Element, context: Context<Value>, value: Value): void {
  element.addEventListener('context-request', (event) => {
    const request = event as unknown as ContextRequestEvent<Value>;
    if (request.context !== context || request.contextTarget === element) return;
    event.stopPropagation();
    // What an element provides stays the same object for life, so a subscription has nothing to wait for.
    request.callback(value, request.subscribe ? () => undefined : undefined);
  });
}

declare global {
  interface GlobalEventHandlersEventMap {
    'context-request': ContextRequestEvent<unknown>;
  }
}
