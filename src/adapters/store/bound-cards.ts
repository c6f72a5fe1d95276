import type { Database } from 'better-sqlite3';
import type { Journal } from '../../ports/journal.ts';

/** Cards known by a printed number, beside the journal: a snapshot that comes anew does not make them forgotten. */
export function boundCardsIn(db: Database): Pick<Journal, 'boundCards' | 'bindCard'> {
  const bound = db
    .prepare<[string], [credentialId: string, printed: string, full: string]>(
      'SELECT credential_id, printed, full_number FROM json_each(?) JOIN bound_cards ON credential_id = value',
    )
    .raw();
  const bind = db.prepare<[string, string, string]>('INSERT OR REPLACE INTO bound_cards VALUES (?, ?, ?)');
  return {
    boundCards: (credentialIds) =>
      new Map(bound.all(JSON.stringify(credentialIds)).map(([id, printed, full]) => [id, { printed, full }])),
    bindCard: (credentialId, { printed, full }) => void bind.run(credentialId, printed, full),
  };
}
