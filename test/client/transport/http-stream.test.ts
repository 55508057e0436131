/** The records of an HTTP session (protocol.md §10, row by row). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { longestRecord, readRecord, RecordReader } from '../../../src/transport/http-stream.js';
import type { HttpRecord } from '../../../src/transport/http-stream.js';

describe('a record', () => {
  const rows: readonly [name: string, line: string, expected: HttpRecord | undefined][] = [
    ['o opens', 'o', { type: 'open', hostname: undefined }],
    [
      'o may name a host',
      'o{"hostname":"sockjs-7.pusher.com"}',
      { type: 'open', hostname: 'sockjs-7.pusher.com' },
    ],
    ['o with a host that is none opens', 'o{"hostname":7}', { type: 'open', hostname: undefined }],
    ['o with bad JSON opens', 'o{"host', { type: 'open', hostname: undefined }],
    ['o with null opens', 'onull', { type: 'open', hostname: undefined }],
    ['a brings frames', 'a["{}","[]"]', { type: 'frames', frames: ['{}', '[]'] }],
    ['a may be empty', 'a[]', { type: 'frames', frames: [] }],
    ['a keeps what is no text, for the codec to report', 'a[1,null]', { type: 'frames', frames: [1, null] }],
    ['a with something else than an array brings that', 'a"{}"', { type: 'frames', frames: ['{}'] }],
    [
      'a with bad JSON brings the bytes, for the codec to report',
      'a["{',
      { type: 'frames', frames: ['["{'] },
    ],
    ['m brings one frame', 'm"{}"', { type: 'frames', frames: ['{}'] }],
    ['m with bad JSON brings the bytes', 'm{', { type: 'frames', frames: ['{'] }],
    ['h is a heartbeat', 'h', { type: 'heartbeat' }],
    ['a line of h is one heartbeat', 'h'.repeat(2048), { type: 'heartbeat' }],
    ['c closes with a code and a reason', 'c[4200,"again"]', { type: 'closed', code: 4200, reason: 'again' }],
    ['c without a reason', 'c[4200]', { type: 'closed', code: 4200, reason: '' }],
    ['c without a code is 1006', 'c[]', { type: 'closed', code: 1006, reason: '' }],
    ['c with bad JSON is 1006', 'c[4200', { type: 'closed', code: 1006, reason: '' }],
    [
      'c with a code that is none is 1006',
      'c["4200","again"]',
      { type: 'closed', code: 1006, reason: 'again' },
    ],
    ['another letter is of the future', 'x["{}"]', undefined],
    ['a web page is nothing', '<!doctype html>', undefined],
    ['an empty line is nothing', '', undefined],
  ];
  for (const [name, line, expected] of rows)
    it(name, () => {
      assert.deepEqual(readRecord(line), expected);
    });
});

describe('the reader of an answer', () => {
  const answer = `${'h'.repeat(2048)}\no\na["{\\"event\\":\\"ü€😀\\"}"]\nc[4200,"again"]\n`;
  const whole = new RecordReader().push(answer);

  it('finds the same records however the answer is cut', () => {
    assert.equal(whole.length, 4);
    for (const size of [1, 2, 3, 7, 100, 2049]) {
      const reader = new RecordReader();
      const found: HttpRecord[] = [];
      for (let at = 0; at < answer.length; at += size)
        found.push(...reader.push(answer.slice(at, at + size)));
      assert.deepEqual(found, whole, `in pieces of ${size}`);
    }
  });

  it('knows whether it is between two records', () => {
    const reader = new RecordReader();
    assert.equal(reader.isBetweenRecords, true);
    reader.push('o\na["');
    assert.equal(reader.isBetweenRecords, false);
    reader.push('{}"]\n');
    assert.equal(reader.isBetweenRecords, true);
  });

  it('takes the end of a complete answer for the end of its last record', () => {
    const reader = new RecordReader();
    assert.deepEqual(reader.push('h\nm"{}"'), [{ type: 'heartbeat' }]);
    assert.deepEqual(reader.end(), [{ type: 'frames', frames: ['{}'] }]);
    assert.deepEqual(reader.end(), []);
  });

  it('does not fill the memory with a record that does not end', () => {
    const reader = new RecordReader();
    assert.throws(() => {
      for (let size = 0; size <= longestRecord; size += 1_000_000) reader.push('x'.repeat(1_000_000));
    }, RangeError);
  });
});
