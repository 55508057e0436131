/**
 * design.md §4 as a test: which room may know which, and which file alone may touch the outside world.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSource, sourceFiles, type Import, type SourceFile } from './source-files.js';

const src = sourceFiles('src');
const components = sourceFiles('components');

/** The first folder below src/ or components/, or '' for a file at the top. */
const roomOf = (path: string): string => path.split('/').slice(1, -1)[0] ?? '';

interface Rule {
  /** Files and rooms (ending in a slash) that may be imported for use. */
  readonly uses: readonly string[];
  /** Those of which only types may be imported: what it is given, and does not make. */
  readonly knows: readonly string[];
}

/** A room may always import itself. Rooms that are not listed have no rule yet and fail. */
const rules: Readonly<Record<string, Rule>> = {
  protocol: { uses: ['src/errors.ts'], knows: [] },
  transport: {
    uses: ['src/errors.ts', 'src/fetch.ts'],
    knows: ['src/clock.ts', 'src/protocol/', 'src/options.ts'], // the plan reads options; it has none of its own
  },
  connection: {
    uses: ['src/protocol/', 'src/errors.ts', 'src/dispatcher.ts'],
    knows: ['src/clock.ts', 'src/transport/transport.ts'],
  },
  channels: {
    uses: ['src/protocol/', 'src/errors.ts', 'src/dispatcher.ts', 'src/deadlines.ts'],
    knows: ['src/clock.ts', 'src/connection/', 'src/auth/'],
  },
  auth: {
    uses: ['src/protocol/', 'src/errors.ts', 'src/dispatcher.ts', 'src/deadlines.ts', 'src/fetch.ts'],
    knows: ['src/clock.ts', 'src/channels/channel-type.ts'],
  },
  user: {
    uses: ['src/protocol/', 'src/errors.ts', 'src/dispatcher.ts'],
    knows: ['src/clock.ts', 'src/connection/', 'src/auth/', 'src/channels/'],
  },
  stats: { uses: ['src/errors.ts', 'src/fetch.ts'], knows: ['src/clock.ts', 'src/connection/'] },
  // A second reader of the protocol, written against its description: it shares time and the transport's
  // interface with the client, and no code that both could get wrong together.
  testing: { uses: ['src/clock.ts'], knows: ['src/transport/transport.ts'] },
};

/** Files at the top of src/ that serve every room know no room but by type. */
const topRule: Rule = {
  uses: ['src/errors.ts', 'src/clock.ts', 'src/dispatcher.ts', 'src/option-checks.ts'],
  knows: ['src/'],
};

/** The packages from outside that one file of the client may use; each has a page in docs/decisions. */
const packages: Readonly<Record<string, string>> = {
  'src/channels/encryption.ts': '@noble/ciphers/',
};
const isAllowedPackage = ({ path }: SourceFile, { target }: Import): boolean => {
  const allowed = packages[path];
  return allowed !== undefined && target.startsWith(allowed);
};

const covers = (allowed: readonly string[], target: string): boolean =>
  allowed.some((place) => (place.endsWith('/') ? target.startsWith(place) : target === place));

const obeys = (rule: Rule, { target, isTypeOnly }: Import): boolean =>
  covers(rule.uses, target) || (isTypeOnly && covers(rule.knows, target));

const describeImport = (file: SourceFile, { target, isTypeOnly }: Import): string =>
  `${file.path} imports ${isTypeOnly ? 'types of ' : ''}${target}`;

/** The imports of `files` that `isAllowed` does not allow, in words. */
const offences = (
  files: readonly SourceFile[],
  isAllowed: (file: SourceFile, found: Import) => boolean,
): string[] =>
  files.flatMap((file) =>
    file.imports.filter((found) => !isAllowed(file, found)).map((found) => describeImport(file, found)),
  );

describe('the reader of these tests', () => {
  const read = (text: string): SourceFile => readSource('src/room/file.ts', text);

  it('tells a use of a global from a member, a declaration, a type and a comment', () => {
    const used = (text: string): boolean => read(text).globals.has('setTimeout');
    assert.ok(used('setTimeout(f, 1)'));
    assert.ok(used('globalThis.setTimeout(f, 1)'));
    assert.ok(used('const clock = { setTimeout };'));
    assert.ok(used('const later = setTimeout;'));
    assert.ok(!used('clock.setTimeout(f, 1)'));
    assert.ok(!used('const clock = { setTimeout: (f) => f };'));
    assert.ok(!used('interface Clock { setTimeout(f: () => void): void }'));
    assert.ok(!used('type Handle = ReturnType<typeof setTimeout>;'));
    assert.ok(!used('// setTimeout(f, 1)'));
  });

  it('tells imports of types from imports of code', () => {
    const [first] = read("import type { A } from '../other.js';").imports;
    assert.deepEqual(first, { target: 'src/other.ts', isTypeOnly: true });
    assert.equal(read("import { type A } from './a.js';").imports[0]?.isTypeOnly, true);
    assert.equal(read("import { type A, b } from './a.js';").imports[0]?.isTypeOnly, false);
    assert.equal(read("export type { A } from './a.js';").imports[0]?.isTypeOnly, true);
    assert.equal(read("export * from './a.js';").imports[0]?.isTypeOnly, false);
    assert.deepEqual(read("const a = import('./a.js');").imports, [
      { target: 'src/room/a.ts', isTypeOnly: false },
    ]);
  });

  it('tells the system random source from another one', () => {
    assert.ok(read('Math.random()').members.has('Math.random'));
    assert.ok(!read('Math.max(clock.random(), 1)').members.has('Math.random'));
  });

  it('finds the sources', () => {
    assert.ok(src.length > 0);
    assert.ok(components.length > 0);
  });
});

describe('the client', () => {
  it('imports nothing from outside src/ but what a decision allows', () => {
    assert.deepEqual(
      offences(src, (file, found) => found.target.startsWith('src/') || isAllowedPackage(file, found)),
      [],
    );
  });

  it('has a rule for every room', () => {
    const rooms = new Set(src.map((file) => roomOf(file.path)).filter(Boolean));
    assert.deepEqual(
      [...rooms].filter((room) => !rules[room]),
      [],
    );
  });

  for (const [room, rule] of Object.entries(rules)) {
    it(`keeps src/${room}/ to what it may know`, () => {
      const files = src.filter((file) => roomOf(file.path) === room);
      assert.deepEqual(
        offences(
          files,
          (file, found) =>
            found.target.startsWith(`src/${room}/`) || obeys(rule, found) || isAllowedPackage(file, found),
        ),
        [],
      );
    });
  }

  it('puts rooms together in pusher.ts only', () => {
    const files = src.filter(
      (file) => !roomOf(file.path) && !['src/pusher.ts', 'src/index.ts'].includes(file.path),
    );
    assert.deepEqual(
      offences(files, (_file, found) => obeys(topRule, found)),
      [],
    );
  });

  it('never reaches into pusher.ts, index.ts or testing/ from a room', () => {
    const files = src.filter((file) => roomOf(file.path) !== 'testing' && file.path !== 'src/index.ts');
    assert.deepEqual(
      offences(
        files,
        (_file, { target }) =>
          !['src/pusher.ts', 'src/index.ts'].includes(target) && !target.startsWith('src/testing/'),
      ),
      [],
    );
  });

  const client = src.filter((file) => roomOf(file.path) !== 'testing');
  const outside: Readonly<Record<string, (file: SourceFile) => boolean>> = {
    'the system time (Date, performance)': ({ globals }) => globals.has('Date') || globals.has('performance'),
    'system timers': ({ globals }) =>
      ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'].some((name) => globals.has(name)),
    'Math.random': ({ members }) => members.has('Math.random'),
    WebSocket: ({ globals }) => globals.has('WebSocket'),
    fetch: ({ globals }) => globals.has('fetch'),
    'the online listener': ({ strings, members }) =>
      strings.has('online') && (members.has('addEventListener') || members.has('ononline')),
  };
  for (const [what, touches] of Object.entries(outside)) {
    it(`touches ${what} in one file at most`, () => {
      const files = client.filter(touches).map((file) => file.path);
      assert.ok(files.length <= 1, files.join(', '));
    });
  }
});

describe('the elements', () => {
  const isElementFile = (file: SourceFile): boolean =>
    !['', 'shared'].includes(roomOf(file.path)) && !file.path.endsWith('/define.ts');

  it('import Lit, each other, and the public names of the client, nothing else', () => {
    const allowed = ['src/index.ts', 'src/testing/index.ts', 'lit'];
    assert.deepEqual(
      offences(
        components,
        (_file, { target }) =>
          allowed.includes(target) || target.startsWith('lit/') || target.startsWith('components/'),
      ),
      [],
    );
  });

  it('are not known to the client', () => {
    assert.deepEqual(
      offences(src, (_file, { target }) => !target.startsWith('components/')),
      [],
    );
  });

  it('name no socket, no timer, no clock and no request', () => {
    const forbidden = ['WebSocket', 'setTimeout', 'setInterval', 'fetch', 'Date', 'performance'];
    const found = components
      .filter(isElementFile)
      .flatMap((file) =>
        forbidden.filter((name) => file.globals.has(name)).map((name) => `${file.path} uses ${name}`),
      );
    assert.deepEqual(found, []);
  });

  it('are registered by define files only, and by the single file for pages', () => {
    const isDefine = (path: string): boolean =>
      path.endsWith('/define.ts') || path === 'components/loader/all.ts';
    assert.deepEqual(
      offences(
        components.filter((file) => !isDefine(file.path)),
        (file, { target }) => !isDefine(target) || file.path === 'components/loader/all-global.ts',
      ),
      [],
    );
  });
});

describe('every file', () => {
  it('has 300 lines at most', () => {
    const long = [...src, ...components]
      .filter((file) => file.lines > 300)
      .map((file) => `${file.path} has ${file.lines} lines`);
    assert.deepEqual(long, []);
  });
});
