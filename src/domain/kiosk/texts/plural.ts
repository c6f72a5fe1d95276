/**
 * Picks the form of a word that goes with a whole number: `pluralOf('ru')(4, { one: 'визит', few: 'визита', many: 'визитов' })`
 * is "визита". `Form` names the forms that the language has.
 */
export function pluralOf<Form extends Intl.LDMLPluralRule>(
  locale: string,
): (count: number, forms: Record<Form, string>) => string {
  const rules = new Intl.PluralRules(locale);
  return (count, forms) => forms[rules.select(count) as Form];
}
