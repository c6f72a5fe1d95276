import { describe, expect, test } from 'vitest';
import { type GateUnderTest, testGate, watchInputs } from '../../../src/app/installer/test-gate.ts';
import { Failure } from '../../../src/ports/failure.ts';
import { fakeClock } from '../../kit/fake-clock.ts';

/** A gate in memory, and an installer who answers in turn and then wants to end. `walk` happens while the inputs are watched. */
async function tested(
  answers: (string | null)[],
  differing: Partial<GateUnderTest> = {},
  walk: [afterMs: number, input: number, closed: boolean][] = [],
) {
  const clock = fakeClock();
  const watch = watchInputs(clock);
  const pulses: string[] = [];
  const asked: string[] = [];
  const told: string[] = [];
  const relay = {
    async pulse(direction: string) {
      pulses.push(direction);
      return 'told' as const;
    },
    async stop() {},
  };
  const gate = { id: 'main-in', relay, pulseMs: 500, direction: 'in' as const, hasInputs: true, watchMs: 5_000, ...differing };
  const installer = {
    async ask(question: string) {
      asked.push(question);
      return answers.shift() ?? null;
    },
    tell(line: string) {
      told.push(line);
      if (!line.startsWith('walk through now')) return;
      for (const [afterMs, input, closed] of walk) clock.after(afterMs, () => watch.signals.input(input, closed));
      setImmediate(() => clock.advance(5_000));
    },
    ended: new Promise<void>(() => {}),
  };
  watch.signals.input(1, true);
  watch.signals.input(2, false);
  clock.advance(1_000);
  const answer = await testGate(gate, watch, installer, clock);
  return { answer, pulses, asked, told };
}

describe('nothing is clicked', () => {
  test.each([['no'], ['y'], [' '], ['\u001b'], [null]])('when the answer to the question is %j', async (answer) => {
    const { answer: end, pulses, asked } = await tested([answer]);
    expect({ end, pulses }).toEqual({ end: { clicked: false }, pulses: [] });
    expect(asked).toEqual(['press Enter to click the relay of gate main-in; it will close for 500 ms (any word ends): ']);
  });

  test('a second time without a second word', async () => {
    const { pulses } = await tested(['', 'y', 'stop']);
    expect(pulses).toEqual(['in']);
  });
});

test('an installer who saw nothing move is asked for no walk', async () => {
  const { answer, pulses } = await tested(['', 'n']);
  expect({ answer, pulses }).toEqual({ answer: { clicked: true, moved: false, contact: null }, pulses: ['in'] });
});

test('what is no yes and no no is asked again', async () => {
  const { asked, answer } = await tested(['', 'perhaps', 'YES', null]);
  expect(asked.filter((question) => question.includes('(y/n)'))).toHaveLength(2);
  // The installer went away behind the click.
  expect(answer).toEqual({ clicked: true, moved: true, contact: null });
});

test('an installer who ends after the click has not said whether anything moved', async () => {
  const { answer } = await tested(['', null]);
  expect(answer).toEqual({ clicked: true, moved: null, contact: null });
});

test('a gate whose inputs nobody tells of is tried by its click alone', async () => {
  const { answer } = await tested(['', 'y'], { hasInputs: false });
  expect(answer).toEqual({ clicked: true, moved: true, contact: null });
});

test('a walk teaches the passage contact and how it rests', async () => {
  const { answer, pulses } = await tested(['', 'y', ''], { direction: 'out' }, [
    [800, 1, false],
    [805, 1, true],
    [809, 1, false],
    [1_600, 1, true],
  ]);
  expect(pulses).toEqual(['out', 'out']);
  expect(answer).toMatchObject({ moved: true, contact: { input: 1, closed: 'at_rest' } });
});

test('a walk that no input saw is said to be one', async () => {
  const { answer } = await tested(['', 'y', '']);
  expect(answer).toMatchObject({ contact: { problem: expect.stringContaining('walk through once') } });
});

test('a relay that would not click says why, and the installer is still asked what moved', async () => {
  const relay = {
    async pulse(): Promise<'told'> {
      throw new Failure('absent', 'the relay of gate `main-in` is not connected', { retry: true });
    },
    async stop() {},
  };
  const { told, answer } = await tested(['', 'n'], { relay });
  expect(told).toContain('the relay of gate main-in did not click: the relay of gate `main-in` is not connected');
  expect(answer).toMatchObject({ moved: false });
});
