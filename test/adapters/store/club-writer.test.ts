import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openClubStore } from '../../../src/adapters/store/club-store.ts';
import { startClubWriter } from '../../../src/adapters/store/club-writer.ts';
import { openJournal } from '../../../src/adapters/store/journal-store.ts';
import { Failure } from '../../../src/ports/failure.ts';
import { exampleSnapshot } from '../../kit/example-snapshot.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { fakeLog } from '../../kit/fake-log.ts';
import { refusal } from '../../kit/journal-events.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** A club whose members are all called `name`, with a card each. */
function clubOf(members: number, name: string) {
  const numbers = Array.from({ length: members }, (_, number) => number);
  return {
    format: 'gatehouse-snapshot/1',
    cursor: name,
    members: numbers.map((number) => ({ id: `m${number}`, name })),
    credentials: numbers.map((number) => ({
      id: `c${number}`,
      kind: 'rfid',
      value: `A${number}`,
      status: 'active',
      memberId: `m${number}`,
    })),
  };
}

function open({ folder = temporaryFolder(), checkpoint = [] as string[] } = {}) {
  const clubPath = join(folder, 'club.db');
  const log = fakeLog();
  const clock = fakeClock('2026-06-15T07:30:00+02:00');
  const writer = startClubWriter({ clubPath, checkpoint, checkpointEveryMs: 20, clock, log });
  onTestFinished(() => writer.close());
  return { writer, clubPath, clock, log };
}

function openData(clubPath: string) {
  const data = openClubStore(clubPath);
  onTestFinished(() => data.close());
  return data;
}

test('a snapshot and changes are in use as soon as their answer is there', async () => {
  const { writer, clubPath, clock } = open();
  const data = openData(clubPath);
  expect(await writer.replace(json(exampleSnapshot()))).toMatchObject({ done: true, counts: { members: 1 }, problems: [] });
  expect(data.member('m1')?.member.name).toBe('Anna K.');
  expect(data.state().receivedAt).toBe(clock.now());
  expect(await writer.apply(json({ members: [{ id: 'm1', name: 'Anna N.' }] }))).toEqual({
    done: true,
    rows: 1,
    deleted: 0,
    warnings: [],
  });
  expect(data.member('m1')?.member.name).toBe('Anna N.');
});

test('a contact is written down as soon as its answer is there, and nothing else is touched', async () => {
  const { writer, clubPath, clock } = open();
  const data = openData(clubPath);
  await writer.contacted(500);
  expect(data.state()).toMatchObject({ contactAt: 500, receivedAt: null });
  await writer.replace(json(exampleSnapshot()));
  expect(data.state().contactAt).toBe(clock.now());
  expect(await writer.contacted(clock.now() + 60_000)).toBeUndefined();
  expect(data.state()).toMatchObject({ contactAt: clock.now() + 60_000, receivedAt: clock.now(), counts: { members: 1 } });
});

test('mistakes come back with their line and column', async () => {
  const { writer } = open();
  const text = '{\n"members": [\n{"id": "m1", "blocked": "no"}]}';
  expect(await writer.apply(new TextEncoder().encode(text))).toMatchObject({
    done: false,
    problems: [{ path: 'members[0].blocked', line: 3, column: 25 }],
  });
  expect(await writer.replace(new TextEncoder().encode('{'))).toMatchObject({ done: false, fatal: { line: 1, column: 2 } });
});

test('look-ups go on with the old data while a large snapshot is taken in, and have the new data whole', async () => {
  const { writer, clubPath } = open();
  const data = openData(clubPath);
  await writer.replace(json(clubOf(10, 'old')));
  const seen = { old: 0, new: 0 };
  let answered = false;
  const answer = writer.replace(json(clubOf(15_000, 'new'))).finally(() => {
    answered = true;
  });
  while (!answered) {
    const name = data.credentials({ kind: 'rfid', value: 'A7' })[0]?.member?.name;
    expect(name === 'old' || name === 'new').toBe(true);
    seen[name as 'old' | 'new'] += 1;
    // Once the new data shows, none of it is missing.
    if (name === 'new') expect(data.credentials({ kind: 'rfid', value: 'A14999' })[0]?.member?.name).toBe('new');
    await setImmediate();
  }
  expect(await answer).toMatchObject({ done: true });
  expect(seen.old).toBeGreaterThan(100);
  expect(data.state()).toMatchObject({ cursor: 'new', counts: { members: 15_000 } });
  expect(data.member('m14999')?.member.name).toBe('new');
});

test('writings follow one another in the order in which they were asked for', async () => {
  const { writer, clubPath } = open();
  const data = openData(clubPath);
  const answers = ['Ania', 'Anka', 'Anna'].map((name) => writer.apply(json({ members: [{ id: 'm1', name }] })));
  await Promise.all(answers);
  expect(data.member('m1')?.member.name).toBe('Anna');
});

test('what was asked for before the end is still done', async () => {
  const { writer, clubPath } = open();
  const answer = writer.apply(json({ members: [{ id: 'm1' }] }));
  await writer.close();
  expect(await answer).toMatchObject({ done: true });
  expect(openData(clubPath).member('m1')).not.toBeNull();
});

test('a snapshot is handed over, a change is copied', async () => {
  const { writer } = open();
  const snapshot = json(exampleSnapshot());
  const change = json({ cursor: '1' });
  await Promise.all([writer.replace(snapshot), writer.apply(change)]);
  expect(snapshot.byteLength).toBe(0);
  expect(await writer.apply(change)).toMatchObject({ done: true });
});

test('a database that cannot be used is a failure of the call, not of the gateway', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'club.db'), 'this is no database, though it is long enough to be read as one');
  const { writer } = open({ folder });
  const failure = await writer.apply(json({})).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code: 'bad_input', message: expect.stringContaining('club.db') });
});

test('when the writing thread dies, what waits for it fails and the next writing starts another', async () => {
  const { writer, clubPath, log } = open();
  const broken = writer.apply(null as unknown as Uint8Array);
  const behind = writer.apply(json({ members: [{ id: 'm1' }] }));
  await expect(broken).rejects.toMatchObject({ code: 'no_answer', retry: true });
  await expect(behind).rejects.toMatchObject({ code: 'no_answer' });
  expect(log.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('stopped') }]);
  expect(await writer.apply(json({ members: [{ id: 'm2' }] }))).toMatchObject({ done: true });
  expect(openData(clubPath).member('m2')).not.toBeNull();
});

test("the journal's write-ahead log is copied back here, and never by a tap", async () => {
  const folder = temporaryFolder();
  const gatePath = join(folder, 'gate.db');
  const journal = openJournal(gatePath, { gateway: 'box-1', checkpointedElsewhere: true });
  onTestFinished(() => journal.close());
  for (let number = 0; number < 200; number += 1) journal.append(1000, refusal('EXPIRED'));
  const before = statSync(gatePath).size;
  open({ folder, checkpoint: [gatePath, join(folder, 'not-there-yet.db')] });
  await vi.waitFor(() => expect(statSync(gatePath).size).toBeGreaterThan(before), { timeout: 10_000 });
  expect(journal.verify()).toEqual({ entries: 200, faults: [] });
});
