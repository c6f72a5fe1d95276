import { describe, expect, it } from 'vitest';
import {
  beatTimeoutMs,
  retryDelaysMs,
  type StreamInput,
  type StreamState,
  startStream,
  stepStream,
} from '../../kiosk-ui/src/stream-watch.ts';

/** Plays inputs at their times and returns what was done, and the state at the end. */
function play(inputs: [nowMs: number, input: StreamInput][]): { state: StreamState; done: string[] } {
  let state = startStream(0);
  const done: string[] = [];
  for (const [nowMs, input] of inputs) {
    const next = stepStream(state, input, nowMs);
    state = next.state;
    if (next.effect !== null) done.push(`${next.effect} at ${nowMs}`);
  }
  return { state, done };
}

describe('a page that follows the gateway', () => {
  it('opens the stream at once and is alive when the gateway has spoken', () => {
    const { state, done } = play([
      [0, 'tick'],
      [40, 'heard'],
    ]);
    expect(done).toEqual(['open at 0']);
    expect(state.phase).toBe('live');
  });

  it('stays alive as long as beats come', () => {
    const beats = Array.from({ length: 30 }, (_, n): [number, StreamInput] => [2_000 * (n + 1), 'heard']);
    expect(play([[0, 'tick'], ...beats, [60_000 + beatTimeoutMs, 'tick']]).state.phase).toBe('live');
  });

  it('gives the gateway up when no beat came for more than five seconds', () => {
    const { state, done } = play([
      [0, 'tick'],
      [100, 'heard'],
      [100 + beatTimeoutMs, 'tick'],
      [101 + beatTimeoutMs, 'tick'],
    ]);
    expect(done).toEqual(['open at 0', `close at ${101 + beatTimeoutMs}`]);
    expect(state.phase).toBe('waiting');
  });

  it('gives the gateway up at once when the connection breaks', () => {
    const { state, done } = play([
      [0, 'tick'],
      [100, 'heard'],
      [150, 'failed'],
    ]);
    expect(done).toEqual(['open at 0', 'close at 150']);
    expect(state.phase).toBe('waiting');
  });

  it('gives up a connection that is open and never says anything', () => {
    expect(
      play([
        [0, 'tick'],
        [beatTimeoutMs + 1, 'tick'],
      ]).done,
    ).toEqual(['open at 0', `close at ${beatTimeoutMs + 1}`]);
  });

  it('waits longer after each failure, up to a bound, and never stops trying', () => {
    let state = startStream(0);
    let nowMs = 0;
    const waits: number[] = [];
    for (let attempt = 0; attempt < 50; attempt++) {
      state = stepStream(state, 'tick', nowMs).state;
      state = stepStream(state, 'failed', nowMs).state;
      if (state.phase !== 'waiting') throw new Error('a failed connection must wait for the next attempt');
      waits.push(state.openAtMs - nowMs);
      nowMs = state.openAtMs;
      expect(stepStream(state, 'tick', nowMs - 1).effect).toBeNull();
      expect(stepStream(state, 'tick', nowMs).effect).toBe('open');
    }
    expect(waits.slice(0, retryDelaysMs.length)).toEqual([...retryDelaysMs]);
    expect(waits.at(-1)).toBe(retryDelaysMs.at(-1));
  });

  it('begins with the shortest wait again after the gateway has spoken', () => {
    const { state } = play([
      [0, 'tick'],
      [10, 'failed'],
      [600, 'tick'],
      [610, 'failed'],
      [1_700, 'tick'],
      [1_750, 'heard'],
      [1_800, 'failed'],
    ]);
    expect(state).toEqual({ phase: 'waiting', openAtMs: 1_800 + retryDelaysMs[0], failures: 1 });
  });

  it('is not brought to life by the last words of a connection that was given up', () => {
    const { state, done } = play([
      [0, 'tick'],
      [10, 'failed'],
      [10_000, 'heard'],
    ]);
    expect(state.phase).toBe('waiting');
    expect(done).toEqual(['open at 0', 'close at 10']);
  });
});
