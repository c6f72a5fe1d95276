import { z } from 'zod';
import { nearest } from '../lib/nearest.ts';
import { pathText } from '../lib/path-text.ts';
import type { Locate, Path, Problem } from './place.ts';

type Schema = z.core.$ZodTypes;

export type ShapeAnswer<Value> = { value: Value } | { problems: Problem[] };

/**
 * Checks `value` against a schema and says of every mistake at once where it stands, what was found and what is allowed.
 * `at` is where the value stands in its file. A message written into the schema must go on from "`key` is `value`: …".
 */
export function checkShape<S extends z.ZodType>(schema: S, value: unknown, at: Path, locate: Locate): ShapeAnswer<z.output<S>> {
  const answer = schema.safeParse(value, { error: () => '' });
  if (answer.success) return { value: answer.data };
  return { problems: answer.error.issues.flatMap((issue) => explain(issue, schema as unknown as Schema, value, at, locate)) };
}

/** The keys of a group, in words. */
export function describeKeys(group: z.ZodObject): { key: string; allowed: string; explanation: string }[] {
  return Object.entries(group.shape as Record<string, Schema>).map(([key, schema]) => ({
    key,
    allowed: allowedBy(schema),
    explanation: descriptionOf(schema),
  }));
}

function explain(issue: z.core.$ZodIssue, root: Schema, value: unknown, at: Path, locate: Locate): Problem[] {
  const path = [...at, ...issue.path];
  const schema = schemaAt(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysOf(schema);
    return issue.keys.map((key) => ({ place: locate([...path, key], 'key'), problem: unknownKey(key, allowed, path) }));
  }
  if (issue.code === 'invalid_key') {
    const why = issue.issues[0]?.message || 'must have another form';
    return [{ place: locate(path, 'key'), problem: `the name \`${String(path.at(-1))}\` does not fit: ${why}` }];
  }
  const found = valueAt(value, issue.path);
  const name = path.length === 0 ? 'the file' : `\`${pathText(path)}\``;
  if (found === undefined) {
    const explanation = schema && descriptionOf(schema);
    return [{ place: locate(path, 'value'), problem: `${name} is missing${explanation ? `: ${explanation}` : ''}` }];
  }
  const must = issue.message || `must be ${schema ? allowedBy(schema) : 'something else'}`;
  return [{ place: locate(path, 'value'), problem: `${name} is ${foundText(found)}: ${must}${hint(found, schema)}` }];
}

function unknownKey(key: string, allowed: string[], path: Path): string {
  const suggestion = nearest(key, allowed);
  const meant = suggestion === null ? '' : `did you mean \`${suggestion}\`? `;
  const where = path.length === 0 ? 'at the top' : `in \`${pathText(path)}\``;
  return `unknown key \`${key}\`: ${meant}allowed ${where}: ${listed(allowed)}`;
}

function hint(found: unknown, schema: Schema | null): string {
  if (schema === null) return '';
  const allowed = wordsOf(schema);
  const meant = typeof found === 'string' ? nearest(found, allowed) : null;
  if (meant !== null) return `; did you mean \`${meant}\`?`;
  const wantsText = bare(schema)._zod.def.type === 'string';
  return wantsText && (typeof found === 'number' || typeof found === 'boolean') ? `: put it in quotes, \`"${found}"\`` : '';
}

function foundText(found: unknown): string {
  if (found === null) return 'empty';
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object') return 'a group of keys';
  const text = String(found);
  return text === '' ? 'empty text' : `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

/** What a schema allows, in words that follow "must be". */
function allowedBy(schema: Schema): string {
  const { def } = schema._zod;
  switch (def.type) {
    case 'nullable':
      return `${allowedBy(def.innerType as Schema)} or \`null\``;
    case 'string':
      return 'text';
    case 'number':
      return numberWords(schema as unknown as z.ZodNumber);
    case 'boolean':
      return '`true` or `false`';
    case 'enum':
    case 'literal': {
      const words = wordsOf(schema);
      return words.length === 1 ? listed(words) : `one of ${listed(words)}`;
    }
    case 'array':
      return `a list, each item ${allowedBy(def.element as Schema)}`;
    case 'object':
    case 'record':
      return `a group of keys${def.type === 'object' ? ` (${listed(keysOf(schema))})` : ''}`;
    case 'union':
      return def.options.map((option) => allowedBy(option as Schema)).join(' or ');
    default:
      return bare(schema) === schema ? 'something else' : allowedBy(bare(schema));
  }
}

function numberWords({ minValue, maxValue, format }: z.ZodNumber): string {
  const isWhole = format === 'safeint' || format === 'int32' || format === 'uint32';
  const bounded = (bound: number | null) => bound !== null && Number.isFinite(bound) && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  const from = bounded(minValue) ? ` from ${minValue}` : '';
  const to = bounded(maxValue) ? (from === '' ? ` up to ${maxValue}` : ` to ${maxValue}`) : from === '' ? '' : ' up';
  return `a ${isWhole ? 'whole ' : ''}number${from}${to}`;
}

/** The words of a closed list; empty for anything else. */
function wordsOf(schema: Schema): string[] {
  const { def } = bare(schema)._zod;
  if (def.type === 'enum') return Object.values(def.entries).map(String);
  if (def.type === 'literal') return def.values.map(String);
  return [];
}

function keysOf(schema: Schema | null): string[] {
  const def = schema && bare(schema)._zod.def;
  return def?.type === 'object' ? Object.keys(def.shape) : [];
}

function descriptionOf(schema: Schema): string {
  return z.globalRegistry.get(schema)?.description ?? '';
}

function listed(words: string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

/** The schema behind defaults and the like. */
function bare(schema: Schema): Schema {
  const { def } = schema._zod;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'nonoptional':
    case 'nullable':
    case 'readonly':
    case 'catch':
      return bare(def.innerType as Schema);
    case 'pipe':
      return bare(def.in as Schema);
    default:
      return schema;
  }
}

function schemaAt(schema: Schema, [step, ...rest]: Path): Schema | null {
  if (step === undefined) return schema;
  const inner = innerAt(bare(schema), step);
  return inner === null ? null : schemaAt(inner, rest);
}

function innerAt({ _zod: { def } }: Schema, step: PropertyKey): Schema | null {
  switch (def.type) {
    case 'object':
      return (def.shape[String(step)] as Schema | undefined) ?? null;
    case 'record':
      return def.valueType as Schema;
    case 'array':
      return def.element as Schema;
    case 'union':
      return def.options.map((option) => innerAt(bare(option as Schema), step)).find((inner) => inner !== null) ?? null;
    default:
      return null;
  }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[step], value);
}
