import { z } from 'zod';
import { type Entity, entities } from '../domain/member/club.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import { decodeUtf8 } from '../lib/decode-utf8.ts';
import { findJsonMistake, type JsonPath, locateInJson, type Place, placeOf } from '../lib/locate-in-json.ts';
import { nearest } from '../lib/nearest.ts';
import { pathText } from '../lib/path-text.ts';
import type { FindActive } from './club-snapshot/conflicts.ts';
import { type Finding, type Reading, readRow } from './club-snapshot/read-row.ts';
import { type DocumentFinding, type Holds, readRows, type SnapshotRows } from './club-snapshot/read-rows.ts';
import type { RowProblem } from './club-snapshot/row-problem.ts';
import { id, instant, list, optional, text } from './club-snapshot/values.ts';

export type { ActiveCredential, FindActive } from './club-snapshot/conflicts.ts';
export type { Holds, SnapshotRows } from './club-snapshot/read-rows.ts';
export type { RowProblem } from './club-snapshot/row-problem.ts';
export type { SnapshotRow, SoldMembership } from './club-snapshot/rows.ts';

/** A club snapshot (membership-rules section 2): everything there is. */
export interface ClubSnapshot {
  takenAt: Instant | null;
  cursor: string | null;
  rows: SnapshotRows;
}

/** What has changed: each row replaces the whole row of its id. */
export interface ClubChanges extends ClubSnapshot {
  deletes: { entity: Entity; id: string }[];
}

/**
 * `problems`: why rows are not in `snapshot`. `faults`: rows that are in it, or count as absent, and have to be put right: they
 * say what this version does not know, contradict themselves or others, or hold a value that no reader gives. `warnings`: what
 * may come right by itself, as a reference to a row that is still to come, or keeps nobody out. `fatal`: why the whole cannot be
 * used.
 */
export type SnapshotReading =
  | { snapshot: ClubSnapshot; problems: RowProblem[]; faults: RowProblem[]; warnings: RowProblem[] }
  | { snapshot: null; fatal: RowProblem };

/** `warnings`: faults and warnings, as of a snapshot. `problems`: why all of it is refused. */
export type ChangesReading = { changes: ClubChanges; warnings: RowProblem[] } | { changes: null; problems: RowProblem[] };

/** A document as JSON (bytes are UTF-8), or as the value that it says; only text has lines and columns. */
export type Source = Uint8Array | string | { value: unknown };

/**
 * Reads a snapshot row by row; rows with mistakes are left out and named. Throws for nothing that may stand in it. `progress` is
 * told now and then how many rows have been read.
 */
export function readSnapshot(source: Source, progress?: (rowsDone: number) => void): SnapshotReading {
  const document = open(source, snapshotEnvelope);
  if ('mistake' in document) return { snapshot: null, fatal: document.mistake };
  const { text, misspelt } = document;
  const { takenAt, cursor, ...raw } = document.content;
  const { rows, problems, faults, warnings } = readRows(raw, null, progress);
  return {
    snapshot: { takenAt, cursor, rows },
    problems: located(text, problems),
    faults: located(text, [...misspelt, ...faults]),
    warnings: located(text, warnings),
  };
}

/**
 * Reads changes, whole or not at all. `holds` says which rows are there already, for references to them; `findActive`, which
 * credentials. Throws for nothing that may stand in it.
 */
export function readChanges(source: Source, holds: Holds, findActive: FindActive = () => []): ChangesReading {
  const document = open(source, changesEnvelope);
  if ('mistake' in document) return { changes: null, problems: [document.mistake] };
  const { text, misspelt } = document;
  const { takenAt, cursor, delete: rawDeletes, ...raw } = document.content;
  const deleteReadings = rawDeletes.map((rawDelete) => readRow(deleted, rawDelete));
  const goes = new Set(deleteReadings.map((reading) => ('row' in reading ? `${reading.row.entity} ${reading.row.id}` : '')));
  const findStaying: FindActive = (read) => findActive(read).filter((credential) => !goes.has(`credentials ${credential.id}`));
  const { rows, absent, problems, faults, warnings } = readRows(raw, { holds, findActive: findStaying });
  const deletes = readDeletes(deleteReadings, rows, problems);
  if (problems.length > 0) return { changes: null, problems: located(text, problems) };
  return {
    changes: { takenAt, cursor, rows, deletes: [...deletes, ...absent] },
    warnings: located(text, [...misspelt, ...faults, ...warnings]),
  };
}

const content = {
  takenAt: optional(instant, null),
  cursor: optional(text, null),
  branches: list(z.unknown()),
  services: list(z.unknown()),
  members: list(z.unknown()),
  staff: list(z.unknown()),
  credentials: list(z.unknown()),
  membershipTypes: list(z.unknown()),
  memberships: list(z.unknown()),
  sessions: list(z.unknown()),
  bookings: list(z.unknown()),
} satisfies Record<Entity | 'takenAt' | 'cursor', z.ZodType>;

export const snapshotFormat = 'gatehouse-snapshot/1';

const snapshotEnvelope = z.object({ format: z.literal(snapshotFormat, `\`${snapshotFormat}\``), ...content }, 'an object');

const changesEnvelope = z.object(
  {
    format: z.literal('gatehouse-changes/1', '`gatehouse-changes/1`, or no `format`').nullish(),
    ...content,
    delete: list(z.unknown()),
  },
  'an object',
);

const deleted = z.object(
  { entity: z.enum(entities, `one of ${entities.map((entity) => `\`${entity}\``).join(', ')}`), id },
  'an object',
);

function readDeletes(
  readings: Reading<z.output<typeof deleted>>[],
  rows: SnapshotRows,
  problems: DocumentFinding[],
): ClubChanges['deletes'] {
  const sent = new Map(entities.map((entity) => [entity, new Set(rows[entity].map((row) => row.id))]));
  return readings.flatMap((reading, index) => {
    if ('problems' in reading) {
      for (const finding of reading.problems) problems.push(inDocument(finding, ['delete', index]));
      return [];
    }
    const { entity, id: deletedId } = reading.row;
    if (sent.get(entity)?.has(deletedId)) {
      const problem = `\`${deletedId}\` also stands among the \`${entity}\`; expected a row to be sent or deleted, not both`;
      problems.push({ entity, id: deletedId, path: ['delete', index], problem });
    }
    return [reading.row];
  });
}

function inDocument({ path, problem, expected }: Finding, before: JsonPath = []): DocumentFinding {
  return { entity: null, id: null, path: [...before, ...path], problem: `${problem}; expected ${expected}` };
}

/**
 * The document's envelope, and its text when it came as one. Its rows are not read yet, and nothing else holds them. `misspelt`:
 * its lists whose keys are nearly those of the envelope.
 */
function open<S extends z.ZodObject>(
  source: Source,
  envelope: S,
): { content: z.output<S>; text: string | null; misspelt: DocumentFinding[] } | { mistake: RowProblem } {
  const parsed = parse(source);
  if ('mistake' in parsed) return parsed;
  const { value, text } = parsed;
  const reading = readRow(envelope, value);
  if (!('problems' in reading))
    return { content: reading.row, text, misspelt: misspeltLists(value, Object.keys(envelope.shape)) };
  const finding = inDocument(reading.problems[0]);
  return { mistake: problemAt(finding, text === null ? undefined : locateInJson(text, [finding.path])[0]) };
}

/** Unknown keys are passed over (membership-rules section 2), but a slip in the name of a list would lose all of its rows. */
function misspeltLists(document: unknown, known: string[]): DocumentFinding[] {
  if (typeof document !== 'object' || document === null) return [];
  const lists = [...entities, 'delete'].filter((list) => known.includes(list));
  return Object.entries(document).flatMap(([key, value]) => {
    const couldBeMeant = Array.isArray(value) && !known.includes(key) && key.length < longestSlip;
    const meant = couldBeMeant ? nearest(key, lists) : null;
    if (meant === null) return [];
    const problem = `unknown key \`${key}\`: what stands there is not read; did you mean \`${meant}\`?`;
    return [{ entity: null, id: null, path: [key], problem }];
  });
}

const longestSlip = 30;

function parse(source: Source): { value: unknown; text: string | null } | { mistake: RowProblem } {
  if (typeof source === 'object' && 'value' in source) return { value: source.value, text: null };
  const { text, valid } = typeof source === 'string' ? { text: source, valid: true } : decodeUtf8(source);
  const mistake = (problem: string, place: Place) => ({
    mistake: problemAt({ entity: null, id: null, path: [], problem }, place),
  });
  if (!valid) {
    return mistake(
      'found bytes that are not UTF-8; expected the file to be saved as UTF-8',
      placeOf(text, text.indexOf('\ufffd')),
    );
  }
  try {
    return { value: JSON.parse(text), text };
  } catch (error) {
    const found = findJsonMistake(text);
    if (!found) throw error;
    return mistake(found.problem, found);
  }
}

function located(text: string | null, findings: DocumentFinding[]): RowProblem[] {
  const paths = findings.map(({ path }) => path);
  const places = text === null || findings.length === 0 ? [] : locateInJson(text, paths);
  return findings.map((finding, index) => problemAt(finding, places[index]));
}

function problemAt({ path, ...finding }: DocumentFinding, place: Place | undefined): RowProblem {
  return { ...finding, path: pathText(path), line: place?.line ?? null, column: place?.column ?? null };
}
