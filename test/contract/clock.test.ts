import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { fakeClock } from '../kit/fake-clock.ts';

interface Subject {
  clock: Clock;
  /** Lets at least `ms` pass, and what falls due in them run. */
  pass(ms: number): Promise<void>;
}

const subjects: Record<string, () => Subject> = {
  'the system clock': () => ({
    clock: systemClock,
    pass: (ms) => new Promise((resolve) => systemClock.after(ms, () => setImmediate(resolve))),
  }),
  'the virtual clock': () => {
    const clock = fakeClock();
    return { clock, pass: (ms) => clock.advanceSlowly(ms) };
  },
};

describe.each(Object.entries(subjects))('%s', (_, create) => {
  test('what is set runs once, never early, never inside the call that set it', async () => {
    const { clock, pass } = create();
    const startedMs = clock.monotonicMs();
    const ranMs: number[] = [];
    clock.after(15, () => ranMs.push(clock.monotonicMs()));
    clock.after(0, () => ranMs.push(clock.monotonicMs()));
    expect(ranMs).toEqual([]);
    await pass(60);
    expect(ranMs).toHaveLength(2);
    expect(ranMs[0]).toBeLessThanOrEqual(ranMs[1] ?? 0);
    expect(ranMs[1]).toBeGreaterThanOrEqual(startedMs + 15);
  });

  test('things run in the order in which they fall due, whatever order they were set in', async () => {
    const { clock, pass } = create();
    const ran: string[] = [];
    clock.after(40, () => ran.push('late'));
    clock.after(5, () => ran.push('early'));
    clock.after(20, () => ran.push('between'));
    await pass(80);
    expect(ran).toEqual(['early', 'between', 'late']);
  });

  test('what was called off never runs, and calling off twice or too late harms nothing', async () => {
    const { clock, pass } = create();
    const ran: string[] = [];
    const callOff = clock.after(5, () => ran.push('called off'));
    const tooLate = clock.after(5, () => ran.push('ran'));
    callOff();
    callOff();
    await pass(40);
    tooLate();
    expect(ran).toEqual(['ran']);
  });

  test('what runs may set the next, as a device that is tried again does', async () => {
    const { clock, pass } = create();
    let tries = 0;
    const retry = () => {
      tries += 1;
      if (tries < 3) clock.after(5, retry);
    };
    clock.after(5, retry);
    await pass(90);
    expect(tries).toBe(3);
  });

  test('a wait of months does not end at once', async () => {
    const { clock, pass } = create();
    let ended = false;
    const callOff = clock.after(2 ** 31 + 1000, () => {
      ended = true;
    });
    await pass(30);
    callOff();
    expect(ended).toBe(false);
  });

  test('both clocks move on together and the monotonic one never goes back', async () => {
    const { clock, pass } = create();
    const before = { wall: clock.now(), monotonic: clock.monotonicMs() };
    await pass(30);
    const passedMs = clock.monotonicMs() - before.monotonic;
    expect(passedMs).toBeGreaterThanOrEqual(30);
    expect(Math.abs(clock.now() - before.wall - passedMs)).toBeLessThan(20);
  });
});
