import type { RowProblem } from '../ports/club-snapshot.ts';
import type { Terminal } from './terminal.ts';

const shownAtMost = 100;

/** `file:line:column: memberships[17].visits.left (memberships p1): …`, one line each, at most 100 of them. */
export function showRows(file: string, problems: readonly RowProblem[], prefix: string, terminal: Terminal): void {
  for (const { entity, id, path, line, column, problem } of problems.slice(0, shownAtMost)) {
    const place = line === null ? file : `${file}:${line}:${column}`;
    const row = entity !== null && id !== null ? ` (${entity} ${id})` : '';
    terminal.err(`${place}: ${prefix}${path === '' ? '' : `${path}${row}: `}${problem}`);
  }
  if (problems.length > shownAtMost) terminal.err(`${file}: ${prefix}and ${problems.length - shownAtMost} more`);
}
