/** One application in soketi's own words; ids are numeric strings. */
export interface SoketiApp {
  readonly id: string;
  readonly key: string;
  readonly secret: string;
  readonly enabled: boolean;
  readonly maxConnections: number;
  readonly enableClientMessages?: boolean;
  readonly enableUserAuthentication?: boolean;
  readonly maxBackendEventsPerSecond?: number;
  readonly maxClientEventsPerSecond?: number;
  readonly maxReadRequestsPerSecond?: number;
  readonly webhooks?: readonly unknown[];
}

/** A running soketi. */
export interface Soketi {
  readonly host: string;
  readonly port: number;
  readonly apps: readonly SoketiApp[];
  /** Everything it has printed so far. */
  output(): string;
  /**
   * Ends it and waits until it is gone. SIGTERM (the default) closes every connection with 4200 first;
   * SIGKILL is a crash.
   */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Stops it if it still runs, and starts another one on the same port with the same applications. */
  restart(): Promise<Soketi>;
}

/** Why the soketi tests cannot run here, or undefined. Throws instead where SOKETI=require. */
export declare function soketiSkipReason(): string | undefined;

/** Installs soketi where it can run and is missing; says so. */
export declare function installSoketi(): void;

/**
 * Starts soketi, by default on a free port with the three applications of tools/soketi/config.json
 * (app-key, key-tiny with one connection, key-off which is disabled).
 */
export declare function startSoketi(options?: {
  readonly port?: number;
  readonly apps?: readonly SoketiApp[];
  /** More of its configuration, by dotted path. */
  readonly settings?: Readonly<Record<string, unknown>>;
}): Promise<Soketi>;
