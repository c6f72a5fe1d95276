import { expect, test } from 'vitest';
import { cardNumber } from '../../../devices/codecs/card-number.ts';
import { fromHex } from '../../../src/lib/hex.ts';

test.each([
  ['hex', '04A1B2C3', '04A1B2C3'],
  ['hex_reversed', '04A1B2C3', 'C3B2A104'],
  ['decimal', '04A1B2C3', '77705923'],
  ['decimal_reversed', '04A1B2C3', '3283263748'],
  ['decimal', '04958CAA5C5E80', '1290331292982912'],
  ['digits', '30303432', '0042'],
  ['digits', '3030343200FF2020', '0042'],
] as const)('%s of %s is %s', (form, bytes, number) => {
  expect(cardNumber(fromHex(bytes), form)).toBe(number);
});

test.each([
  ['hex', '00000000'],
  ['decimal', 'FFFFFFFF'],
  ['digits', '00000000'],
  ['digits', '3031413200'],
  ['digits', '20303132'],
  ['digits', '3000303200'],
  ['hex', ''],
] as const)('%s of %s is no number: a new card opens nothing', (form, bytes) => {
  expect(cardNumber(fromHex(bytes), form)).toBeNull();
});
