/** Strings to sign and their checking (protocol.md §8). The digest itself is injected: no crypto here. */

/** HMAC-SHA256 of `text` with `secret`, as lowercase hex. May be a promise: the page's crypto is asynchronous. */
export type HmacSha256 = (secret: string, text: string) => string | Promise<string>;

/** What an authorization of a private or encrypted channel signs; presence adds its `channelData`. */
export function channelStringToSign(socketId: string, channel: string, channelData?: string): string {
  return channelData === undefined ? `${socketId}:${channel}` : `${socketId}:${channel}:${channelData}`;
}

/** What a sign-in signs. */
export function userStringToSign(socketId: string, userData: string): string {
  return `${socketId}::user::${userData}`;
}

/**
 * Whether `auth` is `{key}:{digest of text}`. Without a digest every `auth` is taken, which is what a
 * page without a secret needs.
 */
export function isSignedBy(
  app: { readonly key: string; readonly secret: string },
  hmacSha256: HmacSha256 | undefined,
  text: string,
  auth: string | undefined,
): boolean | Promise<boolean> {
  if (hmacSha256 === undefined) return true;
  const digest = hmacSha256(app.secret, text);
  const matches = (expected: string): boolean => auth === `${app.key}:${expected}`;
  return typeof digest === 'string' ? matches(digest) : digest.then(matches);
}
