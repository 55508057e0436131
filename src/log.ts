/**
 * `Pusher.log` and `Pusher.logToConsole`, as pusher-js users know them: every frame and every event of the
 * connection, told while somebody wants to know. The settings are looked at each time, so they may be changed at
 * any time; no text is made for nobody.
 */
import { reportListenerError } from './dispatcher.js';
import type { TransportFactory } from './transport/transport.js';

/** The static properties of the class. */
export interface LogSettings {
  /** Takes each line instead of the console. */
  log?: ((message: string) => void) | undefined;
  /** Writes each line with `console.log`. */
  logToConsole: boolean;
}

/** Writes one line: what it is about, and JSON, or something that becomes JSON. */
export type Log = (what: string, detail: unknown) => void;

/** A log that goes where `settings` say at the moment. What has no detail is told under another name already. */
export const createLog =
  (settings: LogSettings): Log =>
  (what, detail) => {
    const { log, logToConsole } = settings;
    if (detail === undefined || (!log && !logToConsole)) return;
    try {
      const line = `Pusher :  : ["${what}",${typeof detail === 'string' ? detail : JSON.stringify(detail)}]`;
      if (log) log(line);
      else console.log(line);
    } catch (error) {
      reportListenerError(error);
    }
  };

/** The same transports; what they carry is told to `log`. */
export const logTransports = (transports: TransportFactory, log: Log): TransportFactory => ({
  isSupported: () => transports.isSupported(),
  create: (url) => {
    log('Connecting', { url });
    const transport = transports.create(url);
    return {
      open: (handlers) => {
        transport.open({
          ...handlers,
          data: (frame) => {
            log('Event recd', frame);
            handlers.data(frame);
          },
          closed: (close) => {
            log('Closed', close);
            handlers.closed(close);
          },
        });
      },
      send: (text) => {
        log('Event sent', text);
        return transport.send(text);
      },
      ping: () => transport.ping?.() ?? false,
      close: () => {
        transport.close();
      },
    };
  },
});

/** Tells a developer what was ignored, or done in another way than asked for. */
export function warn(message: string): void {
  console.warn(`[pusher-elements] ${message}`);
}
