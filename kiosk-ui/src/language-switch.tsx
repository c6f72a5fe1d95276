import type { JSX } from 'preact';
import { pageLanguages, useWords } from './page-words.tsx';
import { wordsOf } from './words/words-of.ts';

export function LanguageSwitch(): JSX.Element {
  const { language, words, choose } = useWords();
  return (
    <fieldset class="language-switch">
      <legend class="unseen">{words.chooseLanguage}</legend>
      {pageLanguages.map((one) => (
        <label key={one} lang={one} title={wordsOf[one].languageName}>
          <input class="unseen" type="radio" name="language" checked={one === language} onChange={() => choose(one)} />
          <span aria-hidden="true">{one.toUpperCase()}</span>
          <span class="unseen">{wordsOf[one].languageName}</span>
        </label>
      ))}
    </fieldset>
  );
}
