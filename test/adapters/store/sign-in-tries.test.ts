import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { deskMigrations } from '../../../src/adapters/store/desk-schema.ts';
import { openDatabase } from '../../../src/adapters/store/open-database.ts';
import { signInTries } from '../../../src/adapters/store/sign-in-tries.ts';
import { dayMs, minuteMs } from '../../../src/domain/schedule/instant.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const now = Date.parse('2026-06-15T07:30:00+02:00');

function countedTries() {
  const db = openDatabase(join(temporaryFolder(), 'desk.db'), { migrations: deskMigrations, synchronous: 'NORMAL' });
  onTestFinished(() => void db.close());
  const tries = signInTries(db);
  const take = (name: string, at = now) => tries.take(name, ['Ewa'], at);
  const takeMany = (name: string, times: number, at = now) => Array.from({ length: times }, () => take(name, at)).at(-1);
  return { db, tries, take, takeMany };
}

test('the fifth try locks a name for a minute, each further one twice as long, up to an hour', () => {
  const { take, takeMany } = countedTries();
  expect(takeMany('Ewa', 4)).toEqual({ locked: false, lockedUntil: null });
  let at = now;
  const minutes: number[] = [];
  for (let further = 0; further < 8; further += 1) {
    const { lockedUntil } = take('Ewa', at);
    minutes.push(((lockedUntil ?? at) - at) / minuteMs);
    at = lockedUntil ?? at;
  }
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

test('a try while the name is locked is refused and makes it no worse', () => {
  const { take, takeMany } = countedTries();
  const locked = { locked: true, lockedUntil: now + minuteMs };
  expect(takeMany('Ewa', 9, now)).toEqual(locked);
  expect(take('Ewa', now + minuteMs - 1)).toEqual(locked);
  expect(take('Ewa', now + minuteMs)).toEqual({ locked: false, lockedUntil: now + 3 * minuteMs });
});

test('each name has tries of its own', () => {
  const { take, takeMany } = countedTries();
  takeMany('Ewa', 5);
  expect(take('Jan')).toEqual({ locked: false, lockedUntil: null });
});

test('tries are forgotten after a day without one', () => {
  const { take, takeMany } = countedTries();
  takeMany('Ewa', 4);
  takeMany('Jan', 4);
  expect(take('Ewa', now + dayMs)).toEqual({ locked: false, lockedUntil: now + dayMs + minuteMs });
  expect(take('Jan', now + dayMs + 1)).toEqual({ locked: false, lockedUntil: null });
});

test('a clock that ran ahead for a while locks nobody out for as long', () => {
  const { take, takeMany } = countedTries();
  takeMany('Ewa', 5, now + 400 * dayMs);
  expect(take('Ewa', now).locked).toBe(false);
});

test('made-up names push out one another, never the lock of a real one', () => {
  const { db, tries, take, takeMany } = countedTries();
  takeMany('Ewa', 5);
  takeMany('made up first', 5);
  const put = db.prepare('INSERT INTO sign_in_tries VALUES (?, 5, ?, ?)');
  const flood = db.transaction(() => {
    for (let count = 0; count < 10_000; count += 1) put.run(`made up ${count}`, now + 1, now + 1);
  });
  flood();
  tries.take('Nobody', ['Ewa'], now + 2);
  expect(db.prepare('SELECT count(*) FROM sign_in_tries').pluck().get()).toBe(10_000);
  expect(take('Ewa').locked).toBe(true);
  expect(take('made up first').locked).toBe(false);
});
