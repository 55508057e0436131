/** The one thing in a signed `channel_data` that the client has to read (protocol.md §7.5). Pure. */

/** The user id inside a signed `channel_data`, as a string (protocol.md §7.5), or undefined where there is none. */
export function userIdOf(channelData: string): string | undefined {
  try {
    const value: unknown = JSON.parse(channelData);
    const { user_id } = (value ?? {}) as { user_id?: unknown };
    return typeof user_id === 'string' || typeof user_id === 'number' ? String(user_id) : undefined;
  } catch {
    return undefined;
  }
}
