import type { Place } from '../lib/locate-in-json.ts';

/** A key path into a document: names in groups, numbers in lists. */
export type Path = readonly PropertyKey[];

/** Where a key or value stands; the nearest thing around it when it is not there. */
export type Locate = (path: Path, part: 'key' | 'value') => Place;

/** Something wrong with a file, in words for whoever wrote it. `place` is null when it is the file as a whole. */
export interface Problem {
  place: Place | null;
  problem: string;
}

/** `file:line:column: problem`, the form that editors and terminals make clickable. */
export function problemLine(file: string, { place, problem }: Problem): string {
  return place === null ? `${file}: ${problem}` : `${file}:${place.line}:${place.column}: ${problem}`;
}

export function inOrder(problems: readonly Problem[]): Problem[] {
  const rank = ({ place }: Problem) => (place === null ? 0 : place.line * 100_000 + place.column);
  return [...problems].sort((a, b) => rank(a) - rank(b));
}
