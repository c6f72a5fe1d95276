import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decryptCbc, encryptBlock, encryptCbc } from '../../src/lib/aes.ts';
import { aesCmac, aesCmacPaddedTo } from '../../src/lib/aes-cmac.ts';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import { joinBytes } from '../../src/lib/join-bytes.ts';
import { omac } from '../kit/card-crypto.ts';

const key = fromHex('2B7E1516 28AED2A6 ABF71588 09CF4F3C');
const message = fromHex(
  '6BC1BEE22E409F96E93D7E117393172A AE2D8A571E03AC9C9EB76FAC45AF8E51 30C81C46A35CE411E5FBC1191A0A52EF F69F2445DF4F9B17AD2B417BE66C3710',
);

// RFC 4493, section 4.
test.each([
  [0, 'BB1D6929E95937287FA37D129B756746'],
  [16, '070A16B46B4D4144F79BDD9DD04A287C'],
  [40, 'DFA66747DE9AE63030CA32611497C827'],
  [64, '51F0BEBF7E3B9D92FC49741779363CFE'],
])('the checksum of %i bytes is the published one', (length, cmac) => {
  expect(toHex(aesCmac(key, message.subarray(0, length)))).toBe(cmac);
});

test('it agrees with a second, naive one on any key and message', () => {
  const bytes = (exactly: number) => fc.uint8Array({ minLength: exactly, maxLength: exactly });
  fc.assert(
    fc.property(bytes(16), fc.uint8Array({ maxLength: 100 }), (secret, text) => {
      expect(toHex(aesCmac(secret, text))).toBe(toHex(omac(secret, text)));
    }),
  );
});

test('what it begins with is the block before the first', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      (before, text) => {
        const iv = encryptBlock(key, before);
        expect(aesCmac(key, text, iv)).toEqual(aesCmac(key, joinBytes(before, text)));
      },
    ),
  );
});

test('padded to two blocks it is another checksum for a short message and the same for any longer one', () => {
  expect(aesCmacPaddedTo(32, key, message.subarray(0, 7))).not.toEqual(aesCmac(key, message.subarray(0, 7)));
  for (const length of [17, 31, 32]) {
    expect(aesCmacPaddedTo(32, key, message.subarray(0, length))).toEqual(aesCmac(key, message.subarray(0, length)));
  }
  expect(() => aesCmacPaddedTo(32, key, message.subarray(0, 33))).toThrow(RangeError);
});

// NIST SP 800-38A, F.1.1, F.2.1 and F.2.2.
test('one block and a chain of blocks are encrypted as published, and read again', () => {
  expect(toHex(encryptBlock(key, message.subarray(0, 16)))).toBe('3AD77BB40D7A3660A89ECAF32466EF97');
  const iv = fromHex('000102030405060708090A0B0C0D0E0F');
  const encrypted = encryptCbc(key, iv, message);
  expect(toHex(encrypted)).toBe(
    '7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B273BED6B8E3C1743B7116E69E222295163FF1CAA1681FAC09120ECA307586E1A7',
  );
  expect(decryptCbc(key, iv, encrypted)).toEqual(message);
});

test.each([15, 17, 24, 32])('a key of %i bytes is refused', (length) => {
  expect(() => aesCmac(new Uint8Array(length), message)).toThrow(RangeError);
  expect(() => encryptCbc(key, new Uint8Array(length), message)).toThrow(RangeError);
  expect(() => encryptBlock(key, new Uint8Array(length))).toThrow(RangeError);
});

test('half a block is refused', () => {
  expect(() => decryptCbc(key, new Uint8Array(16), message.subarray(0, 20))).toThrow(RangeError);
});
