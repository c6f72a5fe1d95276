import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseSettings } from '../../src/config/parse-settings.ts';

const settings = z.strictObject({
  number: z.enum(['full', 'low24']).default('full').describe('How much of the number is used.'),
  digits: z.int().min(1).max(20).default(10).describe('How many digits there are.'),
  aim: z.boolean().default(false).describe('Whether identifiers are sent.'),
  prefix: z.string().default('').describe('What stands before the code.'),
});

test('words become what the product wants: a choice, a number, true or false, text that looks like a number', () => {
  const words = { number: 'low24', digits: '8', aim: 'true', prefix: '4005' };
  expect(parseSettings({ settings }, words).settings).toEqual({ number: 'low24', digits: 8, aim: true, prefix: '4005' });
});

test.each([
  [{ nubmer: 'low24' }, /unknown key `nubmer`: did you mean `number`\?/],
  [{ number: 'low25' }, /`number` is `low25`: must be one of `full`, `low24`/],
  [{ digits: 'eight' }, /`digits` is `eight`: must be a whole number from 1 to 20/],
])('%j is refused in words', (words, why) => {
  expect(() => parseSettings({ settings }, words)).toThrow(why);
});
