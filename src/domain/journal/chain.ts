import { canonicalJson } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { JournalEntry } from './entry.ts';

/** What stands before entry 1. */
export const firstPreviousHash = '0'.repeat(64);

/** The hash covers everything in the entry but the hash itself, in canonical JSON (RFC 8785), the previous hash included. */
export function hashOf(entry: Omit<JournalEntry, 'hash'>): string {
  return sha256(canonicalJson(entry));
}

/** The entry that follows `before` (null: the first one), chained to it. */
export function entryAfter(
  before: { number: number; hash: string } | null,
  what: Pick<JournalEntry, 'gateway' | 'at' | 'visitNumber' | 'event'>,
): JournalEntry {
  const entry = { ...what, number: (before?.number ?? 0) + 1, previousHash: before?.hash ?? firstPreviousHash };
  return { ...entry, hash: hashOf(entry) };
}

export interface ChainFault {
  /** The number of the entry at fault, or the one that should stand there. */
  number: number;
  problem: string;
}

/** Checks one entry against the one before it (null before entry 1). Null: it holds. */
export function chainFault(entry: JournalEntry, before: { number: number; hash: string } | null): ChainFault | null {
  const expected = (before?.number ?? 0) + 1;
  if (entry.number !== expected)
    return { number: expected, problem: `entry ${expected} is missing: the next one is ${entry.number}` };
  if (entry.previousHash !== (before?.hash ?? firstPreviousHash)) {
    return {
      number: entry.number,
      problem: `entry ${entry.number} does not follow the entry before it: its \`previousHash\` differs`,
    };
  }
  const { hash, ...rest } = entry;
  if (hashOf(rest) !== hash)
    return { number: entry.number, problem: `entry ${entry.number} was changed after it was written: its hash does not match` };
  return null;
}
