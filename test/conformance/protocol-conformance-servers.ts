/** The servers that the protocol suite runs against in Node, both published to by the official `pusher` package. */
import Publisher from 'pusher';
import { WebSocket } from 'ws';
import { createWebSocketTransport } from '../../src/index.js';
import type { ServerApp } from '../../src/testing/index.js';
import { startSoketi } from '../../tools/soketi.mjs';
import type { Soketi, SoketiApp } from '../../tools/soketi.mjs';
import { ChannelsServer } from '../server/channels-server.js';
import type { AppKind, Publication, PublishedApp, PublishingServer, Script } from './protocol-conformance.js';

/** A server that the suite has started and has to end. */
export interface OwnServer extends PublishingServer {
  close(): Promise<void>;
}

const host = '127.0.0.1';
const transport = createWebSocketTransport(WebSocket);

interface Credentials {
  readonly id: string;
  readonly key: string;
  readonly secret: string;
}

/** The official server library, as an application's back end would use it. */
function publishing(
  { id, key, secret }: Credentials,
  port: number,
): Pick<PublishedApp, 'key' | 'publish' | 'publishBatch'> {
  const publisher = new Publisher({ appId: id, key, secret, host, port: String(port), useTLS: false });
  return {
    key,
    publish: async ({ channels, event, data, socketId }: Publication) => {
      const [only] = channels;
      const where = channels.length === 1 && only !== undefined ? only : [...channels];
      await publisher.trigger(where, event, data, socketId === undefined ? {} : { socket_id: socketId });
    },
    publishBatch: async (publications) => {
      const batch = publications.flatMap(({ channels, event, data }) =>
        channels.map((channel) => ({ channel, name: event, data })),
      );
      await publisher.triggerBatch(batch);
    },
  };
}

/** The local server: every app of its own key. */
export async function startLocalServer(): Promise<OwnServer> {
  const server = new ChannelsServer({ host });
  await server.listen();
  let count = 0;
  const settings = {
    ordinary: {},
    'one-connection': { maxConnections: 1 },
    disabled: { isEnabled: false },
    'tls-only': { isTLSOnly: true },
  } as const;
  const scriptOf = (app: ServerApp): Script => {
    const toAll = (act: (connection: ServerApp['connections'][number]) => void): Promise<void> => {
      for (const connection of app.connections) act(connection);
      return Promise.resolve();
    };
    return {
      ping: () => toAll((connection) => connection.ping()),
      sendFaulty: (fault) => toAll((connection) => connection.sendFaulty(fault)),
      sendRaw: (text) => toAll((connection) => connection.sendRaw(text)),
    };
  };
  return {
    name: 'the local server',
    transport,
    capabilities: {
      overQuotaCode: 4004,
      activityTimeout: 120,
      largestPayload: 10_240,
      publishesEmptyText: true,
      refusesByStatus: true,
      isScriptable: true,
    },
    location: () => ({ wsHost: host, wsPort: server.port, wssPort: server.securePort }),
    app: (kind) => {
      count += 1;
      const app = server.core.addApp({ key: `app-${String(count)}`, ...settings[kind] });
      return Promise.resolve({
        ...publishing(app.settings, server.port),
        stop: (how) => (how === 'in-order' ? server.close() : server.stopListening()),
        start: () => server.startListening(),
        script: scriptOf(app),
      });
    },
    close: () => server.close(),
  };
}

interface LimitedSoketiApp extends SoketiApp {
  readonly maxChannelNameLength: number;
}

const soketiApps: Readonly<Record<Exclude<AppKind, 'tls-only'>, LimitedSoketiApp>> = {
  ordinary: soketiApp('1', 'key-ordinary', {}),
  'one-connection': soketiApp('2', 'key-one', { maxConnections: 1 }),
  disabled: soketiApp('3', 'key-off', { enabled: false }),
};

function soketiApp(id: string, key: string, change: Partial<SoketiApp>): LimitedSoketiApp {
  return {
    id,
    key,
    secret: `${key}-secret`,
    enabled: true,
    maxConnections: -1,
    maxBackendEventsPerSecond: -1,
    maxClientEventsPerSecond: -1,
    maxReadRequestsPerSecond: -1,
    webhooks: [],
    maxChannelNameLength: 164, // as the hosted service; soketi's own default is 200
    ...change,
  };
}

/** soketi, as a process of its own. Its differences: reference/servers.md §2. */
export async function startSoketiServer(): Promise<OwnServer> {
  let soketi: Soketi = await startSoketi({ apps: Object.values(soketiApps) });
  return {
    name: 'soketi',
    transport,
    capabilities: {
      overQuotaCode: 4100,
      activityTimeout: 30,
      largestPayload: 102_400,
      publishesEmptyText: 'takes an empty payload for a missing one',
      refusesByStatus: 'answers 200 whatever it refuses',
      isScriptable: 'cannot be told to do this',
    },
    location: () => ({ wsHost: soketi.host, wsPort: soketi.port, wssPort: soketi.port }),
    app: (kind) => {
      if (kind === 'tls-only') return Promise.reject(new Error('soketi has no app of this kind'));
      return Promise.resolve({
        ...publishing(soketiApps[kind], soketi.port),
        stop: (how) => soketi.stop(how === 'in-order' ? 'SIGTERM' : 'SIGKILL'),
        start: async () => {
          soketi = await soketi.restart();
        },
      });
    },
    close: () => soketi.stop(),
  };
}
