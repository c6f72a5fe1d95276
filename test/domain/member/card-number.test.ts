import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fits,
  readCardNumber,
  resolveCardNumber,
  spelled,
  spellings,
  spellingsOf,
  whyNotEnrolled,
} from '../../../src/domain/member/card-number.ts';

/** The two columns of the table of printed numbers. */
const table: Record<string, Record<string, string>> = {
  '01026F6C3A': {
    '10H13D': '0004335823930',
    '8H10D': '0040856634',
    '6H8D': '07302202',
    '3D5D': '111,27706',
    '4H4H': '00623,27706',
    'DEZ3.5A': '001,27706',
    'DEZ3.5B': '002,27706',
    reversed: '0980184834',
    mirrored: '8040F6365C',
  },
  '55007EE424': {
    '10H13D': '0365080536100',
    '8H10D': '0008315940',
    '6H8D': '08315940',
    '3D5D': '126,58404',
    '4H4H': '00126,58404',
    'DEZ3.5A': '085,58404',
    'DEZ3.5B': '000,58404',
    reversed: '0618954240',
    mirrored: 'AA007E2724',
  },
  // A Mifare card, in the order of the air.
  '04A1B2C3': {
    '10H13D': '0077705923',
    '8H10D': '0077705923',
    '6H8D': '10597059',
    '3D5D': '161,45763',
    '4H4H': '01185,45763',
    reversed: '3283263748',
    'reversed-3D5D': '178,41220',
  },
};

describe('what is printed on a card', () => {
  test.each(Object.entries(table))('%s is as the tables have it', (full, printed) => {
    expect(Object.fromEntries(spellingsOf(full).map(({ spelling, text }) => [spelling, text]))).toEqual(printed);
  });

  test('an IronLogic reader prints the first three of seven bytes', () => {
    expect(spelled('0456463AAC2280', 'first-3D5D')[0]).toBe('004,22086');
  });

  test('a Mifare card on an IronLogic reader shows its last three bytes the other way round', () => {
    expect(spelled('BCD14264', 'reversed-3D5D')[0]).toBe('066,53692');
  });

  test('what is no whole number has no printed one', () => {
    for (const text of ['', '55', '55007EE42', '55007ee424', 'GYM']) expect(spellingsOf(text)).toEqual([]);
  });
});

describe('the texts that a list may hold for a card', () => {
  test('may leave out zeros in front, down to the last digit, and part by any usual sign', () => {
    expect(spelled('170009593F', '3D5D')).toEqual(expect.arrayContaining(['009,22847', '9,22847', '9/22847', '009 22847']));
    expect(spelled('1700090007', '3D5D')).toEqual(expect.arrayContaining(['009,00007', '9,00007', '9,7']));
    expect(spelled('55007EE424', '8H10D')).toEqual(['0008315940', '008315940', '08315940', '8315940']);
    expect(spelled('5500000000', '6H8D').at(-1)).toBe('0');
  });

  test('are of fifteen digits where each byte is mirrored, or hex', () => {
    expect(spelled('8000000000', 'mirrored').slice(0, 2)).toEqual(['0100000000', '000004294967296']);
    expect(resolveCardNumber('000004294967296', ['8000000000'])).toEqual({ is: 'one', full: '8000000000' });
  });
});

describe('a printed number', () => {
  const numbersOf = (text: string, spelling: string) =>
    readCardNumber(text)
      .filter((reading) => reading.spelling === spelling)
      .map(({ number }) => number);

  test('leaves open what it does not say', () => {
    expect(numbersOf('126,58404', '3D5D')).toEqual(['7EE424', '??7EE424', '????7EE424', '????????7EE424']);
    expect(numbersOf('0008315940', '8H10D')).toEqual(['007EE424', '??007EE424']);
    expect(numbersOf('085,58404', 'DEZ3.5A')).toEqual(['55????E424']);
    expect(numbersOf('55007EE424', 'full')).toEqual(['55007EE424']);
  });

  test('may be written with other separators and fewer zeros', () => {
    for (const text of ['126,58404', '126 58404', '126.58404', '126-58404', '126/58404', '126:58404', ' 126, 58404 ']) {
      expect(resolveCardNumber(text, ['55007EE424']), text).toEqual({ is: 'one', full: '55007EE424' });
    }
    for (const text of ['8315940', '08315940', '0008315940', '365080536100', '0365080536100'])
      expect(resolveCardNumber(text, ['55007EE424']), text).toEqual({ is: 'one', full: '55007EE424' });
    expect(resolveCardNumber('9,22847', ['170009593F'])).toEqual({ is: 'one', full: '170009593F' });
  });

  test('both forms that a card carries are one number', () => {
    expect(resolveCardNumber('0008315940 126,58404', ['55007EE424', '66017EE424'])).toEqual({ is: 'one', full: '55007EE424' });
    expect(readCardNumber('0008315940 127,58404').filter(({ number }) => number.length === 10)).toEqual([]);
  });

  test('that several cards share is refused as ambiguous, with their numbers', () => {
    expect(resolveCardNumber('126,58404', ['55007EE424', '01017EE424', '01026F6C3A'])).toEqual({
      is: 'ambiguous',
      full: ['01017EE424', '55007EE424'],
    });
  });

  test('that can be the whole number of one card and a part of another is ambiguous', () => {
    expect(resolveCardNumber('0008315940', ['0008315940', '55007EE424'])).toMatchObject({ is: 'ambiguous' });
  });

  test('that nobody has is none', () => {
    expect(resolveCardNumber('126,58405', ['55007EE424'])).toEqual({ is: 'none' });
    for (const text of ['', 'GYM', '256,1', '1,65536', '1,2,3', '99999999999999999999'])
      expect(resolveCardNumber(text, ['55007EE424']), text).toEqual({ is: 'none' });
  });

  test('is of no card that is longer or shorter than it says', () => {
    expect(fits('7EE424', '7EE42400')).toBe(false);
    expect(fits('????7EE424', '7EE424')).toBe(false);
    expect(fits('????7EE424', '55007EE424')).toBe(true);
  });

  test('with anything else around it is no number', () => {
    for (const text of [
      'x0008315940 126,58404',
      '0008315940 126,58404x',
      '0008315940 126',
      '126,58404,1',
      'xAA007E2724',
      'AA007E2724x',
    ])
      expect(readCardNumber(text), text).toEqual([]);
  });

  test('may be followed by the other form after any number of separators', () => {
    for (const text of ['0008315940, 126,58404', '0008315940;126,58404', '0008315940   126.58404'])
      expect(resolveCardNumber(text, ['55007EE424', '66017EE424']), text).toEqual({ is: 'one', full: '55007EE424' });
  });

  test('is told once, though two forms say it', () => {
    const numbers = readCardNumber('0008315940 126,58404').map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('is not read as a whole number in hex when it is a pair', () => {
    expect(numbersOf('126.58404', 'full')).toEqual([]);
    expect(numbersOf('04:2B:73:32:1A:31:80', 'full')).toEqual(['042B73321A3180']);
  });

  const anyFull = fc
    .constantFrom(4, 5, 7)
    .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
    .map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase());

  test('of any card, in any spelling, leads back to that card', () => {
    fc.assert(
      fc.property(anyFull, (full) => {
        for (const spelling of spellings) {
          for (const text of spelled(full, spelling)) {
            expect(resolveCardNumber(text, [full]), `${spelling} ${text}`).toEqual({ is: 'one', full });
            const readings = readCardNumber(text).filter((reading) => reading.spelling === spelling);
            expect(
              readings.some(({ number }) => fits(number, full)),
              `${spelling} ${text}`,
            ).toBe(true);
          }
        }
      }),
    );
  });

  test('is read or refused, whatever somebody types', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Fa-f,. :/-]{0,24}$/)), (text) => {
        for (const { number } of readCardNumber(text)) expect(number).toMatch(/^(?:[0-9A-F?]{2})+$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a number that should not be given to a member', () => {
  test.each([
    ['08A1B2C3', 'random'],
    ['88041122', 'half'],
    ['1FA1B2C3', 'shared'],
    ['7EE424', 'short'],
    ['', 'short'],
    ['gym', 'short'],
    ['04A1B2C3', null],
    ['BCD14264', null],
    ['042B73321A3180', null],
    ['080FAABBCC', null],
  ] as const)('%s: %s', (uid, doubt) => {
    expect(whyNotEnrolled(uid)).toBe(doubt);
  });
});
