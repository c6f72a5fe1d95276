import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openClubDatabase } from '../../../src/adapters/store/club-store.ts';
import { changeClub, replaceClub } from '../../../src/adapters/store/write-club.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const card = { kind: 'rfid', value: '04AA', status: 'active' };

/** A club in which member m1 has a card, and staff another. */
function changes() {
  const db = openClubDatabase(join(temporaryFolder(), 'club.db'));
  onTestFinished(() => void db.close());
  const value = {
    format: 'gatehouse-snapshot/1',
    members: [{ id: 'm1' }, { id: 'm2' }],
    staff: [{ id: 'st1', credentialIds: ['c-staff'] }],
    credentials: [
      { id: 'c1', ...card, memberId: 'm1' },
      { id: 'c-staff', ...card, value: '04FF' },
      { id: 'c-lost', ...card, value: '0000', memberId: 'm1', status: 'lost' },
      { id: 'c-twice', ...card, value: '0001', memberId: 'm1', membershipId: 'p1' },
    ],
  };
  expect(replaceClub(db, { value }, 1000)).toMatchObject({ done: true, problems: [] });
  return (document: object) => {
    const answer = changeClub(db, { value: document }, 2000);
    if (!answer.done) throw new Error(JSON.stringify(answer.problems));
    return answer.warnings.map(({ id, problem }) => [id, problem]);
  };
}

test('a change that gives a card to a second member says whose it is already', () => {
  expect(changes()({ credentials: [{ id: 'c2', ...card, memberId: 'm2' }] })).toEqual([
    [
      'c2',
      expect.stringContaining('`c1`, which is held already, which stands for member `m1` while this row stands for member `m2`'),
    ],
  ]);
});

test('a change that gives a card of staff to a member says whose it is already', () => {
  expect(changes()({ credentials: [{ id: 'c2', ...card, value: '04FF', memberId: 'm2' }] })).toEqual([
    ['c2', expect.stringContaining('`c-staff`, which is held already, which stands for staff `st1`')],
  ]);
});

test.each<[string, object]>([
  [
    'handed on in the same change',
    { credentials: [{ id: 'c2', ...card, memberId: 'm2' }], delete: [{ entity: 'credentials', id: 'c1' }] },
  ],
  ['lost', { credentials: [{ id: 'c2', ...card, value: '0000', memberId: 'm2' }] }],
  ['unusable', { credentials: [{ id: 'c2', ...card, value: '0001', memberId: 'm2' }] }],
  ['of another kind', { credentials: [{ id: 'c2', ...card, kind: 'qr', memberId: 'm2' }] }],
])('a card whose other row is %s is of one member', (_, document) => {
  expect(changes()(document)).toEqual([]);
});
