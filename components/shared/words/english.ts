import type { Words } from './words.js';

export const english: Words = {
  initialized: 'Not connected yet',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  connected: 'Connected',
  unavailable: 'No connection',
  failed: 'This browser cannot connect',
  disconnected: 'Disconnected',
  limit: 'Too many connections at the moment',
  countdown: 'Next attempt {in}',
  retry: 'Try now',
  newItems: '{count} new',
  peopleHere: { one: '{count} person here', other: '{count} people here' },
  morePeople: { other: '{count} more' },
  close: 'Close',
  notifications: 'Notifications',
};
