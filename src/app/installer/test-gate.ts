import { type InputReport, type LearntContact, learnPassageContact } from '../../domain/gate/learn-passage-contact.ts';
import type { Clock } from '../../ports/clock.ts';
import { Failure } from '../../ports/failure.ts';
import type { GateSignals, Relay } from '../../ports/relay.ts';

export interface GateUnderTest {
  id: string;
  relay: Relay;
  pulseMs: number;
  /** The way that the contact opens. */
  direction: 'in' | 'out';
  /** Whether somebody tells how the gate's inputs stand. */
  hasInputs: boolean;
  /** How long the inputs are watched while somebody walks through. */
  watchMs: number;
}

/** The person at the gate. */
export interface Installer {
  /** The answer to a question; null: they want to end. */
  ask(question: string): Promise<string | null>;
  tell(line: string): void;
  /** Resolves when they want to end, whatever is going on. */
  ended: Promise<unknown>;
}

/** What the inputs told, changes only. */
export interface InputWatch {
  signals: GateSignals;
  reports(): readonly InputReport[];
  passages(): number;
}

export type GateTest =
  | { clicked: false }
  /** `moved`: what the installer says; null: they wanted to end. `contact`: what the walk taught; null: nobody walked, or there are no inputs. */
  | { clicked: true; moved: boolean | null; contact: LearntContact | null };

/** Keeps what the inputs of a gate tell, for as long as it is watched. */
export function watchInputs(clock: Clock): InputWatch {
  const reports: InputReport[] = [];
  const standing = new Map<number, boolean>();
  let passages = 0;
  return {
    signals: {
      passage() {
        passages++;
      },
      input(input, closed) {
        if (standing.get(input) === closed) return;
        standing.set(input, closed);
        reports.push({ atMs: clock.monotonicMs(), input, closed });
      },
      inputsLost: () => standing.clear(),
    },
    reports: () => reports,
    passages: () => passages,
  };
}

/**
 * Clicks the relay of a gate and learns its passage contact, one step at a time, each after the installer has said so.
 *
 * INVARIANT: the relay is told to close nowhere but behind an empty answer to a question that names the gate and the time; it is
 * never told twice for one answer.
 */
export async function testGate(gate: GateUnderTest, watch: InputWatch, installer: Installer, clock: Clock): Promise<GateTest> {
  const { id, pulseMs, hasInputs, watchMs } = gate;
  const closes = `it will close for ${pulseMs} ms`;
  if (!(await click(gate, installer, `press Enter to click the relay of gate ${id}; ${closes} (any word ends): `)))
    return { clicked: false };
  const moved = await yesOrNo(installer, 'did the relay click, and the gate open? (y/n) ');
  if (!moved || !hasInputs) return { clicked: true, moved, contact: null };

  installer.tell('now the passage contact: see that nobody stands in the gate and the arm is home');
  await toldHowTheyStand(watch, installer, clock);
  const question = `press Enter to click the relay of gate ${id} again; ${closes}; then walk through once (any word ends): `;
  if (!(await click(gate, installer, question))) return { clicked: true, moved, contact: null };
  const walkFromMs = clock.monotonicMs();
  installer.tell(`walk through now, once, and let the arm come home: watching for ${watchMs / 1_000} s`);
  if (await endsWithin(watchMs, installer, clock)) return { clicked: true, moved, contact: null };
  return { clicked: true, moved, contact: learnPassageContact(watch.reports(), walkFromMs) };
}

/** Products that are asked tell soon how their inputs stand; others tell only of changes, and are not waited for. */
async function toldHowTheyStand(watch: InputWatch, installer: Installer, clock: Clock): Promise<void> {
  for (let looks = 0; looks < 20 && watch.reports().length === 0; looks++) if (await endsWithin(100, installer, clock)) return;
}

/** Waits so long; true: the installer wanted to end before. */
async function endsWithin(ms: number, { ended }: Installer, clock: Clock): Promise<boolean> {
  let callOff = () => {};
  const time = new Promise<false>((resolve) => {
    callOff = clock.after(ms, () => resolve(false));
  });
  const end = await Promise.race([time, ended.then(() => true)]);
  callOff();
  return end;
}

/** False: the installer wants to end, and nothing was told to the relay. */
async function click({ id, relay, direction }: GateUnderTest, { ask, tell }: Installer, question: string): Promise<boolean> {
  if ((await ask(question)) !== '') return false;
  try {
    const answer = await relay.pulse(direction);
    tell(answer === 'told' ? `the relay of gate ${id} was told` : `the relay of gate ${id} did not answer: it may have clicked`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    tell(`the relay of gate ${id} did not click: ${error.message}`);
  }
  return true;
}

/** Null: the installer wants to end. */
async function yesOrNo({ ask }: Installer, question: string): Promise<boolean | null> {
  for (;;) {
    const answer = (await ask(question))?.trim().toLowerCase() ?? null;
    if (answer === null) return null;
    if (['y', 'yes'].includes(answer)) return true;
    if (['n', 'no'].includes(answer)) return false;
  }
}
