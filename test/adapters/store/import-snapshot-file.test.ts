import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openClubDatabase, openClubStore } from '../../../src/adapters/store/club-store.ts';
import { importSnapshotFile } from '../../../src/adapters/store/import-snapshot-file.ts';
import { type ImportProgress, replaceClub } from '../../../src/adapters/store/write-club.ts';
import { exampleSnapshot } from '../../kit/example-snapshot.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

function written(snapshot: unknown) {
  const folder = temporaryFolder();
  const file = join(folder, 'club.json');
  writeFileSync(file, typeof snapshot === 'string' ? snapshot : JSON.stringify(snapshot));
  return { file, clubPath: join(folder, 'club.db') };
}

test('a gateway that runs on the same data sees what was imported', () => {
  const { file, clubPath } = written(exampleSnapshot());
  const data = openClubStore(clubPath);
  onTestFinished(() => data.close());
  expect(data.member('m1')).toBeNull();
  expect(data.state().counts.members).toBe(0);
  expect(importSnapshotFile(file, clubPath, 1000)).toMatchObject({ done: true, problems: [] });
  expect(data.member('m1')?.member.name).toBe('Anna K.');
  expect(data.state()).toMatchObject({ receivedAt: 1000, counts: { members: 1 } });
});

test('an import says how far it is', () => {
  const members = Array.from({ length: 12_000 }, (_, number) => ({ id: `m${number}` }));
  const { file, clubPath } = written({ format: 'gatehouse-snapshot/1', members });
  const said: ImportProgress[] = [];
  importSnapshotFile(file, clubPath, 1000, (done) => said.push(done));
  expect(said).toEqual(['checking', 'writing'].flatMap((phase) => [5000, 10_000].map((rowsDone) => ({ phase, rowsDone }))));
});

test('a file that cannot be read or used changes nothing', () => {
  const { file, clubPath } = written(exampleSnapshot());
  importSnapshotFile(file, clubPath, 1000);
  expect(() => importSnapshotFile(`${file}.gone`, clubPath, 2000)).toThrow(
    expect.objectContaining({ code: 'absent', message: expect.stringContaining('club.json.gone') }),
  );
  writeFileSync(file, '{"format": "gatehouse-snapshot/1",\n"members": [}');
  expect(importSnapshotFile(file, clubPath, 2000)).toMatchObject({ done: false, fatal: { line: 2, column: 13 } });
  const data = openClubStore(clubPath);
  onTestFinished(() => data.close());
  expect(data.state()).toMatchObject({ receivedAt: 1000, counts: { members: 1 } });
});

test('a snapshot over the same data writes nothing but that it came', () => {
  const db = openClubDatabase(join(temporaryFolder(), 'club.db'));
  onTestFinished(() => void db.close());
  const written = () => db.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;
  replaceClub(db, { value: exampleSnapshot() }, 1000);
  const before = written();
  replaceClub(db, { value: exampleSnapshot() }, 2000);
  // One row, of the table `club`.
  expect(written() - before).toBe(1);
});

test('an import that fails halfway leaves the data as it was', () => {
  const db = openClubDatabase(join(temporaryFolder(), 'club.db'));
  onTestFinished(() => void db.close());
  replaceClub(db, { value: exampleSnapshot() }, 1000);
  db.exec(`CREATE TEMP TRIGGER full_disk BEFORE DELETE ON bookings BEGIN SELECT RAISE(ABORT, 'no room'); END`);
  const memberLess = { ...exampleSnapshot(), members: [], bookings: [] };
  expect(() => replaceClub(db, { value: memberLess }, 2000)).toThrow('no room');
  expect(db.prepare('SELECT id FROM members').all()).toEqual([{ id: 'm1' }]);
});
