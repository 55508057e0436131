/** Other people on the same server: connections that join channels and speak, by hand. */
import { channelStringToSign } from '../../../src/testing/signatures.js';
import { hmacSha256 } from '../../server/hmac.js';
import { RecordingPeer } from '../../server/recording-peer.js';
import type { Rig } from '../support.js';

/** Somebody else, connected. */
export function somebody({ server, app }: Pick<Rig, 'server' | 'app'>): RecordingPeer {
  return RecordingPeer.connect(server, app.settings.key);
}

/** Joins a channel with a signature; on presence channels as `user`. */
export function joins(
  { app }: Pick<Rig, 'app'>,
  peer: RecordingPeer,
  channel: string,
  user?: { readonly user_id: string | number; readonly user_info?: unknown },
): void {
  const { key, secret } = app.settings;
  const channelData = user === undefined ? undefined : JSON.stringify(user);
  const text = channelStringToSign(peer.connection.socketId ?? '', channel, channelData);
  const auth = `${key}:${hmacSha256(secret, text)}`;
  peer.subscribe(channel, { auth, ...(channelData === undefined ? {} : { channel_data: channelData }) });
}
