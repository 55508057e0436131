import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Dispatcher } from '../../src/dispatcher.js';
import { catchReports } from './support.js';

/** A dispatcher, a journal, and listeners that write their name into it. */
function setUp(): { dispatcher: Dispatcher; journal: unknown[]; writer: (name: string) => () => void } {
  const journal: unknown[] = [];
  return {
    dispatcher: new Dispatcher(),
    journal,
    writer: (name) => () => {
      journal.push(name);
    },
  };
}

describe('a dispatch that is under way', () => {
  it('is not joined by a listener that is bound during it', () => {
    // reference/pusher-js.md §6.3 P: there it runs in the same dispatch, and can loop
    const { dispatcher, journal, writer } = setUp();
    const again = (): void => {
      journal.push('bound');
      dispatcher.bind('tick', again);
    };
    dispatcher.bind('tick', again);
    dispatcher.bindGlobal(() => {
      dispatcher.bind('tick', writer('from a global one'));
    });
    dispatcher.emit('tick');
    assert.deepEqual(journal, ['bound']);
    dispatcher.emit('tick');
    assert.deepEqual(journal.slice(1), ['bound', 'from a global one', 'bound']);
  });

  it('is not joined by a global listener that is bound during it', () => {
    const { dispatcher, journal, writer } = setUp();
    dispatcher.bindGlobal(() => {
      journal.push('first');
      dispatcher.bindGlobal(writer('late'));
    });
    dispatcher.emit('tick');
    assert.deepEqual(journal, ['first']);
  });

  it('is not left by a listener that is removed during it', () => {
    const { dispatcher, journal, writer } = setUp();
    const second = writer('second');
    dispatcher.bind('tick', () => {
      dispatcher.unbind('tick', second);
    });
    dispatcher.bind('tick', second);
    dispatcher.emit('tick');
    assert.deepEqual(journal, ['second']);
    dispatcher.emit('tick');
    assert.deepEqual(journal, ['second']);
  });

  it('keeps both kinds apart when one emits inside the other', () => {
    const { dispatcher, journal, writer } = setUp();
    dispatcher.bind('outer', () => {
      journal.push('outer');
      dispatcher.emit('inner');
      dispatcher.bind('inner', writer('late'));
    });
    dispatcher.bind('inner', writer('inner'));
    dispatcher.bind('outer', writer('outer again'));
    dispatcher.emit('outer');
    assert.deepEqual(journal, ['outer', 'inner', 'outer again']);
  });

  it('reaches every listener, whoever throws, and reports what was thrown', (t) => {
    // reference/pusher-js.md §6.3 I
    const reports = catchReports(t);
    const { dispatcher, journal, writer } = setUp();
    const failure = (word: string) => (): void => {
      throw new Error(word);
    };
    dispatcher.bindGlobal(failure('global'));
    dispatcher.bindGlobal(writer('second global'));
    dispatcher.bind('tick', failure('named'));
    dispatcher.bind('tick', writer('second named'));
    dispatcher.emit('tick');
    dispatcher.emitNamed('tick');
    assert.deepEqual(journal, ['second global', 'second named', 'second named']);
    assert.deepEqual(
      reports.map((error) => (error as Error).message),
      ['global', 'named', 'named'],
    );
  });

  it('reports on the console where there is no reportError', (t) => {
    const { dispatcher } = setUp();
    const written: unknown[] = [];
    t.mock.method(console, 'error', (value: unknown) => written.push(value));
    dispatcher.bind('tick', () => {
      throw new Error('on the console');
    });
    dispatcher.emit('tick');
    assert.equal((written[0] as Error).message, 'on the console');
  });
});
