import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { hourMs, type Instant, minuteMs } from '../../domain/schedule/instant.ts';
import { sha256 } from '../../lib/sha256.ts';
import { Failure } from '../../ports/failure.ts';
import type { Operators, SignIn } from '../../ports/operators.ts';
import { deskMigrations } from './desk-schema.ts';
import { orFailure } from './disk-failure.ts';
import { openDatabase } from './open-database.ts';
import { signInTries } from './sign-in-tries.ts';
import { decoyHash, matchesSlowHash, slowHash } from './slow-hash.ts';

const sessionIdleMs = 12 * hourMs;
/** How stale the last use of a session may stand on disk: a live screen asks often, and each write is forced to disk. */
const sessionTouchMs = minuteMs;
const pinDigits = 6;
const longestName = 100;

export type OpenOperators = Operators & { close(): void };

/** The accounts of the desk in the SQLite database at `path`, which is made when absent. May be open in several processes. Throws `Failure`. */
export function openOperators(path: string): OpenOperators {
  const db = openDatabase(path, { migrations: deskMigrations, synchronous: 'FULL' });
  return orFailure(path, () => operatorsIn(db, path));
}

function operatorsIn(db: Database, path: string): OpenOperators {
  const allNames = db.prepare<[], string>('SELECT name FROM operators ORDER BY name').pluck();
  const pinHashOf = db.prepare<[string], string>('SELECT pin_hash FROM operators WHERE name = ?').pluck();
  const putOperator = db.prepare<[string, string]>('INSERT OR REPLACE INTO operators VALUES (?, ?)');
  const putSession = db.prepare<[string, string, Instant]>('INSERT INTO sessions VALUES (?, ?, ?)');
  const sessionAt = db
    .prepare<[string], [name: string, usedAt: Instant]>('SELECT name, used_at FROM sessions WHERE key_hash = ?')
    .raw();
  const touchSession = db.prepare<[Instant, string]>('UPDATE sessions SET used_at = ? WHERE key_hash = ?');
  const endSession = db.prepare<[string]>('DELETE FROM sessions WHERE key_hash = ?');
  const endSessionsOf = db.prepare<[string]>('DELETE FROM sessions WHERE name = ?');
  const endIdleSessions = db.prepare<[Instant]>('DELETE FROM sessions WHERE used_at <= ?');
  const tokenHash = db.prepare<[], string>('SELECT hash FROM central_token').pluck();
  const dropToken = db.prepare('DELETE FROM central_token');
  const putToken = db.prepare<[string]>('INSERT INTO central_token VALUES (?)');

  const tries = signInTries(db);
  const decoy = decoyHash();
  const onDisk = <T>(run: () => T): T => orFailure(path, run);
  const oneByOne = inTurn();

  const keepPin = db.transaction((name: string, pinHash: string) => {
    putOperator.run(name, pinHash);
    endSessionsOf.run(name);
    tries.forget(name);
  });
  /** Null: the PIN was changed while it was being looked at. */
  const startSession = db.transaction((name: string, pinHash: string, now: Instant): string | null => {
    if (pinHashOf.get(name) !== pinHash) return null;
    const key = randomBytes(32).toString('base64url');
    tries.forget(name);
    endIdleSessions.run(now - sessionIdleMs);
    putSession.run(sha256(key), name, now);
    return key;
  });
  const replaceToken = db.transaction((hash: string) => {
    dropToken.run();
    putToken.run(hash);
  });

  async function signIn(name: string, pin: string, now: Instant): Promise<SignIn> {
    const taken = onDisk(() => tries.take(name, allNames.all(), now));
    if (taken.locked) return { done: false, lockedUntil: taken.lockedUntil };
    const pinHash = onDisk(() => pinHashOf.get(name));
    const matches = await matchesSlowHash(pin, pinHash ?? decoy);
    const session = matches && pinHash !== undefined ? onDisk(() => startSession.immediate(name, pinHash, now)) : null;
    return session === null ? { done: false, lockedUntil: taken.lockedUntil } : { done: true, session };
  }

  return {
    names: () => onDisk(() => allNames.all()),
    async setPin(asked) {
      const name = nameOf(asked);
      if (!/^[^\p{Cc}]+$/u.test(name) || name.length > longestName) {
        throw new Failure('bad_input', `\`${asked}\` is no name; give one of 1 to ${longestName} characters`, { retry: false });
      }
      const pin = String(randomInt(10 ** pinDigits)).padStart(pinDigits, '0');
      const pinHash = await oneByOne(() => slowHash(pin));
      onDisk(() => keepPin.immediate(name, pinHash));
      return pin;
    },
    signIn: (name, pin, now) => oneByOne(() => signIn(nameOf(name), pin, now)),
    session: (key, now) =>
      onDisk(() => {
        const hash = sha256(key);
        const [name, usedAt] = sessionAt.get(hash) ?? [];
        if (name === undefined || usedAt === undefined || now - usedAt >= sessionIdleMs) return null;
        if (Math.abs(now - usedAt) >= sessionTouchMs) touchSession.run(now, hash);
        return { name };
      }),
    signOut: (key) => onDisk(() => void endSession.run(sha256(key))),
    newToken: () => {
      const token = `gh_${randomBytes(32).toString('base64url')}`;
      onDisk(() => replaceToken.immediate(sha256(token)));
      return token;
    },
    hasToken: () => onDisk(() => tokenHash.get() !== undefined),
    checkToken: (token) => {
      const expected = onDisk(() => tokenHash.get());
      return expected !== undefined && timingSafeEqual(Buffer.from(sha256(token)), Buffer.from(expected));
    },
    close: () => db.close(),
  };
}

/** The same name however it was typed. */
function nameOf(typed: string): string {
  return typed.trim().normalize('NFC');
}

/** One slow hash at a time: however many sign in at once, the other processor stays with the gates. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}
