/**
 * `gate.db`. `journal` is the truth, and all that a tap waits for; the other tables are read off it right after
 * (`journal-tables.ts`), and kept because a tap must not replay a year. `gates` is one row a gate, whose newest entry also
 * shows when the journal was cut off at its end; `visits` says only what became of a visit, the rest stands in its entry; and
 * open reservations have no index, being read once, when the gateway starts.
 */
export const journalMigrations = [
  `
  CREATE TABLE gateway (id TEXT NOT NULL) STRICT;

  CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    visit INTEGER,
    event TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE TRIGGER journal_is_not_edited BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never edited'); END;
  CREATE TRIGGER journal_is_not_shortened BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'nothing is ever deleted from the journal'); END;

  CREATE TABLE visits (
    number INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'committed', 'released'))
  ) STRICT;

  CREATE TABLE charges (
    membership_id TEXT NOT NULL,
    visit INTEGER NOT NULL,
    at INTEGER NOT NULL,
    member_id TEXT,
    branch_id TEXT NOT NULL,
    service_id TEXT,
    entitlement INTEGER,
    charge INTEGER NOT NULL,
    activation_starts_on TEXT,
    activation_ends_on TEXT,
    ends_freeze TEXT,
    PRIMARY KEY (membership_id, visit)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE gates (
    gate TEXT PRIMARY KEY,
    newest_entry INTEGER NOT NULL,
    newest_visit INTEGER,
    mode TEXT,
    mode_before TEXT
  ) STRICT, WITHOUT ROWID;
  `,
];
