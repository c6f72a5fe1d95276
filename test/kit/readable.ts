import { expect } from 'vitest';
import type { Language } from '../../src/domain/member/member.ts';

/** A text that somebody can be shown: filled in, in one language, with every quotation mark closed. */
export function expectReadable(text: string, language: Language): void {
  expect(text.trim()).not.toBe('');
  expect(text).not.toMatch(/undefined|null|NaN|\$\{|\{|\[object|Invalid|[A-Z]{2,}_[A-Z]/);
  expect(text).not.toMatch(/ {2}|\.\.|,,|,\.|\(\)| [.,:;)]|^\s|\s$/);
  for (const [open, close] of quotes) expect(countOf(text, open), text).toBe(countOf(text, close));
  expect(countOf(text, '"') % 2, text).toBe(0);
  expect(text).not.toMatch(foreign[language]);
}

/** Polish opens with the low mark and closes with the one that English closes with. */
const quotes = [
  ['«', '»'],
  ['(', ')'],
  [/[“„]/, '”'],
] as const;

/** What a text of the language never holds, whatever names the club's data brings in. */
const foreign: Record<Language, RegExp> = { ru: /[іїєґ’“”„]/i, uk: /[ыэъё“”„]/i, pl: /[«»“]/, en: /[«»„]/ };

function countOf(text: string, mark: string | RegExp): number {
  return text.split(mark).length - 1;
}
