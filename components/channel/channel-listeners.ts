/** From what a channel tells to DOM events, and what its element says before it is authorized. */
import type { Members } from '../../src/index.js';
import { PusherGapEvent } from '../connection/connection-events.js';
import { endpointOf, namedAdditions } from '../shared/auth-attributes.js';
import type { ChannelObserver } from '../shared/channel-controller.js';
import { warnOnce } from '../shared/dev-warning.js';
import {
  PusherCacheMissEvent,
  PusherMemberAddedEvent,
  PusherMemberRemovedEvent,
  PusherSubscribedEvent,
  PusherSubscriptionCountEvent,
  PusherSubscriptionErrorEvent,
  PusherUnsubscribedEvent,
} from './channel-events.js';

/** What the element says. */
export interface ListeningChannel extends Element {
  readonly authEndpoint: string;
  readonly members: Members | undefined;
}

/** What only the inside of the element knows. */
export interface ChannelInside {
  /** The name of what is held. */
  readonly name: () => string;
  readonly stateChanged: () => void;
  readonly emit: (event: Event) => void;
}

export function channelListeners(element: ListeningChannel, inside: ChannelInside): ChannelObserver {
  const { name, stateChanged, emit } = inside;
  return {
    element,
    authorization: () => ({
      endpoint: endpointOf(element, 'auth-endpoint', element.authEndpoint),
      params: namedAdditions(element, 'param'),
      headers: namedAdditions(element, 'header'),
    }),
    stateChanged,
    subscribed: ({ isResumed: resumed, gap }) => {
      const { members } = element;
      emit(new PusherSubscribedEvent({ channel: name(), resumed, gap, members }));
    },
    unsubscribed: (left) => {
      emit(new PusherUnsubscribedEvent(left));
    },
    failed: (refused, error) => {
      if ('code' in error) warnOnce(element, error.message);
      emit(new PusherSubscriptionErrorEvent(refused, error));
    },
    counted: (count) => {
      emit(new PusherSubscriptionCountEvent(name(), count));
    },
    joined: (member) => {
      emit(new PusherMemberAddedEvent(name(), member));
    },
    left: (member) => {
      emit(new PusherMemberRemovedEvent(name(), member));
    },
    cacheMissed: () => {
      emit(new PusherCacheMissEvent(name()));
    },
    missed: (gap) => {
      emit(new PusherGapEvent(gap, name()));
    },
  };
}
