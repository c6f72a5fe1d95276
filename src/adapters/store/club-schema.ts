/**
 * `club.db`: each row as the JSON of its domain row, beside the columns it is looked up by. Terms stand once for all memberships
 * that have the same; AUTOINCREMENT: the number of terms that went is never given to others. `title` and `terms` of a
 * membership: what it has from its type, kept when the type changes or goes.
 */
export const clubMigrations = [
  `
  CREATE TABLE club (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    cursor TEXT,
    taken_at INTEGER,
    received_at INTEGER,
    counts TEXT NOT NULL,
    unusable TEXT NOT NULL,
    unusable_count INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE branches (id TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE services (id TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE members (id TEXT PRIMARY KEY, folded_name TEXT NOT NULL, unusable TEXT, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX members_by_name ON members (folded_name);
  CREATE INDEX unusable_members ON members (unusable) WHERE unusable IS NOT NULL;

  CREATE TABLE staff (id TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE staff_credentials (
    credential_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    PRIMARY KEY (credential_id, staff_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE credentials (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    member_id TEXT,
    unusable TEXT,
    row TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX credentials_by_read ON credentials (kind, value);
  CREATE INDEX unusable_credentials ON credentials (unusable) WHERE unusable IS NOT NULL;

  CREATE TABLE terms (number INTEGER PRIMARY KEY AUTOINCREMENT, terms TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE membership_types (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    terms INTEGER,
    unusable TEXT,
    row TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX unusable_membership_types ON membership_types (unusable) WHERE unusable IS NOT NULL;

  CREATE TABLE memberships (
    id TEXT PRIMARY KEY,
    type_id TEXT,
    number TEXT,
    title TEXT,
    terms INTEGER,
    unusable TEXT,
    row TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX memberships_by_number ON memberships (number) WHERE number IS NOT NULL;
  CREATE INDEX memberships_that_wait_for_their_type ON memberships (type_id) WHERE terms IS NULL OR title IS NULL;
  CREATE INDEX unusable_memberships ON memberships (unusable) WHERE unusable IS NOT NULL;
  CREATE TABLE membership_members (
    member_id TEXT NOT NULL,
    membership_id TEXT NOT NULL,
    PRIMARY KEY (member_id, membership_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sessions (id TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE bookings (id TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE club ADD COLUMN contact_at INTEGER;
  UPDATE club SET contact_at = received_at;

  ALTER TABLE sessions RENAME TO sessions_before;
  CREATE TABLE sessions (id TEXT PRIMARY KEY, starts_at INTEGER NOT NULL, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO sessions SELECT id, row ->> '$.startsAt', row FROM sessions_before;
  DROP TABLE sessions_before;

  ALTER TABLE bookings RENAME TO bookings_before;
  CREATE TABLE bookings (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    membership_id TEXT,
    row TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO bookings
    SELECT id, row ->> '$.sessionId', row ->> '$.memberId', row ->> '$.membershipId', row FROM bookings_before;
  DROP TABLE bookings_before;
  CREATE INDEX bookings_by_member ON bookings (member_id);
  CREATE INDEX bookings_by_membership ON bookings (membership_id) WHERE membership_id IS NOT NULL;
  `,
];
