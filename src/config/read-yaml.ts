import { readFileSync } from 'node:fs';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { decodeUtf8 } from '../lib/decode-utf8.ts';
import type { Place } from '../lib/locate-in-json.ts';
import { inOrder, type Locate, type Path, type Problem } from './place.ts';

/** What a file says, and where it says it; or why it cannot be read. */
export type YamlAnswer = { value: unknown; locate: Locate } | { problems: Problem[] };

/** Reads a YAML 1.2 (or JSON) file in UTF-8. Nothing is thrown for what an installer can put right. */
export function readYamlFile(path: string): YamlAnswer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { problems: [{ place: null, problem: unreadable((error as NodeJS.ErrnoException).code) }] };
  }
  const { text, valid } = decodeUtf8(bytes);
  return valid ? parseYaml(text) : { problems: [notUtf8(bytes, text)] };
}

/** YAML 1.2, core schema: `no`, `on` and `22:30` are text. One document. */
export function parseYaml(text: string): YamlAnswer {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { version: '1.2', schema: 'core', stringKeys: true, prettyErrors: false, lineCounter });
  const placeOf = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = [...document.errors, ...document.warnings].map((fault) => syntaxProblem(fault, placeOf));
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) faults.push({ place: placeOf(alias.range?.[0] ?? 0), problem: strayAlias });
    },
  });
  if (faults.length > 0) return { problems: onePerLine(inOrder(faults)) };
  if (document.contents === null) return { problems: [{ place: { line: 1, column: 1 }, problem: 'the file is empty' }] };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), locate: locateIn(document, placeOf) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return {
      problems: [
        { place: { line: 1, column: 1 }, problem: 'its aliases (`*name`) multiply beyond measure: write the values out' },
      ],
    };
  }
}

function unreadable(code: string | undefined): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file: check the path';
    case 'EISDIR':
      return 'this is a folder: name the file in it';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read it: check its owner and mode';
    default:
      return `it cannot be read (\`${code}\`)`;
  }
}

function notUtf8(bytes: Buffer, text: string): Problem {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { place: { line: 1, column: 1 }, problem: 'the file is UTF-16: save it as UTF-8' };
  }
  const lines = (text.split('\uFFFD', 1)[0] ?? '').split('\n');
  const place = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  return { place, problem: 'what stands here is not UTF-8: save the file as UTF-8' };
}

function syntaxProblem({ code, message, pos }: YAMLError, placeOf: (offset: number) => Place): Problem {
  return { place: placeOf(pos[0]), problem: syntaxWords[code] ?? message.charAt(0).toLowerCase() + message.slice(1) };
}

const strayAlias = 'an alias (`*name`) without its anchor: put text that begins with `*` in quotes';

const syntaxWords: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'this key stands twice in the same group: keep one of them',
  TAB_AS_INDENT: 'a tab is used to indent: YAML wants spaces',
  BAD_INDENT:
    'this line is indented differently from the ones it belongs to: use the same number of spaces, or close the bracket that is open above',
  MULTIPLE_DOCS: 'a second document begins here: keep one, without `---` between',
  BAD_ALIAS: strayAlias,
  MISSING_CHAR: 'a quote, bracket or comma is missing before here',
  UNEXPECTED_TOKEN: 'this does not fit here: look for a missing line break, quote or bracket before it',
  MULTILINE_IMPLICIT_KEY: 'this key runs over more than one line: is a `:` missing, or a quote not closed?',
  BLOCK_AS_IMPLICIT_KEY: 'a key stands where only a value fits: put it on a line of its own',
  BAD_SCALAR_START: 'text that begins with this sign must be in quotes',
  NON_STRING_KEY: 'a key must be plain text',
  TAG_RESOLVE_FAILED: 'tags (`!name`) are not used here: put text that begins with `!` in quotes',
};

/** One mistake often makes the parser stumble again on the same line. */
function onePerLine(problems: Problem[]): Problem[] {
  const seen = new Set<number | undefined>();
  return problems.filter(({ place }) => {
    const known = seen.has(place?.line);
    seen.add(place?.line);
    return !known;
  });
}

function locateIn(document: Document, placeOf: (offset: number) => Place): Locate {
  return (path: Path, part) => {
    let key: Node | null = null;
    let value: unknown = document.contents;
    for (const step of path) {
      const group = isAlias(value) ? value.resolve(document) : value;
      if (isMap(group)) {
        const pair = group.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (pair === undefined) return startOf(key ?? document.contents);
        key = pair.key as Node;
        value = pair.value;
      } else if (isSeq(group) && typeof step === 'number' && isNode(group.items[step])) {
        value = group.items[step];
        key = value as Node;
      } else {
        return startOf(key ?? document.contents);
      }
    }
    return startOf(part === 'key' || !isNode(value) || isEmpty(value) ? (key ?? document.contents) : value);
  };

  function startOf(node: Node | null): Place {
    return placeOf(node?.range?.[0] ?? 0);
  }
}

/** `key:` with nothing after it. */
function isEmpty(node: Node): boolean {
  return isScalar(node) && node.range?.[0] === node.range?.[1];
}
