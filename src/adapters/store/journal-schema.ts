/**
 * `gate.db`. `journal` is the truth, and all that a tap waits for; visits, charges, gates and used codes are read off it right
 * after (`journal-tables.ts`), and kept because a tap must not replay a year. `gates` is one row a gate, whose newest entry also
 * shows when the journal was cut off at its end; `visits` says only what became of a visit, the rest stands in its entry; and
 * open reservations have no index, being read once, when the gateway starts. What peers told and what taps were decided from
 * stands beside it, and can be lost with the power; so does which card has which printed number, which is not lost.
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
  // A charge that names no entitlement was that of a club card, unless it came first: an override that nothing covered.
  `
  ALTER TABLE journal ADD COLUMN clock_trusted INTEGER NOT NULL DEFAULT 1 CHECK (clock_trusted IN (0, 1));

  ALTER TABLE charges ADD COLUMN booking_id TEXT;
  ALTER TABLE charges ADD COLUMN prerequisite INTEGER NOT NULL DEFAULT 0 CHECK (prerequisite IN (0, 1));
  UPDATE charges SET prerequisite = 1 WHERE entitlement IS NULL AND membership_id <> (
    SELECT event ->> '$.visit.charges[0].membershipId' FROM visits JOIN journal ON journal.number = entry
    WHERE visits.number = charges.visit
  );

  CREATE TABLE used_tokens (
    credential_id TEXT NOT NULL,
    token TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (credential_id, token)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE peer_visits (
    membership_id TEXT NOT NULL,
    gateway TEXT NOT NULL,
    visit INTEGER NOT NULL,
    at INTEGER NOT NULL,
    member_id TEXT,
    branch_id TEXT NOT NULL,
    service_id TEXT,
    charge INTEGER NOT NULL,
    PRIMARY KEY (membership_id, gateway, visit)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tap_records (entry INTEGER PRIMARY KEY, at INTEGER NOT NULL, record BLOB NOT NULL) STRICT;
  CREATE INDEX tap_records_by_at ON tap_records (at, entry);
  `,
  `
  CREATE TABLE bound_cards (
    credential_id TEXT PRIMARY KEY,
    printed TEXT NOT NULL,
    full_number TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
