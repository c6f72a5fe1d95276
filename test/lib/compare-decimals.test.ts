import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals } from '../../src/lib/compare-decimals.ts';

describe('two amounts', () => {
  it.each([
    ['99.5', '120.00', -1],
    ['120.00', '99.5', 1],
    ['120', '120.00', 0],
    ['0.00', '0', 0],
    ['0.1', '0.09', 1],
    ['0.10', '0.1', 0],
    ['1.5', '1.25', 1],
    ['1.25', '1.5', -1],
    ['9', '10', -1],
    ['-1', '0', -1],
    ['-1.5', '-1.25', -1],
    ['-0.5', '0.5', -1],
    ['-0', '0', 0],
    ['0120', '120', 0],
  ])('%s and %s are told apart exactly', (a, b, expected) => {
    expect(compareDecimals(a, b)).toBe(expected);
  });

  it('are told apart beyond what a floating-point number holds', () => {
    expect(compareDecimals('9007199254740993', '9007199254740992')).toBe(1);
    expect(compareDecimals('0.1000000000000000000001', '0.1')).toBe(1);
    expect(compareDecimals('100', '100.0000000000000000000000')).toBe(0);
  });

  it('compare as the numbers they are', () => {
    const amount = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 3 }));
    const text = ([cents, digits]: [number, number]) => (cents / 10 ** digits).toFixed(digits);
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const difference = Math.round(a[0] * 10 ** (3 - a[1])) - Math.round(b[0] * 10 ** (3 - b[1]));
        expect(compareDecimals(text(a), text(b))).toBe(Math.sign(difference));
      }),
    );
  });
});
