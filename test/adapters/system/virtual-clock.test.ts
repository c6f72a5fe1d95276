import { expect, test } from 'vitest';
import { fakeClock } from '../../kit/fake-clock.ts';

test('at every timer the clock shows exactly the time for which it was set', () => {
  const clock = fakeClock('2026-06-15T08:00:00Z');
  const shown: string[] = [];
  for (const ms of [3000, 1000, 2000]) clock.after(ms, () => shown.push(new Date(clock.now()).toISOString().slice(17, 23)));
  clock.advance(2000);
  expect(shown).toEqual(['01.000', '02.000']);
  clock.advance(5000);
  expect(shown).toEqual(['01.000', '02.000', '03.000']);
  expect(clock.now()).toBe(Date.parse('2026-06-15T08:00:07Z'));
});

test('two timers of the same time run in the order in which they were set', () => {
  const clock = fakeClock();
  const ran: number[] = [];
  for (const number of [1, 2, 3]) clock.after(10, () => ran.push(number));
  clock.advance(10);
  expect(ran).toEqual([1, 2, 3]);
});

test('setting the wall clock back neither runs a pulse early nor holds it', () => {
  const clock = fakeClock('2026-06-15T08:00:00Z');
  clock.advance(60_000);
  let released = false;
  clock.after(500, () => {
    released = true;
  });
  clock.jumpTo(Date.parse('2026-06-14T08:00:00Z'));
  expect(clock.now()).toBe(Date.parse('2026-06-14T08:00:00Z'));
  clock.advance(499);
  expect(released).toBe(false);
  clock.advance(1);
  expect(released).toBe(true);
  expect(clock.now()).toBe(Date.parse('2026-06-14T08:00:00.500Z'));
});

test('promises settle between one timer and the next when time passes slowly', async () => {
  const clock = fakeClock();
  const told: string[] = [];
  clock.after(10, () => void Promise.resolve().then(() => clock.after(5, () => told.push('after the promise'))));
  clock.after(20, () => told.push('second timer'));
  await clock.advanceSlowly(20);
  expect(told).toEqual(['after the promise', 'second timer']);
});

test('the next timer is known, so that a replay may skip the night', () => {
  const clock = fakeClock();
  expect(clock.nextTimerMs()).toBeNull();
  const callOff = clock.after(8000, () => {});
  clock.advance(3000);
  expect(clock.nextTimerMs()).toBe(5000);
  callOff();
  expect(clock.nextTimerMs()).toBeNull();
});
