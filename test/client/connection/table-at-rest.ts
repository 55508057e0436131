/** The machine where no socket is under way: resting, suspended, parked, waiting, asking (see transition.test.ts). */
import { dropped, generation, late, now, stays, to } from './machine.js';
import type { Rows } from './machine.js';

const offline = { isOffline: true };
const due = { unavailableAt: now };

export const resting: Rows = {
  connect: [
    // no pre-flight check, so what the browser says of the network does not matter here
    to('asking', 'initialized', ['ask-connect'], { also: { generation: generation + 1, isManual: true } }),
    to('asking', 'initialized', ['ask-connect'], { when: 'the browser is offline', facts: offline }),
    to('asking', 'disconnected', ['ask-connect'], {
      when: 'disconnected',
      model: { state: 'disconnected', attempt: 3, strikes: 5 },
      also: { attempt: 0, strikes: 0 },
    }),
    // S-06, S-12
    to('resting', 'failed', ['changed'], { when: 'there is no transport', facts: { isSupported: false } }),
    to('resting', 'failed', [], {
      when: 'there is still no transport',
      model: { state: 'failed' },
      facts: { isSupported: false },
    }),
    to('asking', 'failed', ['ask-connect'], { when: 'there is a transport now', model: { state: 'failed' } }),
  ],
  disconnect: [
    to('resting', 'disconnected', ['changed'], { also: { generation: generation + 1 } }),
    stays({ when: 'disconnected', model: { state: 'disconnected' } }),
    stays({ when: 'failed', model: { state: 'failed' } }),
  ],
  'connect-answer': stays(),
  established: stays(),
  refused: stays(),
  'handshake-failed': stays(),
  closed: stays(),
  silent: stays(),
  'error-frame': stays(),
  decide: stays(),
  'plan-answer': stays(),
  wake: stays(),
  online: [stays(), stays({ when: 'disconnected', model: { state: 'disconnected' } })],
  offline: stays(),
  probe: [stays(), stays({ when: 'disconnected', model: { state: 'disconnected' } })],
  'page-hidden': stays(),
  'page-shown': [stays(), stays({ when: 'disconnected', model: { state: 'disconnected' } })],
};

export const suspended: Rows = {
  connect: to('asking', 'disconnected', ['ask-connect'], { also: { isManual: true } }),
  disconnect: to('resting', 'disconnected', []),
  'connect-answer': stays(),
  established: stays(),
  refused: stays(),
  'handshake-failed': stays(),
  closed: stays(),
  silent: stays(),
  'error-frame': stays(),
  decide: stays(),
  'plan-answer': stays(),
  wake: stays(),
  online: stays(),
  offline: stays(),
  probe: stays(),
  'page-hidden': stays(),
  'page-shown': [
    to('asking', 'disconnected', ['ask-connect'], { also: { isManual: false } }), // C-07
    to('waiting', 'connecting', ['changed'], {
      when: 'the server had asked for a second that is not over',
      model: { earliestAt: now + 700 },
      also: { retryAt: now + 700, unavailableAt: now + 30_000, isManual: false },
    }),
  ],
};

export const parked: Rows = {
  connect: to('asking', 'connecting', ['ask-connect'], { also: { isManual: true, attempt: 1 } }),
  disconnect: to('resting', 'disconnected', ['changed'], { also: { unavailableAt: undefined } }),
  'connect-answer': stays(),
  established: stays(),
  refused: stays(),
  'handshake-failed': stays(),
  closed: stays(),
  silent: stays(),
  'error-frame': stays(),
  decide: stays(),
  'plan-answer': stays(),
  wake: [
    stays(), // whatever the timers say
    to('parked', 'unavailable', ['changed', 'next'], { when: 'it has been trying for too long', model: due }), // T-01
  ],
  online: [
    to('asking', 'connecting', ['ask-connect'], { also: { isManual: false } }),
    to('waiting', 'connecting', [], {
      when: 'the server had asked for a second that is not over',
      model: { earliestAt: now + 700 },
      also: { retryAt: now + 700 },
    }),
  ],
  offline: stays({ facts: offline }),
  probe: [
    stays({ when: 'still offline', facts: offline }),
    to('asking', 'connecting', ['ask-connect'], { when: 'the network is there again' }),
  ],
  'page-hidden': to('suspended', 'disconnected', ['changed']),
  'page-shown': [
    stays({ when: 'still offline', facts: offline }),
    to('asking', 'connecting', ['ask-connect'], { when: 'the network is there again' }),
  ],
};

const wakesUp = [
  to('asking', 'connecting', ['ask-connect'], { also: { retryAt: undefined, isManual: false } }),
  to('waiting', 'connecting', [], {
    when: 'the server had asked for a second that is not over',
    model: { earliestAt: now + 700, retryAt: now + 5000 },
    also: { retryAt: now + 700 },
  }),
  to('waiting', 'connecting', [], {
    when: 'the attempt comes before that second is over',
    model: { earliestAt: now + 700, retryAt: now + 600 },
    also: { retryAt: now + 600 },
  }),
  to('asking', 'connecting', ['ask-connect'], {
    when: 'the second that the server asked for is over',
    model: { earliestAt: now - 1, retryAt: now + 5000 },
  }),
] as const;

export const waiting: Rows = {
  connect: to('asking', 'connecting', ['ask-connect'], {
    also: { isManual: true, retryAt: undefined, attempt: 1 },
  }),
  disconnect: to('resting', 'disconnected', ['changed'], {
    also: { retryAt: undefined, unavailableAt: undefined, attempt: 0, strikes: 0 },
  }),
  'connect-answer': stays(),
  established: stays(),
  refused: stays(),
  'handshake-failed': stays(),
  closed: stays(),
  silent: stays(),
  'error-frame': stays(),
  decide: stays(),
  'plan-answer': stays(),
  wake: [
    stays(),
    to('asking', 'connecting', ['ask-connect'], { when: 'the attempt is due', model: { retryAt: now } }),
    to('asking', 'unavailable', ['ask-connect'], {
      when: 'the attempt is due while unavailable',
      model: { state: 'unavailable', retryAt: now - 1 },
    }), // T-04: without connecting in between
    to('waiting', 'unavailable', ['changed', 'next'], {
      when: 'it has been trying for too long',
      model: due,
    }),
    // 1.4 reads the switch again when the timer fires
    to('resting', 'disconnected', ['changed'], {
      when: 'the attempt is due and automatic reconnection was switched off meanwhile',
      model: { retryAt: now },
      facts: { reconnectAutomatically: false },
    }),
  ],
  online: wakesUp,
  offline: stays({ facts: offline }),
  probe: wakesUp,
  'page-hidden': [
    to('suspended', 'disconnected', ['changed'], { also: { retryAt: undefined } }),
    to('suspended', 'disconnected', ['changed'], {
      when: 'the server had asked for a second that is not over',
      model: { earliestAt: now + 700 },
      also: { retryAt: undefined, earliestAt: now + 700 },
    }),
  ],
  'page-shown': wakesUp,
};

export const asking: Rows = {
  connect: stays(), // C-09
  disconnect: to('resting', 'disconnected', ['changed'], { also: { generation: generation + 1 } }),
  'connect-answer': [
    to('opening', 'connecting', ['open'], { also: { connectBy: now + 10_000, unavailableAt: now + 30_000 } }),
    to('opening', 'connecting', ['changed', 'open'], {
      when: 'it is the first attempt',
      model: { state: 'initialized', unavailableAt: undefined },
      also: { unavailableAt: now + 30_000 },
    }),
    to('opening', 'connecting', ['changed', 'open'], {
      when: 'it was disconnected',
      model: { state: 'disconnected', unavailableAt: undefined },
      also: { unavailableAt: now + 30_000 },
    }),
    to('opening', 'connecting', ['changed', 'open'], {
      when: 'a listener of the loss asked for it',
      model: { state: 'connected', unavailableAt: undefined },
      also: { unavailableAt: now + 30_000 },
    }),
    // T-05: entering is not repeated; S-11: unavailable stays until connected
    to('opening', 'connecting', ['open'], {
      when: 'it has been trying for a while',
      model: { unavailableAt: now + 3000 },
      also: { unavailableAt: now + 3000 },
    }),
    to('opening', 'unavailable', ['open'], {
      when: 'it is unavailable',
      model: { state: 'unavailable', unavailableAt: undefined },
      also: { unavailableAt: undefined },
    }),
    to('resting', 'disconnected', ['changed'], { when: 'a retry is prevented', input: { isAllowed: false } }),
    to('resting', 'initialized', [], {
      when: 'the first attempt is prevented',
      model: { state: 'initialized' },
      input: { isAllowed: false },
    }),
    to('resting', 'disconnected', [], {
      when: 'an attempt after disconnect() is prevented',
      model: { state: 'disconnected' },
      input: { isAllowed: false },
    }),
    // The socket is gone: it must not stay "connected" with nothing scheduled.
    to('resting', 'disconnected', ['changed'], {
      when: 'an attempt that a listener of the loss asked for is prevented',
      model: { state: 'connected', loss: dropped },
      input: { isAllowed: false },
    }),
    stays(late),
  ],
  established: stays(),
  refused: stays(),
  'handshake-failed': stays(),
  closed: stays(),
  silent: stays(),
  'error-frame': stays(),
  decide: stays(),
  'plan-answer': stays(),
  wake: [
    stays(),
    to('asking', 'unavailable', ['changed', 'next'], { when: 'it has been trying for too long', model: due }),
  ],
  online: stays(),
  offline: stays(),
  probe: stays(),
  'page-hidden': [
    to('suspended', 'disconnected', ['changed'], { also: { generation: generation + 1 } }),
    to('suspended', 'disconnected', [], { when: 'it was disconnected', model: { state: 'disconnected' } }),
  ],
  'page-shown': stays(),
};
