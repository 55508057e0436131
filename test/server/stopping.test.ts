import assert from 'node:assert/strict';
import { connect as connectTCP } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { ChannelsServer } from './channels-server.js';
import { RawClient } from './raw-client.js';

let server: ChannelsServer;

before(async () => {
  server = new ChannelsServer({ apps: [{ key: 'one' }, { key: 'other' }] });
  await server.listen();
});

after(async () => {
  await server.close();
});

describe('stopping and starting', () => {
  it('one app: drops its clients, refuses new ones before the upgrade, and leaves other apps alone', async () => {
    const app = server.core.app('one');
    const other = await RawClient.connect(server.port, 'other');
    const client = await RawClient.connect(server.port, 'one');
    app.stop();
    assert.equal((await client.ends()).code, 1006);
    const refused = new RawClient(`ws://127.0.0.1:${server.port}/app/one?protocol=7`);
    await refused.ends();
    assert.equal(refused.isOpen, false);
    await other.settles();
    app.start();
    (await RawClient.connect(server.port, 'one')).close();
    other.close();
  });

  it('the whole server: breaks every connection, closes the port, and comes back on the same one', async () => {
    const own = new ChannelsServer({ apps: [{ key: 'own' }] });
    const port = await own.listen();
    const client = await RawClient.connect(port, 'own');
    await own.stopListening();
    assert.equal((await client.ends()).code, 1006);
    assert.equal(await connectionError(port), 'ECONNREFUSED');
    await own.startListening();
    assert.equal(own.port, port);
    (await RawClient.connect(port, 'own')).close();
    await own.close();
  });

  it('for good: closes every connection with 4200 and frees the port', async () => {
    const own = new ChannelsServer({ apps: [{ key: 'own' }] });
    const port = await own.listen();
    const client = await RawClient.connect(port, 'own');
    await Promise.all([own.close(), client.ends()]);
    assert.equal(client.ended?.code, 4200);
    assert.equal(await connectionError(port), 'ECONNREFUSED');
  });

  it('rejects when the port is taken', async () => {
    const own = new ChannelsServer();
    await assert.rejects(own.listen(server.port), { code: 'EADDRINUSE' });
    await own.close();
  });
});

function connectionError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connectTCP(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}
