import type { Database } from 'better-sqlite3';
import { dayMs, hourMs, type Instant, minuteMs } from '../../domain/schedule/instant.ts';
import { sha256 } from '../../lib/sha256.ts';

const triesBeforeLock = 5;
const longestLockMs = hourMs;
/** A name that nobody tried for this long starts anew. */
const forgottenAfterMs = dayMs;
const mostNames = 10_000;

/** `locked`: refused, and the PIN is not to be looked at. Otherwise `lockedUntil` says when the next try is, should this one be wrong. */
type Try = { locked: true; lockedUntil: Instant } | { locked: false; lockedUntil: Instant | null };

/**
 * Counts tries by name, whether or not anybody has that name, so that names cannot be probed. A try counts before its PIN is
 * looked at: killing the box, or many tries at once, gain nothing.
 */
export function signInTries(db: Database) {
  const get = db
    .prepare<[string], [wrong: number, lockedUntil: Instant, at: Instant]>(
      'SELECT wrong, locked_until, at FROM sign_in_tries WHERE name_hash = ?',
    )
    .raw();
  const put = db.prepare<[string, number, Instant, Instant]>('INSERT OR REPLACE INTO sign_in_tries VALUES (?, ?, ?, ?)');
  const remove = db.prepare<[string]>('DELETE FROM sign_in_tries WHERE name_hash = ?');
  const removeOldest = db.prepare<[string, number]>(`
    DELETE FROM sign_in_tries WHERE name_hash IN (
      SELECT name_hash FROM sign_in_tries WHERE name_hash NOT IN (SELECT value FROM json_each(?))
      ORDER BY at LIMIT max(0, (SELECT count(*) FROM sign_in_tries) - ?))`);

  return {
    /** `names`: the accounts there are; made-up names never push one of them out. */
    take: db.transaction((name: string, names: string[], now: Instant): Try => {
      const [wrongBefore, lockedUntil, at] = get.get(sha256(name)) ?? [0, 0, now];
      // A lock that ends further away than any lock lasts was set by a clock that ran ahead.
      if (now < lockedUntil && lockedUntil <= now + longestLockMs) return { locked: true, lockedUntil };
      const wrong = now - at > forgottenAfterMs ? 1 : wrongBefore + 1;
      const lockMs = wrong < triesBeforeLock ? 0 : Math.min(minuteMs * 2 ** (wrong - triesBeforeLock), longestLockMs);
      put.run(sha256(name), wrong, now + lockMs, now);
      removeOldest.run(JSON.stringify(names.map(sha256)), mostNames);
      return { locked: false, lockedUntil: lockMs === 0 ? null : now + lockMs };
    }).immediate,
    forget(name: string): void {
      remove.run(sha256(name));
    },
  };
}
