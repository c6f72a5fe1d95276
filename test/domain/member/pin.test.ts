import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pinValues, saltOf } from '../../../src/domain/member/pin.ts';

const hash = '9b5f2e5a32e8df255689ec4ee0b4f5627713c6359c9e7de0b8cd0db6b6788ee8';

describe('a PIN typed at the door', () => {
  test('could be the one that was stored under a salt in use', () => {
    // `printf 'k7Qx4711' | sha256sum` of coreutils.
    expect(pinValues('4711', ['other', 'k7Qx'])[1]).toBe(`sha256:k7Qx:${hash}`);
  });

  test('has one value for each salt, and none where no PIN is stored', () => {
    expect(new Set(pinValues('4711', ['a', 'b', 'c'])).size).toBe(3);
    expect(pinValues('4711', [])).toEqual([]);
  });

  test('keeps its leading zeros', () => {
    expect(pinValues('0711', ['a'])).not.toEqual(pinValues('711', ['a']));
  });

  test('is never what is stored itself', () => {
    const stored = `sha256:k7Qx:${hash}`;
    expect(pinValues(stored, ['k7Qx'])).not.toContain(stored);
  });
});

describe('the salt of a stored PIN', () => {
  test('is found again, whatever is in it', () => {
    const salt = fc.string({ unit: fc.constantFrom('a', '7', ':', '\n', 'ż', '🏋', '\ud800'), minLength: 1 });
    fc.assert(
      fc.property(salt, fc.string(), (salt, pin) => {
        expect(pinValues(pin, [salt]).map(saltOf)).toEqual([salt]);
      }),
    );
  });

  test('may hold a colon', () => {
    expect(saltOf(`sha256:a:b:${hash}`)).toBe('a:b');
  });

  test.each([
    ['a PIN in clear', '4711'],
    ['a hash without a salt', `sha256::${hash}`],
    ['a hash alone', hash],
    ['a hash cut short', `sha256:k7Qx:${hash.slice(1)}`],
    ['a hash of another length', `sha256:k7Qx:${hash}00`],
    ['a hash in capitals, which no PIN would equal', `sha256:k7Qx:${hash.toUpperCase()}`],
    ['another kind of hash', `sha1:k7Qx:${hash}`],
    ['something before it', ` sha256:k7Qx:${hash}`],
    ['a line break after it', `sha256:k7Qx:${hash}\n`],
  ])('is none for %s', (_, value) => {
    expect(saltOf(value)).toBeNull();
  });
});
