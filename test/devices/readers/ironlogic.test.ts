import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import ironlogic from '../../../devices/readers/ironlogic.ts';
import { toHex } from '../../../src/lib/hex.ts';

const settings = ironlogic.settings.parse({});
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const valuesIn = (text: string, given = {}) =>
  ironlogic.decode(bytes(text), { ...settings, ...given }).reads.map(({ value }) => value);

const padded = (value: number, width: number) => String(value).padStart(width, '0');

test('every EM card is known by all of its 40 bits', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (id) => {
      const [high = 0, middle = 0, low = 0] = id.subarray(2);
      const line = `Em-Marine[${toHex(id.subarray(0, 2))}] ${padded(high, 3)},${padded(middle * 256 + low, 5)}\r\n`;
      expect(valuesIn(line)).toEqual([toHex(id)]);
    }),
  );
});

test('a Mifare card with seven bytes is known by its number, in whichever order the reader writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 7, maxLength: 7 }), (uid) => {
      const [first = 0, second = 0, third = 0] = uid;
      const printed = `${padded(first, 3)},${padded(second * 256 + third, 5)}`;
      const turned = toHex(Uint8Array.of(...uid.subarray(3), ...uid.subarray(0, 3)));
      // Seven bytes whose two orders print the same cannot be told apart; no card has them.
      fc.pre(Buffer.compare(uid.subarray(0, 3), uid.subarray(3, 6)) !== 0);
      expect(valuesIn(`Mifare[${turned}] DF (0344,20) ${printed}\r\n`)).toEqual([toHex(uid)]);
      expect(valuesIn(`Mifare[${toHex(uid)}] DF (0344,20) ${printed}\r\n`)).toEqual([toHex(uid)]);
    }),
  );
});

describe('a line that is no card', () => {
  test.each([
    'No card',
    'NO CARD',
    'Em-Marine[5500]',
    'Em-Marine[550] 126,58404',
    'Em-Marine[] 126,58404',
    'Em-Marine[5500] 126,65536',
    'Em-Marine[5500] 126,58404 and more',
    'Mifare[0011223344556677889900] 001,00001',
    '126,58404',
    'Z-2 USB v1.0',
    ':170009593F',
    'W26:256,1',
    'W26:1,65536',
    'W26:1,2,3',
    'W26:',
    'W27:0123456',
  ])('%s', (line) => {
    expect(valuesIn(`${line}\r\n`)).toEqual([]);
  });
});

test('a card of each reader of the network goes to its own gate', () => {
  const lines = 'Mifare[BCD14264] 1K (0004,08) 066,53692\r\n00042 Em-Marine[5500] 126,58404\r\n';
  expect(valuesIn(lines, { readerId: '42' })).toEqual(['55007EE424']);
  expect(valuesIn(lines)).toEqual(['BCD14264', '55007EE424']);
});

test('the colon mode is read with and without line ends, and a part of it is kept for later', () => {
  expect(valuesIn(':170009593F48:170009593F48')).toEqual(['170009593F', '170009593F']);
  const { reads, rest } = ironlogic.decode(bytes(':170009593F48:1700'), settings);
  expect([reads.length, Buffer.from(rest).toString()]).toEqual([1, ':1700']);
});
