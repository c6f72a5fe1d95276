import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { writeContact } from '../../src/adapters/store/club-state.ts';
import { openClubDatabase, openClubStore } from '../../src/adapters/store/club-store.ts';
import { changeClub, replaceClub } from '../../src/adapters/store/write-club.ts';
import { changes, snapshots } from '../kit/club-documents.ts';
import { fakeClubData } from '../kit/fake-club-data.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { type ClubDataSubject, describeClubData, everything } from './club-data.ts';

function onDisk(): ClubDataSubject {
  const path = join(temporaryFolder(), 'club.db');
  const db = openClubDatabase(path);
  const data = openClubStore(path);
  onTestFinished(() => {
    data.close();
    db.close();
  });
  return {
    data,
    replace: (value, now = 0) => replaceClub(db, { value }, now),
    apply: (value, now = 0) => changeClub(db, { value }, now),
    contacted: (at) => writeContact(db, at),
  };
}

function inMemory(): ClubDataSubject {
  const data = fakeClubData();
  return { data, replace: data.replace, apply: data.apply, contacted: data.contacted };
}

describeClubData('club data on disk', onDisk);
describeClubData('club data in memory', inMemory);

test('whatever documents come, in whatever order, both homes hold the same', () => {
  const document = fc.oneof(
    snapshots.map((snapshot) => ({ snapshot })),
    changes.map((change) => ({ change })),
  );
  fc.assert(
    fc.property(fc.array(document, { maxLength: 6 }), (documents) => {
      const disk = onDisk();
      const memory = inMemory();
      for (const one of documents) {
        const [onTheDisk, inTheMemory] = [disk, memory].map((home) =>
          'snapshot' in one ? home.replace(one.snapshot) : home.apply(one.change),
        );
        expect(onTheDisk).toEqual(inTheMemory);
        expect(everything(disk.data)).toEqual(everything(memory.data));
      }
    }),
    { numRuns: 60 },
  );
});
