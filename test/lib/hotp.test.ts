import { expect, test } from 'vitest';
import { hotp, isHotp } from '../../src/lib/hotp.ts';

const key = Buffer.from('12345678901234567890');

// RFC 4226, appendix D.
const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];

test.each(codes.map((code, counter) => [counter, code] as const))('counter %i has the code %s', (counter, code) => {
  expect(hotp(key, counter)).toBe(code);
});

test('a code is that of its own counter only', () => {
  expect(codes.filter((code) => isHotp(code, key, 7))).toEqual(['162583']);
});

test.each(['', '16258', '1625830', '16258é', '１６２５８３'])('`%s` is no code', (code) => {
  expect(isHotp(code, key, 7)).toBe(false);
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no counter', (counter) => {
  expect(() => hotp(key, counter)).toThrow(RangeError);
});
