/** What is loaded when a WebSocket does not work, and not before: HTTP, and the way back. */
export { createHttpTransport } from './http-transport.js';
export { WebSocketProbe } from './websocket-probe.js';
