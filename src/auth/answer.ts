/** Reads what an endpoint, a handler or a hook answered. Pure. */
import { userIdOf } from '../protocol/channel-data.js';
import { AuthorizationError } from './authorization.js';
import type { AuthorizationAnswer, AuthorizationSubject } from './authorization.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an answer that matter for what was asked, or a thrown `AuthorizationError` that names what is wrong with it. */
export function readAnswer(
  value: unknown,
  subject: AuthorizationSubject,
  status?: number,
): AuthorizationAnswer {
  const fail = (what: string): never => {
    throw new AuthorizationError(`The authorization endpoint answered with ${what}.`, {
      status,
      remediation: 'It has to answer with the JSON object that a Pusher server library makes.',
    });
  };
  if (!isObject(value)) return fail('something that is not a JSON object');
  const { auth, channel_data, shared_secret, user_data } = value;
  if (typeof auth !== 'string' || auth === '') return fail('no "auth" signature');
  if (subject.kind === 'user' && typeof user_data !== 'string') return fail('no "user_data"');
  if (channel_data != null && typeof channel_data !== 'string')
    return fail('a "channel_data" that is not a string');
  if (
    subject.kind === 'channel' &&
    subject.channelName.startsWith('presence-') &&
    typeof channel_data === 'string'
  )
    if (userIdOf(channel_data) === undefined)
      return fail('a "channel_data" that is not JSON with a "user_id"');
  return {
    auth,
    ...(typeof channel_data === 'string' ? { channel_data } : undefined),
    ...(typeof shared_secret === 'string' ? { shared_secret } : undefined),
    ...(typeof user_data === 'string' ? { user_data } : undefined),
  };
}
