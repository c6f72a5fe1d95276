import { type Document, isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { pathText } from '../lib/path-text.ts';
import type { Path } from './place.ts';
import { parseYaml } from './read-yaml.ts';

/** What a place in the configuration is to say. */
export interface DeviceChange {
  /** Left out: the product stays. */
  device?: string;
  /** Keys to set. When the product changes, those of the old one go. */
  settings: Readonly<Record<string, unknown>>;
}

export type EditAnswer = { text: string } | { problem: string };

/**
 * A configuration's text with the `device` and `settings` of one place (`readers.entrance`, `gates.main-in.turnstile`) changed and
 * everything else, remarks and all, left as it stands. What would need more than that is refused in words.
 */
export function editDevice(text: string, at: Path, { device, settings }: DeviceChange): EditAnswer {
  const document = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true, prettyErrors: false });
  const place = document.getIn(at, true);
  const byHand = (why: string) => ({
    problem: `\`${pathText(at)}\` ${why}: write it by hand: ${inline({ ...(device && { device }), settings })}`,
  });
  if (!isMap(place)) return byHand(place === undefined ? 'is not there' : 'is not written out here');

  const splices: Splice[] = [];
  const deviceAt = pairOf(place, 'device');
  const changesDevice = device !== undefined && valueOf(deviceAt) !== device;
  if (changesDevice) {
    const range = rangeOf(deviceAt);
    if (range === null) return byHand('names no product');
    splices.push({ ...range, text: scalarText(device) });
  }
  const settingsSplices = spliceSettings(text, place, settings, changesDevice);
  if (settingsSplices === null) return byHand('is written in a way that cannot be changed in place');
  const changed = [...splices, ...settingsSplices]
    .toSorted((a, b) => b.from - a.from)
    .reduce((before, splice) => before.slice(0, splice.from) + splice.text + before.slice(splice.to), text);
  return saysWhatIsWanted(document, changed, at, { ...(device !== undefined && { device }), settings }, changesDevice)
    ? { text: changed }
    : byHand('is written in a way that cannot be changed in place');
}

interface Splice {
  from: number;
  to: number;
  text: string;
}

/** Null: this text has a form that is not known here. */
function spliceSettings(text: string, place: YAMLMap, settings: DeviceChange['settings'], replaces: boolean): Splice[] | null {
  const pair = pairOf(place, 'settings');
  const entries = Object.entries(settings);
  if (pair === null)
    return entries.length === 0
      ? []
      : [insertion(text, place, pairOf(place, 'device'), `settings: ${inline(settings)}`)].flatMap((one) => one ?? []);
  const { value } = pair;
  const range = rangeOf(pair);
  if (range === null || !isMap(value)) return null;
  if (replaces || value.items.length === 0) return [{ ...endTrimmed(text, range), text: inline(settings) }];
  const splices: Splice[] = [];
  const added: string[] = [];
  for (const [key, wanted] of entries) {
    const own = pairOf(value, key);
    if (own === null) added.push(`${key}: ${scalarText(wanted)}`);
    else if (valueOf(own) !== wanted) {
      const ownRange = rangeOf(own);
      if (ownRange === null || !isScalar(own.value)) return null;
      splices.push({ ...ownRange, text: scalarText(wanted) });
    }
  }
  const last = value.items.at(-1) ?? null;
  for (const line of added.toReversed()) {
    const splice = insertion(text, value, last, line);
    if (splice === null) return null;
    splices.push(splice);
  }
  return splices;
}

/** Puts one more key behind another of the same group, in the way that the group is written. */
function insertion(text: string, group: YAMLMap, after: Pair | null, line: string): Splice | null {
  const keyRange = (after?.key as Scalar | undefined)?.range;
  const range = after === null ? null : rangeOf(after);
  if (!keyRange || range === null) return null;
  if (group.flow) return { from: range.to, to: range.to, text: `, ${line}` };
  const lineStart = text.lastIndexOf('\n', keyRange[0] - 1) + 1;
  const lineEnd = text.indexOf('\n', endTrimmed(text, range).to);
  const at = lineEnd === -1 ? text.length : lineEnd;
  return { from: at, to: at, text: `\n${' '.repeat(keyRange[0] - lineStart)}${line}` };
}

/** Whether the changed text says the change and nothing but it. */
function saysWhatIsWanted(document: Document, changed: string, at: Path, change: DeviceChange, replaces: boolean): boolean {
  const file = parseYaml(changed);
  if ('problems' in file) return false;
  const wanted = structuredClone(document.toJS() as unknown);
  const place = at.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)[key], wanted) as Record<
    string,
    unknown
  >;
  const settings = { ...(replaces ? {} : (place['settings'] as object | undefined)), ...change.settings };
  if (change.device !== undefined) place['device'] = change.device;
  if (Object.keys(settings).length > 0 || place['settings'] !== undefined) place['settings'] = settings;
  return canonical(file.value) === canonical(wanted);
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
function rangeOf(pair: Pair | null): { from: number; to: number } | null {
  const range = (pair?.value as { range?: [number, number, number] } | null | undefined)?.range;
  return range === undefined ? null : { from: range[0], to: range[1] };
}

/** A group in lines ends where the next key begins; what it says ends before the white space. */
function endTrimmed(text: string, { from, to }: { from: number; to: number }): { from: number; to: number } {
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
