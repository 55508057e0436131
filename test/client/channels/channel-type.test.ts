/** protocol.md §7.1. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { channelType, PusherError, validateChannelName } from '../../../src/index.js';

describe('the type of a channel', () => {
  it('is what the longest prefix says', () => {
    for (const [name, type] of [
      ['prices', 'public'],
      ['cache-prices', 'public'],
      ['private-orders', 'private'],
      ['private-cache-orders', 'private'],
      ['private-encrypted-vault', 'encrypted'],
      ['private-encrypted-cache-vault', 'encrypted'],
      ['presence-lobby', 'presence'],
      ['presence-cache-lobby', 'presence'],
      ['private', 'public'],
      ['privateer', 'public'],
      ['presence', 'public'],
      ['Private-orders', 'public'],
      ['my-private-orders', 'public'],
      ['private-encrypted', 'private'],
    ] as const)
      assert.equal(channelType(name), type, name);
  });
});

describe('the name of a channel', () => {
  it('may have letters, digits and some punctuation, up to 200 characters', () => {
    for (const name of ['prices', 'A-Z_a=z@0,9.;', '-', '7', 'x'.repeat(164), 'x'.repeat(200), '__proto__'])
      assert.equal(validateChannelName(name), name);
  });

  it('may have nothing else, and the error shows it and says what to do', () => {
    const names = [
      '',
      ' ',
      'a b',
      'a/b',
      'a:b',
      '#internal',
      'ünicode',
      'a\n',
      'x'.repeat(201),
      '💡',
      'a+b',
      'a!',
    ];
    for (const name of [...names, 7, null, undefined, {}, ['prices']])
      assert.throws(
        () => validateChannelName(name),
        (error) =>
          error instanceof PusherError &&
          error.code === 'invalid-channel-name' &&
          error.message.length < 300 &&
          error.message.endsWith(error.remediation),
      );
  });
});
