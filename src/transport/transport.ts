/**
 * One attempt to carry frames to a server and back. A transport is used once: opened, then closed by
 * either side. It knows nothing of the protocol; it moves text.
 */

/** How a transport ended. */
export interface TransportClose {
  /** The WebSocket close code; 1006 when there was none to be had, as browsers report it. */
  readonly code: number;
  /** The server's words, or an empty string. */
  readonly reason: string;
  /** Whether the closing handshake completed. */
  readonly wasClean: boolean;
  /**
   * Nothing went wrong: a better transport is ready, and the next attempt gets it. So there is no error, and
   * no reason to wait. Only a transport of this client says so, never a server.
   */
  readonly isMove?: boolean;
}

/** The things a transport tells its owner. Never called before `open()` has returned. */
export interface TransportHandlers {
  /** Bytes can be sent now. */
  opened(): void;
  /** One frame came in: text, or whatever else the server put on the wire (binary is a value too). */
  data(frame: unknown): void;
  /** Something came in that is no frame, such as the heartbeat of an HTTP stream: the server is there. */
  heard?(): void;
  /** It is over. Called at most once, and never after `close()` was called from this side. */
  closed(close: TransportClose): void;
}

/** A transport. See the file's comment. */
export interface Transport {
  /** Starts. May throw when the address is refused by the browser; that is a failed attempt. */
  open(handlers: TransportHandlers): void;
  /** Writes one frame at once; false when there is nothing to write to. */
  send(text: string): boolean;
  /**
   * Asks the server for a sign of life by the transport's own means, where it has some; the answer is `heard`.
   * False, or absent: it has none, and a `pusher:ping` is to be sent instead (protocol.md §4).
   */
  ping?(): boolean;
  /**
   * Ends it from this side and detaches: no handler is called afterwards, however long the closing
   * handshake takes. A dead socket is abandoned, not waited for.
   */
  close(): void;
}

/** Makes a transport for an address; undefined where the environment has no way to. */
export interface TransportFactory {
  /** Whether this environment can make such a transport at all (seed S-06, S-12). */
  readonly isSupported: () => boolean;
  /** A new, unopened transport for `url`. */
  readonly create: (url: string) => Transport;
}
