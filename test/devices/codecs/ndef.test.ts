import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressIn } from '../../../devices/codecs/ndef.ts';
import { fromHex } from '../../../src/lib/hex.ts';

const example = 'D1 01 0C 55 04 6578616D706C652E636F6D';

test.each([
  ['a short record', example, 'https://example.com'],
  ['a long record', `C1 01 0000000C 55 04 6578616D706C652E636F6D`, 'https://example.com'],
  ['a record with an id', `D9 01 0C 02 55 4142 04 6578616D706C652E636F6D`, 'https://example.com'],
  ['a text before it', `91 01 05 54 02 656E 4142 51 01 0C 55 04 6578616D706C652E636F6D`, 'https://example.com'],
  ['no prefix', 'D1 01 04 55 00 613A62', 'a:b'],
  ['the last prefix', 'D1 01 02 55 23 61', 'urn:nfc:a'],
])('%s tells its address', (_, message, address) => {
  expect(addressIn(fromHex(message))).toBe(address);
});

test.each([
  ['nothing', ''],
  ['a text', 'D1 01 05 54 02 656E 4142'],
  ['a type of somebody else', 'D4 01 0C 55 04 6578616D706C652E636F6D'],
  ['an empty address', 'D1 01 00 55'],
  ['a prefix that there is not', 'D1 01 02 55 24 61'],
  ['a record that is cut off', 'D1 01 0D 55 04 6578616D706C652E636F6D'],
  ['a long record that is cut off', 'C1 01 FFFFFFFF 55 04'],
  ['half a head', 'C1 01 00'],
])('%s tells none', (_, message) => {
  expect(addressIn(fromHex(message))).toBeNull();
});

test('nothing that a card may hold is more than it can take', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void addressIn(bytes)));
});
