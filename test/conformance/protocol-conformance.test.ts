/** The protocol suite in Node: against the local server, and against one that nobody here wrote. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { soketiSkipReason } from '../../tools/soketi.mjs';
import { protocolConformance, publishingConformance } from './protocol-conformance.js';
import type { Framework } from './protocol-conformance.js';
import { startLocalServer, startSoketiServer } from './protocol-conformance-servers.js';

const framework: Framework = {
  describe: (name, rows) => describe(name, rows),
  it: (name, row) => it(name, row),
  skip: (name, reason) => it(name, { skip: reason }),
  assert,
};

const skipReason = soketiSkipReason(); // throws where SOKETI=require
const local = await startLocalServer();
const soketi = skipReason === undefined ? await startSoketiServer() : undefined;

after(async () => {
  await Promise.all([local.close(), soketi?.close()]);
});

for (const server of [local, ...(soketi ? [soketi] : [])]) {
  protocolConformance(server, framework);
  publishingConformance(server, framework);
}
if (!soketi) it('protocol 7, spoken with soketi', { skip: skipReason ?? true });
