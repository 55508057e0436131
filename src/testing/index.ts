/**
 * `pusher-elements/testing`: a Pusher Channels server for tests and development, without the network. It
 * runs in a page as well as in Node, and can be scripted to fail in every way the real one does.
 */
export type { AppOptions, AppSettings } from './app-settings.js';
export type {
  Behavior,
  DataShape,
  FaultyFrame,
  HandshakeBehavior,
  RejectionStyle,
  SubscribeBehavior,
  SubscribeErrorStyle,
} from './behavior.js';
export { FakeClock, seededRandom, type FakeClockOptions } from './fake-clock.js';
export {
  createInMemoryTransport,
  type InMemoryTransportFactory,
  type InMemoryTransportOptions,
} from './in-memory-transport.js';
export { ProtocolServer, type ProtocolServerOptions, type Upgrade } from './protocol-server.js';
export type {
  CloseRecord,
  FrameRecord,
  PingRecord,
  RecordSnapshot,
  ServerRecord,
  UpgradeRecord,
} from './record.js';
export type { Publication, ServerApp } from './server-app.js';
export type { PresenceMember, ServerChannel } from './server-channel.js';
export type { Peer, ServerConnection } from './server-connection.js';
export { channelStringToSign, userStringToSign, type HmacSha256 } from './signatures.js';
export type { SignedInUser } from './users.js';
