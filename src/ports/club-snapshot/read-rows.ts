import { type Entity, entities } from '../../domain/member/club.ts';
import type { JsonPath } from '../../lib/locate-in-json.ts';
import { pathText } from '../../lib/path-text.ts';
import {
  ambiguousCredentials,
  doubtfulBookings,
  doubtfulStaffCards,
  type FindActive,
  membershipsOfNobody,
  type Row,
  type RowsById,
} from './conflicts.ts';
import { sayFound } from './read-row.ts';
import { referencesOf } from './references.ts';
import { rowReaders, type SnapshotRow } from './rows.ts';
import { slipsOf } from './slips.ts';

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
  /** What has to be put right in rows that are among `rows`, or count as absent. */
  faults: DocumentFinding[];
  /** What may come right by itself, or keeps nobody out. */
  warnings: DocumentFinding[];
}

/** Whether a reference to this row leads somewhere; a membership type must be one that can be used. */
export type Holds = (entity: Entity, id: string) => boolean;

/** What is held outside the document. */
export interface Held {
  holds: Holds;
  findActive: FindActive;
}

/**
 * Reads the rows of a document, and empties `raw` as it goes: a large club need not fit into memory twice. `held` null: the
 * document has all there is. `progress` is told now and then how many rows are done.
 */
export function readRows(
  raw: { [E in Entity]: unknown[] },
  held: Held | null,
  progress: (rowsDone: number) => void = () => {},
): RowsReading {
  const findings: Findings = { problems: [], faults: [], warnings: [] };
  let rowsDone = 0;
  const onRow = () => {
    rowsDone += 1;
    if (rowsDone % rowsPerStep === 0) progress(rowsDone);
  };
  const lists = perEntity<{ [E in Entity]: Map<string, Row<E>> }>((entity) => readList(entity, raw[entity], findings, onRow));
  warnOfLost(lists, held?.holds ?? (() => false), findings);
  reportConflicts(lists, held, findings);
  return {
    rows: perEntity<SnapshotRows>((entity) => [...lists[entity].values()].flatMap(({ row }) => row ?? [])),
    absent: entities.flatMap((entity) =>
      [...lists[entity].values()].flatMap(({ id, row }) => (row === null ? { entity, id } : [])),
    ),
    ...findings,
  };
}

const rowsPerStep = 5000;

type Findings = Pick<RowsReading, 'problems' | 'faults' | 'warnings'>;

function readList<E extends Entity>(
  entity: E,
  raws: unknown[],
  { problems, faults, warnings }: Findings,
  onRow: () => void,
): Map<string, Row<E>> {
  const rows = new Map<string, Row<E>>();
  const ambiguous = new Set<string>();
  const harmless = new Map<string, { first: DocumentFinding; more: number }>();
  raws.forEach((raw, index) => {
    onRow();
    raws[index] = null;
    const id = idOf(raw);
    const finding = (path: JsonPath, problem: string): DocumentFinding => ({
      entity,
      id,
      path: [entity, index, ...path],
      problem,
    });
    const reading = rowReaders[entity](raw);
    if ('problems' in reading) {
      for (const { path, problem, expected } of reading.problems)
        problems.push(finding(path, `${problem}; expected ${expected}`));
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
      problems.push(finding(['id'], `found \`${JSON.stringify(row.id)}\`; expected an id that no other row has: ${verdict}`));
      return;
    }
    rows.set(row.id, row);
    for (const { path, problem, expected } of reading.faults)
      faults.push(finding(path, `${problem}; expected ${expected}; ${effectOf(entity, reading.row)}`));
    if (reading.row === null || reading.faults.length > 0) return;
    for (const slip of slipsOf[entity]?.(reading.row, raw) ?? []) {
      const problem = `${slip.problem}; expected ${slip.expected}; ${slip.effect}`;
      const said = slip.harmless ? harmless.get(problem) : undefined;
      if (said) said.more += 1;
      else if (slip.harmless) harmless.set(problem, { first: finding(slip.path, problem), more: 0 });
      else faults.push(finding(slip.path, problem));
    }
  });
  for (const { first, more } of harmless.values()) {
    const others = more === 0 ? '' : more === 1 ? '; so with 1 other row' : `; so with ${more} other rows`;
    warnings.push({ ...first, problem: `${first.problem}${others}` });
  }
  for (const id of ambiguous) rows.delete(id);
  return rows;
}

function effectOf(entity: Entity, row: unknown): string {
  if (row === null) return 'the row counts as absent';
  return entity === 'branches' ? 'the branch counts as closed then' : 'the row is held and opens nothing';
}

function idOf(raw: unknown): string | null {
  return typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id : null;
}

function warnOfLost(lists: RowsById, holds: Holds, { warnings }: Findings): void {
  const isIn = (entity: Entity, id: string) =>
    entity === 'membershipTypes'
      ? lists.membershipTypes.get(id)?.row?.unusable === null
      : (lists[entity].get(id)?.row ?? null) !== null;
  const warnOf = <E extends Entity>(entity: E) => {
    for (const { id, index, row } of lists[entity].values()) {
      for (const reference of row === null ? [] : referencesOf[entity](row)) {
        if (isIn(reference.entity, reference.id) || holds(reference.entity, reference.id)) continue;
        const problem = `${sayFound(reference.id)}, which is none of the usable \`${reference.entity}\`; the row is held and waits for it`;
        warnings.push({ entity, id, path: [entity, index, ...reference.path], problem });
      }
    }
  };
  for (const entity of entities) warnOf(entity);
}

function reportConflicts(lists: RowsById, held: Held | null, { faults }: Findings): void {
  const conflicts = [
    ...ambiguousCredentials(lists, held?.findActive ?? (() => [])),
    ...(held === null ? membershipsOfNobody(lists) : []),
    ...doubtfulStaffCards(lists),
    ...doubtfulBookings(lists),
  ];
  for (const { entity, id, index, path, problem } of conflicts)
    faults.push({ entity, id, path: [entity, index, ...path], problem });
}

function perEntity<T extends { [E in Entity]: unknown }>(make: <E extends Entity>(entity: E) => unknown): T {
  return Object.fromEntries(entities.map((entity) => [entity, make(entity)])) as T;
}
