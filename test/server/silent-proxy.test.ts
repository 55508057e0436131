import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ChannelsServer } from './channels-server.js';
import { RawClient, until } from './raw-client.js';
import { SilentProxy } from './silent-proxy.js';

let server: ChannelsServer;
let proxy: SilentProxy;

before(async () => {
  server = new ChannelsServer({ apps: [{ key: 'kit-key' }] });
  await server.listen();
  proxy = new SilentProxy(server.port);
  await proxy.listen();
});

after(async () => {
  await proxy.close();
  await server.close();
});

function connect(): Promise<RawClient> {
  return RawClient.connect(proxy.port, 'kit-key');
}

describe('the silent proxy', () => {
  it('forwards in both directions, and passes ends on in both directions', async () => {
    const { record } = server.core.app();
    const [leaving, closed] = [await connect(), await connect()];
    await leaving.settles();
    leaving.close();
    await until(() => record.closes.length === 1);
    server.core.app().connection(closed.socketId)?.close(4200);
    assert.equal((await closed.ends()).code, 4200);
  });

  it('when silent, carries nothing and closes nothing; a direct link to the same server is not touched', async () => {
    const [silent, direct] = [await connect(), await RawClient.connect(server.port, 'kit-key')];
    const connection = server.core.app().connection(silent.socketId);
    const { record } = server.core.app();
    proxy.silence();
    record.clear();
    silent.say('pusher:ping');
    connection?.ping();
    connection?.drop();
    await direct.settles();
    await direct.settles();
    assert.deepEqual(
      record.received.map(({ socketId }) => socketId),
      [direct.socketId, direct.socketId],
    );
    assert.deepEqual([silent.events, silent.ended], [['pusher:connection_established'], undefined]);
    proxy.forward();
    assert.equal((await silent.ends()).code, 1006);
    direct.close();
  });

  it('when silent, takes new connections and gives them no answer until it forwards again', async () => {
    proxy.silence();
    const waiting = new RawClient(`ws://127.0.0.1:${proxy.port}/app/kit-key?protocol=7`);
    const direct = await RawClient.connect(server.port, 'kit-key');
    await direct.settles();
    assert.deepEqual([waiting.isOpen, waiting.ended], [false, undefined]);
    proxy.forward();
    await waiting.hears('pusher:connection_established');
    waiting.close();
    direct.close();
  });

  it('stops and starts on the same port', async () => {
    const client = await connect();
    await proxy.stop();
    assert.equal((await client.ends()).code, 1006);
    await proxy.start();
    (await connect()).close();
  });

  it('breaks connections when the server behind it is gone, and works again when it is back', async () => {
    const client = await connect();
    await server.stopListening();
    assert.equal((await client.ends()).code, 1006);
    assert.equal((await new RawClient(`ws://127.0.0.1:${proxy.port}/`).ends()).code, 1006);
    await server.startListening();
    (await connect()).close();
  });
});
