import fc from 'fast-check';
import { expect, test } from 'vitest';
import emMfUsb from '../../../devices/readers/em-mf-usb.ts';
import { toHex } from '../../../src/lib/hex.ts';

const settings = emMfUsb.settings.parse({});

/** The frame as the seller describes it, built without the profile. */
function frame(type: number, number: Uint8Array): Uint8Array {
  const body = [number.length + 5, type, ...number];
  return Uint8Array.of(
    0x02,
    ...body,
    body.reduce((sum, byte) => sum ^ byte, 0),
    0x03,
  );
}

const anyCard = fc.oneof(
  fc.uint8Array({ minLength: 5, maxLength: 5 }).map((number) => ({ type: 2, number })),
  fc
    .constantFrom(4, 7, 10)
    .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }).map((number) => ({ type: 1, number }))),
);

test('every card is known by its whole number', () => {
  fc.assert(
    fc.property(anyCard, ({ type, number }) => {
      const { reads, rest } = emMfUsb.decode(frame(type, number), settings);
      expect(reads).toEqual([{ kind: 'rfid', value: toHex(number) }]);
      expect(toHex(rest)).toBe('');
    }),
  );
});

test('a frame with one wrong bit is no such card', () => {
  fc.assert(
    fc.property(anyCard, fc.nat(), fc.nat(7), ({ type, number }, place, bit) => {
      const wrong = frame(type, number);
      const at = place % wrong.length;
      wrong[at] = (wrong[at] ?? 0) ^ (1 << bit);
      const values = emMfUsb.decode(wrong, settings).reads.map(({ value }) => value);
      expect(values).not.toContain(toHex(number));
    }),
  );
});
