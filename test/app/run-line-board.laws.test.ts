import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import kmtronic from '../../devices/relays/kmtronic.ts';
import modbus from '../../devices/relays/modbus-relay.ts';
import numato from '../../devices/relays/numato.ts';
import { runLineBoard } from '../../src/app/run-line-board.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import type { LineRelay } from '../../src/ports/device.ts';
import { Failure } from '../../src/ports/failure.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { createFakeLine } from '../kit/fake-line.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { kmtronicBoard, modbusBoard, numatoBoard, type RelayBoard } from '../kit/relay-boards.ts';

type Happening =
  /** `faults`: from so long after the command on. */
  | { kind: 'pulse'; afterMs: number; faults: Partial<RelayBoard['faults']> | null }
  | { kind: 'fault'; faults: Partial<RelayBoard['faults']> }
  | { kind: 'unplug' }
  | { kind: 'plug' }
  | { kind: 'noise'; bytes: Uint8Array };

const faults = fc.record(
  {
    dead: fc.boolean(),
    mute: fc.boolean(),
    lateMs: fc.constantFrom(0, 30, 90, 110, 250, 400, 1_200),
    garbage: fc.constantFrom('', 'c37e55', '0105', 'ff01', '72656c6179206f6e'),
    cutAt: fc.constantFrom(null, null, 1, 3, 6),
  },
  { requiredKeys: [] },
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ afterMs: fc.constantFrom(20, 60, 110, 200), faults: fc.option(faults) })
      .map((turn): Happening => ({ kind: 'pulse', ...turn })),
  },
  { weight: 4, arbitrary: faults.map((some): Happening => ({ kind: 'fault', faults: some })) },
  { weight: 1, arbitrary: fc.constantFrom<Happening>({ kind: 'unplug' }, { kind: 'plug' }) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes): Happening => ({ kind: 'noise', bytes })) },
);
const day = fc.array(fc.tuple(happening, fc.constantFrom(0, 20, 120, 300, 700, 2_000)), { minLength: 3, maxLength: 14 });

const healthy = { dead: false, mute: false, lateMs: 0, garbage: '', cutAt: null };
const pulseMs = 300;

async function live(
  profile: LineRelay,
  make: typeof modbusBoard,
  settings: Record<string, unknown>,
  steps: [Happening, number][],
) {
  const clock = fakeClock();
  const log = fakeLog();
  const line = createFakeLine();
  const board = make({ clock, say: (bytes) => line.far.write(bytes) });
  line.far.onBytes((bytes) => board.hear(bytes));
  const health = createHealth({ clock, log }).register({ id: 'relay', product: '', where: '' });
  const relay = runLineBoard(profile, line, { clock, log }).relay(
    profile.settings.parse(settings),
    { id: 'main-in', pulseMs, clock, health, log },
    { passage() {}, input() {}, inputsLost() {} },
  );
  const opened = () => board.changes.filter((change) => change === '+0').length;
  const commanded = () => board.heard.filter((said) => /^(on|flash|relay on)/.test(said)).length;
  await clock.advanceSlowly(500);

  for (const [what, waitMs] of steps) {
    if (what.kind === 'fault') Object.assign(board.faults, healthy, what.faults);
    else if (what.kind === 'unplug') line.far.unplug();
    else if (what.kind === 'plug') line.far.plug();
    else if (what.kind === 'noise') line.far.write(what.bytes);
    else {
      const before = { opened: opened(), commanded: commanded() };
      let outcome: unknown = null;
      void relay.pulse('in').then(
        (said) => (outcome = said),
        (error: unknown) => (outcome = error),
      );
      for (let step = 0; outcome === null && step < 400; step++) {
        await clock.advanceSlowly(10);
        if (what.faults !== null && step * 10 === what.afterMs) Object.assign(board.faults, healthy, what.faults);
      }
      const became = outcome instanceof Failure ? outcome.code : outcome;
      if (became === 'told') expect(opened(), 'told: it opened once').toBe(before.opened + 1);
      else if (became === 'unknown') expect(opened(), 'unknown: once at most').toBeLessThanOrEqual(before.opened + 1);
      else expect(outcome, 'every pulse comes to an end').toBeInstanceOf(Failure);
      // Longer than the pulse, so that the next one finds an open contact, if anybody could tell the board to let go.
      await clock.advanceSlowly(pulseMs + 700);
      if (outcome instanceof Failure) expect(opened(), 'it surely did not open').toBe(before.opened);
      expect(commanded(), 'never told twice').toBeLessThanOrEqual(before.commanded + 1);
      if (board.closed[0]) return;
    }
    await clock.advanceSlowly(waitMs);
  }

  Object.assign(board.faults, healthy);
  line.far.plug();
  const before = commanded();
  await clock.advanceSlowly(20_000);
  expect(board.closed[0], 'no contact stays closed').toBe(false);
  expect(commanded(), 'nothing opens late').toBe(before);
  expect(await Promise.race([relay.pulse('in'), clock.advanceSlowly(1_000)])).toBe('told');
}

describe('whatever happens on the line', () => {
  test.each([
    ['Modbus, timed by the gateway', modbus, modbusBoard, {}],
    ['Modbus, timed by the board', modbus, modbusBoard, { timing: 'board' }],
    ['Modbus, with inputs', modbus, modbusBoard, { inputs: 4 }],
    ['Numato', numato, numatoBoard, {}],
    ['KMTronic', kmtronic, kmtronicBoard, {}],
  ] as [string, LineRelay, typeof modbusBoard, Record<string, unknown>][])(
    '%s: one tap opens once at most, a gate said to be open was opened, and none stays open',
    async (_, profile, make, settings) => {
      await fc.assert(
        fc.asyncProperty(day, (steps) => live(profile, make, settings, steps)),
        { numRuns: 100 },
      );
    },
    60_000,
  );
});
