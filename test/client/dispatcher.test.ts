import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Dispatcher } from '../../src/dispatcher.js';

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

// reference/pusher-js.md §2.13
describe('bind', () => {
  it('calls every listener of the event, in the order of binding, and none of another event', () => {
    const { dispatcher, journal, writer } = setUp();
    dispatcher.bind('tick', writer('first'));
    dispatcher.bind('tock', writer('other'));
    dispatcher.bind('tick', writer('second'));
    dispatcher.emit('tick');
    assert.deepEqual(journal, ['first', 'second']);
  });

  it('adds the same function as often as it is bound', () => {
    const { dispatcher, journal, writer } = setUp();
    const listener = writer('tick');
    dispatcher.bind('tick', listener);
    dispatcher.bind('tick', listener);
    dispatcher.emit('tick');
    assert.deepEqual(journal, ['tick', 'tick']);
  });

  it('calls with the context as this', () => {
    const { dispatcher } = setUp();
    const context = { name: 'context' };
    const seen: unknown[] = [];
    const listener = function (this: unknown): void {
      seen.push(this);
    };
    dispatcher.bind('tick', listener, context);
    dispatcher.bindGlobal(listener, context);
    dispatcher.emit('tick');
    assert.deepEqual(seen, [context, context]);
  });

  it('hands over falsy payloads like any other', () => {
    const { dispatcher } = setUp();
    const seen: unknown[][] = [];
    dispatcher.bind('tick', (...values: unknown[]) => seen.push(values));
    for (const value of [0, false, '', null]) dispatcher.emit('tick', value, 'extra');
    assert.deepEqual(seen, [
      [0, 'extra'],
      [false, 'extra'],
      ['', 'extra'],
      [null, 'extra'],
    ]);
  });

  it('takes event names that are members of every object', () => {
    const { dispatcher, journal, writer } = setUp();
    for (const name of ['constructor', '__proto__', 'hasOwnProperty', 'toString']) {
      assert.equal(dispatcher.hears(name), false);
      dispatcher.emit(name);
      dispatcher.bind(name, writer(name));
      dispatcher.emit(name);
      assert.equal(journal.at(-1), name);
      dispatcher.unbind(name);
      assert.equal(dispatcher.hears(name), false);
    }
  });

  it('refuses what is not a function', () => {
    const { dispatcher } = setUp();
    assert.throws(() => {
      dispatcher.bind('tick', 'listener' as never);
    }, TypeError);
    assert.throws(() => {
      dispatcher.bindGlobal(undefined as never);
    }, TypeError);
    assert.equal(dispatcher.isSilent, true);
  });
});

describe('unbind', () => {
  const context = {};
  const other = {};

  function bound(): ReturnType<typeof setUp> & { one: () => void; two: () => void } {
    const parts = setUp();
    const one = parts.writer('one');
    const two = parts.writer('two');
    parts.dispatcher.bind('tick', one, context);
    parts.dispatcher.bind('tick', two, other);
    parts.dispatcher.bind('tock', one, other);
    parts.dispatcher.bindGlobal(parts.writer('global'));
    return { ...parts, one, two };
  }

  const emitted = ({ dispatcher, journal }: ReturnType<typeof setUp>): unknown[] => {
    dispatcher.emit('tick');
    journal.push('/');
    dispatcher.emit('tock');
    return journal;
  };

  it('with every part removes what matches all of them', () => {
    const parts = bound();
    parts.dispatcher.unbind('tick', parts.one, other);
    parts.dispatcher.unbind('tick', parts.two, other);
    assert.deepEqual(emitted(parts), ['global', 'one', '/', 'global', 'one']);
  });

  it('with an event and a function leaves the others', () => {
    const parts = bound();
    parts.dispatcher.unbind('tick', parts.one);
    assert.deepEqual(emitted(parts), ['global', 'two', '/', 'global', 'one']);
  });

  it('with an event removes all of that event', () => {
    const parts = bound();
    parts.dispatcher.unbind('tick');
    assert.deepEqual(emitted(parts), ['global', '/', 'global', 'one']);
  });

  it('with a function removes it from every event', () => {
    const parts = bound();
    parts.dispatcher.unbind(null, parts.one);
    assert.deepEqual(emitted(parts), ['global', 'two', '/', 'global']);
  });

  it('with a context removes it from every event', () => {
    const parts = bound();
    parts.dispatcher.unbind(null, null, other);
    assert.deepEqual(emitted(parts), ['global', 'one', '/', 'global']);
  });

  it('with nothing removes all that name an event, and leaves the global ones', () => {
    const parts = bound();
    parts.dispatcher.unbind();
    assert.deepEqual(emitted(parts), ['global', '/', 'global']);
  });

  it('of something that was never bound changes nothing', () => {
    const parts = bound();
    parts.dispatcher.unbind('tick', () => undefined);
    parts.dispatcher.unbind('unknown');
    parts.dispatcher.unbindGlobal(() => undefined);
    assert.deepEqual(emitted(parts), ['global', 'one', 'two', '/', 'global', 'one']);
  });

  it('leaves nothing behind', () => {
    const parts = bound();
    parts.dispatcher.unbindAll();
    assert.deepEqual(emitted(parts), ['/']);
    assert.equal(parts.dispatcher.isSilent, true);
    assert.equal(parts.dispatcher.hears('tick'), false);
  });
});

describe('bindGlobal', () => {
  it('hears every event with its name, before the listeners of the event', () => {
    const { dispatcher, journal, writer } = setUp();
    dispatcher.bind('tick', writer('named'));
    dispatcher.bindGlobal((...values: unknown[]) => journal.push(values));
    dispatcher.emit('tick', 1, 'extra');
    dispatcher.emit('tock', 2);
    assert.deepEqual(journal, [['tick', 1, 'extra'], 'named', ['tock', 2, undefined]]);
  });

  it('is removed one by one or all at once', () => {
    const { dispatcher, journal, writer } = setUp();
    const one = writer('one');
    dispatcher.bindGlobal(one);
    dispatcher.bindGlobal(writer('two'));
    dispatcher.unbindGlobal(one);
    dispatcher.emit('tick');
    dispatcher.unbindGlobal();
    dispatcher.emit('tick');
    assert.deepEqual(journal, ['two']);
  });

  it('does not hear the second name of an event', () => {
    const { dispatcher, journal, writer } = setUp();
    dispatcher.bindGlobal(writer('global'));
    dispatcher.bind('alias', writer('alias'));
    dispatcher.emitNamed('alias');
    assert.deepEqual(journal, ['alias']);
  });
});

describe('the signal of a binding', () => {
  it('unbinds when it aborts, that binding and no other', () => {
    const { dispatcher, journal, writer } = setUp();
    const listener = writer('tick');
    const stop = new AbortController();
    dispatcher.bind('tick', listener, undefined, stop);
    dispatcher.bind('tick', listener);
    dispatcher.bindGlobal(writer('global'), undefined, stop);
    stop.abort();
    dispatcher.emit('tick');
    assert.deepEqual(journal, ['tick']);
  });

  it('that has aborted already binds nothing', () => {
    const { dispatcher, writer } = setUp();
    const options = { signal: AbortSignal.abort() };
    dispatcher.bind('tick', writer('tick'), undefined, options);
    dispatcher.bindGlobal(writer('global'), undefined, options);
    assert.equal(dispatcher.isSilent, true);
  });

  it('is let go when the listener is unbound by hand', (t) => {
    const { dispatcher, writer } = setUp();
    const { signal } = new AbortController();
    const added = t.mock.method(signal, 'addEventListener');
    const removed = t.mock.method(signal, 'removeEventListener');
    dispatcher.bind('tick', writer('one'), undefined, { signal });
    dispatcher.bindGlobal(writer('two'), undefined, { signal });
    dispatcher.unbindAll();
    assert.equal(added.mock.callCount(), 2);
    assert.equal(removed.mock.callCount(), 2);
  });
});
