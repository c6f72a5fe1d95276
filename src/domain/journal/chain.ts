import { canonicalJson } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { JournalEntry } from './entry.ts';

/** What stands before entry 1. */
export const firstPreviousHash = '0'.repeat(64);

/** The hash covers everything in the entry but the hash itself, in canonical JSON (RFC 8785), the previous hash included. */
export function hashOf(entry: Omit<JournalEntry, 'hash'>): string {
  return hashWith(entry, canonicalJson(entry.event));
}

/** The entry that follows `before` (null: the first one), chained to it. `eventText` is the event in canonical JSON. */
export function entryAfter(
  before: { number: number; hash: string } | null,
  { gateway, at, clockTrusted, visitNumber, event }: Omit<JournalEntry, 'number' | 'previousHash' | 'hash'>,
  eventText = canonicalJson(event),
): JournalEntry {
  const number = (before?.number ?? 0) + 1;
  const previousHash = before?.hash ?? firstPreviousHash;
  const entry = { gateway, at, clockTrusted, visitNumber, event, number, previousHash };
  return { gateway, at, clockTrusted, visitNumber, event, number, previousHash, hash: hashWith(entry, eventText) };
}

/** The keys stand in their canonical order, so that the event, which is most of the text, is written out once. */
function hashWith(
  { at, clockTrusted, gateway, number, previousHash, visitNumber }: Omit<JournalEntry, 'hash'>,
  eventText: string,
): string {
  // Journals from before the clock was watched stand as they are: only a clock that was not trusted is spoken of.
  const distrust = clockTrusted ? '' : '"clockTrusted":false,';
  return sha256(
    `{"at":${canonicalJson(at)},${distrust}"event":${eventText},"gateway":${canonicalJson(gateway)},"number":${canonicalJson(number)},` +
      `"previousHash":${canonicalJson(previousHash)},"visitNumber":${canonicalJson(visitNumber)}}`,
  );
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
