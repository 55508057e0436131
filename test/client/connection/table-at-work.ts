/** The machine from the opening of a socket to the plan for the next: opening, open, lost, planning (see transition.test.ts). */
import { serverError } from '../../../src/connection/connection-errors.js';
import { dropped, generation, late, now, stays, to } from './machine.js';
import type { Rows } from './machine.js';

const offline = { isOffline: true };
const attemptFailed = ['abandon', 'report', 'lost', 'next'] as const;
const connectionLost = ['abandon', 'report', 'channels-lost', 'lost', 'next'] as const;

export const opening: Rows = {
  connect: stays(), // C-09
  disconnect: to('resting', 'disconnected', ['abandon', 'changed'], {
    also: {
      generation: generation + 1,
      connectBy: undefined,
      unavailableAt: undefined,
      attempt: 0,
      strikes: 0,
    },
  }),
  'connect-answer': stays(),
  established: [
    to('open', 'connected', ['start-heartbeat', 'changed', 'channels-ready'], {
      also: {
        socketId: '5.6',
        attempt: 0,
        strikes: 1, // forgotten only once it has stayed up for a while
        stableAt: now + 10_000,
        connectBy: undefined,
        unavailableAt: undefined,
        hasBeenConnected: true,
        lastError: undefined,
        loss: undefined,
      },
    }),
    to('open', 'connected', ['start-heartbeat', 'changed', 'gap', 'channels-ready'], {
      when: 'a connection was lost before',
      model: { lostAt: now - 5000 },
      also: { lostAt: undefined },
    }),
    to('open', 'connected', ['start-heartbeat', 'changed', 'channels-ready'], {
      when: 'unavailable',
      model: { state: 'unavailable' },
    }), // S-11
    stays(late),
  ],
  refused: [
    to('lost', 'connecting', attemptFailed, {
      also: { strikes: 2, socketId: undefined, connectBy: undefined },
    }),
    to('lost', 'connecting', attemptFailed, { when: 'it has no code', input: { code: null } }),
    to('lost', 'unavailable', attemptFailed, { when: 'unavailable', model: { state: 'unavailable' } }),
    stays(late),
  ],
  'handshake-failed': [to('lost', 'connecting', attemptFailed, { also: { strikes: 2 } }), stays(late)],
  closed: [
    to('lost', 'connecting', attemptFailed, { also: { strikes: 2, unavailableAt: now + 30_000 } }),
    to('lost', 'connecting', ['abandon', 'lost', 'next'], {
      when: 'normally, which is no error',
      input: { code: 1000 },
    }),
    stays(late),
  ],
  silent: stays(),
  'error-frame': stays(),
  decide: stays(),
  'plan-answer': stays(),
  wake: [
    stays(),
    to('lost', 'connecting', attemptFailed, { when: 'nothing answered in time', model: { connectBy: now } }), // T-08
    to('opening', 'unavailable', ['changed', 'next'], {
      when: 'it has been trying for too long',
      model: { unavailableAt: now },
      also: { unavailableAt: undefined },
    }), // T-01
  ],
  online: stays(),
  offline: stays(),
  probe: stays(),
  'page-hidden': to('suspended', 'disconnected', ['abandon', 'changed'], {
    also: { generation: generation + 1, connectBy: undefined },
  }),
  'page-shown': stays(),
};

export const open: Rows = {
  connect: stays(), // C-09
  disconnect: to('resting', 'disconnected', ['abandon', 'channels-lost', 'lost', 'changed'], {
    also: { generation: generation + 1, socketId: undefined, stableAt: undefined, lostAt: now },
  }),
  'connect-answer': stays(),
  established: stays(), // a second handshake on one socket means nothing
  refused: stays(),
  'handshake-failed': stays(),
  closed: [
    to('lost', 'connected', connectionLost, { also: { socketId: undefined, strikes: 1, lostAt: now } }),
    to('lost', 'connected', ['abandon', 'channels-lost', 'lost', 'next'], {
      when: 'normally, which is no error',
      input: { code: 1001 },
    }),
    to('lost', 'connected', ['abandon', 'channels-lost', 'lost', 'next'], {
      when: 'with the code of a frame that has been reported', // protocol.md §5: report once, act once
      model: { reported: serverError(4004, 'Full', 'PusherError') },
      input: { code: 4004 },
    }),
    to('lost', 'connected', ['abandon', 'channels-lost', 'lost', 'next'], {
      when: 'by ourselves, because something better is ready', // H-01: nothing went wrong, so nothing is reported
      input: { isMove: true },
    }),
    stays(late),
  ],
  silent: [to('lost', 'connected', connectionLost, { also: { lostAt: now } }), stays(late)],
  'error-frame': [
    to('open', 'connected', ['report'], {
      also: { reported: serverError(4301, 'Too many', 'PusherError'), socketId: '1.2' },
    }),
    to('open', 'connected', ['report'], { when: 'it has no code', input: { code: null } }),
    stays(late),
  ],
  decide: stays(),
  'plan-answer': stays(),
  wake: [
    stays(),
    to('open', 'connected', ['next'], {
      when: 'it has stayed up for a while',
      model: { stableAt: now, strikes: 4 },
      also: { strikes: 0, stableAt: undefined },
    }),
  ],
  online: to('open', 'connected', ['probe']),
  offline: to('open', 'connected', ['probe'], { facts: offline }), // protocol.md §4, 6: ping rather than close
  probe: to('open', 'connected', ['probe']),
  'page-hidden': to('suspended', 'disconnected', ['abandon', 'channels-lost', 'lost', 'changed'], {
    also: { socketId: undefined, lostAt: now },
  }), // C-07
  'page-shown': to('open', 'connected', ['probe']),
};

const encryptedOnly = {
  loss: { ...dropped, code: 4000, action: 'switch-to-tls' },
  usesTLS: false,
  isTLSForced: false,
} as const;

export const lost: Rows = {
  connect: [
    to('asking', 'connected', ['ask-connect'], { also: { isManual: true, generation: generation + 1 } }),
    to('asking', 'connected', ['ask-connect'], {
      when: 'the app takes encrypted connections only', // O-03
      model: encryptedOnly,
      also: { usesTLS: true },
    }),
  ],
  disconnect: to('resting', 'disconnected', ['changed'], { also: { generation: generation + 1 } }),
  'connect-answer': stays(),
  established: stays(),
  refused: stays(),
  'handshake-failed': stays(),
  closed: stays(),
  silent: stays(),
  'error-frame': stays(),
  decide: [
    to('planning', 'connected', ['plan'], { also: { attempt: 1, unavailableAt: undefined } }), // a veto decides the state
    to('planning', 'connecting', ['plan'], {
      when: 'an attempt had failed',
      model: { state: 'connecting', attempt: 2, unavailableAt: now + 9000 },
      also: { attempt: 3, unavailableAt: now + 9000 },
    }), // T-05
    to('planning', 'unavailable', ['plan'], {
      when: 'an attempt had failed while unavailable',
      model: { state: 'unavailable' },
    }), // T-04
    to('planning', 'connected', ['plan'], {
      when: 'the server asked for a second',
      model: { loss: { ...dropped, code: 4100, action: 'backoff' } },
      also: { earliestAt: now + 1000 },
    }),
    to('planning', 'connected', ['plan'], {
      when: 'the app takes encrypted connections only', // O-03
      model: encryptedOnly,
      also: { usesTLS: true, isTLSForced: true },
    }),
    to('planning', 'connecting', ['plan'], {
      when: 'a plain attempt had failed', // requirements §3 row 2: alternating
      model: { state: 'connecting', usesTLS: false, isTLSForced: false },
      also: { usesTLS: true, isTLSForced: false },
    }),
    to('planning', 'connected', ['plan'], {
      when: 'a plain connection had worked',
      model: { usesTLS: false, isTLSForced: false },
      also: { usesTLS: false },
    }),
    to('resting', 'disconnected', ['changed'], {
      when: 'retrying cannot help', // L-01
      model: { loss: { ...dropped, code: 4004, action: 'fatal' } },
      also: { attempt: 0 },
    }),
    to('resting', 'disconnected', ['changed'], {
      when: 'automatic reconnection is off', // P-05, R-04
      facts: { reconnectAutomatically: false },
    }),
    to('parked', 'connecting', ['changed'], {
      when: 'the browser is offline',
      facts: offline,
      also: { unavailableAt: now + 30_000, retryAt: undefined },
    }),
    to('parked', 'connecting', [], {
      when: 'the browser is offline and an attempt had failed',
      model: { state: 'connecting', unavailableAt: now + 9000 },
      facts: offline,
      also: { unavailableAt: now + 9000 },
    }),
    to('planning', 'connected', ['plan'], {
      when: 'the browser is offline and the app takes encrypted connections only',
      model: encryptedOnly,
      facts: offline,
    }),
  ],
  'plan-answer': stays(),
  wake: [
    stays(),
    to('lost', 'unavailable', ['changed', 'next'], {
      when: 'it has been trying for too long',
      model: { state: 'connecting', unavailableAt: now },
    }),
  ],
  online: stays(),
  offline: stays(),
  probe: stays(),
  'page-hidden': to('suspended', 'disconnected', ['changed']),
  'page-shown': stays(),
};

export const planning: Rows = {
  connect: to('asking', 'connected', ['ask-connect'], { also: { isManual: true } }),
  disconnect: to('resting', 'disconnected', ['changed'], {
    also: { generation: generation + 1, attempt: 0 },
  }),
  'connect-answer': stays(),
  established: stays(),
  refused: stays(),
  'handshake-failed': stays(),
  closed: stays(),
  silent: stays(),
  'error-frame': stays(),
  decide: stays(),
  'plan-answer': [
    to('waiting', 'connecting', ['changed', 'announce'], {
      also: { retryAt: now + 500, unavailableAt: now + 30_000 },
    }),
    to('waiting', 'connecting', ['changed', 'next'], {
      when: 'without delay, which is not announced', // E-06
      input: { delay: 0 },
      also: { retryAt: now },
    }),
    to('waiting', 'connecting', ['announce'], {
      when: 'an attempt had failed',
      model: { state: 'connecting', unavailableAt: now + 9000 },
      also: { unavailableAt: now + 9000 },
    }),
    to('waiting', 'unavailable', ['announce'], { when: 'unavailable', model: { state: 'unavailable' } }),
    to('waiting', 'connecting', ['changed', 'announce'], {
      when: 'the hooks took longer than the delay', // P-07: counted from the loss
      model: { loss: { ...dropped, at: now - 2000 } },
      also: { retryAt: now },
    }),
    to('resting', 'disconnected', ['changed'], { when: 'a hook prevents it', input: { isAllowed: false } }),
    stays(late),
  ],
  wake: stays(),
  online: stays(),
  offline: stays(),
  probe: stays(),
  'page-hidden': to('suspended', 'disconnected', ['changed']),
  'page-shown': stays(),
};
