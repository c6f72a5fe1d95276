import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const stories = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const page = readFileSync(fileURLToPath(new URL('../../docs/rules.md', import.meta.url)), 'utf8');
const linked = [...page.matchAll(/\.\.\/test\/scenarios\/([\w-]+\.yaml)/g)].map(([, file]) => file ?? '');

test('the page of the rules has a paragraph for each of the 35, in their order of asking, with a story', () => {
  const paragraphs = page.split(/^### /m).slice(1);
  const numbers = paragraphs.map((paragraph) => Number(/^\d+/.exec(paragraph)?.[0]));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 35 }, (_, index) => index + 1));
  for (const paragraph of paragraphs) expect(paragraph).toMatch(/^Stor(y|ies): \[/m);
});

test('every story that the page tells is there, and every story is told', () => {
  expect(linked.filter((file) => !stories.includes(file))).toEqual([]);
  expect(stories.filter((file) => !linked.includes(file))).toEqual([]);
});

test('every rule has a story that names it', () => {
  const named = stories.flatMap((file) =>
    (/^# Rules: (.*)$/m.exec(readFileSync(`${folder}/${file}`, 'utf8'))?.[1] ?? '').split(',').map(Number),
  );
  const missing = Array.from({ length: 35 }, (_, index) => index + 1).filter((rule) => !named.includes(rule));
  expect(missing).toEqual([]);
});
