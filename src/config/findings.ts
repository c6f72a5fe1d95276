import type { Locate, Path, Problem } from './place.ts';

/** What a check found so far. */
export interface Findings {
  readonly locate: Locate;
  readonly problems: Problem[];
  readonly warnings: Problem[];
  /** Notes that the key at `path`, or its value, is wrong. */
  report(path: Path, problem: string, part?: 'key' | 'value'): void;
  /** Notes that the key at `path` is odd but may be meant. */
  warn(path: Path, problem: string): void;
}

export function noFindings(locate: Locate): Findings {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  return {
    locate,
    problems,
    warnings,
    report: (path, problem, part = 'value') => problems.push({ place: locate(path, part), problem }),
    warn: (path, problem) => warnings.push({ place: locate(path, 'key'), problem }),
  };
}
