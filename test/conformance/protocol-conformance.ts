/**
 * What a client of this kit and a Pusher Channels server owe each other (reference/protocol.md), as a suite
 * over any server and any test framework: in Node against the local server and against soketi, and in
 * browsers against the local server. Only what a client sees is looked at, so that no server has an advantage.
 *
 * To run it against another server, write a `ServerUnderTest`. To add a row, add it to the half where it
 * belongs; where servers differ, give the difference a name in `Capabilities` and assert what each one does.
 */
import type { TransportFactory } from '../../src/index.js';
import type { FaultyFrame } from '../../src/testing/index.js';
import { channelRows } from './protocol-conformance-channels.js';
import { connectionRows } from './protocol-conformance-connection.js';
import { faultRows } from './protocol-conformance-faults.js';
import { payloadRows } from './protocol-conformance-payloads.js';
import { publishingRows } from './protocol-conformance-publishing.js';
import { Scene } from './protocol-conformance-scene.js';

/** What a server does in its own way (reference/servers.md §2). */
export interface Capabilities {
  /** Over the quota of an app: 4004, as Pusher documents it, or 4100. */
  readonly overQuotaCode: 4004 | 4100;
  /** The `activity_timeout` of its handshakes, in seconds. */
  readonly activityTimeout: number;
  /** The longest payload it publishes, in bytes. */
  readonly largestPayload: number;
  /** Whether it publishes an event whose payload is the empty string; if not, what it does instead. */
  readonly publishesEmptyText: true | string;
  /** Whether the HTTP status says that a publication was refused; if not, what it says. */
  readonly refusesByStatus: true | string;
  /** Whether it can be told to ping, to send nonsense, and to take one app over encrypted connections only. */
  readonly isScriptable: true | string;
}

/** One event for one or more channels. */
export interface Publication {
  readonly channels: readonly string[];
  readonly event: string;
  readonly data: unknown;
  /** The connection that is not to have it. */
  readonly socketId?: string;
}

/** What only a scripted server can be made to do. */
export interface Script {
  /** The server's own ping, to every connection. */
  ping(): Promise<void>;
  /** Something that a correct server never sends, to every connection. */
  sendFaulty(fault: FaultyFrame): Promise<void>;
  /** Any text, to every connection. */
  sendRaw(text: string): Promise<void>;
}

/** An app of the server. Tests that share one use channels of their own. */
export interface AppUnderTest {
  readonly key: string;
  readonly publish: (publication: Publication) => Promise<void>;
  /** In good order: every connection is closed with 4200. Or killed: every connection breaks. */
  readonly stop: (how: 'in-order' | 'killed') => Promise<void>;
  /** Again, at the same place. */
  readonly start: () => Promise<void>;
  readonly script?: Script;
}

/** An app that is published to by the official server library. */
export interface PublishedApp extends AppUnderTest {
  readonly publishBatch: (publications: readonly Publication[]) => Promise<void>;
}

/** The kinds of apps that the rows need. */
export type AppKind =
  | 'ordinary'
  /** Takes one connection; the next one is over its quota. */
  | 'one-connection'
  | 'disabled'
  /** Takes encrypted connections only; asked for from scriptable servers alone. */
  | 'tls-only';

/** A server, and how to reach it from where the suite runs. */
export interface ServerUnderTest {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Carries frames there. */
  readonly transport: TransportFactory;
  /** Where it is. None has a certificate: what reaches the encrypted port is plain, and is taken for encrypted. */
  location(): Readonly<Record<'wsPort' | 'wssPort', number>> & { readonly wsHost: string };
  app(kind: AppKind): Promise<AppUnderTest>;
}

/** A server that the official server library can publish to from where the suite runs. */
export interface PublishingServer extends ServerUnderTest {
  app(kind: AppKind): Promise<PublishedApp>;
}

/** What the rows need of a test framework; node:test and Mocha with Chai both have it. */
export interface Framework {
  readonly describe: (name: string, rows: () => void) => unknown;
  readonly it: (name: string, row: () => Promise<void>) => unknown;
  /** Says visibly that a row does not run, and why. */
  readonly skip: (name: string, reason: string) => unknown;
  readonly assert: {
    ok(value: unknown, message?: string): void;
    strictEqual(actual: unknown, expected: unknown, message?: string): void;
    deepStrictEqual(actual: unknown, expected: unknown, message?: string): void;
    throws(action: () => unknown, expected: RegExp): void;
  };
}

/** What a row is given. */
export interface Rows<Server extends ServerUnderTest = ServerUnderTest> {
  readonly server: Server;
  readonly assert: Framework['assert'];
  /** One requirement. Its clients are disposed of afterwards. */
  readonly row: (name: string, body: (scene: Scene) => Promise<void>) => void;
  /** One requirement that needs `capability`; skipped visibly where the server has it not. */
  readonly rowWith: (
    capability: 'publishesEmptyText' | 'refusesByStatus' | 'isScriptable',
    name: string,
    body: (scene: Scene) => Promise<void>,
  ) => void;
}

/** What every client can be asked to do, in a page as well as in Node. */
export function protocolConformance(server: ServerUnderTest, framework: Framework): void {
  const rows = rowsFor(server, framework);
  const { describe } = framework;
  describe(`protocol 7, spoken with ${server.name}`, () => {
    describe('connections', () => {
      connectionRows(rows);
    });
    describe('channels', () => {
      channelRows(rows);
    });
    describe('payloads', () => {
      payloadRows(rows);
    });
    describe('refusals and losses', () => {
      faultRows(rows);
    });
  });
}

/** The rows that need the official server library at the other end, which runs in Node only. */
export function publishingConformance(server: PublishingServer, framework: Framework): void {
  framework.describe(`publishing to ${server.name} with the official library`, () => {
    publishingRows(rowsFor(server, framework));
  });
}

function rowsFor<Server extends ServerUnderTest>(
  server: Server,
  { it, skip, assert }: Framework,
): Rows<Server> {
  const row: Rows['row'] = (name, body) => {
    it(name, async () => {
      const scene = new Scene(server);
      try {
        await body(scene);
      } finally {
        scene.dispose();
      }
    });
  };
  const rowWith: Rows['rowWith'] = (capability, name, body) => {
    const verdict = server.capabilities[capability];
    if (verdict === true) row(name, body);
    else skip(name, `${server.name} ${verdict}`);
  };
  return { server, assert, row, rowWith };
}
