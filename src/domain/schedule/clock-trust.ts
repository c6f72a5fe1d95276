import { dayMs, type Instant, secondMs } from './instant.ts';

/**
 * Whether the wall clock may be believed (rule 30): what was seen of it so far, from one judgement to the next. Pure: both
 * clocks and the machine's own word are arguments.
 */
export interface ClockTrust {
  builtAt: Instant;
  /** Both clocks at the last judgement. */
  wallAt: Instant;
  monotonicMs: number;
  /** The highest instant that the wall clock ever reached; what `synchronised` says is true starts it anew, lower too. */
  highestAt: Instant;
  goneBack: boolean;
  /** Since when, on the monotonic clock, the machine has not been synchronised; null: it was when it last said. */
  unsynchronisedSinceMs: number | null;
}

/** Both clocks now, and whether the machine says that its clock is synchronised; null: it does not say. */
export interface ClockReading {
  wallAt: Instant;
  monotonicMs: number;
  synchronised: boolean | null;
}

export type ClockVerdict = { trusted: true; why: TrustReason } | { trusted: false; why: DistrustReason };

export type TrustReason =
  | 'synchronised'
  /** The machine says that it is not, but not for long. */
  | 'unsynchronised'
  /** The machine does not say, and nothing speaks against its clock. */
  | 'not_told';

export type DistrustReason =
  /** It stands before the date this program was built. */
  'never_set' | 'gone_back' | 'unsynchronised_too_long';

export interface ClockJudgement {
  state: ClockTrust;
  verdict: ClockVerdict;
  /** The wall clock was set back since the judgement before: what the machine said of it until now counts no longer. */
  jumpedBack: boolean;
}

/** Steps with which time servers correct a clock are smaller. */
export const clockToleranceMs = 5 * secondMs;

/** A quartz that is 20 ppm off drifts by 52 s in that time, and a club may be without internet for weeks. As long as `freshness.limitAfterHours` lasts by default. */
export const longestUnsynchronisedMs = 30 * dayMs;

/**
 * Where judging begins: when the program starts, and when somebody who looked says that the clock is right (then without an
 * entry). `newestEntryAt` is the newest journal entry that was written while the clock was trusted.
 */
export function startClockTrust(start: {
  wallAt: Instant;
  monotonicMs: number;
  newestEntryAt: Instant | null;
  builtAt: Instant;
}): ClockTrust {
  const { wallAt, monotonicMs, builtAt } = start;
  const newestEntryAt = start.newestEntryAt ?? wallAt;
  return {
    builtAt,
    wallAt,
    monotonicMs,
    highestAt: Math.max(wallAt, newestEntryAt),
    goneBack: newestEntryAt - wallAt > clockToleranceMs,
    unsynchronisedSinceMs: null,
  };
}

/**
 * Rule 30. A clock that stands before the program was built is wrong whoever says otherwise. A clock that went back is not
 * trusted again until the machine says, after the jump was noticed, that it is synchronised; where the machine does not say,
 * until it has caught up with the highest instant it ever reached. A jump forward is what a first synchronisation looks like
 * and is believed. When it was wrong and is taken back, a machine that does not say cannot know which of the two was right:
 * its clock is not trusted until it has caught up or somebody starts the judging anew.
 */
export function judgeClock(before: ClockTrust, { wallAt, monotonicMs, synchronised }: ClockReading): ClockJudgement {
  const expectedAt = before.wallAt + (monotonicMs - before.monotonicMs);
  const behindSeen = !before.goneBack && before.highestAt - wallAt > clockToleranceMs;
  const jumpedBack = behindSeen || expectedAt - wallAt > clockToleranceMs;
  // INVARIANT: `synchronised` was said before the jump was noticed, so at this judgement it speaks of the clock before it.
  const confirmed = synchronised === true && !jumpedBack && wallAt >= before.builtAt;
  const caughtUp = synchronised === null && wallAt >= before.highestAt;
  const state: ClockTrust = {
    builtAt: before.builtAt,
    wallAt,
    monotonicMs,
    highestAt: confirmed ? wallAt : Math.max(before.highestAt, wallAt, jumpedBack ? expectedAt : wallAt),
    goneBack: jumpedBack || (before.goneBack && !confirmed && !caughtUp),
    unsynchronisedSinceMs: unsynchronisedSince(before, synchronised, monotonicMs),
  };
  return { state, verdict: verdictOn(state, synchronised), jumpedBack };
}

/** Only being synchronised ends the count: a machine that says nothing for a while goes on with it. */
function unsynchronisedSince(before: ClockTrust, synchronised: boolean | null, nowMs: number): number | null {
  if (synchronised === true) return null;
  return before.unsynchronisedSinceMs ?? (synchronised === false ? nowMs : null);
}

function verdictOn(state: ClockTrust, synchronised: boolean | null): ClockVerdict {
  const { wallAt, builtAt, monotonicMs, goneBack, unsynchronisedSinceMs } = state;
  if (wallAt < builtAt) return { trusted: false, why: 'never_set' };
  if (goneBack) return { trusted: false, why: 'gone_back' };
  if (synchronised === true) return { trusted: true, why: 'synchronised' };
  if (synchronised === null) return { trusted: true, why: 'not_told' };
  const tooLong = monotonicMs - (unsynchronisedSinceMs ?? monotonicMs) > longestUnsynchronisedMs;
  return tooLong ? { trusted: false, why: 'unsynchronised_too_long' } : { trusted: true, why: 'unsynchronised' };
}
