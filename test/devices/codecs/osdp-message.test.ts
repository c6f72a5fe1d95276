import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { light, pulseOutput, readReply, releaseOutput, request, setKey, sound } from '../../../devices/codecs/osdp-message.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';

const read = (code: number, hex: string) => readReply(code, fromHex(hex));

describe('what a peripheral says', () => {
  test('who it is (a real reader)', () => {
    expect(read(0x45, '000EE3101000007497230606')).toEqual({
      kind: 'identity',
      vendor: '000EE3',
      model: 0x10,
      version: 0x10,
      serial: '00007497',
      firmware: '35.6.6',
    });
  });

  test('what it can, as far as it is told (a Brivo keypad)', () => {
    const entries = '0301010404010502010600000700000801000901010AC201';
    const said = read(0x46, `${entries}FF`);
    expect(said).toMatchObject({ kind: 'capabilities' });
    if (said?.kind !== 'capabilities') return;
    expect(said.entries).toHaveLength(8);
    expect(said.entries).toContainEqual({ code: 9, compliance: 1, count: 1 });
    expect(said.entries.at(-1)).toEqual({ code: 0x0a, compliance: 0xc2, count: 1 });
    expect(read(0x46, '')).toEqual({ kind: 'capabilities', entries: [] });
  });

  test('a card, bit by bit', () => {
    expect(read(0x50, '0500100012AB')).toEqual({ kind: 'card', reader: 5, wiegand: false, bits: '0001001010101011' });
    expect(read(0x50, '00011A00BD88EB80')).toEqual({
      kind: 'card',
      reader: 0,
      wiegand: true,
      bits: '10111101100010001110101110',
    });
  });

  test('a card that promises more bits than it sends is none', () => {
    expect(read(0x50, '00011A00BD88EB')).toBeNull();
    expect(read(0x50, '000100')).toBeNull();
    expect(read(0x50, '00010000')).toMatchObject({ bits: '' });
  });

  test('a card as text, which only old readers send', () => {
    expect(read(0x51, `050009${toHex(Buffer.from('testinput'))}`)).toEqual({
      kind: 'formatted',
      reader: 5,
      backwards: false,
      text: 'testinput',
    });
    expect(read(0x51, '050109414243')).toBeNull();
  });

  test('keys, each by its own sign', () => {
    expect(read(0x53, '000C303132333435363738397F0D')).toEqual({
      kind: 'keys',
      reader: 0,
      keys: '0123456789*#',
    });
    expect(read(0x53, '0003412A23')).toMatchObject({ keys: '*#' });
    expect(read(0x53, '00043132')).toBeNull();
  });

  test('how it stands', () => {
    expect(read(0x48, '0100')).toEqual({ kind: 'local', tamper: true, powerLow: false });
    expect(read(0x49, '00010000')).toEqual({ kind: 'inputs', active: [false, true, false, false] });
    expect(read(0x4a, '01')).toEqual({ kind: 'outputs', active: [true] });
    expect(read(0x4b, '0002')).toEqual({ kind: 'readers', states: [0, 2] });
    expect(read(0x54, '0180250000')).toEqual({ kind: 'line', address: 1, baudRate: 9600 });
  });

  test('why it will not', () => {
    expect(read(0x41, '06')).toEqual({ kind: 'nak', reason: 6, words: 'it wants a secure channel' });
    expect(read(0x41, 'FE')).toMatchObject({ words: 'reason 254' });
    expect(read(0x41, '')).toBeNull();
  });

  test('whatever it says, reading it never throws', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 80 }), (code, data) => {
        readReply(code, data);
      }),
    );
  });
});

describe('what it is told', () => {
  test('requests', () => {
    expect(request(0x60)).toEqual({ code: 0x60, data: new Uint8Array() });
    expect(request(0x61)).toEqual({ code: 0x61, data: Uint8Array.of(0) });
  });

  test('to close a contact for a while, by its own timer, in tenths of a second', () => {
    expect(toHex(pulseOutput(0, 500).data)).toBe('00050500');
    expect(toHex(pulseOutput(2, 40).data)).toBe('02050100');
    expect(toHex(pulseOutput(2, 60_000).data)).toBe('02055802');
    expect(toHex(releaseOutput(1).data)).toBe('01010000');
  });

  test('to light a lamp for a while, and to sound', () => {
    expect(toHex(light(0, 1, { colour: 'green', on: 1, off: 0, forMs: 3000 }).data)).toBe('000102010002021E000000000000');
    expect(toHex(sound(0, 2, 0, 1).data)).toBe('0002020001');
  });

  test('its key', () => {
    expect(toHex(setKey(fromHex('000102030405060708090A0B0C0D0E0F')).data)).toBe('0110000102030405060708090A0B0C0D0E0F');
  });
});
