import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bounceMs,
  type GateEffect,
  type GateEvent,
  type GateState,
  idleGate,
  lateArmMs,
  nextTickMs,
  step,
  waitingFor,
} from '../../../src/domain/gate/gate.ts';

const times = { passageTimeoutMs: 6000 };

/** Runs a story of `[atMs, event]` and tells what the gate did. */
function tell(...story: [number, GateEvent][]): { did: string[]; state: GateState } {
  let state = idleGate;
  const did: string[] = [];
  for (const [atMs, event] of story) {
    const stepped = step(state, event, atMs, times);
    state = stepped.state;
    did.push(...stepped.effects.map((effect) => ('visit' in effect ? `${effect.kind} ${effect.visit}` : effect.kind)));
  }
  return { did, state };
}

const anna: GateEvent = { kind: 'granted', visit: 1, read: 'rfid:01', direction: 'in', awaited: true };
const turned: GateEvent = { kind: 'passage', direction: null };
const tick: GateEvent = { kind: 'tick' };

describe('one passage', () => {
  it('a granted member walks through and the visit is committed', () => {
    expect(tell([0, anna], [3, { kind: 'opened', visit: 1 }], [2000, turned], [9000, tick]).did).toEqual(['open 1', 'commit 1']);
  });

  it('a member who does not walk through gets the visit back when the time runs out', () => {
    expect(tell([0, anna], [5999, tick], [6000, tick]).did).toEqual(['open 1', 'release 1']);
  });

  it('an arm that turns within two seconds after the time-out still counts', () => {
    expect(tell([0, anna], [6000, tick], [6000 + lateArmMs, turned]).did).toEqual(['open 1', 'release 1', 'commit 1']);
    expect(tell([0, anna], [6000, tick], [6001 + lateArmMs, turned]).did).toEqual(['open 1', 'release 1', 'unexpected']);
  });

  it('an arm that turns after the time-out is late even when the timer was not there yet', () => {
    expect(tell([0, anna], [6500, turned]).did).toEqual(['open 1', 'release 1', 'commit 1']);
  });

  it('an arm that nobody was let through is told as unexpected', () => {
    expect(tell([0, turned]).did).toEqual(['unexpected']);
  });

  it('somebody who walks out meanwhile is not the one awaited', () => {
    expect(
      tell([0, anna], [1000, { kind: 'passage', direction: 'out' }], [2000, { kind: 'passage', direction: 'in' }]).did,
    ).toEqual(['open 1', 'unexpected', 'commit 1']);
  });

  it('a contact that bounces is one passage', () => {
    expect(tell([0, anna], [1000, turned], [1000 + bounceMs - 1, turned]).did).toEqual(['open 1', 'commit 1']);
  });

  it('a relay that does not open gives the visit back at once', () => {
    expect(tell([0, anna], [10, { kind: 'failed', visit: 1, read: 'rfid:01', awaited: true }], [9000, tick]).did).toEqual([
      'open 1',
      'release 1',
    ]);
    const assumed: GateEvent = { ...anna, awaited: false };
    expect(tell([0, assumed], [10, { kind: 'failed', visit: 1, read: 'rfid:01', awaited: false }]).did).toEqual([
      'open 1',
      'release 1',
    ]);
  });

  it('a failure that is known only after the person went through changes nothing', () => {
    expect(tell([0, anna], [500, turned], [900, { kind: 'failed', visit: 1, read: 'rfid:01', awaited: true }]).did).toEqual([
      'open 1',
      'commit 1',
    ]);
  });

  it('the gate is open for the person until they passed or the time ran out', () => {
    expect(waitingFor(tell([0, anna]).state)).toMatchObject({ read: 'rfid:01' });
    expect(waitingFor(tell([0, anna], [1000, turned]).state)).toBeNull();
    expect(waitingFor(tell([0, anna], [6000, tick]).state)).toBeNull();
  });
});

describe('whatever happens at a gate', () => {
  const happening = fc.record({
    afterMs: fc.integer({ min: 0, max: 9000 }),
    event: fc.oneof(
      fc.constant({ kind: 'tick' } as const),
      fc.record({ kind: fc.constant('passage' as const), direction: fc.constantFrom('in' as const, 'out' as const, null) }),
      fc.record({ kind: fc.constant('granted' as const), awaited: fc.boolean() }),
      fc.constant({ kind: 'opened' } as const),
      fc.constant({ kind: 'failed' } as const),
    ),
  });

  /** Plays random happenings; grants get the next visit number, as the journal gives them. */
  function play(story: { afterMs: number; event: { kind: string } & Record<string, unknown> }[]) {
    let state = idleGate;
    let nowMs = 0;
    let visit = 0;
    const awaited = new Set<number>();
    const effects: GateEffect[] = [];
    const run = (event: GateEvent) => {
      const stepped = step(state, event, nowMs, times);
      state = stepped.state;
      effects.push(...stepped.effects);
    };
    for (const { afterMs, event } of story) {
      nowMs += afterMs;
      if (event.kind === 'granted') {
        if (event.awaited && state.phase.name !== 'idle') continue;
        visit += 1;
        if (event.awaited) awaited.add(visit);
        run({ kind: 'granted', visit, read: null, direction: 'in', awaited: event.awaited === true });
      } else if (event.kind === 'opened') run({ kind: 'opened', visit });
      else if (event.kind === 'failed') run({ kind: 'failed', visit, read: null, awaited: awaited.has(visit) });
      else run(event as GateEvent);
    }
    nowMs += 20_000;
    run({ kind: 'tick' });
    return { state, effects, awaited, visits: visit };
  }

  it('every grant tells the relay exactly once', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (story) => {
        const { effects, visits } = play(story);
        const opened = effects.flatMap((effect) => (effect.kind === 'open' ? [effect.visit] : []));
        expect(opened).toEqual(Array.from({ length: visits }, (_, index) => index + 1));
      }),
    );
  });

  it('every reservation is settled, and committed at most once', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (story) => {
        const { effects, awaited, state } = play(story);
        for (const visit of awaited) {
          const settled = effects
            .filter((effect) => 'visit' in effect && effect.visit === visit && effect.kind !== 'open')
            .map(({ kind }) => kind);
          expect([['commit'], ['release'], ['release', 'commit']]).toContainEqual(settled);
        }
        expect(state.phase.name).toBe('idle');
      }),
    );
  });

  it('the gate never waits without a time at which it stops', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (story) => {
        let state = idleGate;
        let nowMs = 0;
        for (const { afterMs, event } of story) {
          nowMs += afterMs;
          if (event.kind === 'granted')
            state = step(state, { ...event, visit: 1, read: null, direction: 'in' }, nowMs, times).state;
          const tickMs = nextTickMs(state);
          if (waitingFor(state) !== null) expect(tickMs).toBeLessThanOrEqual(nowMs + times.passageTimeoutMs);
          else expect(tickMs).toBeNull();
        }
      }),
    );
  });
});
