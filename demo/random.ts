import { sha256 } from '../src/lib/sha256.ts';

/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** 0 ≤ n < `limit`, whole. */
  below(limit: number): number;
  pick<T>(values: readonly T[]): T;
  /** True in `share` of the cases, 0 … 1. */
  chance(share: number): boolean;
  shuffled<T>(values: readonly T[]): T[];
}

export function randomFrom(seed: string): Random {
  let drawn = 0;
  const next = () => Number.parseInt(sha256(`${seed} ${drawn++}`).slice(0, 8), 16) / 2 ** 32;
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: (values) => values[below(values.length)] as (typeof values)[number],
    chance: (share) => next() < share,
    shuffled(values) {
      const keyed = values.map((value) => ({ value, key: next() }));
      return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
    },
  };
}
