import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemLine } from '../../src/config/place.ts';
import { parseYaml, readYamlFile } from '../../src/config/read-yaml.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

function problemsIn(text: string): string[] {
  const answer = parseYaml(text);
  return 'problems' in answer ? answer.problems.map((problem) => problemLine('box.yaml', problem)) : [];
}

test.each([
  ['a tab', 'gates:\n\tmain-in: {}\n', ['box.yaml:2:1: a tab is used to indent: YAML wants spaces']],
  [
    'a key that stands twice',
    'branch: a\nhttp: {}\nbranch: b\n',
    ['box.yaml:3:1: this key stands twice in the same group: keep one of them'],
  ],
  [
    'a line that is indented differently',
    'http:\n  host: a\n port: 1\n',
    [expect.stringMatching(/^box.yaml:3:1: this line is indented differently/)],
  ],
  ['two documents', 'branch: a\n---\nbranch: b\n', [expect.stringMatching(/^box.yaml:2:1: a second document begins here/)]],
  [
    'a quote that is not closed',
    'branch: "center\nhttp: {}\n',
    ['box.yaml:3:1: a quote, bracket or comma is missing before here'],
  ],
  [
    'a missing colon',
    'branch center\nhttp: {}\n',
    [expect.stringMatching(/^box.yaml:1:1: this key runs over more than one line: is a `:` missing/)],
  ],
  [
    'an alias that nothing names',
    'a: 1\nbranch: *center\n',
    [expect.stringMatching(/^box.yaml:2:9: an alias .* without its anchor/)],
  ],
  ['a tag', 'branch: !x center\n', [expect.stringMatching(/^box.yaml:1:9: tags .* are not used here/)]],
  ['a list as a key', '? [a]\n: 1\n', ['box.yaml:1:3: a key must be plain text']],
  ['an empty file', '', ['box.yaml:1:1: the file is empty']],
  ['a file of comments', '# branch: center\n', ['box.yaml:1:1: the file is empty']],
  [
    'one mistake at which the parser stumbles twice',
    'a: b: c: d\n',
    [expect.stringMatching(/^box.yaml:1:4: a key stands where/)],
  ],
  ['two mistakes', 'a: 1\na: 2\nb: 1\nb: 2\n', [expect.stringContaining(':2:1:'), expect.stringContaining(':4:1:')]],
])('%s is named with its line and column', (_, text, problems) => {
  expect(problemsIn(text)).toEqual(problems);
});

test('aliases that multiply beyond measure are refused', () => {
  const layers = Array.from({ length: 12 }, (_, layer) => `l${layer + 1}: &l${layer + 1} [${`*l${layer}, `.repeat(9)}]`);
  expect(problemsIn(['l0: &l0 [1]', ...layers].join('\n'))).toEqual([expect.stringContaining('aliases')]);
});

test('what looks like yes or a time of day stays text, as YAML 1.2 has it', () => {
  expect(parseYaml('a: no\nb: on\nc: 22:30\nd: true\ne: 08\nf:\n')).toMatchObject({
    value: { a: 'no', b: 'on', c: '22:30', d: true, e: 8, f: null },
  });
});

test('every key and value can be found again in the text', () => {
  const answer = parseYaml('gates:\n  main-in:\n    services: [gym, pool]\n    relay:\nshared: &s { x: 1 }\nagain: *s\n');
  if ('problems' in answer) throw new Error('this file is good');
  const { locate } = answer;
  expect(locate(['gates', 'main-in'], 'key')).toEqual({ line: 2, column: 3 });
  expect(locate(['gates', 'main-in', 'services', 1], 'value')).toEqual({ line: 3, column: 21 });
  expect(locate(['again', 'x'], 'value')).toEqual({ line: 5, column: 17 });
  // What has no value, or is not there, stands at its key, or the key around it.
  expect(locate(['gates', 'main-in', 'relay'], 'value')).toEqual({ line: 4, column: 5 });
  expect(locate(['gates', 'main-in', 'relay', 'device'], 'value')).toEqual({ line: 4, column: 5 });
  expect(locate(['gates', 'main-in', 'zone'], 'value')).toEqual({ line: 2, column: 3 });
  expect(locate(['nothing'], 'value')).toEqual({ line: 1, column: 1 });
  expect(locate([], 'value')).toEqual({ line: 1, column: 1 });
});

test.each([
  [
    'not UTF-8',
    Buffer.from([...Buffer.from('a: 1\nb: '), 0xe9, 0x0a]),
    'box.yaml:2:4: what stands here is not UTF-8: save the file as UTF-8',
  ],
  ['UTF-16', Buffer.from('\uFEFFa: 1\n', 'utf16le'), 'box.yaml:1:1: the file is UTF-16: save it as UTF-8'],
])('a file that is %s is refused', (_, bytes, line) => {
  const path = join(temporaryFolder(), 'box.yaml');
  writeFileSync(path, bytes);
  const answer = readYamlFile(path);
  expect('problems' in answer && answer.problems.map((problem) => problemLine('box.yaml', problem))).toEqual([line]);
});

test('a byte order mark harms nothing', () => {
  const path = join(temporaryFolder(), 'box.yaml');
  writeFileSync(path, '\uFEFFbranch: center\n');
  expect(readYamlFile(path)).toMatchObject({ value: { branch: 'center' } });
});

test('a file that is missing, or a folder, is said to be so', () => {
  const folder = temporaryFolder();
  expect(readYamlFile(join(folder, 'none.yaml'))).toEqual({
    problems: [{ place: null, problem: expect.stringContaining('no such file') }],
  });
  expect(readYamlFile(folder)).toEqual({ problems: [{ place: null, problem: expect.stringContaining('folder') }] });
});
