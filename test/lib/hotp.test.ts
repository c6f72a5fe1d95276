import { expect, test } from 'vitest';
import { hotp, isHotp } from '../../src/lib/hotp.ts';

const key = Buffer.from('12345678901234567890');

// RFC 4226, appendix D.
const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];

test.each(codes.map((code, counter) => [counter, code] as const))('counter %i has the code %s', (counter, code) => {
  expect(hotp(key, counter)).toBe(code);
});

// RFC 6238, appendix B, SHA-1: the six digits that rule 3 knows are the last of the eight.
test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('at second %i a phone shows the last six digits of %s', (seconds, digits) => {
  expect(hotp(key, Math.floor(seconds / 30))).toBe(digits.slice(-6));
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
