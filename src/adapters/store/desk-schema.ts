/** `desk.db`. Names of tries are hashed to bound a row: anybody may type anything there. */
export const deskMigrations = [
  `
  CREATE TABLE operators (name TEXT PRIMARY KEY, pin_hash TEXT NOT NULL) STRICT;
  CREATE TABLE sessions (key_hash TEXT PRIMARY KEY, name TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT;
  CREATE TABLE central_token (hash TEXT NOT NULL) STRICT;
  CREATE TABLE sign_in_tries (
    name_hash TEXT PRIMARY KEY,
    wrong INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  `,
];
