import { describe, expect, it } from 'vitest';
import { type DemoPageEvent, startDemo, stepDemo } from '../../kiosk-ui/src/demo/demo-state.ts';
import type { DemoGateState, DemoJournalLine } from '../../src/ports/demo.ts';

const line = (number: number): DemoJournalLine => ({
  number,
  at: number * 1_000,
  gate: 'entrance',
  kind: 'decision',
  text: 'OK',
  hash: 'ab'.repeat(32),
});

const arm = (arm: DemoGateState['arm']): DemoPageEvent => ({
  kind: 'gate',
  state: { gate: 'entrance', arm, walks: true, plugged: true },
});

const wire = (bytes: string): DemoPageEvent => ({
  kind: 'wire',
  wire: { kind: 'wire', at: 0, gate: 'entrance', device: 'reader entrance', direction: 'to gateway', bytes },
});

const after = (...events: DemoPageEvent[]) => events.reduce(stepDemo, startDemo);

describe('the demo page', () => {
  it('shows a journal line once, also when it came both as news and with the rest', () => {
    const { journal } = after(
      { kind: 'journal', line: line(3) },
      { kind: 'now', gates: [], journal: [line(1), line(2), line(3)] },
    );
    expect(journal.map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  it('turns the arms once per passage, not once per message', () => {
    const { turns } = after(arm('released'), arm('turning'), arm('turning'), arm('locked'), arm('turning'));
    expect(turns).toEqual({ entrance: 2 });
  });

  it('does not turn the arms for a passage that was over before the page opened', () => {
    const { turns, gates } = after({
      kind: 'now',
      gates: [{ gate: 'entrance', arm: 'turning', walks: true, plugged: true }],
      journal: [],
    });
    expect(gates.entrance?.arm).toBe('turning');
    expect(turns).toEqual({});
  });

  it('numbers what it hears on the wires, newest first, and forgets the oldest', () => {
    const { wires } = after(...Array.from({ length: 130 }, (_, n) => wire(`0${n % 10}`)));
    expect(wires).toHaveLength(100);
    expect(wires[0]?.number).toBe(130);
    expect(wires.at(-1)?.number).toBe(31);
  });

  it('counts a card that lies on the reader instead of repeating it', () => {
    const { wires } = after(wire('02 30 03'), wire('02 30 03'), wire('02 30 03'), wire('a0'), wire('02 30 03'));
    expect(wires.map(({ bytes, times }) => `${bytes} × ${times}`)).toEqual(['02 30 03 × 1', 'a0 × 1', '02 30 03 × 3']);
  });
});
