import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { journalMigrations } from '../../../src/adapters/store/journal-schema.ts';
import { type JournalOptions, type OpenJournal, openJournal } from '../../../src/adapters/store/journal-store.ts';
import { entryAfter } from '../../../src/domain/journal/chain.ts';
import type { DecisionEvent, JournalEntry, JournalEvent, OverrideEvent } from '../../../src/domain/journal/entry.ts';
import { tapToken } from '../../../src/domain/member/tap-count.ts';
import { dayMs } from '../../../src/domain/schedule/instant.ts';
import { canonicalJson } from '../../../src/lib/canonical-json.ts';
import { Failure } from '../../../src/ports/failure.ts';
import type { TapRecord } from '../../../src/ports/journal.ts';
import { emptyAccount, everythingIn, happen, happening } from '../../kit/club-happenings.ts';
import { aTap } from '../../kit/facts.ts';
import { grant, grantByCode, modeSet, moved, newVisit, override, passed, peerVisit, refusal } from '../../kit/journal-events.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const now = Date.parse('2026-06-15T07:30:00+02:00');
const record: TapRecord = { facts: aTap([]), explanation: { tap: [], memberships: [], choice: [] } };

function opened(path: string, options: Partial<JournalOptions> = {}): OpenJournal {
  const journal = openJournal(path, { gateway: 'box-1', ...options });
  onTestFinished(() => journal.close());
  return journal;
}

/** The connection that the journal itself writes on, to spoil its disk. */
function openedWithConnection(path: string, options: Partial<JournalOptions> = {}) {
  const pragma = vi.spyOn(Database.prototype, 'pragma');
  const journal = opened(path, options);
  const connection = pragma.mock.contexts[0] as Database.Database;
  pragma.mockRestore();
  return { journal, connection };
}

function failureOf(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

test('after a restart the journal goes on where it stopped', () => {
  const path = join(temporaryFolder(), 'gate.db');
  const before = openJournal(path, { gateway: 'box-1' });
  before.append(now, grant());
  before.append(now, modeSet('emergency'));
  before.bindCard('c1', { printed: '126,58404', full: '55007EE424' });
  const newest = before.newest();
  before.close();

  const journal = opened(path);
  expect(journal.newest()).toEqual(newest);
  expect(journal.openReservations().map(({ number }) => number)).toEqual([1]);
  expect(journal.modes().get('main-in')).toEqual({ mode: 'emergency', before: 'controlled' });
  expect(journal.boundCards(['c1'])).toEqual(new Map([['c1', { printed: '126,58404', full: '55007EE424' }]]));
  const next = journal.append(now, grant());
  expect(next).toMatchObject({ number: 3, visitNumber: 2, previousHash: newest?.hash });
  expect(journal.verify()).toEqual({ entries: 3, faults: [] });
});

test('whenever it is restarted, a journal answers as it would have', () => {
  const days = fc.constantFrom(0, 0, 0, 0, 0, 1, 3, 6, -3);
  const longer = fc.tuple(happening, days).map(([what, count]) => ({ ...what, afterMs: what.afterMs + count * dayMs }));
  fc.assert(
    fc.property(fc.array(longer, { maxLength: 30 }), fc.nat(), (happenings, restart) => {
      const folder = temporaryFolder();
      const account = emptyAccount(now);
      let journal = openJournal(join(folder, 'gate.db'), { gateway: 'box-1' });
      for (const [place, what] of happenings.entries()) {
        happen(journal, what, account);
        const number = place + 1;
        if (what.which % 2 === 0) journal.record(number, record);
        if (what.which % 5 === 0) journal.hearPeer('box-2', [peerVisit({ number, at: account.now })]);
        if (place !== restart % happenings.length) continue;
        const before = everythingIn(journal);
        journal.close();
        journal = openJournal(join(folder, 'gate.db'), { gateway: 'box-1' });
        expect(everythingIn(journal)).toEqual(before);
      }
      const kept = everythingIn(journal);
      journal.close();
      const reader = openJournal(join(folder, 'gate.db'), { gateway: 'box-1', readonly: true });
      expect(everythingIn(reader)).toEqual(kept);
      reader.close();
    }),
    { numRuns: 30 },
  );
});

test('a code that was used up just before the power went stays used', () => {
  const path = join(temporaryFolder(), 'gate.db');
  const journal = openJournal(path, { gateway: 'box-1' });
  journal.append(now, grantByCode('58347119'));
  journal.append(now, grantByCode(tapToken(61), 'c8'));
  journal.close();
  const byHand = new Database(path);
  byHand.exec('DELETE FROM used_tokens; DELETE FROM charges; DELETE FROM visits; DELETE FROM gates');
  byHand.close();
  const again = opened(path);
  expect(again.isTokenUsed('c7', '58347119')).toBe(true);
  expect(again.highestTapCount('c8')).toBe(61);
});

test('what a tap was decided from is kept also when the gateway ends right after it', () => {
  const path = join(temporaryFolder(), 'gate.db');
  const journal = openJournal(path, { gateway: 'box-1' });
  journal.record(journal.append(now, refusal()).number, record);
  journal.close();
  expect(opened(path).recordOf(1)).toEqual(record);
});

test('who is inside is known again without reading the whole journal', () => {
  const path = join(temporaryFolder(), 'gate.db');
  const journal = openJournal(path, { gateway: 'box-1' });
  for (let day = 0; day < 10; day += 1) journal.append(now + day * dayMs, grant({ memberId: `m${day}`, state: 'committed' }));
  journal.close();
  const byHand = new Database(path);
  byHand.exec("DROP TRIGGER journal_is_not_edited; UPDATE journal SET event = 'not looked at' WHERE number <= 5");
  byHand.close();
  const again = opened(path);
  expect([9, 8, 7, 6].map((day) => again.presence('club').of(`member:m${day}`)?.visit)).toEqual([10, 9, 8, undefined]);
});

test('a journal from before codes, sessions and clocks were looked at goes on as it is', () => {
  const path = join(temporaryFolder(), 'gate.db');
  writeFirstJournal(path);
  const journal = opened(path);
  expect(journal.verify()).toEqual({ entries: 3, faults: [] });
  expect(journal.after(0, 9).map(({ clockTrusted }) => clockTrusted)).toEqual([true, true, true]);
  expect(journal.visit(1)).toMatchObject({ person: null, bookingId: null, state: 'committed' });
  const charges = journal.charges(['p1', 'card', 'p9']);
  expect([...charges.values()].map(([charge]) => [charge?.bookingId, charge?.prerequisite])).toEqual([
    [null, false],
    [null, true],
    [null, false],
  ]);
  expect(journal.presence('club').count(0)).toBe(0);
  journal.append(now, moved(1, now));
  expect(journal.append(now, grantByCode('1')).visitNumber).toBe(4);
  expect(journal.isTokenUsed('c7', '1')).toBe(true);
  expect(journal.verify()).toEqual({ entries: 5, faults: [] });
});

/** A member's visit with a club card, the passage, and an override that no entitlement covered, as the first schema kept them. */
function writeFirstJournal(path: string): void {
  const db = new Database(path);
  db.exec(journalMigrations[0] ?? '');
  db.pragma('user_version = 1');
  db.exec("INSERT INTO gateway VALUES ('box-1')");
  const before = (event: DecisionEvent | OverrideEvent): JournalEvent => {
    const { person: _, bookingId: __, ...visit } = event.visit ?? newVisit();
    if (event.kind === 'override') return { ...event, visit } as JournalEvent;
    const { person: ___, token, bookingId: ____, closes, ...decision } = event.decision;
    return { ...event, decision, visit } as JournalEvent;
  };
  const beside = { membershipId: 'card', charge: 1, entitlement: null };
  const events: JournalEvent[] = [
    before(grant({ charges: [{ membershipId: 'p1', charge: 1, entitlement: 0 }, beside] })),
    passed(1),
    before(override({ charges: [{ membershipId: 'p9', charge: 1, entitlement: null }], state: 'committed' })),
  ];
  let last: JournalEntry | null = null;
  const numbers = [1, null, 2];
  for (const [place, event] of events.entries()) {
    const entry: JournalEntry = entryAfter(last, {
      gateway: 'box-1',
      at: now,
      clockTrusted: true,
      visitNumber: numbers[place] ?? null,
      event,
    });
    const hashes = [entry.previousHash, entry.hash].map((hash) => Buffer.from(hash, 'hex'));
    db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)').run(
      entry.number,
      now,
      entry.visitNumber,
      canonicalJson(event),
      ...hashes,
    );
    last = entry;
  }
  db.exec(`
    INSERT INTO visits VALUES (1, 1, 'committed'), (2, 3, 'committed');
    INSERT INTO charges VALUES ('p1', 1, ${now}, 'm1', 'center', 'gym', 0, 1, null, null, null);
    INSERT INTO charges VALUES ('card', 1, ${now}, 'm1', 'center', 'gym', null, 1, null, null, null);
    INSERT INTO charges VALUES ('p9', 2, ${now}, null, 'center', 'gym', null, 1, null, null, null);
    INSERT INTO gates VALUES ('main-in', 3, 2, null, null);
  `);
  db.close();
}

test('an entry is forced to disk before the gate may move', () => {
  const { connection } = openedWithConnection(join(temporaryFolder(), 'gate.db'));
  expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(connection.pragma('synchronous', { simple: true })).toBe(2);
});

test('no tap copies the log into the database where another connection does that', () => {
  const folder = temporaryFolder();
  const alone = openedWithConnection(join(folder, 'alone.db'));
  expect(alone.connection.pragma('wal_autocheckpoint', { simple: true })).toBe(1000);
  const helped = openedWithConnection(join(folder, 'helped.db'), { checkpointedElsewhere: true });
  expect(helped.connection.pragma('wal_autocheckpoint', { simple: true })).toBe(0);
});

test('a database of another gateway is refused, and left as it is', () => {
  const path = join(temporaryFolder(), 'gate.db');
  openJournal(path, { gateway: 'box-1' }).close();
  const failure = failureOf(() => openJournal(path, { gateway: 'box-2' }));
  expect(failure).toMatchObject({ code: 'bad_input', retry: false });
  expect(failure.message).toContain('`box-1`, not of `box-2`');
  expect(opened(path).newest()).toBeNull();
});

describe('read beside a running gateway', () => {
  test('the journal is verified while the gateway goes on', () => {
    const path = join(temporaryFolder(), 'gate.db');
    const gateway = opened(path);
    gateway.append(now, grant());
    const reader = opened(path, { readonly: true });
    expect(reader.verify()).toEqual({ entries: 1, faults: [] });
    gateway.append(now, passed(1));
    expect(reader.verify()).toEqual({ entries: 2, faults: [] });
  });

  test('a reader writes nothing', () => {
    const path = join(temporaryFolder(), 'gate.db');
    opened(path).append(now, grant());
    const reader = opened(path, { readonly: true });
    expect(failureOf(() => reader.append(now, refusal())).code).toBe('refused');
    expect(reader.newest()?.number).toBe(1);
  });

  test('where there is no journal a reader says so and makes none', () => {
    const path = join(temporaryFolder(), 'gate.db');
    expect(failureOf(() => openJournal(path, { gateway: 'box-1', readonly: true })).code).toBe('absent');
    expect(existsSync(path)).toBe(false);
  });
});

describe('the journal is append-only', () => {
  test.each([
    ['edited', "UPDATE journal SET event = '{}' WHERE number = 1", /never edited/],
    ['shortened', 'DELETE FROM journal WHERE number = 2', /nothing is ever deleted/],
  ])('it cannot be %s, not even by hand', (_, sql, refused) => {
    const path = join(temporaryFolder(), 'gate.db');
    const journal = opened(path);
    journal.append(now, refusal());
    journal.append(now, refusal());
    const byHand = new Database(path);
    onTestFinished(() => void byHand.close());
    expect(() => byHand.exec(sql)).toThrow(refused);
    expect(journal.verify()).toEqual({ entries: 2, faults: [] });
  });
});

describe('when the disk refuses', () => {
  test('a full disk fails the entry, writes nothing of it, and once there is space the journal goes on', () => {
    const { journal, connection } = openedWithConnection(join(temporaryFolder(), 'gate.db'));
    journal.append(now, grant());
    connection.pragma(`max_page_count = ${connection.pragma('page_count', { simple: true })}`);
    const large = { ...refusal(), read: 'x'.repeat(100_000) };
    expect(failureOf(() => journal.append(now, large))).toMatchObject({ code: 'refused', retry: true });
    expect(journal.newest()?.number).toBe(1);
    connection.pragma('max_page_count = 1000000');
    expect(journal.append(now, large).number).toBe(2);
    expect(journal.verify()).toEqual({ entries: 2, faults: [] });
  });

  test('a disk that may only be read fails the entry', () => {
    const { journal, connection } = openedWithConnection(join(temporaryFolder(), 'gate.db'));
    connection.pragma('query_only = ON');
    const failure = failureOf(() => journal.append(now, grant()));
    expect(failure).toMatchObject({ code: 'refused', retry: true });
    expect(failure.message).toContain('`gate.db`');
    connection.pragma('query_only = OFF');
    expect(journal.append(now, grant())).toMatchObject({ number: 1, visitNumber: 1 });
  });

  test('an entry that is not written leaves nothing behind', () => {
    const { journal, connection } = openedWithConnection(join(temporaryFolder(), 'gate.db'));
    connection.exec("CREATE TEMP TRIGGER broken BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'broken'); END");
    expect(() => journal.append(now, grant())).toThrow('broken');
    expect(journal.newest()).toBeNull();
    expect(journal.visit(1)).toBeNull();
    connection.exec('DROP TRIGGER broken');
    expect(journal.append(now, grant())).toMatchObject({ number: 1, visitNumber: 1 });
    expect(journal.verify()).toEqual({ entries: 1, faults: [] });
  });

  test('visits that could not be written beside their entry follow it as soon as the disk lets them', () => {
    const { journal, connection } = openedWithConnection(join(temporaryFolder(), 'gate.db'));
    connection.exec("CREATE TEMP TRIGGER broken BEFORE INSERT ON charges BEGIN SELECT RAISE(ABORT, 'broken'); END");
    expect(journal.append(now, grant())).toMatchObject({ number: 1, visitNumber: 1 });
    expect(() => journal.visit(1)).toThrow('broken');
    expect(() => journal.append(now, grant())).toThrow('broken');
    connection.exec('DROP TRIGGER broken');
    expect(journal.visit(1)).toMatchObject({ number: 1 });
    expect(journal.append(now, grant())).toMatchObject({ number: 2, visitNumber: 2 });
    expect(journal.verify()).toEqual({ entries: 2, faults: [] });
  });

  test('visits that the power took are read off the journal again at the next start', () => {
    const path = join(temporaryFolder(), 'gate.db');
    const first = openedWithConnection(path);
    for (let tap = 0; tap < 3; tap += 1) first.journal.append(now, grant());
    first.journal.visit(3);
    first.connection.exec(
      'DELETE FROM charges WHERE visit = 3; DELETE FROM visits WHERE number = 3; UPDATE gates SET newest_entry = 2, newest_visit = 2',
    );
    first.journal.close();
    const again = openJournal(path, { gateway: 'box-1' });
    expect(again.visit(3)).toMatchObject({ number: 3, entry: 3 });
    expect(again.append(now, grant())).toMatchObject({ number: 4, visitNumber: 4 });
    expect(again.verify()).toEqual({ entries: 4, faults: [] });
    again.close();
  });

  test('what a peer said and what a tap was decided from are lost to a full disk, and the gates go on', () => {
    const { journal, connection } = openedWithConnection(join(temporaryFolder(), 'gate.db'));
    const { number } = journal.append(now, grant());
    connection.exec("CREATE TEMP TRIGGER no_records BEFORE INSERT ON tap_records BEGIN SELECT RAISE(ABORT, 'broken'); END");
    connection.exec("CREATE TEMP TRIGGER no_peers BEFORE INSERT ON peer_visits BEGIN SELECT RAISE(ABORT, 'broken'); END");
    journal.record(number, record);
    expect(() => journal.hearPeer('box-2', [peerVisit({ number: 1, at: now })])).toThrow('broken');
    expect(() => journal.recordOf(number)).toThrow('broken');
    expect(journal.append(now, passed(1)).number).toBe(2);
    expect(connection.pragma('synchronous', { simple: true })).toBe(2);
    connection.exec('DROP TRIGGER no_records; DROP TRIGGER no_peers');
    expect(journal.recordOf(number)).toEqual(record);
    expect(journal.charges(['p1']).get('p1')).toHaveLength(1);
  });

  test('a folder that is not there is absent', () => {
    const path = join(temporaryFolder(), 'unplugged', 'gate.db');
    expect(failureOf(() => openJournal(path, { gateway: 'box-1' })).code).toBe('absent');
  });

  test('a file that is no database is bad input', () => {
    const path = join(temporaryFolder(), 'gate.db');
    writeFileSync(path, 'not a database, and long enough to be read as one'.repeat(10));
    expect(failureOf(() => openJournal(path, { gateway: 'box-1' }))).toMatchObject({ code: 'bad_input', retry: false });
  });
});
