/** Keys and indexes from the root of a JSON text. */
export type JsonPath = readonly (string | number)[];

/** 1-based; columns count UTF-16 units, as editors do. */
export interface Place {
  line: number;
  column: number;
}

/**
 * Where the values at `paths` begin in a JSON text that `JSON.parse` accepts, in the order of `paths`. A path that leads nowhere
 * is placed at the innermost value on it that does exist. One pass over the text, whatever the number of paths.
 */
export function locateInJson(text: string, paths: readonly JsonPath[]): Place[] {
  const root: Wanted = { offset: 0, children: new Map() };
  const leaves = paths.map((path) => path.reduce(childOf, root));
  walk(text, root);
  return placesOf(text, leaves.map(offsetOf));
}

/** The first place at which `text` is not JSON (RFC 8259), and what is wrong there; null when it is JSON. */
export function findJsonMistake(text: string): (Place & { problem: string }) | null {
  const mistake = walk(text, null);
  if (mistake === null) return null;
  const found = mistake.offset >= text.length ? 'the text ends here' : `found \`${text.charAt(mistake.offset)}\``;
  return { ...placeOf(text, mistake.offset), problem: `${found}; expected ${mistake.expected}` };
}

/** The place of the character at `offset`. */
export function placeOf(text: string, offset: number): Place {
  return placesOf(text, [offset])[0] ?? { line: 1, column: 1 };
}

interface Wanted {
  /** Null until the value was met. */
  offset: number | null;
  children: Map<string | number, Wanted>;
  parent?: Wanted;
}

function childOf(parent: Wanted, key: string | number): Wanted {
  const known = parent.children.get(key);
  if (known) return known;
  const child: Wanted = { offset: null, children: new Map(), parent };
  parent.children.set(key, child);
  return child;
}

function offsetOf(wanted: Wanted): number {
  let node: Wanted | undefined = wanted;
  while (node && node.offset === null) node = node.parent;
  return node?.offset ?? 0;
}

function placesOf(text: string, offsets: readonly number[]): Place[] {
  const places: Place[] = offsets.map(() => ({ line: 1, column: 1 }));
  const inOrder = offsets.map((offset, index) => ({ offset, index })).sort((a, b) => a.offset - b.offset);
  let line = 1;
  let lineStart = 0;
  let lineEnd = endOfLine(text, lineStart);
  for (const { offset, index } of inOrder) {
    while (lineEnd < offset) {
      line += 1;
      lineStart = lineEnd + 1;
      lineEnd = endOfLine(text, lineStart);
    }
    places[index] = { line, column: offset - lineStart + 1 };
  }
  return places;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

interface Mistake {
  offset: number;
  expected: string;
}

interface Container {
  isObject: boolean;
  /** What is wanted inside it; null: nothing. */
  wanted: Wanted | null;
  /** Elements met so far, of a list. */
  index: number;
}

/** One pass over a JSON text with a stack of its own, so that depth costs no call stack: sets the offsets of what is wanted, stops at the first mistake. */
function walk(text: string, root: Wanted | null): Mistake | null {
  const open: Container[] = [];
  let wanted = root;
  let at = skipSpace(text, 0);
  for (;;) {
    if (wanted) wanted.offset = at;
    const first = text.charCodeAt(at);
    if (first === openBrace || first === openBracket) {
      const isObject = first === openBrace;
      at = skipSpace(text, at + 1);
      if (text.charCodeAt(at) === (isObject ? closeBrace : closeBracket)) at += 1;
      else {
        const container = { isObject, wanted: wanted && wanted.children.size > 0 ? wanted : null, index: 0 };
        open.push(container);
        const member = enter(text, at, container);
        if ('expected' in member) return member;
        ({ at, wanted } = member);
        continue;
      }
    } else {
      const end = scalarEnd(text, at);
      if (typeof end !== 'number') return end;
      at = end;
    }
    for (;;) {
      at = skipSpace(text, at);
      const container = open.at(-1);
      if (container === undefined) return at === text.length ? null : { offset: at, expected: 'nothing more' };
      const next = text.charCodeAt(at);
      if (next === comma) {
        container.index += 1;
        const member = enter(text, skipSpace(text, at + 1), container);
        if ('expected' in member) return member;
        ({ at, wanted } = member);
        break;
      }
      if (next !== (container.isObject ? closeBrace : closeBracket))
        return { offset: at, expected: container.isObject ? '`,` or `}`' : '`,` or `]`' };
      open.pop();
      at += 1;
    }
  }
}

/** From the start of a member or element to the start of its value. */
function enter(text: string, at: number, container: Container): { at: number; wanted: Wanted | null } | Mistake {
  if (!container.isObject) return { at, wanted: container.wanted?.children.get(container.index) ?? null };
  if (text.charCodeAt(at) !== quote) return { offset: at, expected: 'a key in double quotes' };
  const end = stringEnd(text, at);
  if (typeof end !== 'number') return end;
  const colonAt = skipSpace(text, end);
  if (text.charCodeAt(colonAt) !== colon) return { offset: colonAt, expected: '`:`' };
  const wanted = container.wanted?.children.get(JSON.parse(text.slice(at, end)) as string) ?? null;
  return { at: skipSpace(text, colonAt + 1), wanted };
}

function scalarEnd(text: string, at: number): number | Mistake {
  if (text.charCodeAt(at) === quote) return stringEnd(text, at);
  scalar.lastIndex = at;
  return scalar.test(text) ? scalar.lastIndex : { offset: at, expected: 'a value' };
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function stringEnd(text: string, start: number): number | Mistake {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === backslash) {
      escape.lastIndex = at;
      if (!escape.test(text)) return { offset: at, expected: 'an escape such as `\\n` or `\\u0041`' };
      at = escape.lastIndex;
    } else if (code >= 0x20) at += 1;
    else
      return { offset: at, expected: at < text.length ? 'an escape: a control character cannot stand in text' : 'a closing `"`' };
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
