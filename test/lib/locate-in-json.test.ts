import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonMistake, type JsonPath, locateInJson } from '../../src/lib/locate-in-json.ts';

/** Every path in a value, with the value that stands there. */
function pathsOf(value: unknown, path: JsonPath = []): [JsonPath, unknown][] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return [[path, value], ...inner];
}

function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}

describe('the place of a value', () => {
  test('is its line and column, 1-based', () => {
    const text = '{\n  "members": [\n    {"id": "m1"}, {"id": 7}\n  ]\n}\n';
    expect(locateInJson(text, [['members', 1, 'id'], [], ['members']])).toEqual([
      { line: 3, column: 26 },
      { line: 1, column: 1 },
      { line: 2, column: 14 },
    ]);
  });

  test('is the first column where a line begins with it', () => {
    expect(locateInJson('[\n1,\n2]', [[0], [1]])).toEqual([
      { line: 2, column: 1 },
      { line: 3, column: 1 },
    ]);
  });

  test('of a key that is missing is that of the innermost value that is there', () => {
    const text = '{"memberships": [{"id": "p1",\n "visits": {"includes": {}}}]}';
    expect(locateInJson(text, [['memberships', 0, 'visits', 'left']])).toEqual([{ line: 2, column: 12 }]);
    expect(locateInJson(text, [['memberships', 5, 'id']])).toEqual([{ line: 1, column: 17 }]);
  });

  test('of a key that stands there twice is that of the last, which is the one that counts', () => {
    expect(locateInJson('{"a": 1, "a": 2}', [['a']])).toEqual([{ line: 1, column: 15 }]);
  });

  test('is right for every value of any JSON, however it is laid out', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (json, indent) => {
        const value: unknown = JSON.parse(json);
        const text = JSON.stringify(value, null, indent);
        const paths = pathsOf(value);
        const places = locateInJson(
          text,
          paths.map(([path]) => path),
        );
        paths.forEach(([path, found], index) => {
          const place = places[index];
          const rest = place && text.slice(offsetOf(text, place));
          const written = JSON.stringify(found, null, indent);
          // Nested values are indented further than the same value alone: compare without white space.
          expect(rest?.replace(/\s/g, '').startsWith(written.replace(/\s/g, '')), JSON.stringify(path)).toBe(true);
        });
      }),
    );
  });

  test('costs one pass for many places in one long line', () => {
    const text = JSON.stringify(Array.from({ length: 200_000 }, (_, index) => index));
    const paths = Array.from({ length: 200_000 }, (_, index) => [index]);
    const startedMs = performance.now();
    expect(locateInJson(text, paths).at(-1)).toEqual({ line: 1, column: text.lastIndexOf(',') + 2 });
    // It takes some 0.2 s; a pass for each place would take minutes.
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  test('costs no call stack, however deep the value lies', () => {
    const depth = 100_000;
    const path = Array.from({ length: depth }, () => 0);
    expect(locateInJson(`${'['.repeat(depth)}7${']'.repeat(depth)}`, [path])).toEqual([{ line: 1, column: depth + 1 }]);
  });
});

describe('a mistake in the JSON', () => {
  test.each([
    ['', 1, 1, 'the text ends here; expected a value'],
    ['{"a": 1,}', 1, 9, 'found `}`; expected a key in double quotes'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'found `"`; expected `,` or `}`'],
    ['[1, 2', 1, 6, 'the text ends here; expected `,` or `]`'],
    ["{'a': 1}", 1, 2, "found `'`; expected a key in double quotes"],
    ['[1, NaN]', 1, 5, 'found `N`; expected a value'],
    ['{"a" 1}', 1, 6, 'found `1`; expected `:`'],
    ['["a\\x"]', 1, 4, 'found `\\`; expected an escape such as `\\n` or `\\u0041`'],
    ['["open', 1, 7, 'the text ends here; expected a closing `"`'],
    ['{} {}', 1, 4, 'found `{`; expected nothing more'],
    ['[01]', 1, 3, 'found `1`; expected `,` or `]`'],
  ])('%j is named with its place', (text, line, column, problem) => {
    expect(findJsonMistake(text)).toEqual({ line, column, problem });
  });

  test('is found exactly where JSON.parse finds one', () => {
    const damaged = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', '"', '\\', '0', '-', '.', 'e', ' ', '\u0007', '\u2028', 'nul'),
      )
      .map(([json, position, insert]) => {
        const at = position % (json.length + 1);
        return json.slice(0, at) + insert + json.slice(at + (position % 2));
      });
    fc.assert(
      fc.property(damaged, (text) => {
        expect(findJsonMistake(text) === null).toBe(isJson(text));
      }),
      { numRuns: 1000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
