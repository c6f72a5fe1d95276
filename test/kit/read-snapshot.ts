import type { Entity } from '../../src/domain/member/club.ts';
import { type ClubSnapshot, type RowProblem, readSnapshot } from '../../src/ports/club-snapshot.ts';
import { exampleSnapshot } from './example-snapshot.ts';

export interface UsableSnapshot {
  snapshot: ClubSnapshot;
  problems: RowProblem[];
  faults: RowProblem[];
  warnings: RowProblem[];
}

/** What a snapshot document says. Throws when it is of no use at all. */
export function readUsable(value: unknown): UsableSnapshot {
  const reading = readSnapshot({ value });
  if (reading.snapshot === null) throw new Error(`${reading.fatal.path}: ${reading.fatal.problem}`);
  return reading;
}

/** What a snapshot of these rows says. */
export function readRowsOf(rows: Partial<Record<Entity, unknown[]>>): UsableSnapshot {
  return readUsable({ format: 'gatehouse-snapshot/1', ...rows });
}

/** Keys and indexes from the root of a document. */
export type Path = readonly (string | number)[];

/** The example with one value changed; `undefined` takes the key away. */
export function exampleWith(path: Path, value: unknown): ReturnType<typeof exampleSnapshot> {
  return exampleWithAll([[path, value]]);
}

/** The example with several values changed. */
export function exampleWithAll(changes: readonly (readonly [Path, unknown])[]): ReturnType<typeof exampleSnapshot> {
  const example = exampleSnapshot();
  for (const [path, value] of changes) {
    let inner = example as unknown as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) inner = inner[key] as Record<string | number, unknown>;
    const last = path.at(-1) ?? '';
    if (value === undefined) delete inner[last];
    else inner[last] = value;
  }
  return example;
}
