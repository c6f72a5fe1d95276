import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyboardLayouts } from '../../../devices/codecs/keyboard-layouts.ts';
import reader from '../../../devices/readers/hid-keyboard.ts';
import { framed } from '../../../src/lib/framed.ts';
import { keysDown, released, typed } from '../../kit/key-reports.ts';

type Settings = Parameters<typeof reader.settings.parse>[0];

/** Feeds the reports one by one, and then silence. */
function hear(reports: Uint8Array[], given: Settings = {}) {
  const settings = reader.settings.parse(given);
  let rest: Uint8Array = new Uint8Array();
  let longestRest = 0;
  const reads = reports.flatMap((report) => {
    const decoded = reader.decode(Buffer.concat([rest, framed(report)]), settings);
    rest = decoded.rest;
    longestRest = Math.max(longestRest, rest.length);
    return decoded.reads;
  });
  const values = reads.map(({ value }) => value);
  return { values, reads, rest, longestRest, atSilence: reader.atSilence?.(rest, settings) ?? [] };
}

const enter = keysDown(0, 0x28);
const countries = Object.keys(keyboardLayouts) as (keyof typeof keyboardLayouts)[];

describe('a scanner that types like a keyboard', () => {
  it.each(countries)('types every character of its country (%s), and each is read as it stands in the code', (country) => {
    const layout = keyboardLayouts[country];
    const planes = [layout.plain, layout.shifted, layout.altGr, layout.shiftedAltGr];
    const accents = /^\p{M}$/u;
    const signs = planes.flatMap((plane) => [...plane.values()].filter((sign) => !accents.test(sign)));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 60 }), (characters) => {
        const text = characters.join('');
        expect(hear(typed(`${text}\n`, country), { layout: country }).values).toEqual([text]);
      }),
      { numRuns: 50 },
    );
  });

  it.each(countries)(
    'digits and capital letters are the same in every setting but one, and read right in all (%s)',
    (country) => {
      const token = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
      expect(hear(typed(`${token}\n`, country), { layout: country }).values).toEqual([token]);
    },
  );

  it.each([
    [
      'gb',
      [
        [2, 0x1f],
        [2, 0x20],
        [2, 0x34],
        [0, 0x32],
        [0, 0x31],
        [2, 0x31],
        [0, 0x64],
      ],
      '"£@##~\\',
    ],
    [
      'de',
      [
        [0, 0x1c],
        [0, 0x1d],
        [2, 0x24],
        [0x40, 0x24],
        [0x40, 0x14],
        [0, 0x38],
        [2, 0x38],
        [0, 0x2d],
      ],
      'zy/{@-_ß',
    ],
    [
      'fr',
      [
        [0, 0x1e],
        [2, 0x1e],
        [0, 0x33],
        [0, 0x10],
        [0x40, 0x27],
        [0, 0x23],
        [2, 0x36],
      ],
      '&1m,@-.',
    ],
    [
      'it',
      [
        [0, 0x2d],
        [2, 0x24],
        [0x40, 0x33],
        [0x42, 0x2f],
        [0, 0x38],
        [2, 0x2f],
      ],
      "'/@{-é",
    ],
    [
      'es',
      [
        [0, 0x33],
        [2, 0x24],
        [0x40, 0x1f],
        [0, 0x2d],
        [2, 0x2e],
        [0, 0x38],
      ],
      "ñ/@'¿-",
    ],
    [
      'pl',
      [
        [0x40, 0x0f],
        [0x42, 0x1d],
        [0, 0x2d],
        [2, 0x1f],
      ],
      'łŻ-@',
    ],
    [
      'us',
      [
        [0, 0x54],
        [0, 0x55],
        [0, 0x56],
        [0, 0x57],
        [0, 0x59],
        [0, 0x61],
        [0, 0x62],
        [0, 0x63],
      ],
      '/*-+190.',
    ],
  ] as const)('set to `%s` the keys mean what stands on them there', (layout, strokes, text) => {
    const reports = strokes.flatMap(([modifiers, key]) => [keysDown(modifiers, key), released]);
    expect(hear([...reports, enter], { layout }).values).toEqual([text]);
  });

  it('an accent goes over the letter that follows, and stands alone before a space or at the end', () => {
    const acute = keysDown(0, 0x2e);
    const reports = [
      acute,
      released,
      ...typed('e', 'de'),
      acute,
      released,
      ...typed(' x', 'de'),
      acute,
      released,
      acute,
      released,
    ];
    expect(hear([...reports, enter], { layout: 'de' }).values).toEqual(['é´x´´']);
    expect(hear([...typed('a', 'de'), acute, released, enter], { layout: 'de' }).values).toEqual(['a´']);
    expect(hear([acute, released, acute, released, ...typed('e', 'de'), enter], { layout: 'de' }).values).toEqual(['´´e']);
    expect(hear([acute, released, ...typed('7', 'de'), enter], { layout: 'de' }).values).toEqual(['´7']);
  });

  it('Enter, Tab and the Enter of the keypad end a code', () => {
    for (const key of [0x28, 0x2b, 0x58]) expect(hear([...typed('0042'), keysDown(0, key)]).values).toEqual(['0042']);
  });

  it('what the Windows key or Alt is held for types nothing', () => {
    const hotkeys = [keysDown(0x08, 0x15), released, keysDown(0x80, 0x15), released, keysDown(0x04, 0x3d, 0x15), released];
    expect(hear([...typed('1'), ...hotkeys, ...typed('2\n')]).values).toEqual(['12']);
  });

  it('in ALT mode letters beyond ASCII are those of Latin-1, and one from a code page that nobody knows spoils the code', () => {
    const alt = (...digits: number[]) => [
      keysDown(0x04),
      ...digits.flatMap((digit) => [keysDown(0x04, digit === 0 ? 0x62 : 0x58 + digit), keysDown(0x04)]),
      released,
    ];
    expect(hear([...alt(0, 2, 2, 8), ...alt(6, 5), enter]).values).toEqual(['äA']);
    expect(hear([...typed('12'), ...alt(0, 1, 2, 8), enter]).values).toEqual([]);
    expect(hear([...typed('12'), ...alt(1, 3, 2), enter, released, ...typed('34\n')]).values).toEqual(['34']);
    expect(hear([...typed('12'), ...alt(0, 2, 9, 9), enter]).values).toEqual([]);
    expect(hear([...typed('12'), ...alt(0, 0, 6, 5, 1), enter]).values).toEqual([]);
    expect(hear([...typed('12'), ...alt(0, 1, 3)]).values).toEqual(['12']);
  });

  it('in ALT mode the digits of a number may come one after another, or each beside those before it', () => {
    const beside = [keysDown(4, 0x59), keysDown(4, 0x59, 0x62), keysDown(4, 0x59, 0x62, 0x61), released];
    expect(hear([...typed('1'), ...beside, ...typed('2\n')]).values).toEqual(['1m2']);
    const fiveDigits = [0x62, 0x62, 0x62, 0x5e, 0x5d].flatMap((key) => [keysDown(4, key), keysDown(4)]);
    expect(hear([...typed('12'), ...fiveDigits, released, enter]).values).toEqual([]);
  });

  it('Control and Alt together are AltGr', () => {
    expect(hear([keysDown(0x05, 0x14), released, enter], { layout: 'de' }).values).toEqual(['@']);
  });

  it('the beginning of a report that is too long to be one is not kept', () => {
    const settings = reader.settings.parse({});
    expect(reader.decode(Buffer.concat([Uint8Array.of(0xff, 0x7f), new Uint8Array(5000)]), settings).rest).toHaveLength(0);
  });

  it('reports of other uses (volume keys, keyboards that send every key as a bit) say nothing', () => {
    const others = [Uint8Array.of(3, 0xe9, 0), new Uint8Array(16).fill(0x1e), Uint8Array.of(0, 0xff, 0x1e, 0, 0, 0, 0, 0)];
    expect(hear([...typed('12'), ...others, ...typed('34\n')]).values).toEqual(['1234']);
  });

  it('a code without an end is read at the silence after it, unless the scanner is known to send one', () => {
    expect(hear(typed('123,4A')).atSilence).toEqual([{ kind: 'barcode', value: '123,4A' }]);
    expect(hear(typed('123,4A'), { end: 'enter' }).atSilence).toEqual([]);
    expect(hear(typed('0008315940'), { digits: '8H10D' }).atSilence).toEqual([{ kind: 'rfid', value: '007EE424' }]);
  });

  it('a key that somebody hit is no code', () => {
    expect(hear(typed('123')).atSilence).toEqual([]);
    expect(hear(typed('123\n')).atSilence).toEqual([]);
    expect(hear([...typed('1234'), keysDown(0x04, 0x62)]).atSilence).toEqual([]);
  });

  it('256 bytes are a code, more are none, and neither is their end; the next code is', () => {
    const long = 'A'.repeat(256);
    expect(hear(typed(`${long}\n`)).values).toEqual([long]);
    expect(hear(typed(`${long}B\n12\n`)).values).toEqual(['12']);
    expect(hear(typed('A'.repeat(1000))).atSilence).toEqual([]);
    expect(hear(typed('A'.repeat(1000))).longestRest).toBeLessThan(300);
    expect(hear(typed('ß'.repeat(1000), 'de'), { layout: 'de' }).longestRest).toBeLessThan(300);
  });

  it('holds nothing back when all keys are up after a code', () => {
    expect(hear(typed('123,4A\n')).rest).toHaveLength(0);
  });

  it.each([
    ['10H', '55007EE424', '55007EE424'],
    ['10H', '55007ee424', '55007EE424'],
    ['10H', '55007EE42', null],
    ['8H', '007EE424', '007EE424'],
    ['6H', '7EE424', '7EE424'],
    ['8HR', 'C3B2A104', '04A1B2C3'],
    ['10H13D', '0365080536100', '55007EE424'],
    ['10H13D', '365080536100', '55007EE424'],
    ['10H13D', '1099511627776', null],
    ['8H10D', '0040856634', '026F6C3A'],
    ['8H10D', '4294967295', 'FFFFFFFF'],
    ['8H10D', '4294967296', null],
    ['8H10D', '0x12', null],
    ['8H10DR', '0980184834', '026F6C3A'],
    ['8H10DR', '3283263748', '04A1B2C3'],
    ['6H8D', '07302202', '6F6C3A'],
    ['6H8D', '16777216', null],
    ['2H4H', '111,27706', '6F6C3A'],
    ['2H4H', '11127706', '6F6C3A'],
    ['2H4H', '111 27706', '6F6C3A'],
    ['2H4H', '256,00001', null],
    ['2H4H', '001,65536', null],
    ['4H4H', '00623,27706', '026F6C3A'],
    ['4H4H', '0062327706', '026F6C3A'],
  ] as const)('a card reader that types %s: `%s` is the card %s', (digits, text, value) => {
    expect(hear(typed(`${text}\n`), { digits }).reads).toEqual(value === null ? [] : [{ kind: 'rfid', value }]);
  });
});
