import type { z } from 'zod';
import type { JsonPath } from '../../lib/locate-in-json.ts';
import { pathText } from '../../lib/path-text.ts';

/** Something said of one value of a row. */
export interface Finding {
  /** Inside the row. */
  path: JsonPath;
  /** What was found. */
  problem: string;
  expected: string;
}

/**
 * `faults`: why the row that was read is of no use: values of closed lists that this version does not know (a safe one stands
 * in `row` for each), and what contradicts itself.
 */
export type Reading<R> = { row: R; faults: Finding[] } | { problems: [Finding, ...Finding[]] };

/** Reads one row. Never throws. What stands at the key `secret` is not repeated in what is said of it. */
export function readRow<S extends z.ZodType>(schema: S, raw: unknown, secret?: string): Reading<z.output<S>> {
  const faults: Finding[] = [];
  let readable = raw;
  for (;;) {
    const result = schema.safeParse(readable);
    if (result.success) return { row: result.data, faults };
    const { issues } = result.error;
    const unknownValues = issues.filter(isUnknownValue);
    faults.push(...unknownValues.map((issue) => findingOf(issue, (path) => sayUnknown(raw, path))));
    const [mistake, ...mistakes] = issues
      .filter((issue) => !isUnknownValue(issue))
      .map((issue) => findingOf(issue, (path) => sayFound(valueAt(raw, path), secret !== undefined && path.at(-1) === secret)));
    if (mistake) return { problems: [mistake, ...mistakes, ...faults] };
    for (const { path, params } of unknownValues) readable = replaceAt(readable, path, params.safe);
  }
}

/** What stands there, in words: a text in quotes and backticks, cut when long; a list or object by its kind only. */
export function sayFound(value: unknown, secret = false): string {
  if (value === undefined) return 'is missing';
  if (Array.isArray(value)) return 'found a list';
  if (typeof value === 'object' && value !== null) return 'found an object';
  if (secret && value !== null && value !== '') return `found a ${typeof value}`;
  const isLong = typeof value === 'string' && value.length > longestQuote;
  return isLong ? `found \`${JSON.stringify(value.slice(0, longestQuote))}…\`` : `found \`${JSON.stringify(value)}\``;
}

/** ``` `endsOn` is `2026-06-30` ```, as it was sent. */
export function sayIs(raw: unknown, path: JsonPath): string {
  return `\`${pathText(path)}\` is \`${String(valueAt(raw, path)).slice(0, longestQuote)}\``;
}

const longestQuote = 60;

function findingOf(issue: z.core.$ZodIssue, say: (path: JsonPath) => string): Finding {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  return { path, problem: say(path), expected: issue.message };
}

function sayUnknown(raw: unknown, path: JsonPath): string {
  const value = valueAt(raw, path);
  const found = typeof value === 'string' ? `is \`${value.slice(0, longestQuote)}\`,` : 'has a form';
  return `\`${pathText(path)}\` ${found} which this version does not know`;
}

/** Marked so by `addUnknown` (`values.ts`). */
function isUnknownValue(issue: z.core.$ZodIssue): issue is z.core.$ZodIssueCustom & { params: { safe: unknown } } {
  return issue.code === 'custom' && issue.params !== undefined && 'safe' in issue.params;
}

function valueAt(value: unknown, path: JsonPath): unknown {
  let inner = value;
  for (const key of path) inner = isKeyed(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  return inner;
}

/** A copy in which the value at `path` is another. */
function replaceAt(value: unknown, [key, ...rest]: readonly PropertyKey[], by: unknown): unknown {
  if (key === undefined || !isKeyed(value)) return by;
  const replaced = replaceAt(value[key], rest, by);
  return Array.isArray(value) ? value.with(Number(key), replaced) : { ...value, [key]: replaced };
}

function isKeyed(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}
