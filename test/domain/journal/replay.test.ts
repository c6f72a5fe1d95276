import { expect, test } from 'vitest';
import { entryAfter } from '../../../src/domain/journal/chain.ts';
import type { JournalEntry, JournalEvent } from '../../../src/domain/journal/entry.ts';
import { emptyReplay, replayEntry, replayProblem } from '../../../src/domain/journal/replay.ts';
import { grant, modeSet, notPassed, passed, refusal } from '../../kit/journal-events.ts';

const now = Date.parse('2026-06-15T07:30:00+02:00');

function journal(...happened: [event: JournalEvent, visitNumber: number | null][]): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const [event, visitNumber] of happened) {
    entries.push(entryAfter(entries.at(-1) ?? null, { gateway: 'box-1', at: now, clockTrusted: true, visitNumber, event }));
  }
  return entries;
}

/** What is wrong with the last entry. */
function problemOfLast(entries: JournalEntry[]): string | null {
  const replay = emptyReplay();
  for (const entry of entries.slice(0, -1)) replayEntry(replay, entry);
  return replayProblem(replay, entries.at(-1) ?? expect.fail('there is no entry'));
}

test('replaying a journal gives the state of every visit and every gate', () => {
  const emergencyAtPool = { gate: 'pool', mode: 'emergency', before: 'closed' } as const;
  const replay = emptyReplay();
  const entries = journal(
    [grant(), 1],
    [grant({ gate: 'pool' }), 2],
    [passed(1), null],
    [notPassed(2, 'timed_out', 'pool'), null],
    [grant({ gate: 'pool' }), 3],
    [modeSet('emergency', 'main-in', 'controlled', [emergencyAtPool]), null],
    [refusal(), null],
  );
  for (const entry of entries) {
    expect(replayProblem(replay, entry)).toBeNull();
    replayEntry(replay, entry);
  }
  expect(replay).toEqual({
    newestVisit: 3,
    visits: new Map([
      [1, 'committed'],
      [2, 'released'],
      [3, 'reserved'],
    ]),
    gates: new Map([
      ['main-in', { newestEntry: 7, newestVisit: 1, mode: { mode: 'emergency', before: 'controlled' } }],
      ['pool', { newestEntry: 6, newestVisit: 3, mode: { mode: 'emergency', before: 'closed' } }],
    ]),
  });
});

test.each<[string, JournalEntry[], string]>([
  ['leaves a visit number out', journal([grant(), 1], [grant(), 3]), 'entry 2 makes visit 3, where visit 2 should follow'],
  ['takes a visit number twice', journal([grant(), 1], [grant(), 1]), 'entry 2 makes visit 1, where visit 2 should follow'],
  [
    'makes a visit without a number',
    journal([grant(), null]),
    'entry 1 makes a visit without a number, where visit 1 should follow',
  ],
  ['takes a visit number for a refusal', journal([refusal(), 1]), 'entry 1 takes visit number 1 and makes no visit'],
  ['settles a visit that never was', journal([passed(1), null]), 'entry 1 cannot be: visit 1 was never made'],
  [
    'settles a visit twice',
    journal([grant(), 1], [passed(1), null], [passed(1), null]),
    'entry 3 cannot be: visit 1 was already committed',
  ],
])('an entry that %s cannot be', (_, entries, problem) => {
  expect(problemOfLast(entries)).toBe(problem);
});
