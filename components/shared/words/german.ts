import type { Words } from './words.js';

export const german: Words = {
  initialized: 'Noch nicht verbunden',
  connecting: 'Verbindung wird aufgebaut …',
  reconnecting: 'Verbindung wird wiederhergestellt …',
  connected: 'Verbunden',
  unavailable: 'Keine Verbindung',
  failed: 'Dieser Browser kann sich nicht verbinden',
  disconnected: 'Getrennt',
  limit: 'Zurzeit zu viele Verbindungen',
  countdown: 'Nächster Versuch {in}',
  retry: 'Jetzt versuchen',
  newItems: '{count} neu',
  peopleHere: { one: '{count} Person hier', other: '{count} Personen hier' },
  morePeople: { other: '{count} mehr' },
  close: 'Schließen',
  notifications: 'Benachrichtigungen',
};
