import type { ReaderProfile } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import { checkShape } from './check-shape.ts';
import type { SettingsVariant } from './settings-variants.ts';

/**
 * A product's settings from words (`number=low24`), each taken as what the product wants there: text, a number, true or false.
 * Throws `Failure` (`bad_input`) that names what is wrong and what is allowed.
 */
export function parseSettings({ settings }: Pick<ReaderProfile, 'settings'>, words: Record<string, string>): SettingsVariant {
  const nowhere = () => ({ line: 0, column: 0 });
  const asText = checkShape(settings.strict(), words, [], nowhere);
  const plain = Object.fromEntries(
    Object.entries(words).map(([key, word]) => [key, settings.shape[key]?.safeParse(word).success ? word : valueOf(word)]),
  );
  const answer = 'value' in asText ? asText : checkShape(settings.strict(), plain, [], nowhere);
  if ('value' in answer) return { changed: 'value' in asText ? words : plain, settings: answer.value };
  throw new Failure('bad_input', `settings: ${answer.problems.map(({ problem }) => problem).join('; ')}`, { retry: false });
}

/** `true`, `12` and the like as what they are written as; anything else as text. */
function valueOf(word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    return word;
  }
}
