import { expect, it } from 'vitest';
import { createAttemptLimit } from '../../../src/adapters/web/attempt-limit.ts';

it('lets a burst through, then one attempt in each interval', () => {
  const limit = createAttemptLimit({ burst: 3, everyMs: 1_000 });
  expect([0, 0, 0, 0].map(() => limit.take('a', 5_000))).toEqual([0, 0, 0, 1_000]);
  expect(limit.take('a', 5_999)).toBe(1);
  expect(limit.take('a', 6_000)).toBe(0);
  expect(limit.take('a', 6_000)).toBe(1_000);
});

it('has the whole burst again after a quiet time, and no more', () => {
  const limit = createAttemptLimit({ burst: 2, everyMs: 1_000 });
  limit.take('a', 0);
  limit.take('a', 0);
  expect([0, 0, 0].map(() => limit.take('a', 60_000))).toEqual([0, 0, 1_000]);
});

it('counts each address by itself', () => {
  const limit = createAttemptLimit({ burst: 1, everyMs: 1_000 });
  expect([limit.take('a', 0), limit.take('b', 0), limit.take('a', 0)]).toEqual([0, 0, 1_000]);
});

it('does not count what was right', () => {
  const limit = createAttemptLimit({ burst: 1, everyMs: 1_000 });
  for (let tries = 0; tries < 5; tries += 1) {
    expect(limit.take('a', 0)).toBe(0);
    limit.giveBack('a');
  }
});

it('goes on limiting an address while ever new ones come', () => {
  const limit = createAttemptLimit({ burst: 1, everyMs: 1_000_000 });
  for (let address = 0; address < 9_000; address += 1) limit.take(`address ${address}`, address);
  expect(limit.take('address 0', 9_000)).toBeGreaterThan(0);
});
