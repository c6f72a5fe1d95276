import type { Database } from 'better-sqlite3';
import type { Membership, Terms } from '../../domain/member/membership.ts';
import { heldMembership } from '../../ports/club-snapshot/held-membership.ts';

/** Of a membership: its row, and what it has from its type. */
type MembershipRow = [row: string, title: string | null, terms: number | null];

export type ClubMemberships = ReturnType<typeof clubMemberships>;

export function clubMemberships(db: Database) {
  const terms = termsIn(db);
  const held = ([row, title, number]: MembershipRow): Membership =>
    heldMembership(JSON.parse(row), title, number === null ? null : terms(number));
  const memberships = (from: string, condition: string) => {
    const rows = db.prepare<[string], MembershipRow>(`SELECT row, title, terms FROM ${from} WHERE ${condition}`).raw();
    return (id: string): Membership[] => rows.all(id).map(held);
  };
  return {
    held,
    ofMember: memberships(
      'membership_members JOIN memberships ON memberships.id = membership_id',
      'member_id = ? ORDER BY membership_id',
    ),
    ofId: memberships('memberships', 'id = ?'),
  };
}

/** Thousands of memberships have the same terms, and a number never gets others: they are read once, and frozen because they are shared. */
function termsIn(db: Database): (number: number) => Terms {
  const termsText = db.prepare<[number], string>('SELECT terms FROM terms WHERE number = ?').pluck();
  const known = new Map<number, Terms>();
  return (number) => {
    const read = known.get(number);
    if (read) return read;
    const text = termsText.get(number);
    // INVARIANT: `dropUnusedTerms` runs in the transaction that takes the last row of these terms away.
    if (text === undefined) throw new Error(`terms ${number} are gone while a membership has them`);
    const terms = JSON.parse(text, (_, value) => Object.freeze(value)) as Terms;
    if (known.size >= mostTermsKnown) known.clear();
    known.set(number, terms);
    return terms;
  };
}

const mostTermsKnown = 1000;
