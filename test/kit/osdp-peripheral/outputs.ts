import { nakCode } from './reply.ts';

/** An output that changed, and when on the monotonic clock. */
export interface OutputChange {
  output: number;
  on: boolean;
  atMs: number;
}

export interface Outputs {
  /** Carries out OUT's records: all of them, or none and the NAK code. */
  command(data: Uint8Array): number | null;
  states(): boolean[];
  /** Every change up to now, the ends of temporary ones at the moment they fell due. */
  changes(): OutputChange[];
  /** As after a loss of power. */
  release(): void;
}

interface Output {
  permanent: boolean;
  temporary: { on: boolean; untilMs: number } | null;
  shown: boolean;
}

const recordLength = 4;
const timerUnitMs = 100;

export function createOutputs(count: number, monotonicMs: () => number): Outputs {
  const outputs = Array.from({ length: count }, (): Output => ({ permanent: false, temporary: null, shown: false }));
  const changes: OutputChange[] = [];

  function show(output: number, atMs: number): void {
    const state = outputs[output];
    if (state === undefined) return;
    const on = state.temporary?.on ?? state.permanent;
    if (on === state.shown) return;
    state.shown = on;
    changes.push({ output, on, atMs });
  }

  function expire(): void {
    const nowMs = monotonicMs();
    const due = outputs.flatMap(({ temporary }, output) =>
      temporary !== null && temporary.untilMs <= nowMs ? [{ output, atMs: temporary.untilMs }] : [],
    );
    for (const { output, atMs } of due.toSorted((a, b) => a.atMs - b.atMs)) {
      const state = outputs[output];
      if (state !== undefined) state.temporary = null;
      show(output, atMs);
    }
  }

  function apply(number: number, code: number, timerMs: number): void {
    const state = outputs[number];
    if (state === undefined) return;
    const nowMs = monotonicMs();
    if (code === 1 || code === 2) state.temporary = null;
    if (code >= 1 && code <= 4) state.permanent = code === 2 || code === 4;
    if (code === 5 || code === 6) state.temporary = { on: code === 5, untilMs: nowMs + timerMs };
    show(number, nowMs);
  }

  return {
    command(data) {
      if (data.length === 0 || data.length % recordLength !== 0) return nakCode.badLength;
      expire();
      const bytes = Buffer.from(data);
      const records = Array.from({ length: data.length / recordLength }, (_, index) => {
        const at = index * recordLength;
        return { number: bytes.readUInt8(at), code: bytes.readUInt8(at + 1), timerMs: bytes.readUInt16LE(at + 2) * timerUnitMs };
      });
      // A temporary change without an end would be a permanent one: no panel may mean that.
      const isFit = ({ number, code, timerMs }: (typeof records)[number]) =>
        number < count && code <= 6 && (code < 5 || timerMs > 0);
      if (!records.every(isFit)) return nakCode.badRecord;
      for (const { number, code, timerMs } of records) apply(number, code, timerMs);
      return null;
    },
    states() {
      expire();
      return outputs.map(({ shown }) => shown);
    },
    changes() {
      expire();
      return [...changes];
    },
    release() {
      expire();
      for (const [number, state] of outputs.entries()) {
        state.permanent = false;
        state.temporary = null;
        show(number, monotonicMs());
      }
    },
  };
}
