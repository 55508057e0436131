/** What is loaded when a WebSocket does not work, and not before: HTTP, the race of the two, and the way back. */
export { createHttpTransport } from './http-transport.js';
export { Race } from './race.js';
