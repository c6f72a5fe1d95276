import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParamKind, Params } from '../../../src/domain/access/params.ts';
import { type RuleName, ruleNames, type SawOf, sawKinds } from '../../../src/domain/access/saw.ts';
import { chooseCriteria } from '../../../src/domain/gate/gate-settings.ts';
import { chosenByText, memberText, passedText, ruleName, skippedText, staffText } from '../../../src/domain/kiosk/texts/say.ts';
import { type Language, languages } from '../../../src/domain/member/member.ts';
import { anInstant, anyValues } from '../../kit/param-values.ts';
import { expectReadable } from '../../kit/readable.ts';

/** Monday, 15 June 2026, 08:30 in Warsaw. */
const here = { now: Date.parse('2026-06-15T06:30:00Z'), timeZone: 'Europe/Warsaw' };

function passed<R extends RuleName>(language: Language, rule: R, saw: SawOf<R>): string {
  return passedText(language, rule, saw, here).replaceAll('\u00a0', ' ');
}

describe('the words of the rules', () => {
  it('name every rule that there is', () => {
    const rules = new URL('../../../src/domain/access/rules', import.meta.url);
    const files = readdirSync(rules).map((file) => file.replace('.ts', ''));
    expect(files.length).toBeGreaterThan(10);
    expect([...ruleNames].sort()).toEqual(files.sort());
    for (const language of languages) {
      const names = ruleNames.map((rule) => ruleName(language, rule));
      for (const name of names) expectReadable(name, language);
      expect(new Set(names).size, language).toBe(names.length);
    }
  });

  it('read well in every language, whichever of the values are known', () => {
    for (const language of languages) {
      for (const rule of ruleNames) {
        expectReadable(passedText(language, rule, {}, here), language);
        fc.assert(
          fc.property(anyValues(sawKinds[rule]), anInstant, (saw, now) => {
            expectReadable(passedText(language, rule, saw, { now, timeZone: 'Europe/Kyiv' }), language);
          }),
          { numRuns: 40 },
        );
      }
    }
  });

  it('leave no rule without words in one language by copying another', () => {
    for (const rule of ruleNames) {
      const texts = languages.map((language) => passedText(language, rule, {}, here));
      expect(new Set(texts).size, rule).toBe(languages.length);
    }
  });

  it('say each value that a rule saw', () => {
    const samples: Partial<Record<ParamKind, { value: string | number; shown: string }>> = {
      text: { value: 'service:Rainbow', shown: 'Rainbow' },
      hours: { value: '03:07–04:08', shown: '03:07–04:08' },
      date: { value: '2025-03-09', shown: '2025' },
      instant: { value: Date.parse('2025-03-09T02:07:00Z'), shown: '03:07' },
      count: { value: 97, shown: '97' },
    };
    for (const language of languages) {
      for (const rule of ruleNames) {
        for (const [key, kind] of Object.entries<ParamKind>(sawKinds[rule])) {
          const sample = samples[kind];
          if (sample === undefined) continue;
          const text = passedText(language, rule, { ...besides(rule), [key]: sample.value }, here);
          expect(text, `${language} ${rule} ${key}`).toContain(sample.shown);
        }
      }
    }
  });

  it('keep the name of a rule that a later version may have, and find no objection in it', () => {
    expect(ruleName('ru', 'rule-of-tomorrow')).toBe('rule-of-tomorrow');
    expect(passedText('en', 'rule-of-tomorrow', { left: 3 }, here)).toBe('No objection.');
    expect(passedText('en', 'visits-left', { left: 'three' }, here)).toBe('Unlimited.');
  });

  it('tell what does not apply from what was left out for want of a clock', () => {
    const told = languages.map((language) => [skippedText(language, {}), skippedText(language, { clock: 'untrusted' })]);
    expect(told).toEqual([
      ['Здесь не применяется.', 'Не проверено: часам контроллера нельзя доверять.'],
      ['Тут не застосовується.', 'Не перевірено: годиннику контролера не можна довіряти.'],
      ['Tu nie ma zastosowania.', 'Nie sprawdzono: zegar sterownika nie jest wiarygodny.'],
      ['Does not apply here.', 'Left out: the clock is not trusted.'],
    ]);
  });

  it('say why a membership was chosen, each reason in its own words', () => {
    for (const language of languages) {
      const texts = ['reentry', ...chooseCriteria, null].map((by) => chosenByText(language, by));
      for (const text of texts) expectReadable(text, language);
      expect(new Set(texts).size).toBe(texts.length);
      expect(chosenByText(language, 'constructor')).toBe(chosenByText(language, null));
    }
    expect(languages.map((language) => chosenByText(language, 'ends'))).toEqual([
      'Выбран: он закончится первым.',
      'Обрано: він закінчиться першим.',
      'Wybrany: kończy się pierwszy.',
      'Chosen: it ends first.',
    ]);
  });
});

/** What a value stands beside: a limit without its count says nothing. */
function besides(rule: RuleName): Params {
  switch (rule) {
    case 'limits':
      return { usedToday: 1, maxPerDay: 1, usedThisWeek: 1, maxPerWeek: 1, usedThisMonth: 1, maxPerMonth: 1 };
    case 'occupancy':
      return { inside: 1, limit: 1 };
    case 'alone-bound':
      return { granted: 1, max: 1 };
    case 'payment':
      return { payment: 'failed' };
    case 'term':
      return { lastDay: '2025-03-09' };
    default:
      return {};
  }
}

describe('what a rule says when it lets pass', () => {
  it.each<[string, (say: typeof passed) => string]>([
    ['Good from 1 June to 30 June.', (say) => say('en', 'term', { startsOn: '2026-06-01', lastDay: '2026-06-30', endsAt: null })],
    ['Good until 30 June.', (say) => say('en', 'term', { startsOn: null, lastDay: '2026-06-30', endsAt: null })],
    ['Good from 1 June, no end.', (say) => say('en', 'term', { startsOn: '2026-06-01', lastDay: null, endsAt: null })],
    [
      'Good until 15 June, on the last day until 18:00.',
      (say) => say('en', 'term', { startsOn: null, lastDay: '2026-06-15', endsAt: Date.parse('2026-06-15T16:00:00Z') }),
    ],
    [
      'Good until 15 June, on the last day until 24:00.',
      (say) => say('en', 'term', { startsOn: null, lastDay: '2026-06-15', endsAt: Date.parse('2026-06-15T22:00:00Z') }),
    ],
    ['Paid. No debt.', (say) => say('en', 'payment', { payment: 'paid', debt: 'none', paidThrough: null })],
    [
      'The last payment did not go through, paid through 30 June. Debt is not known: the central system did not say.',
      (say) => say('en', 'payment', { payment: 'failed', debt: 'unknown', paidThrough: '2026-06-30' }),
    ],
    [
      'Оплачено по 30 июня. Долга нет.',
      (say) => say('ru', 'payment', { payment: 'paid', debt: 'none', paidThrough: '2026-06-30' }),
    ],
    [
      'Оплату прострочено, тут це допускається. Борг є, тут це допускається.',
      (say) => say('uk', 'payment', { payment: 'overdue', debt: 'some', paidThrough: null }),
    ],
    [
      'Sprzedano na kredyt. Zaległości nie sprawdzamy: kod nie jest imienny.',
      (say) => say('pl', 'payment', { payment: 'on_credit', debt: 'not_asked', paidThrough: null }),
    ],
    ['Any day and hour.', (say) => say('en', 'window', { hours: null })],
    ['Unlimited.', (say) => say('en', 'visits-left', { left: null })],
    ['Used up, but this re-entry takes no visit.', (say) => say('en', 'state', { state: 'used_up' })],
    ['This visit ends the freeze that began on 10 June.', (say) => say('en', 'freeze', { frozenFrom: '2026-06-10' })],
    ['Covers Pool (category water).', (say) => say('en', 'service', { service: 'Pool', entitlement: 'category:water' })],
    ['General entry (category a:b).', (say) => say('en', 'service', { service: null, entitlement: 'category:a:b' })],
    ['General entry (any service).', (say) => say('en', 'service', { service: null, entitlement: 'any' })],
    [
      'Used before this visit: this week 2 of 3.',
      (say) =>
        say('en', 'limits', {
          usedToday: 0,
          maxPerDay: null,
          usedThisWeek: 2,
          maxPerWeek: 3,
          usedThisMonth: 5,
          maxPerMonth: null,
        }),
    ],
    [
      'Needed at least: one-time code. Shown: protected card.',
      (say) => say('en', 'assurance', { has: 'cryptographic', needed: 'token' }),
    ],
    ['The gate is closed, staff may pass.', (say) => say('en', 'closed-gate', { mode: 'closed' })],
    ['At hand: medical certificate, signed waiver.', (say) => say('en', 'documents', { documents: 'medical, waiver' })],
    ['The clock is not trusted, and the club lets pass all the same.', (say) => say('en', 'clock', { clock: 'untrusted' })],
  ])('%s', (text, say) => {
    expect(say(passed)).toBe(text);
  });
});

describe('numbers', () => {
  const counts = [1, 2, 5, 11, 21, 22, 25];
  const stayed = (language: Language, minutes: number) =>
    memberText(language, 'OK', { stayMinutes: minutes }, here).reason.replace(
      /^(You were here for|Вы были у нас|Ви були в нас|Twoja wizyta trwała) /,
      '',
    );

  it.each<[Language, string]>([
    ['en', '1 hour|2 hours|5 hours|11 hours|21 hours|22 hours|25 hours'],
    ['ru', '1 час|2 часа|5 часов|11 часов|21 час|22 часа|25 часов'],
    ['uk', '1 годину|2 години|5 годин|11 годин|21 годину|22 години|25 годин'],
    ['pl', '1 godzinę|2 godziny|5 godzin|11 godzin|21 godzin|22 godziny|25 godzin'],
  ])('of hours go with their word in %s', (language, expected) => {
    expect(counts.map((count) => stayed(language, count * 60).slice(0, -1)).join('|')).toBe(expected);
  });

  it.each<[Language, string]>([
    ['en', '1 minute|2 minutes|5 minutes|11 minutes|21 minutes|22 minutes|25 minutes'],
    ['ru', '1 минуту|2 минуты|5 минут|11 минут|21 минуту|22 минуты|25 минут'],
    ['uk', '1 хвилину|2 хвилини|5 хвилин|11 хвилин|21 хвилину|22 хвилини|25 хвилин'],
    ['pl', '1 minutę|2 minuty|5 minut|11 minut|21 minut|22 minuty|25 minut'],
  ])('of minutes go with their word in %s', (language, expected) => {
    expect(counts.map((count) => stayed(language, count).slice(0, -1)).join('|')).toBe(expected);
  });

  it.each<[Language, string]>([
    ['en', '1 membership|2 memberships|5 memberships|11 memberships|21 memberships|22 memberships|25 memberships'],
    ['ru', '1 абонемент|2 абонемента|5 абонементов|11 абонементов|21 абонемент|22 абонемента|25 абонементов'],
    ['uk', '1 абонемент|2 абонементи|5 абонементів|11 абонементів|21 абонемент|22 абонементи|25 абонементів'],
    ['pl', '1 karnet|2 karnety|5 karnetów|11 karnetów|21 karnetów|22 karnety|25 karnetów'],
  ])('of memberships go with their word in %s', (language, expected) => {
    const told = counts.map((memberships) => passed(language, 'member', { memberships }).replace(/^.*, (.*)\.$/, '$1'));
    expect(told.join('|')).toBe(expected);
  });

  it.each<[Language, string]>([
    ['en', '1 visit left|2 visits left|5 visits left|11 visits left|21 visits left|22 visits left|25 visits left'],
    [
      'ru',
      'Осталось 1 посещение|Осталось 2 посещения|Осталось 5 посещений|Осталось 11 посещений|Осталось 21 посещение|Осталось 22 посещения|Осталось 25 посещений',
    ],
    [
      'uk',
      'Залишилося 1 відвідування|Залишилося 2 відвідування|Залишилося 5 відвідувань|Залишилося 11 відвідувань|Залишилося 21 відвідування|Залишилося 22 відвідування|Залишилося 25 відвідувань',
    ],
    [
      'pl',
      'Pozostało 1 wejście|Pozostały 2 wejścia|Pozostało 5 wejść|Pozostało 11 wejść|Pozostało 21 wejść|Pozostały 22 wejścia|Pozostało 25 wejść',
    ],
  ])('of visits left go with their word in %s', (language, expected) => {
    const told = counts.map((left) => passed(language, 'visits-left', { left }).replace(/, .*$/, ''));
    expect(told.join('|')).toBe(expected);
  });

  it.each<[Language, string]>([
    ['en', '0 of 1 visit|0 of 2 visits|0 of 5 visits|0 of 11 visits|0 of 21 visits|0 of 22 visits|0 of 25 visits'],
    [
      'ru',
      '0 из 1 посещения|0 из 2 посещений|0 из 5 посещений|0 из 11 посещений|0 из 21 посещения|0 из 22 посещений|0 из 25 посещений',
    ],
    [
      'uk',
      '0 з 1 відвідування|0 з 2 відвідувань|0 з 5 відвідувань|0 з 11 відвідувань|0 з 21 відвідування|0 з 22 відвідувань|0 з 25 відвідувань',
    ],
    ['pl', '0 z 1 wejścia|0 z 2 wejść|0 z 5 wejść|0 z 11 wejść|0 z 21 wejść|0 z 22 wejść|0 z 25 wejść'],
  ])('of what are a part go with their word in %s', (language, expected) => {
    const told = counts.map((max) => /0 (of|из|з|z) \d+ [^ .]+/.exec(passed(language, 'alone-bound', { granted: 0, max }))?.[0]);
    expect(told.join('|')).toBe(expected);
  });

  it('of a visit that was short, round and long are told to the minute', () => {
    expect([0, 60, 85, 1501].map((minutes) => stayed('en', minutes))).toEqual([
      'less than a minute.',
      '1 hour.',
      '1 hour 25 minutes.',
      '25 hours 1 minute.',
    ]);
    expect(languages.map((language) => memberText(language, 'OK', { stayMinutes: 85 }, here, 'Anna'))).toEqual([
      { headline: 'До встречи, Anna!', reason: 'Вы были у нас 1 час 25 минут.' },
      { headline: 'До зустрічі, Anna!', reason: 'Ви були в нас 1 годину 25 хвилин.' },
      { headline: 'Do zobaczenia, Anna!', reason: 'Twoja wizyta trwała 1 godzinę 25 minut.' },
      { headline: 'Goodbye, Anna', reason: 'You were here for 1 hour 25 minutes.' },
    ]);
    expect(staffText('pl', 'OK', { stayMinutes: 0 }, here)).toBe('Wyjście. Wizyta trwała mniej niż minutę.');
  });
});
