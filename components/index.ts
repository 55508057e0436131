/** Classes, events and contexts. Registers nothing: `pusher-elements/define` does. */
export { PusherChannelElement } from './channel/pusher-channel.js';
export type { ActivationTime } from './channel/activation.js';
export { PusherConnectionElement } from './connection/pusher-connection.js';
export type { ElementChannel } from './connection/element-channels.js';
export type { ElementConnection } from './connection/element-connection.js';
export * from './events.js';
export { PusherElement } from './pusher-element.js';
export { channelContext, connectionContext, ContextRequestEvent } from './shared/context.js';
export type { Context } from './shared/context.js';
export type { ChannelSource } from './shared/channel-source.js';
export type { ConnectionReference } from './shared/connection-controller.js';
export type { ConnectionSnapshot, ConnectionSource } from './shared/connection-source.js';
export { safeDefine } from './shared/safe-define.js';
export type { DefinableElement, SafeDefineOptions } from './shared/safe-define.js';
export { setWords } from './shared/words/words.js';
export type { Words } from './shared/words/words.js';
export { PusherStatusElement } from './status/pusher-status.js';
export type { StatusFacet, StatusTone } from './status/facets.js';
