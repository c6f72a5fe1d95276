import { describe, expect, it } from 'vitest';
import { countedText } from '../../kiosk-ui/src/words/plural.ts';
import type { Words } from '../../kiosk-ui/src/words/words.ts';
import { wordsOf } from '../../kiosk-ui/src/words/words-of.ts';
import { type Language, languages } from '../../src/domain/member/member.ts';

/** Every text by its path; texts with something in them are called with words that no text contains. */
function textsOf(words: unknown, path = ''): Map<string, string> {
  if (typeof words === 'string') return new Map([[path, words]]);
  if (typeof words === 'function') return new Map([[path, String(words('⟨1⟩', '⟨2⟩'))]]);
  if (typeof words !== 'object' || words === null) throw new Error(`\`${path}\` is neither words nor a text`);
  return new Map(Object.entries(words).flatMap(([key, value]) => [...textsOf(value, path === '' ? key : `${path}.${key}`)]));
}

const pluralKeys = /\.(?:zero|one|two|few|many|other)$/u;

/** The paths of counted texts, without their plural form. */
function countedPaths(words: Words): string[] {
  return [
    ...new Set([...textsOf(words).keys()].filter((path) => pluralKeys.test(path)).map((path) => path.replace(pluralKeys, ''))),
  ];
}

describe.each(languages)("the pages' words in %s", (language) => {
  const texts = textsOf(wordsOf[language]);

  it('say everything that the English ones say, and nothing more', () => {
    const names = (map: Map<string, string>) => [...new Set([...map.keys()].map((path) => path.replace(pluralKeys, '')))].sort();
    expect(names(texts)).toEqual(names(textsOf(wordsOf.en)));
  });

  it('leave no text empty', () => {
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('put the same values into a text as the English ones', () => {
    const values = (text: string) => [...new Set(text.match(/⟨\d⟩|#/gu) ?? [])].sort();
    for (const [path, text] of textsOf(wordsOf.en)) expect([path, values(texts.get(path) ?? '')]).toEqual([path, values(text)]);
  });

  it('have a text of their own for every plural form that a whole number takes', () => {
    const rules = new Intl.PluralRules(language);
    for (const path of countedPaths(wordsOf[language])) {
      for (let count = 0; count <= 200; count++) expect(texts.has(`${path}.${rules.select(count)}`)).toBe(true);
    }
  });
});

describe('words that were left in English', () => {
  const english = textsOf(wordsOf.en);
  const same = new Set(['desk.signIn.pin']);

  it.each(['ru', 'uk', 'pl'] as const)('there are none in %s', (language) => {
    const left = [...textsOf(wordsOf[language])].filter(([path, text]) => english.get(path) === text && !same.has(path));
    expect(left.filter(([, text]) => /[a-z]{3}/iu.test(text))).toEqual([]);
  });
});

describe('a number of visits', () => {
  const left = (language: Language, count: number) => countedText(language, wordsOf[language].desk.taps.left, count);

  it.each<[Language, number, string]>([
    ['en', 1, '1 visit left'],
    ['en', 0, '0 visits left'],
    ['en', 21, '21 visits left'],
    ['ru', 1, 'осталось 1 посещение'],
    ['ru', 3, 'осталось 3 посещения'],
    ['ru', 11, 'осталось 11 посещений'],
    ['ru', 21, 'осталось 21 посещение'],
    ['uk', 2, 'залишилося 2 візити'],
    ['uk', 5, 'залишилося 5 візитів'],
    ['pl', 1, 'została 1 wizyta'],
    ['pl', 4, 'zostały 4 wizyty'],
    ['pl', 12, 'zostało 12 wizyt'],
    ['pl', 22, 'zostały 22 wizyty'],
  ])('in %s: %i', (language, count, text) => {
    expect(left(language, count)).toBe(text);
  });
});
