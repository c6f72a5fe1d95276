import { togetherMs } from './contacts.ts';

/** How an input was told to stand. */
export interface InputReport {
  atMs: number;
  input: number;
  closed: boolean;
}

/** What to write into the configuration for the contact that saw somebody walk through, or why that is not known. */
export type LearntContact = { input: number; closed: 'at_rest' | 'on_passage'; debounceMs: number } | { problem: string };

/** A state that lasts less is a bounce: contacts settle within some 10 ms, and no turnstile's passage is as short. */
const shortestPassageMs = 60;
const usualDebounceMs = 50;

/**
 * Learns from one person walking through once which input sees it, how it rests, and how long it bounces. `reports` in the
 * order of time until the arm is home again; those before `walkFromMs` tell how the inputs stood before. Products that tell
 * only of changes have none of these: then how an input stands at the end is how it rests.
 */
export function learnPassageContact(reports: readonly InputReport[], walkFromMs: number): LearntContact {
  const inputs = [...new Set(reports.map(({ input }) => input))].sort((a, b) => a - b);
  const walks = inputs.map((input) => walkAt(reports, input, walkFromMs)).filter(({ changes }) => changes.length > 0);
  const [walk, other] = walks;
  if (walk === undefined) return { problem: `${nothing(inputs)}: walk through once, and check the wires of the passage contact` };
  return other === undefined ? learn(walk) : { problem: severalMoved(walks) };
}

interface Walk {
  input: number;
  /** null: not told before the walk. */
  before: boolean | null;
  /** How it stood and since when, each another than the one before. */
  changes: { closed: boolean; atMs: number }[];
}

function walkAt(reports: readonly InputReport[], input: number, walkFromMs: number): Walk {
  const own = reports.filter((report) => report.input === input);
  const before = own.findLast(({ atMs }) => atMs < walkFromMs)?.closed ?? null;
  const after = own.filter(({ atMs }) => atMs >= walkFromMs);
  const changes = after.filter(({ closed }, index) => closed !== (index === 0 ? before : after[index - 1]?.closed));
  return { input, before, changes };
}

function learn({ input, before, changes }: Walk): LearntContact {
  const restsClosed = before ?? changes.at(-1)?.closed ?? false;
  const lastedMs = changes.slice(1).map(({ atMs }, index) => atMs - (changes[index]?.atMs ?? atMs));
  if (changes.at(-1)?.closed !== restsClosed || changes.length === 1)
    return { problem: `input ${input} changed and did not come back: walk through once, and wait until the arm is home` };
  const away = lastedMs.filter((_, index) => changes[index]?.closed !== restsClosed);
  const steady = away.filter((ms) => ms >= shortestPassageMs);
  if (steady.length > 1) return { problem: `input ${input} changed ${steady.length} times: let one person walk through once` };
  const closed = restsClosed ? 'at_rest' : 'on_passage';
  // A product that leaves bounces out itself may tell a whole passage in one breath.
  if (away.length === 1 && steady.length === 0) return { input, closed, debounceMs: 0 };
  if (steady.length === 0)
    return { problem: `input ${input} flickered and never stayed for ${shortestPassageMs} ms: check its wires` };
  const longestBounceMs = Math.max(0, ...lastedMs.filter((ms) => ms < shortestPassageMs));
  return { input, closed, debounceMs: Math.max(usualDebounceMs, longestBounceMs + 10) };
}

function nothing(inputs: number[]): string {
  return inputs.length === 0 ? 'no input was told of' : `${listed(inputs)} did not change`;
}

function severalMoved(walks: Walk[]): string {
  const names = listed(walks.map(({ input }) => input));
  const beginnings = walks.map(({ changes }) => changes[0]?.atMs ?? 0);
  return Math.max(...beginnings) - Math.min(...beginnings) <= togetherMs
    ? `${names} changed at once: so do a loss of power, an emergency and free passage; end it, and walk through once`
    : `${names} changed one after the other: let one person walk through once, one way, with nothing else moving`;
}

function listed(inputs: number[]): string {
  return inputs.length === 1 ? `input ${inputs[0]}` : `inputs ${inputs.slice(0, -1).join(', ')} and ${inputs.at(-1)}`;
}
