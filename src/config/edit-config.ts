import { type Document, isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { pathText } from '../lib/path-text.ts';
import type { Path } from './place.ts';
import { parseYaml } from './read-yaml.ts';

/** What a group of the configuration is to say: keys with their values, groups in groups too. */
export type GroupChange = Readonly<Record<string, unknown>>;

export type EditAnswer = { text: string } | { problem: string };

/**
 * A configuration's text with these keys of one group (`readers.entrance`, `gates.main-in`) changed and everything else, remarks and
 * all, left as it stands. A group named in `whole` is replaced, of others only the keys given change. What would need more than
 * that is refused in words, with what to write by hand.
 */
export function editConfig(text: string, at: Path, change: GroupChange, whole: readonly string[] = []): EditAnswer {
  const document = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true, prettyErrors: false });
  const place = document.getIn(at, true);
  const byHand = (why: string) => ({ problem: `\`${pathText(at)}\` ${why}: write it by hand: ${inline(change)}` });
  if (!isMap(place)) return byHand(place === undefined ? 'is not there' : 'is not written out here');
  const splices = spliceGroup(text, place, rangeOfNode(place), change, whole);
  const changed = (splices ?? [])
    .toSorted((a, b) => b.from - a.from)
    .reduce((before, splice) => before.slice(0, splice.from) + splice.text + before.slice(splice.to), text);
  return splices !== null && saysWhatIsWanted(document, changed, at, change, whole)
    ? { text: changed }
    : byHand('is written in a way that cannot be changed in place');
}

interface Range {
  from: number;
  to: number;
}

type Splice = Range & { text: string };

/** Null: this text has a form that is not known here. */
function spliceGroup(
  text: string,
  group: YAMLMap,
  range: Range | null,
  change: GroupChange,
  whole: readonly string[],
): Splice[] | null {
  const entries = Object.entries(change).filter(([, wanted]) => wanted !== undefined);
  if (entries.length === 0) return [];
  if (group.items.length === 0) return range && [{ ...endTrimmed(text, range), text: inline(change) }];
  const splices: Splice[] = [];
  const added: string[] = [];
  for (const [key, wanted] of entries) {
    const own = pairOf(group, key);
    const ownRange = rangeOf(own);
    if (own === null) {
      if (!isEmptyGroup(wanted)) added.push(`${key}: ${scalarText(wanted)}`);
    } else if (ownRange === null) return null;
    else if (isMap(own.value) && isGroup(wanted) && !whole.includes(key)) {
      const inner = spliceGroup(text, own.value, ownRange, wanted, []);
      if (inner === null) return null;
      splices.push(...inner);
    } else if (isMap(own.value) || isScalar(own.value)) {
      if (valueOf(own) !== wanted) splices.push({ ...endTrimmed(text, ownRange), text: scalarText(wanted) });
    } else return null;
  }
  const neighbour = pairOf(group, 'device') ?? group.items.at(-1) ?? null;
  for (const line of added.toReversed()) {
    const splice = insertion(text, group, neighbour, line);
    if (splice === null) return null;
    splices.push(splice);
  }
  return splices;
}

function isGroup(value: unknown): value is GroupChange {
  return value !== null && typeof value === 'object';
}

function isEmptyGroup(value: unknown): boolean {
  return isGroup(value) && Object.keys(value).length === 0;
}

/** Puts one more key behind another of the same group, in the way that the group is written. */
function insertion(text: string, group: YAMLMap, after: Pair | null, line: string): Splice | null {
  const keyRange = (after?.key as Scalar | undefined)?.range;
  const range = after === null ? null : rangeOf(after);
  if (!keyRange || range === null) return null;
  if (group.flow) return { from: range.to, to: range.to, text: `, ${line}` };
  const lineStart = text.lastIndexOf('\n', keyRange[0] - 1) + 1;
  const lineEnd = text.indexOf('\n', Math.max(endTrimmed(text, range).to, keyRange[1]));
  const at = lineEnd === -1 ? text.length : lineEnd;
  return { from: at, to: at, text: `\n${' '.repeat(keyRange[0] - lineStart)}${line}` };
}

/** Whether the changed text says the change and nothing but it. */
function saysWhatIsWanted(document: Document, changed: string, at: Path, change: GroupChange, whole: readonly string[]): boolean {
  const file = parseYaml(changed);
  if ('problems' in file) return false;
  // Written out, so that what an alias repeats is not changed in two places.
  const wanted = JSON.parse(JSON.stringify(document.toJS())) as unknown;
  const place = at.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)[key], wanted);
  merge(place as Record<string, unknown>, change, whole);
  return canonical(file.value) === canonical(wanted);
}

function merge(into: Record<string, unknown>, change: GroupChange, whole: readonly string[]): void {
  for (const [key, wanted] of Object.entries(change)) {
    const own = into[key];
    if (isGroup(own) && isGroup(wanted) && !whole.includes(key)) merge(own, wanted, []);
    else if (own !== undefined || !isEmptyGroup(wanted)) into[key] = wanted;
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function pairOf(group: YAMLMap, key: string): Pair | null {
  return group.items.find((item) => isScalar(item.key) && String(item.key.value) === key) ?? null;
}

function valueOf(pair: Pair | null): unknown {
  return isScalar(pair?.value) ? pair.value.value : undefined;
}

/** Where a key's value stands, without what follows it. */
function rangeOf(pair: Pair | null): Range | null {
  return rangeOfNode(pair?.value);
}

function rangeOfNode(node: unknown): Range | null {
  const range = (node as { range?: [number, number, number] | null } | null | undefined)?.range;
  return range ? { from: range[0], to: range[1] } : null;
}

/** A group in lines ends where the next key begins; what it says ends before the white space. */
function endTrimmed(text: string, { from, to }: Range): Range {
  return { from, to: from + text.slice(from, to).trimEnd().length };
}

/** `{ number: low24 }`. */
export function inline(settings: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(settings).map(([key, value]) => `${key}: ${scalarText(value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function scalarText(value: unknown): string {
  if (value !== null && typeof value === 'object') return inline(value as Record<string, unknown>);
  if (typeof value !== 'string') return String(value);
  const isPlain = /^[A-Za-z][\w-]*$/.test(value) && !['true', 'false', 'null'].includes(value.toLowerCase());
  return isPlain ? value : JSON.stringify(value);
}
