/** Which transport when: the plan as a table (H-01 to H-05, O-18, S-06; protocol.md §10). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { httpEndpointUrl } from '../../../src/endpoint.js';
import { resolveOptions } from '../../../src/options.js';
import type { PusherOptions } from '../../../src/options.js';
import { probeDelay } from '../../../src/transport/probe-delay.js';
import { allowsWebSocket, planTransports } from '../../../src/transport/transport-plan.js';
import type { Environment, HttpName } from '../../../src/transport/transport-plan.js';

const everything: Environment = { hasWebSocket: true, canRequest: true, canStream: true };

/** A plan as text: `ws 0, xhr_streaming 2000`. */
function plan(options: PusherOptions, environment: Partial<Environment> = {}, last?: HttpName): string {
  const planned = planTransports(resolveOptions('app-key', options), { ...everything, ...environment }, last);
  return planned.map(({ name, startAfter }) => `${name} ${startAfter}`).join(', ');
}

const own: PusherOptions = { wsHost: 'ws.example.test' };
const ownWithHttp: PusherOptions = { ...own, httpHost: 'http.example.test' };
const noWebSocket: Partial<Environment> = { hasWebSocket: false };

describe('the plan of an attempt', () => {
  const rows: readonly [
    name: string,
    expected: string,
    options: PusherOptions,
    environment?: Partial<Environment>,
    last?: HttpName,
  ][] = [
    [
      'is a WebSocket, streaming 2 s later, polling a further 4 s later',
      'ws 0, xhr_streaming 2000, xhr_polling 6000',
      {},
    ],
    ['is the same for a cluster', 'ws 0, xhr_streaming 2000, xhr_polling 6000', { cluster: 'eu' }],
    [
      'is the same where plain connections are allowed',
      'ws 0, xhr_streaming 2000, xhr_polling 6000',
      { forceTLS: false },
    ],
    ['is a WebSocket alone for a host of one’s own', 'ws 0', own],
    [
      'has HTTP for a host of one’s own where one is named for it too',
      'ws 0, xhr_streaming 2000, xhr_polling 6000',
      ownWithHttp,
    ],
    [
      'has HTTP for a host of its own beside the hosted WebSocket',
      'ws 0, xhr_streaming 2000, xhr_polling 6000',
      { httpHost: 'http.example.test' },
    ],
    [
      'begins with streaming where there is no WebSocket (H-01)',
      'xhr_streaming 0, xhr_polling 4000',
      {},
      noWebSocket,
    ],
    [
      'is polling alone where there is no WebSocket and nothing can be streamed',
      'xhr_polling 0',
      {},
      { hasWebSocket: false, canStream: false },
    ],
    [
      'leaves streaming out where nothing can be streamed',
      'ws 0, xhr_polling 2000',
      {},
      { canStream: false },
    ],
    [
      'is a WebSocket alone where no request can be made',
      'ws 0',
      {},
      { canRequest: false, canStream: false },
    ],
    [
      'is empty where there is neither (H-05, S-06)',
      '',
      {},
      { hasWebSocket: false, canRequest: false, canStream: false },
    ],
    ['is empty where there is no WebSocket, and no HTTP host was named (H-05, S-06)', '', own, noWebSocket],
    [
      'keeps to the names that are allowed',
      'ws 0, xhr_polling 2000',
      { enabledTransports: ['ws', 'xhr_polling'] },
    ],
    [
      'is HTTP alone where no WebSocket is allowed',
      'xhr_streaming 0, xhr_polling 4000',
      { enabledTransports: ['xhr_streaming', 'xhr_polling'] },
    ],
    ['is a WebSocket alone where nothing else is allowed', 'ws 0', { enabledTransports: ['ws', 'wss'] }],
    ['understands wss alone', 'ws 0', { enabledTransports: ['wss'] }],
    [
      'leaves out the names that are forbidden',
      'ws 0, xhr_polling 2000',
      { disabledTransports: ['xhr_streaming', 'sockjs'] },
    ],
    [
      'lets what is forbidden win over what is allowed',
      'xhr_streaming 0',
      { enabledTransports: ['ws', 'xhr_streaming'], disabledTransports: ['ws'] },
    ],
    [
      'takes wss for the WebSocket where everything is encrypted',
      'xhr_streaming 0, xhr_polling 4000',
      { disabledTransports: ['wss'] },
    ],
    [
      'does not where plain ones are allowed',
      'ws 0, xhr_streaming 2000, xhr_polling 6000',
      { disabledTransports: ['wss'], forceTLS: false },
    ],
    ['is empty where only what no longer exists is allowed', '', { enabledTransports: ['sockjs'] }],
    ['takes Flash for nothing (O-18)', 'ws 0, xhr_streaming 2000, xhr_polling 6000', { disableFlash: true }],
    [
      'moves together in an attempt that is to be shorter than 10 s',
      'ws 0, xhr_streaming 200, xhr_polling 600',
      { connectTimeout: 1000 },
    ],
    [
      'is the same in an attempt that may be longer',
      'ws 0, xhr_streaming 2000, xhr_polling 6000',
      { connectTimeout: 60_000 },
    ],
    [
      'gives the WebSocket half a second where streaming carried the last connection',
      'ws 0, xhr_streaming 500, xhr_polling 4500',
      {},
      {},
      'xhr_streaming',
    ],
    [
      'puts polling before streaming where it carried the last connection',
      'ws 0, xhr_polling 500, xhr_streaming 4500',
      {},
      {},
      'xhr_polling',
    ],
    [
      'forgets what carried the last connection where it is not allowed',
      'ws 0, xhr_streaming 2000',
      { disabledTransports: ['xhr_polling'] },
      {},
      'xhr_polling',
    ],
    [
      'begins with what carried the last connection where there is no WebSocket',
      'xhr_polling 0, xhr_streaming 4000',
      {},
      noWebSocket,
      'xhr_polling',
    ],
  ];
  for (const [name, expected, ...facts] of rows)
    it(name, () => {
      assert.equal(plan(...facts), expected);
    });

  it('allows a WebSocket by the same names, where somebody asks for that alone', () => {
    const allows = (options: PusherOptions): boolean => allowsWebSocket(resolveOptions('app-key', options));
    assert.deepEqual(
      [allows({}), allows({ disabledTransports: ['ws'] }), allows({ enabledTransports: ['xhr_polling'] })],
      [true, false, false],
    );
  });
});

describe('the address of the HTTP fallback', () => {
  const address = (options: PusherOptions, usesTLS = true): string | undefined =>
    httpEndpointUrl(resolveOptions('app key'.replace(' ', '/'), options), usesTLS)?.split('?')[0];
  const rows: readonly [
    name: string,
    expected: string | undefined,
    options: PusherOptions,
    usesTLS?: boolean,
  ][] = [
    ['is that of the default cluster', 'https://sockjs-mt1.pusher.com:443/pusher/app/app%2Fkey', {}],
    ['is that of the cluster', 'https://sockjs-eu.pusher.com:443/pusher/app/app%2Fkey', { cluster: 'eu' }],
    [
      'is plain where the attempt is',
      'http://sockjs-eu.pusher.com:80/pusher/app/app%2Fkey',
      { cluster: 'eu' },
      false,
    ],
    ['does not exist for a WebSocket host of one’s own', undefined, own],
    [
      'is never derived from the WebSocket host or its cluster',
      undefined,
      { ...own, cluster: 'eu', wsPort: 6001 },
    ],
    ['is the host that is named', 'https://http.example.test:443/pusher/app/app%2Fkey', ownWithHttp],
    [
      'has ports of its own',
      'https://http.example.test:8443/pusher/app/app%2Fkey',
      { ...ownWithHttp, httpPort: 8080, httpsPort: 8443 },
    ],
    [
      'has a plain port of its own',
      'http://http.example.test:8080/pusher/app/app%2Fkey',
      { ...ownWithHttp, httpPort: 8080, httpsPort: 8443 },
      false,
    ],
    [
      'has a path of its own',
      'https://http.example.test:443/real/time/app/app%2Fkey',
      { ...ownWithHttp, httpPath: 'real/time/' },
    ],
    [
      'has no path where it is a slash',
      'https://http.example.test:443/app/app%2Fkey',
      { ...ownWithHttp, httpPath: '/' },
    ],
    [
      'takes an empty path for none given',
      'https://http.example.test:443/pusher/app/app%2Fkey',
      { ...ownWithHttp, httpPath: '' },
    ],
    [
      'does not use the path of the WebSocket',
      'https://http.example.test:443/pusher/app/app%2Fkey',
      { ...ownWithHttp, wsPath: '/ws' },
    ],
  ];
  for (const [name, expected, ...facts] of rows)
    it(name, () => {
      assert.equal(address(...facts), expected);
    });

  for (const [option, value] of [
    ['httpHost', 'https://http.example.test'],
    ['httpHost', 'http.example.test/path'],
    ['httpPort', 0],
    ['httpPort', 80.5],
    ['httpsPort', 65_536],
    ['httpPath', '/a?b'],
    ['statsEndpoint', 'javascript:alert(1)'],
    ['statsEndpoint', '/a b'],
  ] as const)
    it(`refuses ${option} ${JSON.stringify(value)} with the option’s name`, () => {
      assert.throws(() => resolveOptions('app-key', { [option]: value }), {
        code: 'invalid-option',
        message: new RegExp(`"${option}"`),
      });
    });
});

describe('the wait before a WebSocket is looked for', () => {
  it('doubles from ten seconds to five minutes', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 1000].map((tries) => probeDelay(tries, 0.5) / 1000);
    assert.deepEqual(waits, [10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('differs between clients, by a fifth at most', () => {
    assert.deepEqual(
      [probeDelay(0, 0), probeDelay(0, 0.25), Math.round(probeDelay(0, 0.999_999))],
      [8000, 9000, 12_000],
    );
  });
});
