import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grantCodes, refusalCodes, type WarningCode, warningCodes } from '../../../src/domain/access/code.ts';
import { type ParamKind, type Params, paramKinds, readParams } from '../../../src/domain/access/params.ts';
import { gateModes } from '../../../src/domain/gate/mode.ts';
import {
  membershipLine,
  memberText,
  modeText,
  nextTimeText,
  phrases,
  staffText,
  staffWarningText,
  validUntilText,
  visitsLeftText,
  warningText,
} from '../../../src/domain/kiosk/texts/say.ts';
import { type AnswerCode, staffWarnings } from '../../../src/domain/kiosk/texts/words.ts';
import { type Language, languages } from '../../../src/domain/member/member.ts';
import { anInstant, anyValues } from '../../kit/param-values.ts';
import { expectReadable } from '../../kit/readable.ts';

/** Monday, 15 June 2026, 08:30 in Warsaw. */
const here = { now: Date.parse('2026-06-15T06:30:00Z'), timeZone: 'Europe/Warsaw' };

const answerCodes: AnswerCode[] = [...grantCodes, ...refusalCodes, 'NOT_PASSED', 'UNEXPECTED_PASSAGE', 'GATE_FAILED'];

describe('the words of the door', () => {
  it('every code reads well in every language, whichever of its parameters are known', () => {
    for (const language of languages) {
      for (const code of answerCodes) {
        fc.assert(
          fc.property(anyValues(paramKinds[code]), anInstant, (params, now) => {
            const text = memberText(language, code, params, { now, timeZone: 'Europe/Kyiv' }, 'Anna');
            expectReadable(text.headline, language);
            if (text.reason !== '') expectReadable(text.reason, language);
            expectReadable(staffText(language, code, params, { now, timeZone: 'Europe/Kyiv' }), language);
          }),
          { numRuns: 30 },
        );
      }
    }
  });

  it('only a plain welcome needs no reason', () => {
    for (const language of languages) {
      const silent = answerCodes.filter((code) => memberText(language, code, {}, here).reason === '');
      expect(silent).toEqual(['OK', 'STAFF_OVERRIDE']);
    }
  });

  it('every warning reads well, and those for the desk alone say nothing to the member', () => {
    for (const language of languages) {
      for (const code of warningCodes) {
        fc.assert(
          fc.property(anyValues(paramKinds[code]), anInstant, (params, now) => {
            expectReadable(staffWarningText(language, code, params, { now, timeZone: 'Europe/Warsaw' }), language);
            const text = warningText(language, code, params, { now, timeZone: 'Europe/Warsaw' });
            if (isStaffOnly(code)) expect(text).toBe('');
            else expectReadable(text, language);
          }),
          { numRuns: 30 },
        );
      }
    }
  });

  it('no code is left without words in one language by copying another', () => {
    for (const code of answerCodes) {
      const headlines = languages.map((language) => memberText(language, code, {}, here).headline);
      expect(new Set(headlines).size, code).toBe(languages.length);
    }
  });

  it('a member is never shown a code, a block reason, a debt or a tag', () => {
    const secret = {
      blockReason: 'SECRET',
      amount: '99999',
      currency: 'PLN',
      tags: 'SECRET',
      notTags: 'SECRET',
      problem: 'SECRET',
    };
    for (const language of languages) {
      for (const code of [...answerCodes, ...warningCodes]) {
        const texts = isWarning(code)
          ? [warningText(language, code, secret, here)]
          : Object.values(memberText(language, code, secret, here));
        expect(texts.join(' '), code).not.toMatch(/SECRET|99|[A-Z]{3,}_/);
      }
    }
  });

  it('a parameter of the wrong kind counts as unknown', () => {
    expect(readParams('FROZEN', { frozenFrom: 'soon', frozenUntil: 17 })).toEqual({ frozenFrom: null, frozenUntil: null });
    expect(readParams('FROZEN', { frozenUntil: '2026-06-17', other: 1 })).toEqual({
      frozenFrom: null,
      frozenUntil: '2026-06-17',
    });
    expect(readParams('LIMIT_REACHED', { per: 'year', max: -1 })).toEqual({ per: null, max: null });
    expect(readParams('WRONG_SERVICE', { service: ' ' })).toEqual({ service: null });
    expect(readParams('OUTSIDE_DAYS', { days: '1,8' })).toEqual({ days: null });
    expect(readParams('DEBT', { amount: 'much', currency: 'zł' })).toMatchObject({ amount: null, currency: null });
  });

  it('a key that a code and a warning share means the same in both', () => {
    const kindOf = new Map<string, ParamKind>();
    for (const [key, kind] of Object.values(paramKinds).flatMap((kinds) => Object.entries<ParamKind>(kinds))) {
      expect(kindOf.get(key) ?? kind, key).toBe(kind);
      kindOf.set(key, kind);
    }
  });

  it('every mode and idle phrase has words', () => {
    for (const language of languages) {
      for (const mode of gateModes) expectReadable(modeText(language, mode), language);
      const { idle, oneMoment, askAtDesk, walkThrough } = phrases(language);
      for (const text of [...Object.values(idle), oneMoment, askAtDesk, walkThrough]) expectReadable(text, language);
    }
  });
});

describe('the next time', () => {
  const next = (language: Language, text: string) => nextTimeText(language, Date.parse(text), here);

  it('is told by today, tomorrow, the weekday within a week, and the date beyond', () => {
    expect(next('en', '2026-06-15T12:00:00Z')).toBe('You can come in today at 14:00.');
    expect(next('en', '2026-06-16T05:00:00Z')).toBe('You can come in tomorrow at 07:00.');
    expect(next('en', '2026-06-17T05:00:00Z')).toBe('You can come in on Wednesday, 17 June at 07:00.');
    expect(next('en', '2026-06-22T05:00:00Z')).toBe('You can come in on Monday, 22 June at 07:00.');
    expect(next('en', '2026-06-23T05:00:00Z')).toBe('You can come in on 23 June at 07:00.');
    expect(next('en', '2027-01-04T06:00:00Z')).toBe('You can come in on 4 January 2027 at 07:00.');
  });

  it('counts days on the wall clock of the club, not of the box', () => {
    const late = { now: Date.parse('2026-06-15T22:30:00Z'), timeZone: 'Europe/Warsaw' };
    expect(nextTimeText('en', Date.parse('2026-06-16T05:00:00Z'), late)).toBe('You can come in today at 07:00.');
    expect(nextTimeText('en', Date.parse('2026-06-16T05:00:00Z'), { ...late, timeZone: 'Europe/London' })).toBe(
      'You can come in tomorrow at 06:00.',
    );
  });

  it('names the day alone at midnight, and never a minute too early', () => {
    expect(next('en', '2026-06-17T22:00:00Z')).toBe('You can come in on Thursday, 18 June.');
    expect(next('en', '2026-06-15T06:30:00.001Z')).toBe('You can come in today at 08:31.');
    expect(next('en', '2026-06-15T21:59:30Z')).toBe('You can come in tomorrow.');
  });

  it('goes over a change of the clocks by the wall clock', () => {
    const saturday = { now: Date.parse('2026-03-28T12:00:00Z'), timeZone: 'Europe/Warsaw' };
    expect(nextTimeText('pl', Date.parse('2026-03-29T05:00:00Z'), saturday)).toBe('Zapraszamy jutro o 07:00.');
    const sunday = { now: Date.parse('2026-10-24T22:30:00Z'), timeZone: 'Europe/Warsaw' };
    expect(nextTimeText('pl', Date.parse('2026-10-25T22:30:00Z'), sunday)).toBe('Zapraszamy dziś o 23:30.');
  });
});

describe('what is read at the door and the desk', () => {
  const sentences: Record<Language, string[]> = {
    en: [
      'Welcome, Anna',
      'Goodbye, Anna',
      'The freeze lasts through 17 June. To come earlier, ask at the desk.',
      'Membership frozen from 10 June, good again from 18 June.',
      'Your hours today: 07:00–12:00.',
      'Your membership is good on weekdays (Mon–Fri).',
      'Your membership is good on these days: Mon, Wed, Fri.',
      'Your membership allows 1 visit a day.',
      'Your membership allows 3 visits a week.',
      '“Pool” can be added at the desk.',
      'It was valid until 31 December 2025. The desk will gladly renew it.',
      'Your membership ends tomorrow.',
      'Debt PLN 120.00, since 1 June, contract until 25 June: entry refused.',
      'It starts working on Monday, 22 June at 11:05.',
      '1 visit left|2 visits left|5 visits left|22 visits left|No visits left|Unlimited visits',
      'Valid until 30 June',
      'Morning 8 · 5 visits left · until 30 June',
      'You can come in on Wednesday, 17 June at 11:00.',
    ],
    ru: [
      'Добро пожаловать, Anna!',
      'До встречи, Anna!',
      'Заморозка по 17 июня. Хотите прийти раньше? Подойдите к администратору.',
      'Абонемент: заморозка с 10 июня, снова действует с 18 июня.',
      'Ваши часы сегодня: 07:00–12:00.',
      'Ваш абонемент действует по будням (пн–пт).',
      'Ваш абонемент действует в эти дни: пн, ср, пт.',
      'По вашему абонементу можно 1 посещение в день.',
      'По вашему абонементу можно 3 посещения в неделю.',
      '«Pool» можно добавить у администратора.',
      'Он действовал по 31 декабря 2025. Администратор с радостью его продлит.',
      'Абонемент заканчивается завтра.',
      'Долг 120,00 PLN с 1 июня, договор по 25 июня: вход закрыт.',
      'Она начнёт действовать в понедельник, 22 июня, в 11:05.',
      'Осталось 1 посещение|Осталось 2 посещения|Осталось 5 посещений|Осталось 22 посещения|Посещений не осталось|Посещения без ограничений',
      'Действует по 30 июня',
      'Morning 8 · Осталось 5 посещений · по 30 июня',
      'Ждём вас в среду, 17 июня, в 11:00.',
    ],
    uk: [
      'Вітаємо, Anna!',
      'До зустрічі, Anna!',
      'Заморозка до 17 червня включно. Хочете прийти раніше? Зверніться до адміністратора.',
      'Абонемент: заморозка з 10 червня, знову діє з 18 червня.',
      'Ваші години сьогодні: 07:00–12:00.',
      'Ваш абонемент діє в будні (пн–пт).',
      'Ваш абонемент діє в ці дні: пн, ср, пт.',
      'За вашим абонементом можна 1 відвідування на день.',
      'За вашим абонементом можна 3 відвідування на тиждень.',
      '«Pool» можна додати в адміністратора.',
      'Він діяв до 31 грудня 2025 включно. Адміністратор радо його продовжить.',
      'Закінчується абонемент завтра.',
      'Борг 120,00 PLN з 1 червня, договір до 25 червня включно: вхід закрито.',
      'Вона почне діяти у понеділок, 22 червня, об 11:05.',
      'Залишилося 1 відвідування|Залишилося 2 відвідування|Залишилося 5 відвідувань|Залишилося 22 відвідування|Відвідувань не залишилося|Відвідування без обмежень',
      'Діє до 30 червня включно',
      'Morning 8 · Залишилося 5 відвідувань · до 30 червня',
      'Чекаємо на вас у середу, 17 червня, об 11:00.',
    ],
    pl: [
      'Witaj, Anna!',
      'Do zobaczenia, Anna!',
      'Zamrożenie trwa do 17 czerwca włącznie. Chcesz przyjść wcześniej? Podejdź do recepcji.',
      'Karnet: zamrożenie od 10 czerwca, znów działa od 18 czerwca.',
      'Twoje godziny dziś: 07:00–12:00.',
      'Twój karnet działa w dni robocze (pon–pt).',
      'Twój karnet działa w te dni: pon, śr, pt.',
      'Twój karnet obejmuje 1 wejście dziennie.',
      'Twój karnet obejmuje 3 wejścia w tygodniu.',
      '„Pool” można dokupić w recepcji.',
      'Był ważny do 31 grudnia 2025. Recepcja chętnie go przedłuży.',
      'Karnet kończy się jutro.',
      'Zaległość 120,00 zł od 1 czerwca, umowa do 25 czerwca: wejście wstrzymane.',
      'Zacznie działać w poniedziałek 22 czerwca o 11:05.',
      'Pozostało 1 wejście|Pozostały 2 wejścia|Pozostało 5 wejść|Pozostały 22 wejścia|Nie masz już wejść|Wejścia bez limitu',
      'Ważny do 30 czerwca',
      'Morning 8 · Pozostało 5 wejść · do 30 czerwca',
      'Zapraszamy w środę 17 czerwca o 11:00.',
    ],
  };

  it.each(languages)('is, in %s, exactly this', (language) => {
    const member = (code: AnswerCode, params: Params = {}) => memberText(language, code, params, here, 'Anna');
    const frozen = { frozenFrom: '2026-06-10', frozenUntil: '2026-06-18' };
    const spoken = [
      member('OK').headline,
      phrases(language).goodbye('Anna'),
      member('FROZEN', frozen).reason,
      staffText(language, 'FROZEN', frozen, here),
      member('OUTSIDE_HOURS', { hours: '07:00–12:00' }).reason,
      member('OUTSIDE_DAYS', { days: '1,2,3,4,5' }).reason,
      member('OUTSIDE_DAYS', { days: '1,3,5' }).reason,
      member('LIMIT_REACHED', { per: 'day', max: 1 }).reason,
      member('LIMIT_REACHED', { per: 'week', max: 3 }).reason,
      member('WRONG_SERVICE', { service: 'Pool' }).reason,
      member('EXPIRED', { endedOn: '2025-12-31' }).reason,
      warningText(language, 'WARN_EXPIRES_SOON', { endsOn: '2026-06-16' }, here),
      staffText(
        language,
        'DEBT',
        { amount: '120.00', currency: 'PLN', debtSince: '2026-06-01', terminatesOn: '2026-06-25' },
        here,
      ),
      member('CREDENTIAL_INACTIVE', { validFrom: Date.parse('2026-06-22T09:05:00Z') }).reason,
      [1, 2, 5, 22, 0, null].map((left) => visitsLeftText(language, left)).join('|'),
      validUntilText(language, '2026-06-30', here),
      membershipLine(language, { title: 'Morning 8', left: 5, endsOn: '2026-06-30' }, here),
      nextTimeText(language, Date.parse('2026-06-17T09:00:00Z'), here),
    ];
    expect(spoken.map((text) => text.replaceAll('\u00a0', ' '))).toEqual(sentences[language]);
  });

  it('draws three weekdays and more together, and no fewer', () => {
    const reason = (days: string) => memberText('en', 'OUTSIDE_DAYS', { days }, here).reason;
    expect(reason('1,2,3,6')).toBe('Your membership is good on these days: Mon–Wed, Sat.');
    expect(reason('1,2,4')).toBe('Your membership is good on these days: Mon, Tue, Thu.');
    expect(reason('6,7')).toBe('Your membership is good at weekends (Sat, Sun).');
  });

  it('an overdrawn membership shows no visits left, not a negative number', () => {
    expect(visitsLeftText('en', -2)).toBe('No visits left');
  });
});

function isWarning(code: string): code is WarningCode {
  return warningCodes.some((warning) => warning === code);
}

function isStaffOnly(code: WarningCode): boolean {
  return staffWarnings.some((warning) => warning === code);
}
