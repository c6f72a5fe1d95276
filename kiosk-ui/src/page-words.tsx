import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Language } from '../../src/domain/member/member.ts';
import { type Counted, countedText } from './words/plural.ts';
import type { Words } from './words/words.ts';
import { wordsOf } from './words/words-of.ts';

/** The language of a page that somebody works with, and its words. */
export interface PageWords {
  language: Language;
  words: Words;
  counted(forms: Counted<never>, count: number): string;
  choose(language: Language): void;
}

const storedUnder = 'gatehouse.language';

const Context = createContext<PageWords | null>(null);

/** Gives the pages below it their language: the one chosen last in this browser, else the browser's own. */
export function PageWordsProvider({ children }: { children: ComponentChildren }): JSX.Element {
  const [language, setLanguage] = useState<Language>(preferredLanguage);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const page = useMemo<PageWords>(
    () => ({
      language,
      words: wordsOf[language],
      counted: (forms, count) => countedText(language, forms, count),
      choose(chosen) {
        localStorage.setItem(storedUnder, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Context.Provider value={page}>{children}</Context.Provider>;
}

export function useWords(): PageWords {
  const page = useContext(Context);
  if (page === null) throw new Error('words are used outside of `PageWordsProvider`');
  return page;
}

/** Every language that the pages speak, in the order of the switch. */
export const pageLanguages = Object.keys(wordsOf) as Language[];

/** The language chosen last in this browser, else the browser's own, else English. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(storedUnder) ?? '', ...navigator.languages.map((tag) => tag.slice(0, 2))];
  for (const tag of wanted) {
    const known = pageLanguages.find((language) => language === tag);
    if (known !== undefined) return known;
  }
  return 'en';
}
