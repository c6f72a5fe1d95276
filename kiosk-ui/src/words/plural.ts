import type { Language } from '../../../src/domain/member/member.ts';

/** One text per plural form of the language; `#` stands for the number. `other` also serves a form that is not given. */
export type Counted<Form extends Intl.LDMLPluralRule> = Record<Form | 'other', string>;

const rules = new Map<Language, Intl.PluralRules>();

/** "5 visits left": the form that the language's rules (CLDR) want for `count`, with the number in it. */
export function countedText(language: Language, forms: Counted<'other'>, count: number): string {
  const rule = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, rule);
  const given: Partial<Record<Intl.LDMLPluralRule, string>> = forms;
  return (given[rule.select(count)] ?? forms.other).replace('#', new Intl.NumberFormat(language).format(count));
}
