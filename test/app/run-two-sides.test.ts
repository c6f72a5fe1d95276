import { describe, expect, it } from 'vitest';
import { gapMs, longestWaitMs, runTwoSides } from '../../src/app/run-two-sides.ts';
import { Failure } from '../../src/ports/failure.ts';
import type { Relay } from '../../src/ports/relay.ts';
import { fakeClock } from '../kit/fake-clock.ts';

/** A turnstile with a contact for each way; what was told, and when. */
function turnstile({ pulseMs = 500, fails = false } = {}) {
  const clock = fakeClock();
  const told: string[] = [];
  const startMs = clock.monotonicMs();
  const contact = (name: string): Relay => ({
    async pulse(direction) {
      if (fails) throw new Failure('absent', 'unplugged', { retry: true });
      told.push(`${name} ${direction} at ${clock.monotonicMs() - startMs}`);
      return 'told';
    },
    stop: async () => void told.push(`${name} stopped`),
  });
  const relay = runTwoSides({ in: { relay: contact('A'), pulseMs }, out: { relay: contact('B'), pulseMs } }, clock);
  return { relay, clock, told };
}

describe('a turnstile with a contact for each way', () => {
  it('opens the way that was granted', async () => {
    const { relay, clock, told } = turnstile();
    await relay.pulse('in');
    await clock.advanceSlowly(2_000);
    await relay.pulse('out');
    expect(told).toEqual(['A in at 0', 'B out at 2000']);
  });

  it('never closes both contacts at once: the other way waits until the first let go', async () => {
    const { relay, clock, told } = turnstile();
    const both = [relay.pulse('in'), relay.pulse('out'), relay.pulse('in')];
    await clock.advanceSlowly(3_000);
    expect(await Promise.all(both)).toEqual(['told', 'told', 'told']);
    expect(told).toEqual(['A in at 0', `B out at ${500 + gapMs}`, `A in at ${2 * (500 + gapMs)}`]);
  });

  it('tells one way again at once, for the next person', async () => {
    const { relay, told } = turnstile();
    await relay.pulse('in');
    await relay.pulse('in');
    expect(told).toEqual(['A in at 0', 'A in at 0']);
  });

  it('rather keeps the way in shut than opens it late, and lets people out however late', async () => {
    const { relay, clock, told } = turnstile({ pulseMs: longestWaitMs + 1 });
    await relay.pulse('out');
    await expect(relay.pulse('in')).rejects.toMatchObject({ code: 'refused', retry: true });
    await clock.advanceSlowly(3_000);
    await relay.pulse('in');
    const out = relay.pulse('out');
    await clock.advanceSlowly(3_000);
    await out;
    expect(told).toEqual(['B out at 0', 'A in at 3000', `B out at ${3_000 + longestWaitMs + 1 + gapMs}`]);
  });

  it('says so when the contact cannot be told, and goes on', async () => {
    const { relay, clock } = turnstile({ fails: true });
    await expect(relay.pulse('in')).rejects.toMatchObject({ code: 'absent' });
    await clock.advanceSlowly(1_000);
    await expect(relay.pulse('out')).rejects.toMatchObject({ code: 'absent' });
  });

  it('lets go of both', async () => {
    const { relay, told } = turnstile();
    await relay.stop();
    expect(told).toEqual(['A stopped', 'B stopped']);
  });
});
