import type { Database } from 'better-sqlite3';
import type { MembershipType, Terms } from '../../domain/member/membership.ts';
import { whyUnusable } from '../../ports/club-snapshot/held-membership.ts';
import type { SoldMembership } from '../../ports/club-snapshot.ts';
import { type ClubTable, clubTable, idsIn, type Pair, pairsIn, removeFrom, upsertInto } from './club-table.ts';

/**
 * Memberships and their types. INVARIANT: title and terms that a membership once took from its type stay with it, whatever
 * becomes of the type; terms sent with the membership come before them. A membership whose type was not there yet waits for
 * it (`giveToWaiting`).
 */
export function membershipTables(db: Database): {
  membershipTypes: ClubTable<MembershipType>;
  memberships: ClubTable<SoldMembership>;
} {
  const numberOf = termsNumbers(db);
  return { membershipTypes: membershipTypeTable(db, numberOf), memberships: membershipTable(db, numberOf) };
}

/** Memberships that wait for a type which has come since take of it what they lack. */
export function giveToWaiting(db: Database): void {
  db.exec(`
    UPDATE memberships SET
      title = coalesce(memberships.title, type.title),
      unusable = CASE WHEN coalesce(memberships.terms, type.terms) IS NULL THEN memberships.unusable ELSE memberships.row ->> '$.unusable' END,
      terms = coalesce(memberships.terms, type.terms)
    FROM membership_types AS type
    WHERE type.id = memberships.type_id AND (memberships.terms IS NULL OR memberships.title IS NULL)
      AND (memberships.title IS NULL OR type.terms IS NOT NULL)
  `);
}

/** Drops terms that no membership or type has any more; it looks at every membership. */
export function dropUnusedTerms(db: Database): void {
  db.exec(`
    DELETE FROM terms WHERE number NOT IN (SELECT terms FROM memberships WHERE terms IS NOT NULL)
      AND number NOT IN (SELECT terms FROM membership_types WHERE terms IS NOT NULL)
  `);
}

function membershipTypeTable(db: Database, numberOf: (terms: Terms) => number): ClubTable<MembershipType> {
  return clubTable(db, 'membership_types', {
    title: ({ title }) => title,
    terms: ({ terms, unusable }) => (unusable === null ? numberOf(terms) : null),
    unusable: ({ unusable }) => unusable,
  });
}

function membershipTable(db: Database, numberOf: (terms: Terms) => number): ClubTable<SoldMembership> {
  const held = db.prepare<[string], { title: string | null; terms: number | null; row: string }>(
    'SELECT title, terms, row FROM memberships WHERE id = ?',
  );
  const typeOf = db.prepare<[string | null], { title: string; terms: number | null }>(
    'SELECT title, terms FROM membership_types WHERE id = ?',
  );
  const upsert = upsertInto(db, 'memberships', ['type_id', 'number', 'title', 'terms', 'unusable', 'row']);
  const remove = removeFrom(db, 'memberships');
  const replacePairs = pairsIn(db, 'membership_members', ['member_id', 'membership_id']);
  const pairsOf = ({ id, memberIds }: Pick<SoldMembership, 'id' | 'memberIds'>) =>
    memberIds.map((memberId): Pair => [memberId, id]);
  const pairsBefore = (row: string | undefined) => (row === undefined ? [] : pairsOf(JSON.parse(row)));
  return {
    put({ terms: ownTerms, ...sold }) {
      const before = held.get(sold.id);
      const type = typeOf.get(sold.typeId);
      const title = type?.title ?? before?.title ?? null;
      const terms = ownTerms === null ? (before?.terms ?? type?.terms ?? null) : numberOf(ownTerms);
      const row = JSON.stringify(sold);
      if (before?.row === row && before.title === title && before.terms === terms) return false;
      upsert.run(sold.id, sold.typeId, sold.number, title, terms, whyUnusable(sold, terms !== null), row);
      replacePairs(pairsBefore(before?.row), pairsOf(sold));
      return before === undefined;
    },
    remove(id) {
      const before = held.get(id);
      if (before === undefined) return false;
      remove.run(id);
      replacePairs(pairsBefore(before.row), []);
      return true;
    },
    has: (id) => held.get(id) !== undefined,
    ids: () => idsIn(db, 'memberships'),
  };
}

/** The number of terms in the table `terms`, where they are put when they are new. */
function termsNumbers(db: Database): (terms: Terms) => number {
  const find = db.prepare<[string], number>('SELECT number FROM terms WHERE terms = ?').pluck();
  const add = db.prepare<[string]>('INSERT INTO terms (terms) VALUES (?)');
  return (terms) => {
    const text = JSON.stringify(terms);
    return find.get(text) ?? Number(add.run(text).lastInsertRowid);
  };
}
