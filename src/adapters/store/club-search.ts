import type { Database } from 'better-sqlite3';
import type { CredentialKind } from '../../domain/member/credential.ts';
import type { Member } from '../../domain/member/member.ts';
import { foldText } from '../../lib/fold-text.ts';

/** Kinds whose values are printed on what the member holds; a PIN or a secret is never searched. */
const searchedKinds = ['rfid', 'barcode', 'qr', 'membership_code'] as const satisfies CredentialKind[];

/**
 * Members for the desk, by number first: those whose card or membership number begins with `text`, then those whose name
 * contains each of its words, in the order of names.
 */
export function clubSearch(db: Database, member: (id: string) => Member | null): (text: string, limit: number) => Member[] {
  const byCard = db
    .prepare<[from: string, until: string, limit: number], string>(
      `SELECT member_id FROM credentials WHERE kind IN (${searchedKinds.map((kind) => `'${kind}'`).join(', ')})
       AND value >= ? AND value < ? AND member_id IS NOT NULL ORDER BY value LIMIT ?`,
    )
    .pluck();
  const byNumber = db
    .prepare<[from: string, until: string, limit: number], string>(
      `SELECT member.value FROM memberships, json_each(row, '$.memberIds') AS member
       WHERE number >= ? AND number < ? ORDER BY number LIMIT ?`,
    )
    .pluck();
  const byName = (words: string[], limit: number) =>
    db
      .prepare<unknown[], string>(
        `SELECT id FROM members WHERE ${words.map(() => 'instr(folded_name, ?)').join(' AND ')} ORDER BY folded_name, id LIMIT ?`,
      )
      .pluck()
      .all(...words, limit);
  return (text, limit) => {
    const number = text.trim();
    const words = foldText(text).split(' ').slice(0, mostWords);
    if (number === '' || limit <= 0) return [];
    const ids = new Set<string>();
    for (const start of new Set([number, number.toUpperCase()])) {
      const range = [start, `${start}\u{10ffff}`, limit] as const;
      for (const id of [...byCard.all(...range), ...byNumber.all(...range)]) ids.add(id);
    }
    if (ids.size < limit && words[0] !== '') for (const id of byName(words, limit)) ids.add(id);
    return [...ids].flatMap((id) => member(id) ?? []).slice(0, limit);
  };
}

const mostWords = 8;
