import { expect, test } from 'vitest';
import { z } from 'zod';
import { settingsVariants } from '../../src/config/settings-variants.ts';

const settings = z.strictObject({
  order: z.enum(['msb', 'lsb']).default('msb'),
  hex: z.boolean().default(true),
  digits: z.int().min(8).max(10).default(10),
  prefix: z.string().default(''),
  port: z.int().min(1).max(65_535).default(502),
});

const changes = (many: number) => settingsVariants({ settings }, many).map(({ changed }) => changed);

test('the defaults come first, then every choice by itself; text and long ranges are no choice', () => {
  expect(changes(1)).toEqual([{}, { order: 'lsb' }, { hex: false }, { digits: 8 }, { digits: 9 }]);
});

test('choices are combined, each combination once', () => {
  const all = changes(3).map((changed) => JSON.stringify(changed));
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(2 * 2 * 3);
});

test('each comes with the whole settings', () => {
  expect(settingsVariants({ settings }, 1)[1]?.settings).toEqual({ order: 'lsb', hex: true, digits: 10, prefix: '', port: 502 });
});

test('a combination that the product refuses is left out', () => {
  const picky = z.strictObject({ a: z.boolean().default(false), b: z.boolean().default(false) });
  const refusing = picky.refine(({ a, b }) => !(a && b));
  expect(settingsVariants({ settings: refusing }, 2).map(({ changed }) => changed)).toEqual([{}, { a: true }, { b: true }]);
});

test('a product with very many choices is tried up to a bound, the nearest to its defaults first', () => {
  const many = z.strictObject(
    Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`s${index}`, z.boolean().default(false)])),
  );
  const variants = settingsVariants({ settings: many }, 20);
  expect(variants.length).toBe(2_000);
  expect(Object.keys(variants.at(-1)?.changed ?? {}).length).toBeLessThan(5);
});
