import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { clubMigrations } from '../../../src/adapters/store/club-schema.ts';
import { openClubDatabase, openClubStore } from '../../../src/adapters/store/club-store.ts';
import { changeClub, replaceClub } from '../../../src/adapters/store/write-club.ts';
import { pinValues } from '../../../src/domain/member/pin.ts';
import { exampleSnapshot } from '../../kit/example-snapshot.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

/** A club as the first schema kept it: the rows are the same, and were looked up by less. */
function writeFirstClub(path: string): void {
  const from = join(temporaryFolder(), 'club.db');
  const now = openClubDatabase(from);
  replaceClub(now, { value: exampleSnapshot() }, 1000);
  now.close();
  const db = new Database(path);
  db.exec(clubMigrations[0] ?? '');
  db.pragma('user_version = 1');
  db.exec(`
    ATTACH '${from}' AS now;
    INSERT INTO club SELECT only_row, cursor, taken_at, received_at, counts, unusable, unusable_count FROM now.club;
    INSERT INTO members SELECT * FROM now.members;
    INSERT INTO sessions SELECT id, row FROM now.sessions;
    INSERT INTO bookings SELECT id, row FROM now.bookings;
  `);
  db.close();
}

test('sessions, bookings and the last contact of a club from before they were looked up are found', () => {
  const path = join(temporaryFolder(), 'club.db');
  writeFirstClub(path);
  const data = openClubStore(path);
  const db = openClubDatabase(path);
  onTestFinished(() => {
    data.close();
    db.close();
  });
  const startsAt = Date.parse('2026-06-15T17:00:00Z');
  const place = { booking: { id: 'b1', membershipId: 'p1' }, session: { id: 's1', startsAt } };
  expect(data.bookings({ memberId: 'm1' }, startsAt, startsAt + 1)).toMatchObject([place]);
  expect(data.bookings({ membershipId: 'p1' }, startsAt, startsAt + 1)).toMatchObject([place]);
  expect(data.state()).toMatchObject({ receivedAt: 1000, contactAt: 1000, cursor: '000001842' });
  // As if nothing had been moved: the same rows are not written again, and others are.
  expect(replaceClub(db, { value: exampleSnapshot() }, 2000)).toMatchObject({ done: true, counts: { bookings: 1 } });
  changeClub(db, { value: { delete: [{ entity: 'bookings', id: 'b1' }] } }, 3000);
  expect(data.bookings({ memberId: 'm1' }, 0, startsAt + 1)).toEqual([]);
});

test('the salts of PINs are read again when the data changed', () => {
  const path = join(temporaryFolder(), 'club.db');
  const db = openClubDatabase(path);
  const data = openClubStore(path);
  onTestFinished(() => {
    data.close();
    db.close();
  });
  const pin = (id: string, salt: string) => ({ id, kind: 'pin', status: 'active', value: pinValues('4711', [salt])[0] ?? '' });
  const found = () => data.credentials({ kind: 'pin', value: '4711' }).map(({ credential }) => credential.id);
  expect(found()).toEqual([]);
  changeClub(db, { value: { credentials: [pin('c1', 'salt'), pin('c2', 'salt'), pin('c3', 'pepper')] } }, 1000);
  expect(found()).toEqual(['c1', 'c2', 'c3']);
  changeClub(db, { value: { delete: [{ entity: 'credentials', id: 'c3' }] } }, 1000);
  expect(found()).toEqual(['c1', 'c2']);
});
