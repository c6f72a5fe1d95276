import { type ClockVerdict, type DistrustReason, judgeClock, startClockTrust } from '../domain/schedule/clock-trust.ts';
import { type Instant, secondMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Log } from '../ports/log.ts';
import type { TimeSync } from '../ports/time-sync.ts';

export interface ClockParts {
  clock: Clock;
  timeSync: TimeSync;
  journal: Pick<Journal, 'newest' | 'entry'>;
  /** The date of this program: no right clock stands before it. */
  builtAt: Instant;
  log: Log;
  /** Called when the verdict is another than before; not for the first. */
  changed: () => void;
}

/** Whether the wall clock may be believed (rule 30). */
export interface ClockWatch {
  /** Judged at the moment it is asked, without I/O: ask at every tap. */
  trusted(): boolean;
  verdict(): ClockVerdict;
  /** Somebody who looked says that the clock is right: what it did before is forgotten. */
  confirm(): void;
  stop(): void;
}

const judgeEveryMs = 10 * secondMs;

/** Watches the clock, at every question and in between, so that the status page and the log hear of it without a tap. */
export function watchClock({ clock, timeSync, journal, builtAt, log, changed }: ClockParts): ClockWatch {
  const start = (newestEntryAt: Instant | null) =>
    startClockTrust({ wallAt: clock.now(), monotonicMs: clock.monotonicMs(), newestEntryAt, builtAt });
  let state = start(newestTrustedAt(journal));
  let told: ClockVerdict | null = null;
  let callOff = () => {};

  function judge(): ClockVerdict {
    const reading = { wallAt: clock.now(), monotonicMs: clock.monotonicMs(), synchronised: timeSync.synchronised() };
    const judged = judgeClock(state, reading);
    const before = told;
    const { verdict } = judged;
    state = judged.state;
    told = verdict;
    if (judged.jumpedBack) timeSync.askAgain();
    if (before?.why === verdict.why) return verdict;
    if (verdict.trusted) log.info('the clock is trusted', { why: verdict.why });
    else log.warn(`the clock is not trusted: ${remedies[verdict.why]}`, { why: verdict.why });
    if (before !== null) changed();
    return verdict;
  }

  function judgeNowAndThen(): void {
    callOff = clock.after(judgeEveryMs, judgeNowAndThen);
    judge();
  }

  judgeNowAndThen();
  return {
    trusted: () => judge().trusted,
    verdict: judge,
    confirm() {
      state = start(null);
      judge();
    },
    stop: () => callOff(),
  };
}

/** A restart does not make a clock right: entries that were written while it was not trusted are passed over. */
function newestTrustedAt(journal: ClockParts['journal']): Instant | null {
  let entry = journal.newest();
  while (entry !== null && !entry.clockTrusted) entry = journal.entry(entry.number - 1);
  return entry?.at ?? null;
}

const remedies: Record<DistrustReason, string> = {
  never_set: 'it stands before this program was made; set it, or let this box reach a time server',
  gone_back: 'it went back; let this box reach a time server, or set it right and confirm it',
  unsynchronised_too_long: 'it has not been synchronised for 30 days; let this box reach a time server',
};
