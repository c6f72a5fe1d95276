import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { type OpenJournal, openJournal } from '../../../src/adapters/store/journal-store.ts';
import { hashOf } from '../../../src/domain/journal/chain.ts';
import type { JournalEvent } from '../../../src/domain/journal/entry.ts';
import { grant, grantByCode, modeSet, moved, notPassed, override, passed, refusal } from '../../kit/journal-events.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const now = Date.parse('2026-06-15T07:30:00+02:00');

/** Ten entries; what somebody with the disk in hand does to them; and the journal to be verified afterwards. */
function tamperedWith(change: (db: Database.Database) => void): OpenJournal {
  const path = join(temporaryFolder(), 'gate.db');
  const journal = openJournal(path, { gateway: 'box-1' });
  onTestFinished(() => journal.close());
  const came = [grant(), passed(1), refusal(), grant({ memberId: 'm2' }), notPassed(2), override(), modeSet('free')];
  for (const [place, event] of [...came, grantByCode('1'), moved(1, now), refusal()].entries())
    journal.append(now + place, event);
  expect(journal.verify()).toEqual({ entries: 10, faults: [] });
  const db = new Database(path);
  db.exec('DROP TRIGGER journal_is_not_edited; DROP TRIGGER journal_is_not_shortened');
  change(db);
  db.close();
  return journal;
}

const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test.each(numbers)('entry %i with another event is found', (number) => {
  const journal = tamperedWith((db) => {
    const event = db.prepare<[number], string>('SELECT event FROM journal WHERE number = ?').pluck().get(number) ?? '';
    const edited = event.replace('"gate":"main-in"', '"gate":"pool"');
    expect(edited).not.toBe(event);
    db.prepare('UPDATE journal SET event = ? WHERE number = ?').run(edited, number);
  });
  const problem = `entry ${number} was changed after it was written: its hash does not match`;
  expect(journal.verify().faults).toContainEqual({ number, problem });
});

test.each([
  ['instant', 'UPDATE journal SET at = at + 1 WHERE number = 4'],
  ['visit number', 'UPDATE journal SET visit = 7 WHERE number = 4'],
  ['trust in the clock', 'UPDATE journal SET clock_trusted = 0 WHERE number = 4'],
  ['hash', "UPDATE journal SET hash = x'00' WHERE number = 4"],
  ['event, so that it is no JSON,', "UPDATE journal SET event = '{' WHERE number = 4"],
])('an entry with another %s is found', (_, sql) => {
  const journal = tamperedWith((db) => db.exec(sql));
  expect(journal.verify().faults).toContainEqual({ number: 4, problem: expect.stringContaining('entry 4 was changed') });
});

test('an entry that is chained to another one before it is found', () => {
  const journal = tamperedWith((db) => db.exec("UPDATE journal SET previous_hash = x'00' WHERE number = 4"));
  expect(journal.verify().faults).toContainEqual({ number: 4, problem: expect.stringContaining('does not follow') });
});

test.each(numbers)('entry %i is missed when it is removed', (number) => {
  const journal = tamperedWith((db) => db.prepare('DELETE FROM journal WHERE number = ?').run(number));
  const { entries, faults } = journal.verify();
  expect(entries).toBe(9);
  expect(faults).toContainEqual({ number, problem: expect.stringContaining(`entry ${number} is missing`) });
});

test('a journal of which nothing is left is missed', () => {
  const journal = tamperedWith((db) => db.exec('DELETE FROM journal'));
  expect(journal.verify().faults).toContainEqual({ number: 1, problem: expect.stringContaining('entry 1 is missing') });
});

test.each(numbers.slice(1))('entries 1 and %i that changed places are both found', (number) => {
  const journal = tamperedWith((db) => {
    const renumber = db.prepare('UPDATE journal SET number = ? WHERE number = ?');
    renumber.run(99, 1);
    renumber.run(1, number);
    renumber.run(number, 99);
  });
  const found = new Set(journal.verify().faults.map((fault) => fault.number));
  expect(found).toContain(1);
  expect(found).toContain(number);
});

/** As somebody would who knows how the hashes are made. */
function rewrite(db: Database.Database, number: number, event: JournalEvent): void {
  const journal = openJournal(db.name, { gateway: 'box-1', readonly: true });
  const { hash: _, ...entry } = journal.entry(number) ?? expect.fail(`there is no entry ${number}`);
  journal.close();
  const hash = Buffer.from(hashOf({ ...entry, event }), 'hex');
  db.prepare('UPDATE journal SET event = ?, hash = ? WHERE number = ?').run(JSON.stringify(event), hash, number);
}

test('an entry that was changed and hashed anew breaks the one after it', () => {
  const journal = tamperedWith((db) => rewrite(db, 3, refusal('DEBT')));
  expect(journal.verify().faults).toEqual([{ number: 4, problem: expect.stringContaining('does not follow') }]);
});

test('the newest entry, changed and hashed anew to what cannot have happened, is found', () => {
  const journal = tamperedWith((db) => rewrite(db, 10, passed(5)));
  expect(journal.verify().faults).toEqual([{ number: 10, problem: 'entry 10 cannot be: visit 5 was already committed' }]);
});

test('an entry that was changed is found also where the one before it is missing', () => {
  const journal = tamperedWith((db) => {
    db.exec('DELETE FROM journal WHERE number = 9; UPDATE journal SET at = at + 1 WHERE number = 10');
  });
  const { faults } = journal.verify();
  expect(faults).toContainEqual({ number: 9, problem: expect.stringContaining('entry 9 is missing') });
  expect(faults).toContainEqual({ number: 10, problem: expect.stringContaining('entry 10 was changed') });
});

test.each([
  ['a visit in another state', "UPDATE visits SET state = 'committed' WHERE number = 2", 4, 'visit 2 is `committed`'],
  ['a visit of another entry', 'UPDATE visits SET entry = 2 WHERE number = 1', 1, 'visit 1 is missing'],
  ['a visit that was removed', 'DELETE FROM visits WHERE number = 3', 6, 'visit 3 is missing'],
  ['a visit that was put in', "INSERT INTO visits VALUES (6, 8, 'released')", 8, 'visit 6 is among the visits'],
  ['a visit that was moved, and stands', "UPDATE visits SET state = 'committed' WHERE number = 1", 1, 'visit 1 is `committed`'],
  ['a charge that was removed', 'DELETE FROM charges WHERE visit = 1', 1, 'the charge of visit 1'],
  ['a charge that was changed', 'UPDATE charges SET charge = 0 WHERE visit = 1', 1, 'the charge of visit 1'],
  ['a charge for a booking', "UPDATE charges SET booking_id = 'b1' WHERE visit = 1", 1, 'the charge of visit 1'],
  ['a charge that is that of a club card', 'UPDATE charges SET prerequisite = 1 WHERE visit = 1', 1, 'the charge of visit 1'],
  ['a charge on another membership', "UPDATE charges SET membership_id = 'p9' WHERE visit = 2", 4, 'the charge of visit 2'],
  ['a charge of another instant', 'UPDATE charges SET at = at + 8 WHERE visit = 5', 9, 'the charge of visit 5'],
  [
    'a charge that was put in',
    "INSERT INTO charges VALUES ('p9', 1, 0, null, 'center', null, null, 1, null, null, null, null, 0)",
    10,
    'visit 1 has charges that no entry makes',
  ],
  ['a used code that was removed', 'DELETE FROM used_tokens', 8, 'the code that entry 8 used up'],
  ['a used code of another entry', 'UPDATE used_tokens SET entry = 7', 10, 'used codes that no entry used up'],
  ['a used code that was put in', "INSERT INTO used_tokens VALUES ('c7', '2', 8)", 10, 'used codes that no entry used up'],
  ['another mode', "UPDATE gates SET mode = 'closed'", 10, 'gate `main-in`'],
  ['another newest visit', 'UPDATE gates SET newest_visit = 1', 10, 'gate `main-in`'],
  ['a gate that was put in', "INSERT INTO gates VALUES ('pool', 1, null, null, null)", 10, 'gate `pool`'],
])('%s does not agree with the entries', (_, sql, number, problem) => {
  const journal = tamperedWith((db) => db.exec(sql));
  expect(journal.verify().faults).toEqual([{ number, problem: expect.stringContaining(problem) }]);
});

test('a code that was presented again stays with the tap that used it up', () => {
  const journal = openJournal(join(temporaryFolder(), 'gate.db'), { gateway: 'box-1' });
  onTestFinished(() => journal.close());
  const again = { ...refusal('CREDENTIAL_REPLAYED'), visit: null };
  journal.append(now, grantByCode('1'));
  journal.append(now, { ...again, decision: { ...again.decision, credentialId: 'c7', token: '1' } });
  expect(journal.verify()).toEqual({ entries: 2, faults: [] });
});

test('a journal in pieces is reported up to a hundred faults', () => {
  const path = join(temporaryFolder(), 'gate.db');
  const journal = openJournal(path, { gateway: 'box-1' });
  onTestFinished(() => journal.close());
  for (let count = 0; count < 120; count += 1) journal.append(now, refusal());
  const db = new Database(path);
  db.exec('DROP TRIGGER journal_is_not_edited; UPDATE journal SET at = at + 1');
  db.close();
  const { entries, faults } = journal.verify();
  expect(entries).toBe(120);
  expect(faults).toHaveLength(100);
});
