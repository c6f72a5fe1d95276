import { describe, expect, it } from 'vitest';
import { watchClock } from '../../src/app/watch-clock.ts';
import { entryAfter } from '../../src/domain/journal/chain.ts';
import type { JournalEntry } from '../../src/domain/journal/entry.ts';
import { dayMs, hourMs, type Instant, minuteMs, secondMs } from '../../src/domain/schedule/instant.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { fakeTimeSync } from '../kit/fake-time-sync.ts';

const builtAt = Date.parse('2026-01-01T00:00:00Z');
const morning = Date.parse('2026-06-15T08:00:00Z');

/** What is read of a journal of passages at these instants. */
function aJournal(written: { at: Instant; clockTrusted: boolean }[]) {
  const entries: JournalEntry[] = [];
  for (const { at, clockTrusted } of written) {
    const unexpected = { code: 'UNEXPECTED_PASSAGE', direction: null, visit: null, because: 'arm_turned' } as const;
    const event = { kind: 'passage', gate: 'main-in', ...unexpected } as const;
    entries.push(entryAfter(entries.at(-1) ?? null, { gateway: 'box-1', at, clockTrusted, visitNumber: null, event }));
  }
  return { newest: () => entries.at(-1) ?? null, entry: (number: number) => entries[number - 1] ?? null };
}

function aWatch({ startsAt = morning, journal = aJournal([]), synchronised = null as boolean | null } = {}) {
  const clock = fakeClock(startsAt);
  const timeSync = fakeTimeSync(synchronised);
  const log = fakeLog();
  const changes: string[] = [];
  const watch = watchClock({ clock, timeSync, journal, builtAt, log, changed: () => changes.push(watch.verdict().why) });
  return { clock, timeSync, log, changes, watch, lines: () => log.lines.map(({ level, fields }) => `${level} ${fields['why']}`) };
}

describe('a gateway that watches its clock', () => {
  it('answers at the very tap after the clock was set back, without waiting', () => {
    const { clock, watch } = aWatch();
    clock.advance(minuteMs);
    expect(watch.trusted()).toBe(true);
    clock.jumpTo(clock.now() - hourMs);
    expect(watch.trusted()).toBe(false);
    expect(watch.verdict().why).toBe('gone_back');
  });

  it('tells the status page and the log without a tap, once', () => {
    const { clock, changes, lines, log } = aWatch({ synchronised: false });
    clock.jumpTo(clock.now() - hourMs);
    clock.advance(10 * secondMs);
    clock.advance(minuteMs);
    expect(changes).toEqual(['gone_back']);
    expect(lines()).toEqual(['info unsynchronised', 'warn gone_back']);
    expect(log.lines[1]?.message).toMatch(/^the clock is not trusted: it went back; .*confirm it$/);
  });

  it('asks the machine anew after a jump, and believes only what it says then', () => {
    const { clock, timeSync, watch, changes } = aWatch({ synchronised: true });
    clock.advance(minuteMs);
    clock.jumpTo(clock.now() - hourMs);
    expect(watch.trusted()).toBe(false);
    expect(timeSync.timesAskedAgain()).toBe(1);
    clock.advance(minuteMs);
    expect(watch.trusted()).toBe(false);
    expect(timeSync.timesAskedAgain()).toBe(1);
    timeSync.says(true);
    expect(watch.trusted()).toBe(true);
    expect(changes).toEqual(['gone_back', 'synchronised']);
  });

  it('does not believe a clock that starts behind the journal, until the machine is synchronised', () => {
    const { timeSync, watch, changes, lines } = aWatch({ journal: aJournal([{ at: morning + dayMs, clockTrusted: true }]) });
    expect(watch.trusted()).toBe(false);
    timeSync.says(true);
    expect(watch.trusted()).toBe(true);
    expect(changes).toEqual(['synchronised']);
    expect(lines()).toEqual(['warn gone_back', 'info synchronised']);
  });

  it('is not led by a restart to believe a clock that was not trusted before it', () => {
    const journal = aJournal([
      { at: morning - dayMs, clockTrusted: true },
      { at: morning + dayMs, clockTrusted: true },
      { at: morning - 2 * minuteMs, clockTrusted: false },
      { at: morning - minuteMs, clockTrusted: false },
    ]);
    expect(aWatch({ journal }).watch.verdict().why).toBe('gone_back');
  });

  it('starts where no entry was ever trusted like a box with an empty journal', () => {
    const journal = aJournal([{ at: morning + dayMs, clockTrusted: false }]);
    expect(aWatch({ journal }).watch.verdict().why).toBe('not_told');
  });

  it('does not believe a clock that was never set', () => {
    const { watch, log } = aWatch({ startsAt: 0 });
    expect(watch.trusted()).toBe(false);
    expect(log.lines[0]?.message).toContain('before this program was made');
  });

  it('goes on watching for months, and says when the time server was lost for too long', () => {
    const { clock, watch, changes } = aWatch({ synchronised: false });
    clock.advance(30 * dayMs);
    expect(changes).toEqual([]);
    clock.advance(10 * secondMs);
    expect(changes).toEqual(['unsynchronised_too_long']);
    expect(watch.trusted()).toBe(false);
  });

  it('believes somebody who looked at the clock, also when it stood in the future by mistake', () => {
    const { clock, watch, changes } = aWatch();
    clock.jumpTo(morning + 3650 * dayMs);
    expect(watch.trusted()).toBe(true);
    clock.jumpTo(morning);
    expect(watch.trusted()).toBe(false);
    watch.confirm();
    expect(changes).toEqual(['gone_back', 'not_told']);
    clock.advance(dayMs);
    expect(watch.trusted()).toBe(true);
  });

  it('stops when told to, also by whom it tells', () => {
    const clock = fakeClock(morning);
    const parts = { clock, timeSync: fakeTimeSync(), journal: aJournal([]), builtAt, log: fakeLog() };
    const watch = watchClock({ ...parts, changed: () => watch.stop() });
    expect(clock.nextTimerMs()).toBe(10 * secondMs);
    clock.jumpTo(morning - hourMs);
    clock.advance(10 * secondMs);
    expect(clock.nextTimerMs()).toBeNull();
  });
});
