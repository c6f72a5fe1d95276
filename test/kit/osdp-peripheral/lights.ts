import { nakCode } from './reply.ts';

const colours = ['off', 'red', 'green', 'amber', 'blue', 'magenta', 'cyan', 'white'] as const;
export type Colour = (typeof colours)[number];

/** What one light does; both times 0 for a light that never changes. */
export interface Light {
  onColour: Colour;
  offColour: Colour;
  onMs: number;
  offMs: number;
  /** Ends by itself. */
  isTemporary: boolean;
}

export interface Lights {
  /** Carries out LED's records: all of them, or none and the NAK code. */
  command(data: Uint8Array): number | null;
  /** Null for a light that was never set. */
  light(reader: number, led: number): Light | null;
  darken(): void;
}

interface State {
  permanent: Light | null;
  temporary: { light: Light; untilMs: number } | null;
}

const recordLength = 14;
const unitMs = 100;

export function createLights(monotonicMs: () => number): Lights {
  const states = new Map<string, State>();
  const stateOf = (reader: number, led: number): State => states.get(`${reader}/${led}`) ?? { permanent: null, temporary: null };

  function apply(record: Buffer): void {
    const reader = record.readUInt8(0);
    const led = record.readUInt8(1);
    const temporaryCode = record.readUInt8(2);
    const { permanent, temporary } = stateOf(reader, led);
    const timerMs = record.readUInt16LE(7) * unitMs;
    const begun = { light: lightAt(record, 3, true), untilMs: monotonicMs() + timerMs };
    states.set(`${reader}/${led}`, {
      permanent: record.readUInt8(9) === 1 ? lightAt(record, 10, false) : permanent,
      temporary: temporaryCode === 2 ? begun : temporaryCode === 1 ? null : temporary,
    });
  }

  return {
    command(data) {
      if (data.length === 0 || data.length % recordLength !== 0) return nakCode.badLength;
      const records = Array.from({ length: data.length / recordLength }, (_, index) =>
        Buffer.from(data.subarray(index * recordLength, (index + 1) * recordLength)),
      );
      if (!records.every(isFit)) return nakCode.badRecord;
      for (const record of records) apply(record);
      return null;
    },
    light(reader, led) {
      const { permanent, temporary } = stateOf(reader, led);
      return temporary !== null && temporary.untilMs > monotonicMs() ? temporary.light : permanent;
    },
    darken: () => states.clear(),
  };
}

function isFit(record: Buffer): boolean {
  const colourAt = [5, 6, 12, 13];
  return record.readUInt8(2) <= 2 && record.readUInt8(9) <= 1 && colourAt.every((at) => record.readUInt8(at) < colours.length);
}

function lightAt(record: Buffer, at: number, isTemporary: boolean): Light {
  return {
    onMs: record.readUInt8(at) * unitMs,
    offMs: record.readUInt8(at + 1) * unitMs,
    onColour: colours[record.readUInt8(at + 2)] ?? 'off',
    offColour: colours[record.readUInt8(at + 3)] ?? 'off',
    isTemporary,
  };
}
