import type { DemoEvents, DemoGateState, DemoJournalLine } from '../../../src/adapters/web/http-api.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';

export type Wire = DemoEvents['wire'] & {
  /** 1, 2, 3 … as this page heard them. */
  number: number;
  /** How often the same was said with nothing else in between: a reader repeats the card that lies on it. */
  times: number;
};

/** What the demo page knows. */
export interface DemoState {
  gates: Record<string, DemoGateState>;
  /** How often each gate's arm has turned while this page watched. */
  turns: Record<string, number>;
  /** Newest first. */
  journal: DemoJournalLine[];
  /** Newest first. */
  wires: Wire[];
  live: boolean;
  heardAt: Instant | null;
}

export type DemoPageEvent =
  | { kind: 'now'; gates: DemoGateState[]; journal: DemoJournalLine[] }
  | { kind: 'gate'; state: DemoGateState }
  | { kind: 'journal'; line: DemoJournalLine }
  | { kind: 'wire'; wire: DemoEvents['wire'] }
  | { kind: 'beat'; at: Instant }
  | { kind: 'connection'; live: boolean };

export const startDemo: DemoState = { gates: {}, turns: {}, journal: [], wires: [], live: false, heardAt: null };

const mostLines = 100;

export function stepDemo(state: DemoState, event: DemoPageEvent): DemoState {
  switch (event.kind) {
    case 'now':
      return {
        ...state,
        gates: Object.fromEntries(event.gates.map((gate) => [gate.gate, gate])),
        journal: withLines(state.journal, event.journal),
      };
    case 'gate': {
      const { gate, arm } = event.state;
      const begins = arm === 'turning' && state.gates[gate]?.arm !== 'turning';
      return {
        ...state,
        gates: { ...state.gates, [gate]: event.state },
        turns: { ...state.turns, [gate]: (state.turns[gate] ?? 0) + (begins ? 1 : 0) },
      };
    }
    case 'journal':
      return { ...state, journal: withLines(state.journal, [event.line]) };
    case 'wire':
      return { ...state, wires: withWire(state.wires, event.wire) };
    case 'beat':
      return { ...state, heardAt: event.at };
    case 'connection':
      return { ...state, live: event.live };
  }
}

/** Each number once, however often it was told. */
function withLines(lines: DemoJournalLine[], more: DemoJournalLine[]): DemoJournalLine[] {
  const byNumber = new Map([...lines, ...more].map((line) => [line.number, line]));
  return [...byNumber.values()].sort((a, b) => b.number - a.number).slice(0, mostLines);
}

function withWire(wires: Wire[], wire: DemoEvents['wire']): Wire[] {
  const [newest, ...others] = wires;
  if (newest === undefined) return [{ ...wire, number: 1, times: 1 }];
  const repeats = (['gate', 'device', 'direction', 'bytes'] as const).every((key) => newest[key] === wire[key]);
  if (repeats) return [{ ...newest, at: wire.at, times: newest.times + 1 }, ...others];
  return [{ ...wire, number: newest.number + 1, times: 1 }, ...wires].slice(0, mostLines);
}
