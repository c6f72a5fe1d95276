import { type CardSpelling, spelled } from '../member/card-number.ts';
import type { Credential, Read } from '../member/credential.ts';

/**
 * How a row was found that does not hold the card's whole number but what is printed on it. `unbound`: for the first time.
 * `bound`: as the card that it was found to be then. `other_card`: it is another card with the same printed number.
 */
export type PrintedMatch = 'unbound' | 'bound' | 'other_card';

/** The texts by which a club whose list holds such numbers may know this card; none for what is no card. */
export function printedTexts({ kind, value }: Read, asked: readonly CardSpelling[]): string[] {
  if (kind !== 'rfid') return [];
  return asked.flatMap((spelling) => (spelling === 'full' ? [] : spelled(value, spelling)));
}

/** Null: the row holds the whole number. `bound`: the card that it was found to be; what the row held then may be another number now. */
export function printedMatch(
  { value }: Credential,
  read: Read,
  bound: { printed: string; full: string } | undefined,
): PrintedMatch | null {
  // A row of another kind, or of a code that is not compared, is no printed number.
  if (read.kind !== 'rfid' || value === read.value) return null;
  if (bound === undefined || bound.printed !== value) return 'unbound';
  return bound.full === read.value ? 'bound' : 'other_card';
}

/** The rows that may be this card's. What is known of it goes before what only its printed number says. */
export function rowsOfCard<R extends { credential: Credential; printed?: PrintedMatch }>(rows: readonly R[]): R[] {
  const known = rows.filter(({ printed }) => printed === undefined || printed === 'bound');
  const isKnown = known.some(({ credential }) => credential.status === 'active' && credential.unusable === null);
  return isKnown ? known : rows.filter(({ printed }) => printed !== 'other_card');
}
