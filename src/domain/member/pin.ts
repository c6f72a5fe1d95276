import { sha256 } from '../../lib/sha256.ts';

// The salt may hold colons of its own.
const storedForm = /^sha256:(.+):[0-9a-f]{64}$/s;

/**
 * Rule 3: a PIN is stored as `sha256:<salt>:<lower-case hex of sha256(salt + pin)>` and never as typed. These are the stored
 * values that a PIN typed at the door could equal, given the salts in use. A PIN is short: the hash keeps it from being read in
 * passing, not from whoever holds the data and tries them all.
 */
export function pinValues(pin: string, salts: readonly string[]): string[] {
  return salts.map((salt) => `sha256:${salt}:${sha256(salt + pin)}`);
}

/** The salt of a stored PIN; null when the value is not a salted hash, which no PIN opens with. */
export function saltOf(value: string): string | null {
  const [, salt = null] = storedForm.exec(value) ?? [];
  return salt;
}
