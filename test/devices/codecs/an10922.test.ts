import { expect, test } from 'vitest';
import { diversifyAes128 } from '../../../devices/codecs/an10922.ts';
import { aesCmac } from '../../../src/lib/aes-cmac.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';

const published = fromHex('00112233445566778899AABBCCDDEEFF');

test("the key of NXP's example card is the published one", () => {
  const uidAidAndSystem = fromHex('04782E21801D80 3042F5 4E585020416275');
  expect(toHex(diversifyAes128(published, uidAidAndSystem))).toBe('A8DD63A3B89D54B37CA802473FDA9175');
});

test('a short input is padded to two blocks all the same, unlike a plain CMAC (libfreefare, issue 91)', () => {
  const key = fromHex('F3F9377698707B688EAF84ABE39E3791');
  const uid = fromHex('04DEADBEEFFEED');
  expect(toHex(diversifyAes128(key, uid))).toBe('0BB408BAFF98B6EE9F2E1585777F6A51');
  expect(toHex(aesCmac(key, Uint8Array.of(1, ...uid)))).toBe('721E2C01E81AF85D815633969CEA2607');
});

// From the tests of a public C++ implementation, computed there with an AES command line and the K1 and K2 that AN10922 prints.
test.each([
  [1, '281049D52ECBC8F60961993D34DE3D54'],
  [7, 'E8B7F67C78C34AF1446E331EF7E6D3FF'],
  [15, '5A3C7F6F0687F24F82DEE7EDA0970D08'],
  [16, 'FEED9FBD36CDB16819A72D30BCF9240B'],
  [31, '21C28CD89BB3147F66C7DBD4851CAB20'],
])('an input of %i bytes gives the key that a second implementation gives', (length, key) => {
  const input = Uint8Array.from({ length }, (_, place) => place);
  expect(toHex(diversifyAes128(published, input))).toBe(key);
});

test.each([0, 32, 40])('an input of %i bytes is refused', (length) => {
  expect(() => diversifyAes128(published, new Uint8Array(length))).toThrow(RangeError);
});
