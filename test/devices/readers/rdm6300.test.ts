import fc from 'fast-check';
import { expect, test } from 'vitest';
import rdm6300 from '../../../devices/readers/rdm6300.ts';
import { toHex } from '../../../src/lib/hex.ts';

const settings = rdm6300.settings.parse({});

/** The frame as the module's maker describes it, built without the profile. */
function frame(id: Uint8Array, checksum = id.reduce((sum, byte) => sum ^ byte, 0)): Buffer {
  return Buffer.from(`\x02${toHex(id)}${toHex(Uint8Array.of(checksum))}\x03`, 'latin1');
}

const anyId = fc.uint8Array({ minLength: 5, maxLength: 5 });

test('every card is known by its whole number', () => {
  fc.assert(
    fc.property(anyId, (id) => {
      const { reads, rest } = rdm6300.decode(frame(id), settings);
      expect(reads).toEqual([{ kind: 'rfid', value: toHex(id) }]);
      expect(toHex(rest)).toBe('');
    }),
  );
});

test('a card with a wrong checksum is no card, and the next one is read', () => {
  fc.assert(
    fc.property(anyId, anyId, fc.integer({ min: 1, max: 255 }), (id, next, flip) => {
      const wrong = frame(
        id,
        id.reduce((sum, byte) => sum ^ byte, flip),
      );
      expect(rdm6300.decode(Buffer.concat([wrong, frame(next)]), settings).reads).toEqual([{ kind: 'rfid', value: toHex(next) }]);
    }),
  );
});

test('a card whose frame was cut off is forgotten as soon as the next frame begins', () => {
  const half = frame(Uint8Array.of(1, 2, 3, 4, 5)).subarray(0, 9);
  const { reads, rest } = rdm6300.decode(Buffer.concat([half, Uint8Array.of(0x02)]), settings);
  expect(reads).toEqual([]);
  expect(rest).toEqual(Buffer.of(0x02));
});

test('a frame with a character that is no hex digit is dropped, up to the next frame', () => {
  expect(rdm6300.decode(Buffer.from('\x0255007EE4G4EB\x03', 'latin1'), settings)).toEqual({ reads: [], rest: Buffer.of() });
});
