import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClockReading,
  type ClockTrust,
  type ClockVerdict,
  clockToleranceMs,
  judgeClock,
  longestUnsynchronisedMs,
  startClockTrust,
} from '../../../src/domain/schedule/clock-trust.ts';
import { dayMs, hourMs, type Instant, minuteMs, secondMs } from '../../../src/domain/schedule/instant.ts';
import { fakeClock } from '../../kit/fake-clock.ts';

const builtAt = Date.parse('2026-01-01T00:00:00Z');
const morning = Date.parse('2026-06-15T08:00:00Z');

/** A box whose clock is asked whenever the test says; `says` is the machine's word from then on. */
function aBox({ startsAt = morning, newestEntryAt = null as Instant | null, says = null as boolean | null } = {}) {
  const clock = fakeClock(startsAt);
  const start = (entryAt: Instant | null) =>
    startClockTrust({ wallAt: clock.now(), monotonicMs: clock.monotonicMs(), newestEntryAt: entryAt, builtAt });
  let state: ClockTrust = start(newestEntryAt);
  let said = says;
  let jumpedBack = false;
  return {
    clock,
    says(synchronised: boolean | null) {
      said = synchronised;
    },
    ask(): ClockVerdict['why'] {
      const reading: ClockReading = { wallAt: clock.now(), monotonicMs: clock.monotonicMs(), synchronised: said };
      const judged = judgeClock(state, reading);
      state = judged.state;
      jumpedBack = judged.jumpedBack;
      return judged.verdict.why;
    },
    jumpedBack: () => jumpedBack,
    wait: (ms: number) => clock.advance(ms),
    setBack: (ms: number) => clock.jumpTo(clock.now() - ms),
    setForward: (ms: number) => clock.jumpTo(clock.now() + ms),
    confirm() {
      state = start(null);
    },
  };
}

describe('a clock that was never set', () => {
  it('is known by standing before the program was built, and trusted once it is set', () => {
    const box = aBox({ startsAt: Date.parse('1970-01-01T00:00:10Z') });
    expect(box.ask()).toBe('never_set');
    box.clock.jumpTo(builtAt - 1);
    expect(box.ask()).toBe('never_set');
    box.clock.jumpTo(builtAt);
    expect(box.ask()).toBe('not_told');
  });

  it('is not trusted on the word of a machine that follows another unset clock', () => {
    const box = aBox({ startsAt: Date.parse('2000-01-01T00:00:00Z'), says: true });
    expect(box.ask()).toBe('never_set');
  });

  it('and went back before is not made right by such a word', () => {
    const box = aBox();
    box.ask();
    box.clock.jumpTo(builtAt - dayMs);
    expect(box.ask()).toBe('never_set');
    box.says(true);
    expect(box.ask()).toBe('never_set');
    box.says(null);
    box.clock.jumpTo(builtAt);
    expect(box.ask()).toBe('gone_back');
  });

  it('that starts behind the journal is trusted when the first synchronisation sets it forward', () => {
    const box = aBox({ startsAt: 0, newestEntryAt: morning, says: false });
    expect(box.ask()).toBe('never_set');
    box.clock.jumpTo(morning + hourMs);
    expect(box.ask()).toBe('gone_back');
    box.says(true);
    expect(box.ask()).toBe('synchronised');
  });
});

describe('a clock that went back', () => {
  it.each([
    { by: clockToleranceMs, why: 'not_told' },
    { by: clockToleranceMs + 1, why: 'gone_back' },
  ])('by $by ms since it was asked last: $why', ({ by, why }) => {
    const box = aBox();
    box.wait(10 * secondMs);
    box.ask();
    box.wait(minuteMs);
    box.setBack(by);
    expect(box.ask()).toBe(why);
    expect(box.jumpedBack()).toBe(why === 'gone_back');
  });

  it.each([
    { by: clockToleranceMs, why: 'not_told' },
    { by: clockToleranceMs + 1, why: 'gone_back' },
  ])('by $by ms behind the newest journal entry while the box was off: $why', ({ by, why }) => {
    expect(aBox({ newestEntryAt: morning + by }).ask()).toBe(why);
  });

  it('in small steps within a moment is noticed like one that went back at once', () => {
    const box = aBox();
    box.ask();
    box.setBack(4 * secondMs);
    expect(box.ask()).toBe('not_told');
    box.setBack(4 * secondMs);
    expect(box.ask()).toBe('gone_back');
    expect(box.jumpedBack()).toBe(true);
  });

  it('by a small step a day, as where a time server is asked once a day, stays trusted', () => {
    const box = aBox({ says: false });
    for (let day = 0; day < 20; day += 1) {
      box.wait(dayMs);
      box.setBack(2 * secondMs);
      expect(box.ask()).toBe('unsynchronised');
    }
  });

  it('is not believed for what the machine said before, and believed for what it says after', () => {
    const box = aBox({ says: true });
    expect(box.ask()).toBe('synchronised');
    box.setBack(hourMs);
    expect(box.ask()).toBe('gone_back');
    expect(box.jumpedBack()).toBe(true);
    expect(box.ask()).toBe('synchronised');
    expect(box.jumpedBack()).toBe(false);
  });

  it('stays untrusted on a machine that says it is not synchronised, even when it has caught up', () => {
    const box = aBox({ says: false });
    box.ask();
    box.setBack(hourMs);
    expect(box.ask()).toBe('gone_back');
    box.wait(2 * hourMs);
    expect(box.ask()).toBe('gone_back');
    box.says(true);
    expect(box.ask()).toBe('synchronised');
    box.says(false);
    expect(box.ask()).toBe('unsynchronised');
  });

  it('is trusted again on a machine that does not say, at the instant at which it has caught up', () => {
    const box = aBox();
    box.ask();
    box.wait(10 * secondMs);
    box.setBack(hourMs);
    expect(box.ask()).toBe('gone_back');
    box.wait(hourMs - 1);
    expect(box.ask()).toBe('gone_back');
    box.wait(1);
    expect(box.ask()).toBe('not_told');
  });

  it('is trusted again on a machine that does not say when it was set right', () => {
    const box = aBox();
    box.ask();
    box.setBack(hourMs);
    box.ask();
    box.setForward(hourMs);
    expect(box.ask()).toBe('not_told');
  });
});

describe('a clock that was set forward', () => {
  it('is trusted: that is what a first synchronisation looks like', () => {
    const box = aBox({ says: false });
    box.ask();
    box.setForward(300 * dayMs);
    expect(box.ask()).toBe('unsynchronised');
  });

  it('by mistake and was put right by a time server is trusted, although it stood ten years ahead', () => {
    const box = aBox({ says: true });
    box.ask();
    box.setForward(3650 * dayMs);
    box.wait(hourMs);
    expect(box.ask()).toBe('synchronised');
    box.setBack(3650 * dayMs);
    expect(box.ask()).toBe('gone_back');
    expect(box.ask()).toBe('synchronised');
    box.says(null);
    expect(box.ask()).toBe('not_told');
  });

  it('by mistake and back on a machine that does not say is trusted when somebody says that it is right', () => {
    const box = aBox();
    box.ask();
    box.setForward(3650 * dayMs);
    box.ask();
    box.setBack(3650 * dayMs);
    expect(box.ask()).toBe('gone_back');
    box.wait(dayMs);
    expect(box.ask()).toBe('gone_back');
    box.confirm();
    expect(box.ask()).toBe('not_told');
  });
});

describe('a clock that lost its time server', () => {
  it('is trusted for 30 days and not a millisecond longer, until it is synchronised', () => {
    const box = aBox({ says: true });
    box.ask();
    box.says(false);
    expect(box.ask()).toBe('unsynchronised');
    box.wait(longestUnsynchronisedMs);
    expect(box.ask()).toBe('unsynchronised');
    box.wait(1);
    expect(box.ask()).toBe('unsynchronised_too_long');
    box.says(true);
    expect(box.ask()).toBe('synchronised');
    box.says(false);
    expect(box.ask()).toBe('unsynchronised');
  });

  it('is counted on through a time in which the machine says nothing', () => {
    const box = aBox({ says: false });
    box.ask();
    box.wait(longestUnsynchronisedMs);
    box.says(null);
    box.wait(1);
    expect(box.ask()).toBe('not_told');
    box.says(false);
    expect(box.ask()).toBe('unsynchronised_too_long');
  });

  it('is counted by the time that passed, not by the date that was set', () => {
    const box = aBox({ says: false });
    box.ask();
    box.setForward(60 * dayMs);
    expect(box.ask()).toBe('unsynchronised');
  });

  it('is not counted where the machine never says', () => {
    const box = aBox();
    box.ask();
    box.wait(365 * dayMs);
    expect(box.ask()).toBe('not_told');
  });
});

describe('laws', () => {
  const word = fc.constantFrom(true, false, null);
  const pass = fc.oneof(fc.integer({ min: 0, max: 20 * secondMs }), fc.integer({ min: 0, max: 3 * dayMs }));
  const jump = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: -8 * secondMs, max: 8 * secondMs }) },
    { weight: 2, arbitrary: fc.integer({ min: -2 * dayMs, max: 2 * dayMs }) },
    { weight: 1, arbitrary: fc.integer({ min: -20_000 * dayMs, max: 20_000 * dayMs }) },
  );
  /** Time passes, somebody may set the clock, the machine says something, and a member taps. */
  const tap = fc.record({ pass, jump, passAfter: pass, says: word });
  const newestEntry = fc.option(fc.integer({ min: -2 * dayMs, max: 2 * dayMs }), { nil: null });
  const past = fc.record({ newestEntry, taps: fc.array(tap, { maxLength: 12 }) });

  function live({
    newestEntry,
    taps,
  }: {
    newestEntry: number | null;
    taps: { pass: number; jump: number; passAfter: number; says: boolean | null }[];
  }) {
    const newestEntryAt = newestEntry === null ? null : morning + newestEntry;
    const box = aBox({ newestEntryAt });
    const seen = taps.map(({ pass, jump, passAfter, says }) => {
      box.wait(pass);
      box.setForward(jump);
      box.wait(passAfter);
      box.says(says);
      return { why: box.ask(), says, wallAt: box.clock.now() };
    });
    return { box, seen, newestEntryAt };
  }

  it('a clock that only runs forward on a machine that is synchronised is trusted at every question', () => {
    const forward = fc.array(fc.record({ pass, forward: fc.oneof(fc.constant(0), fc.nat(400 * dayMs)) }), { maxLength: 20 });
    fc.assert(
      fc.property(forward, (steps) => {
        const box = aBox({ says: true });
        for (const { pass, forward } of steps) {
          box.wait(pass);
          box.setForward(forward);
          expect(box.ask()).toBe('synchronised');
        }
      }),
    );
  });

  it('a jump back beyond the tolerance is noticed at the next question, whatever happened before and whatever the machine says', () => {
    const back = fc.oneof(
      fc.integer({ min: clockToleranceMs + 1, max: minuteMs }),
      fc.integer({ min: minuteMs, max: 20_000 * dayMs }),
    );
    fc.assert(
      fc.property(past, pass, back, pass, word, (before, pass, back, passAfter, says) => {
        const { box } = live(before);
        box.wait(pass);
        box.setBack(back);
        box.wait(passAfter);
        box.says(says);
        expect(['gone_back', 'never_set']).toContain(box.ask());
        expect(box.jumpedBack()).toBe(true);
      }),
    );
  });

  it('after it went back, trust returns only by the machine saying that it is synchronised, or by catching up where it does not say', () => {
    fc.assert(
      fc.property(past, (life) => {
        const { seen, newestEntryAt } = live(life);
        let highestAt = Math.max(morning, newestEntryAt ?? morning);
        let wentBack = highestAt - morning > clockToleranceMs;
        for (const { why, says, wallAt } of seen) {
          if (wentBack && why !== 'gone_back' && why !== 'never_set')
            expect(says === true || (says === null && wallAt >= highestAt), `${why} at ${new Date(wallAt).toISOString()}`).toBe(
              true,
            );
          if (why === 'gone_back') wentBack = true;
          else if (why !== 'never_set') wentBack = false;
          highestAt = why === 'synchronised' ? wallAt : Math.max(highestAt, wallAt);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a clock that stands right and is left alone is trusted at the second question after its machine says that it is synchronised', () => {
    fc.assert(
      fc.property(past, pass, (before, pass) => {
        const { box } = live(before);
        box.clock.jumpTo(Math.max(box.clock.now(), builtAt));
        box.says(true);
        box.ask();
        box.wait(pass);
        expect(box.ask()).toBe('synchronised');
      }),
    );
  });

  it('no reading makes the judgement fail', () => {
    const any = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0));
    const reading = fc.record({ wallAt: any, monotonicMs: any, synchronised: word });
    fc.assert(
      fc.property(
        reading,
        fc.option(any, { nil: null }),
        fc.array(reading, { maxLength: 5 }),
        (first, newestEntryAt, readings) => {
          let state = startClockTrust({ ...first, newestEntryAt, builtAt });
          for (const reading of readings) {
            const judged = judgeClock(state, reading);
            expect(judged.verdict.trusted).toBe(['synchronised', 'unsynchronised', 'not_told'].includes(judged.verdict.why));
            state = judged.state;
          }
        },
      ),
    );
  });
});
