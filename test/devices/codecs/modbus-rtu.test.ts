import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modbusAnswer, modbusFrame, word } from '../../../devices/codecs/modbus-rtu.ts';
import { fromHex } from '../../../src/lib/hex.ts';

describe('frames as the Waveshare wiki prints them', () => {
  test.each([
    ['coil 0 on', 0x05, [...word(0), 0xff, 0x00], '01 05 00 00 FF 00 8C 3A'],
    ['coil 0 off', 0x05, [...word(0), 0x00, 0x00], '01 05 00 00 00 00 CD CA'],
    ['coil 1 on', 0x05, [...word(1), 0xff, 0x00], '01 05 00 01 FF 00 DD FA'],
    ['coil 0 toggled', 0x05, [...word(0), 0x55, 0x00], '01 05 00 00 55 00 F2 9A'],
    ['all on', 0x05, [...word(0xff), 0xff, 0x00], '01 05 00 FF FF 00 BC 0A'],
    ['all off', 0x05, [...word(0xff), 0x00, 0x00], '01 05 00 FF 00 00 FD FA'],
    ['flash of 700 ms', 0x05, [...word(0x0200), ...word(7)], '01 05 02 00 00 07 8D B0'],
    ['read 8 coils', 0x01, [...word(0), ...word(8)], '01 01 00 00 00 08 3D CC'],
    ['read 8 inputs', 0x02, [...word(0), ...word(8)], '01 02 00 00 00 08 79 CC'],
    ['write all', 0x0f, [...word(0), ...word(8), 1, 0xff], '01 0F 00 00 00 08 01 FF BE D5'],
  ])('%s', (_, functionCode, data, wire) => {
    expect(modbusFrame(1, functionCode, data)).toEqual(fromHex(wire));
  });
});

describe('an answer', () => {
  const flash = fromHex('01 05 02 00 00 07 8D B0');
  const readCoils = fromHex('01 01 00 00 00 08 3D CC');

  test.each([
    ['the coils', readCoils, '01 01 01 01 90 48', { data: fromHex('01 01') }],
    ['the inputs', fromHex('01 02 00 00 00 08 79 CC'), '01 02 01 02 20 49', { data: fromHex('01 02') }],
    ['an exception', flash, '01 85 02 C3 51', { exception: 2 }],
    [
      'the echo of a write to all',
      fromHex('01 0F 00 00 00 08 01 FF BE D5'),
      '01 0F 00 00 00 08 54 0D',
      { data: fromHex('00 00 00 08') },
    ],
  ])('is %s', (_, request, heard, answer) => {
    expect(modbusAnswer(request, fromHex(heard))).toEqual(answer);
  });

  test.each([
    ['of another unit', '02 05 02 00 00 07 8D 83'],
    ['to another write', '01 05 00 00 00 00 CD CA'],
    ['to a read', '01 01 01 01 90 48'],
    ['with a wrong checksum', '01 05 02 00 00 07 8D B1'],
    ['that is half there', '01 05 02 00 00 07 8D'],
  ])('%s is none', (_, heard) => {
    expect(modbusAnswer(flash, fromHex(heard))).toBeNull();
  });

  test('to an earlier write that comes late does not hide the one that was asked for', () => {
    expect(modbusAnswer(flash, fromHex('01 05 00 00 00 00 CD CA 01 05 02 00 00 07 8D B0'))).toEqual({
      data: fromHex('02 00 00 07'),
    });
  });

  test('is found after any noise, and noise alone is none', () => {
    const noise = fc.uint8Array({ maxLength: 100 }).filter((bytes) => modbusAnswer(flash, bytes) === null);
    fc.assert(
      fc.property(noise, fc.uint8Array({ maxLength: 20 }), (before, after) => {
        expect(modbusAnswer(flash, new Uint8Array([...before, ...flash, ...after]))).toEqual({ data: fromHex('02 00 00 07') });
      }),
    );
  });
});
