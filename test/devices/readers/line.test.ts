import { ReadlineParser } from '@serialport/parser-readline';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import line from '../../../devices/readers/line.ts';
import { toHex } from '../../../src/lib/hex.ts';

const settings = (given: Record<string, unknown> = {}) => line.settings.parse(given);
const read = (text: string, given: Record<string, unknown> = {}) => line.decode(Buffer.from(text), settings(given)).reads;

describe('@serialport/parser-readline agrees', () => {
  const code = fc.string({ unit: fc.constantFrom(...'0123456789ABCXYZabcxyz:-.$/+% '), minLength: 1, maxLength: 60 });
  const delimiter = fc.constantFrom('\r\n', '\n', '\r');

  test('on every stream of lines, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 8 }), delimiter, fc.array(fc.nat(40)), (codes, end, cuts) => {
        const stream = Buffer.from(codes.map((text) => text + end).join(''));
        const parser = new ReadlineParser({ delimiter: end, encoding: 'latin1' });
        const theirs: string[] = [];
        parser.on('data', (text: string) => theirs.push(text));

        const ours: string[] = [];
        let rest: Uint8Array = new Uint8Array();
        for (const chunk of cut(stream, cuts)) {
          parser.write(chunk);
          const decoded = line.decode(new Uint8Array(Buffer.concat([rest, chunk])), settings());
          ours.push(...decoded.reads.map(({ value }) => value));
          rest = decoded.rest;
        }
        expect(ours).toEqual(codes);
        expect(theirs).toEqual(codes);
        expect(toHex(rest)).toMatch(end === '\r' ? /^(0D)?$/ : /^$/);
      }),
    );
  });
});

test('a barcode keeps its leading zeros, and its spaces', () => {
  expect(read('0000123 \r')).toEqual([{ kind: 'barcode', value: '0000123 ' }]);
});

test('a line of 256 bytes is a code, a longer one is dropped up to its end, and the next one is read', () => {
  const longest = 'A'.repeat(256);
  expect(read(`${longest}\n`)).toEqual([{ kind: 'barcode', value: longest }]);
  expect(read(`${longest}A\nB\n`)).toEqual([{ kind: 'barcode', value: 'B' }]);

  let rest: Uint8Array = new Uint8Array();
  const reads = ['A'.repeat(200), 'A'.repeat(200), 'A'.repeat(200), '42\n', '43\n'].flatMap((chunk) => {
    const decoded = line.decode(new Uint8Array(Buffer.concat([rest, Buffer.from(chunk)])), settings());
    rest = decoded.rest;
    return decoded.reads;
  });
  expect(reads).toEqual([{ kind: 'barcode', value: '43' }]);
});

test('the end of a line that was too long is no line of its own', () => {
  const { rest } = line.decode(Buffer.from('A'.repeat(300)), settings());
  expect(line.decode(new Uint8Array(Buffer.concat([rest, Buffer.from('\n')])), settings()).reads).toEqual([]);
});

test('the separator of a GS1 code stays in it', () => {
  expect(read('0104\x1d21ABC\r')).toEqual([{ kind: 'barcode', value: '0104\x1d21ABC' }]);
});

test('a scanner that sends AIM identifiers tells QR codes from bar codes; what has none is what the settings say', () => {
  const aim = { aim: true, kind: 'membership_code' };
  expect(read(']Q3M-1\r]E0400\r]\rM-2\r', aim)).toEqual([
    { kind: 'qr', value: 'M-1' },
    { kind: 'barcode', value: '400' },
    { kind: 'membership_code', value: ']' },
    { kind: 'membership_code', value: 'M-2' },
  ]);
});

test('an AIM identifier stands between the prefix and the code', () => {
  expect(read('*]Q1M-1#\r', { aim: true, prefix: '*', suffix: '#' })).toEqual([{ kind: 'qr', value: 'M-1' }]);
});

test('half a line does not become a code: what lacks the prefix or suffix is dropped', () => {
  const framed = { prefix: 'R:', suffix: ';' };
  expect(read('R:1234;\r234;\rR:12\rR:;\r', framed)).toEqual([{ kind: 'barcode', value: '1234' }]);
});

test('a pattern must fit the whole line, never a part of it', () => {
  const pattern = { pattern: 'ID=(\\d{4})' };
  expect(read('ID=1234\rID=12345\rxID=1234\r', pattern)).toEqual([{ kind: 'barcode', value: '1234' }]);
});

test.each(['(', '\\d+', '(\\d)(\\d)', 'a)|(b', '[z-a]()'])('a pattern without exactly one group is refused: %s', (pattern) => {
  expect(line.settings.safeParse({ pattern }).success).toBe(false);
});

test('letters are taken as sent unless the settings say otherwise; card numbers always in upper case', () => {
  expect(read('aBc\r').map(({ value }) => value)).toEqual(['aBc']);
  expect(read('aBc\r', { case: 'upper' }).map(({ value }) => value)).toEqual(['ABC']);
  expect(read('aBc\r', { case: 'lower' }).map(({ value }) => value)).toEqual(['abc']);
  expect(read('aBc\r', { kind: 'rfid', case: 'lower' }).map(({ value }) => value)).toEqual(['ABC']);
});

/** The stream in pieces of these lengths (0: one byte), the last piece as long as it takes. */
function cut(stream: Buffer, lengths: number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(stream.subarray(at, at + Math.max(1, length)));
    at += Math.max(1, length);
  }
  return [...chunks, stream.subarray(at)].filter((chunk) => chunk.length > 0);
}
