import { type Entity, entities } from '../../domain/member/club.ts';
import type { JsonPath } from '../../lib/locate-in-json.ts';
import { pathText } from '../../lib/path-text.ts';
import { sayFound } from './read-row.ts';
import { referencesOf } from './references.ts';
import { rowReaders, type SnapshotRow } from './rows.ts';

export type SnapshotRows = { [E in Entity]: SnapshotRow<E>[] };

/** Something said of a value of the document, before its place in the text is looked up. */
export interface DocumentFinding {
  entity: Entity | null;
  id: string | null;
  path: JsonPath;
  problem: string;
}

export interface RowsReading {
  rows: SnapshotRows;
  /** Rows that were read and count as absent. */
  absent: { entity: Entity; id: string }[];
  /** Why rows are not among `rows`. */
  problems: DocumentFinding[];
  /** What is wrong with rows that are among `rows`, or count as absent. */
  warnings: DocumentFinding[];
}

/** Whether a reference to this row leads somewhere; a membership type must be one that can be used. */
export type Holds = (entity: Entity, id: string) => boolean;

/**
 * Reads the rows of a document, and empties `raw` as it goes: a large club need not fit into memory twice. `holds` speaks for
 * rows outside it; `progress` is told now and then how many rows are done.
 */
export function readRows(
  raw: { [E in Entity]: unknown[] },
  holds: Holds,
  progress: (rowsDone: number) => void = () => {},
): RowsReading {
  const findings: Findings = { problems: [], warnings: [] };
  let rowsDone = 0;
  const onRow = () => {
    rowsDone += 1;
    if (rowsDone % rowsPerStep === 0) progress(rowsDone);
  };
  const lists = perEntity<{ [E in Entity]: Row<E>[] }>((entity) => readList(entity, raw[entity], findings, onRow));
  const held = perEntity<Record<Entity, Set<string>>>((entity) => idsOf(lists[entity].filter(({ row }) => row !== null)));
  held.membershipTypes = idsOf(lists.membershipTypes.filter(({ row }) => row?.unusable === null));
  warnOfLost(lists, (entity, id) => held[entity].has(id) || holds(entity, id), findings);
  return {
    rows: perEntity<SnapshotRows>((entity) => lists[entity].flatMap(({ row }) => row ?? [])),
    absent: entities.flatMap((entity) => lists[entity].filter(({ row }) => row === null).map(({ id }) => ({ entity, id }))),
    ...findings,
  };
}

const rowsPerStep = 5000;

type Findings = Pick<RowsReading, 'problems' | 'warnings'>;

interface Row<E extends Entity> {
  id: string;
  index: number;
  /** Null: counts as absent. */
  row: SnapshotRow<E> | null;
}

function readList<E extends Entity>(entity: E, raws: unknown[], { problems, warnings }: Findings, onRow: () => void): Row<E>[] {
  const rows = new Map<string, Row<E>>();
  const ambiguous = new Set<string>();
  raws.forEach((raw, index) => {
    onRow();
    raws[index] = null;
    const id = idOf(raw);
    const report = (list: DocumentFinding[], path: JsonPath, problem: string) =>
      list.push({ entity, id, path: [entity, index, ...path], problem });
    const reading = rowReaders[entity](raw);
    if ('problems' in reading) {
      for (const { path, problem, expected } of reading.problems) report(problems, path, `${problem}; expected ${expected}`);
      return;
    }
    // Rows that were read have an id.
    const row: Row<E> = { id: id ?? '', index, row: reading.row };
    const first = rows.get(row.id);
    if (first) {
      const same = JSON.stringify(first.row) === JSON.stringify(row.row);
      if (!same) ambiguous.add(row.id);
      const firstPath = pathText([entity, first.index]);
      const verdict = same
        ? `\`${firstPath}\` is the same row; send it once`
        : `\`${firstPath}\` has it too and differs; neither is used`;
      report(problems, ['id'], `found \`${JSON.stringify(row.id)}\`; expected an id that no other row has: ${verdict}`);
      return;
    }
    rows.set(row.id, row);
    const effect = reading.row === null ? 'the row counts as absent' : 'the row is held and opens nothing';
    for (const { path, problem, expected } of reading.unknown)
      report(warnings, path, `${problem}; expected ${expected}; ${effect}`);
  });
  return [...rows.values()].filter(({ id }) => !ambiguous.has(id));
}

function idOf(raw: unknown): string | null {
  return typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id : null;
}

function idsOf(rows: Row<Entity>[]): Set<string> {
  return new Set(rows.map(({ id }) => id));
}

function warnOfLost(lists: { [E in Entity]: Row<E>[] }, isHeld: Holds, { warnings }: Findings): void {
  const warnOf = <E extends Entity>(entity: E, rows: Row<E>[]) => {
    for (const { id, index, row } of rows) {
      for (const reference of row === null ? [] : referencesOf[entity](row)) {
        if (isHeld(reference.entity, reference.id)) continue;
        const problem = `${sayFound(reference.id)}, which is none of the usable \`${reference.entity}\`; the row is held and waits for it`;
        warnings.push({ entity, id, path: [entity, index, ...reference.path], problem });
      }
    }
  };
  perEntity((entity) => warnOf(entity, lists[entity]));
}

function perEntity<T extends { [E in Entity]: unknown }>(make: <E extends Entity>(entity: E) => unknown): T {
  return Object.fromEntries(entities.map((entity) => [entity, make(entity)])) as T;
}
