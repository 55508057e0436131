/** The protocol suite in a real browser, over real sockets, against the local server. */
import { assert } from '@open-wc/testing';
import { createWebSocketTransport } from '../../src/index.js';
import { createApp } from '../server/control-client.js';
import type { ControlledApp } from '../server/control-client.js';
import { serverAddress } from '../server-address.js';
import { protocolConformance } from './protocol-conformance.js';
import type { AppKind, AppUnderTest, Framework, ServerUnderTest } from './protocol-conformance.js';

const framework: Framework = {
  describe: (name, rows) => describe(name, rows),
  it: (name, row) => it(name, row).timeout(60_000),
  skip: (name, reason) => it.skip(`${name} (${reason})`),
  assert,
};

const settings: Readonly<Record<AppKind, Parameters<typeof createApp>[1]>> = {
  ordinary: {},
  'one-connection': { maxConnections: 1 },
  disabled: { isEnabled: false },
  'tls-only': { isTLSOnly: true },
};

const address = `http://${serverAddress.host}:${String(serverAddress.port)}`;
const { host, port, securePort } = await createApp(address);

/** Only this app goes away: other test files are using the same server. */
function underTest(app: ControlledApp): AppUnderTest {
  return {
    key: app.key,
    publish: (publication) => app.publish(publication),
    stop: async (how) => {
      if (how === 'killed') await app.stop();
      else {
        await app.script({ handshake: { type: 'refuse' } });
        await app.close(4200, 'The server is restarting');
      }
    },
    start: async () => {
      await app.start();
      await app.resetScript();
    },
    script: {
      ping: () => app.ping(),
      sendFaulty: (fault) => app.sendFaulty(fault),
      sendRaw: (text) => app.sendRaw(text),
    },
  };
}

const server: ServerUnderTest = {
  name: 'the local server',
  transport: createWebSocketTransport(),
  capabilities: {
    overQuotaCode: 4004,
    activityTimeout: 120,
    largestPayload: 10_240,
    publishesEmptyText: true,
    refusesByStatus: 'is published to by remote control here',
    isScriptable: true,
  },
  location: () => ({ wsHost: host, wsPort: port, wssPort: securePort }),
  app: async (kind) => underTest(await createApp(address, settings[kind])),
};

protocolConformance(server, framework);
