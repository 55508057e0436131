/** The client's public names. */
export type {
  AuthorizationHandler,
  AuthorizationOptions,
  AuthOptions,
  LegacyAuthorizer,
} from './auth/auth-options.js';
export { AuthorizationError } from './auth/authorization.js';
export type { AuthorizationAnswer, AuthorizationRequest, BeforeAuthorize } from './auth/authorization.js';
export { csrfHeader } from './auth/page-token.js';
export { Channel } from './channels/channel.js';
export type { ChannelState, EventMetadata, SubscriptionError } from './channels/channel.js';
export type { Lease } from './channels/channel-entry.js';
export type { ClientEventOptions, ClientEventOutcome } from './channels/client-events.js';
export type { ChannelTable } from './channels/channel-table.js';
export type { ChannelEventMap, ChannelServiceEventMap, PusherEventMap } from './channels/event-map.js';
export { Members } from './channels/members.js';
export type { Member } from './channels/members.js';
export { PresenceChannel } from './channels/presence-channel.js';
export type { ChannelOf } from './channels/presence-channel.js';
export { channelType, validateChannelName } from './channels/channel-type.js';
export type { ChannelType } from './channels/channel-type.js';
export { systemClock } from './clock.js';
export type { Clock, TimerHandle } from './clock.js';
export { Connection } from './connection/connection.js';
export type { ConnectionEventMap, Message } from './connection/connection-events.js';
export { connectionStates } from './connection/connection-state.js';
export type {
  ConnectAttempt,
  ConnectionLoss,
  ConnectionState,
  Gap,
  ReconnectPlan,
  ReconnectStrategy,
  StateChange,
} from './connection/connection-state.js';
export type { NetworkSignal, NetworkSource } from './connection/network-observer.js';
export type { Bindable, BindOptions } from './dispatcher.js';
export { clientName, clientVersion } from './endpoint.js';
export { PusherError } from './errors.js';
export type { ConnectionError, ConnectionErrorType, PusherErrorCode } from './errors.js';
export { defaultReconnectDelay } from './options.js';
export type { LiveOptions, PusherOptions, TransportName } from './options.js';
export { Pusher } from './pusher.js';
export { Pusher as default } from './pusher.js';
export { Timeline } from './stats/timeline.js';
export type { TimelineEntry } from './stats/timeline.js';
export type { StatsReport } from './stats/stats-submission.js';
export { createWebSocketTransport } from './transport/websocket-transport.js';
export type {
  Transport,
  TransportClose,
  TransportFactory,
  TransportHandlers,
} from './transport/transport.js';
export { User } from './user/user.js';
export type { SigninError, UserData, UserEventMap, WatchlistEvent, WatchlistEventMap } from './user/user.js';

// The same under the names of pusher-js's own types, so that an application moves over by changing an import.
export type {
  AuthorizationHandler as ChannelAuthorizationHandler,
  AuthorizationHandler as UserAuthenticationHandler,
  AuthorizationOptions as ChannelAuthorizationOptions,
  AuthorizationOptions as UserAuthenticationOptions,
  LegacyAuthorizer as AuthorizerGenerator,
  LegacyAuthorizer as ChannelAuthorizerGenerator,
} from './auth/auth-options.js';
export type { Connection as ConnectionManager } from './connection/connection.js';
export type { PusherOptions as Options } from './options.js';
