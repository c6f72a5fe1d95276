import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Decision } from '../../../src/domain/access/decision.ts';
import type { Facts } from '../../../src/domain/access/facts.ts';
import type { Rules } from '../../../src/domain/gate/gate-settings.ts';
import { type ExplainedRule, explain } from '../../../src/domain/kiosk/texts/explain.ts';
import { memberText, staffText, staffWarningText, warningText } from '../../../src/domain/kiosk/texts/say.ts';
import { type Language, languages } from '../../../src/domain/member/member.ts';
import type { WeekDay } from '../../../src/domain/schedule/instant.ts';
import {
  aBooking,
  aCharge,
  aCredential,
  aMember,
  aMembership,
  aTap,
  at,
  coaching,
  counted,
  gym,
  held,
  rulesFor,
  warsaw,
} from '../../kit/facts.ts';

/** Monday, 15 June 2026. */
const now = at('2026-06-15T08:30:00+02:00');
const here = { now, timeZone: 'Europe/Warsaw' };

const marks = { passed: '+', refused: 'x', asks: '?', skipped: '-' } as const;

function lineOf({ name, result, warned, text }: ExplainedRule): string {
  return `${warned ? '!' : marks[result]} ${name}: ${text}`.replaceAll('\u00a0', ' ');
}

/** What a rule says in a decision's explanation, in English; of several memberships, the first that has it. */
function said(decision: Decision, rule: string): string {
  const { tap, memberships, choice } = explain('en', decision, new Map(), here);
  const found = [...tap, ...memberships.flatMap(({ rules }) => rules), ...choice].find((one) => one.rule === rule);
  return found === undefined ? 'not asked' : lineOf(found);
}

const everyDay: WeekDay[] = [1, 2, 3, 4, 5, 6, 7];
const weekdays: WeekDay[] = [1, 2, 3, 4, 5];

describe('a decision explained', () => {
  const forGym = [{ scope: { serviceId: 'gym' }, visits: null }];
  const memberships = [
    aMembership({
      id: 'p1',
      title: 'Morning 8',
      visits: counted(5),
      terms: {
        entitlements: forGym,
        availability: [{ weekDays: weekdays, intervals: [{ from: 420, to: 720 }] }],
        branchIds: ['center'],
        maxPerWeek: 3,
      },
    }),
    aMembership({
      id: 'p2',
      title: 'Summer 20',
      endsOn: '2026-08-31',
      visits: counted(21),
      payment: { mode: 'recurring', state: 'failed', paidThrough: '2026-06-14' },
      terms: { entitlements: forGym },
    }),
    aMembership({
      id: 'p3',
      title: 'Yearly',
      endsOn: '2026-12-31',
      freezes: [{ id: 'f1', from: '2026-06-10', until: '2026-06-18' }],
      limitedTo: { branchIds: ['north'], serviceIds: null },
    }),
  ];
  const branch = { ...warsaw, openingHours: [{ weekDays: everyDay, intervals: [{ from: 360, to: 1380 }] }] };
  const facts: Facts = aTap(
    memberships,
    {
      now,
      branch,
      branches: [branch, { ...branch, id: 'north', name: 'North' }],
      services: [gym],
      inside: 12,
      data: { cursor: '1', takenAt: null, contactAt: at('2026-06-15T07:10:00+02:00'), alone: true },
    },
    {
      member: aMember({
        birthday: '06-15',
        birthYear: 1990,
        debt: 'unknown',
        documents: [{ kind: 'medical', validUntil: '2026-06-20' }],
      }),
    },
  );
  const rules: Rules = rulesFor(
    {
      services: ['gym'],
      frozen: 'ask_staff',
      documents: [{ kind: 'medical', policy: 'deny', warnWithinDays: 14 }],
      admission: [{ tags: null, notTags: null, minAge: 16, maxAge: null, windows: [] }],
      antiPassback: { mode: 'soft', forgiveMinutes: null, exemptTags: [] },
    },
    {
      zone: { id: 'club', limit: 50, exemptTags: [], resetAt: 240 },
      offline: { maxVisitsPerMembership: 5 },
    },
  );
  const titles = new Map(memberships.map(({ id, title }) => [id, title]));

  const told: Record<Language, string> = {
    en: `
      + Closed gate: The gate is not closed.
      + Double read: Not a repeat of the same tap.
      + Free passage: Not set: every card is checked.
      + Gate busy: The gate is not waiting for anybody.
      + Staff card: Not a staff card.
      + Exit: This is an entry.
      + Card or code: Known and active (c1).
      + Branch of the gate: Center.
      + Security of the card: Any card or code will do here.
      + Member: Not blocked, 3 memberships.
      + Opening hours of the club: Open today 06:00–23:00.
      ! Documents: Document to renew: medical certificate, valid until 20 June.
      + Who may enter: Admitted at this time. Age: 36.
      + Already inside: Not counted as inside.

      Morning 8. Chosen: it ends first.
      + State of the membership: Active.
      + First and last day: Good from 1 June to 30 June.
      - One at a time: Does not apply here.
      + Payment and debt: Paid. Debt is not known: the central system did not say.
      + Branch of the membership: Good in: Center.
      + Service: Covers Gym (service gym).
      + Individual sessions: The membership fits this kind of visit.
      - Booking: Does not apply here.
      + Freeze: Not frozen.
      + Days and hours: Good on this day: 07:00–12:00.
      - Club card: Does not apply here.
      + Visits left: 5 visits left, this one included.
      + Limits per day, week and month: Used before this visit: this week 0 of 3.

      Summer 20
      + State of the membership: Active.
      + First and last day: Good from 1 June to 31 August.
      - One at a time: Does not apply here.
      ! Payment and debt: Recurring payment failed: paid through 14 June.
      + Branch of the membership: Good in every branch.
      + Service: Covers Gym (service gym).
      + Individual sessions: The membership fits this kind of visit.
      - Booking: Does not apply here.
      + Freeze: Not frozen.
      + Days and hours: Any day and hour.
      - Club card: Does not apply here.
      + Visits left: 21 visits left, this one included.
      - Limits per day, week and month: Does not apply here.

      Yearly
      + State of the membership: Active.
      + First and last day: Good from 1 June to 31 December.
      - One at a time: Does not apply here.
      + Payment and debt: Paid. Debt is not known: the central system did not say.
      x Branch of the membership: Wrong branch: valid in North.
      + Service: Covers Gym (any service).
      + Individual sessions: The membership fits this kind of visit.
      - Booking: Does not apply here.
      ? Freeze: Membership frozen from 10 June, good again from 18 June.
      + Days and hours: Any day and hour.
      - Club card: Does not apply here.
      + Visits left: Unlimited.
      - Limits per day, week and month: Does not apply here.

      + Room inside: 12 of 50 inside.
      + Age of the data: Last contact with the central system today at 07:10.
      + Visits without connection: 0 of 5 visits granted without connection.
      + Clock of the gateway: The clock is trusted.`,
    ru: `
      + Закрытый турникет: Турникет не закрыт.
      + Повторное считывание: Это не повтор того же считывания.
      + Свободный проход: Не включён: проверяется каждая карта.
      + Турникет занят: Турникет никого не ждёт.
      + Карта сотрудника: Это не карта сотрудника.
      + Выход: Это вход.
      + Карта или код: Есть в базе и действует (c1).
      + Филиал турникета: Center.
      + Защита карты: Здесь подходит любая карта или код.
      + Клиент: Блокировки нет, 3 абонемента.
      + Часы работы клуба: Сегодня клуб работает 06:00–23:00.
      ! Документы: Пора обновить документ: медицинская справка, срок по 20 июня.
      + Кто может войти: В это время вход разрешён. Возраст: 36.
      + Уже внутри: Отметки о входе нет.

      Morning 8. Выбран: он закончится первым.
      + Состояние абонемента: Активен.
      + Первый и последний день: Действует с 1 июня по 30 июня.
      - Не больше одного сразу: Здесь не применяется.
      + Оплата и долг: Оплачено. Есть ли долг, неизвестно: CRM не сообщила.
      + Филиал абонемента: Действует здесь: Center.
      + Услуга: Входит в абонемент: Gym (услуга gym).
      + Индивидуальные занятия: Абонемент подходит для этого вида посещения.
      - Запись: Здесь не применяется.
      + Заморозка: Заморозки нет.
      + Дни и часы: В этот день действует 07:00–12:00.
      - Клубная карта: Здесь не применяется.
      + Остаток посещений: Осталось 5 посещений, считая это.
      + Лимиты в день, неделю и месяц: До этого посещения использовано: на этой неделе 0 из 3.

      Summer 20
      + Состояние абонемента: Активен.
      + Первый и последний день: Действует с 1 июня по 31 августа.
      - Не больше одного сразу: Здесь не применяется.
      ! Оплата и долг: Регулярный платёж не прошёл: оплачено по 14 июня.
      + Филиал абонемента: Действует во всех филиалах.
      + Услуга: Входит в абонемент: Gym (услуга gym).
      + Индивидуальные занятия: Абонемент подходит для этого вида посещения.
      - Запись: Здесь не применяется.
      + Заморозка: Заморозки нет.
      + Дни и часы: Любой день и час.
      - Клубная карта: Здесь не применяется.
      + Остаток посещений: Осталось 21 посещение, считая это.
      - Лимиты в день, неделю и месяц: Здесь не применяется.

      Yearly
      + Состояние абонемента: Активен.
      + Первый и последний день: Действует с 1 июня по 31 декабря.
      - Не больше одного сразу: Здесь не применяется.
      + Оплата и долг: Оплачено. Есть ли долг, неизвестно: CRM не сообщила.
      x Филиал абонемента: Не тот филиал. Действует здесь: North.
      + Услуга: Входит в абонемент: Gym (любые услуги).
      + Индивидуальные занятия: Абонемент подходит для этого вида посещения.
      - Запись: Здесь не применяется.
      ? Заморозка: Абонемент: заморозка с 10 июня, снова действует с 18 июня.
      + Дни и часы: Любой день и час.
      - Клубная карта: Здесь не применяется.
      + Остаток посещений: Без ограничений.
      - Лимиты в день, неделю и месяц: Здесь не применяется.

      + Места внутри: Внутри 12 из 50.
      + Свежесть данных: Последняя связь с CRM сегодня в 07:10.
      + Посещения без связи: Без связи разрешено 0 из 5 посещений.
      + Часы контроллера: Часам можно доверять.`,
    uk: `
      + Зачинений турнікет: Турнікет не зачинено.
      + Повторне зчитування: Це не повтор того самого зчитування.
      + Вільний прохід: Не ввімкнено: перевіряється кожна картка.
      + Турнікет зайнятий: Турнікет ні на кого не чекає.
      + Картка працівника: Це не картка працівника.
      + Вихід: Це вхід.
      + Картка або код: Є в базі та діє (c1).
      + Філія турнікета: Center.
      + Захист картки: Тут підходить будь-яка картка або код.
      + Клієнт: Блокування немає, 3 абонементи.
      + Години роботи клубу: Сьогодні клуб працює 06:00–23:00.
      ! Документи: Час оновити документ: медична довідка, термін до 20 червня включно.
      + Хто може увійти: У цей час вхід дозволено. Вік: 36.
      + Уже всередині: Позначки про вхід немає.

      Morning 8. Обрано: він закінчиться першим.
      + Стан абонемента: Активний.
      + Перший і останній день: Діє з 1 червня до 30 червня включно.
      - Не більше одного водночас: Тут не застосовується.
      + Оплата й борг: Оплачено. Чи є борг, невідомо: CRM не повідомила.
      + Філія абонемента: Діє тут: Center.
      + Послуга: Входить до абонемента: Gym (послуга gym).
      + Індивідуальні заняття: Абонемент підходить для цього виду відвідування.
      - Запис: Тут не застосовується.
      + Заморозка: Заморозки немає.
      + Дні та години: Цього дня діє 07:00–12:00.
      - Клубна картка: Тут не застосовується.
      + Залишок відвідувань: Залишилося 5 відвідувань, рахуючи це.
      + Ліміти на день, тиждень і місяць: До цього відвідування використано: цього тижня 0 з 3.

      Summer 20
      + Стан абонемента: Активний.
      + Перший і останній день: Діє з 1 червня до 31 серпня включно.
      - Не більше одного водночас: Тут не застосовується.
      ! Оплата й борг: Регулярний платіж не пройшов: оплачено до 14 червня включно.
      + Філія абонемента: Діє в усіх філіях.
      + Послуга: Входить до абонемента: Gym (послуга gym).
      + Індивідуальні заняття: Абонемент підходить для цього виду відвідування.
      - Запис: Тут не застосовується.
      + Заморозка: Заморозки немає.
      + Дні та години: Будь-який день і година.
      - Клубна картка: Тут не застосовується.
      + Залишок відвідувань: Залишилося 21 відвідування, рахуючи це.
      - Ліміти на день, тиждень і місяць: Тут не застосовується.

      Yearly
      + Стан абонемента: Активний.
      + Перший і останній день: Діє з 1 червня до 31 грудня включно.
      - Не більше одного водночас: Тут не застосовується.
      + Оплата й борг: Оплачено. Чи є борг, невідомо: CRM не повідомила.
      x Філія абонемента: Не та філія. Діє тут: North.
      + Послуга: Входить до абонемента: Gym (будь-які послуги).
      + Індивідуальні заняття: Абонемент підходить для цього виду відвідування.
      - Запис: Тут не застосовується.
      ? Заморозка: Абонемент: заморозка з 10 червня, знову діє з 18 червня.
      + Дні та години: Будь-який день і година.
      - Клубна картка: Тут не застосовується.
      + Залишок відвідувань: Без обмежень.
      - Ліміти на день, тиждень і місяць: Тут не застосовується.

      + Місця всередині: Усередині 12 з 50.
      + Свіжість даних: Останній зв’язок із CRM сьогодні о 07:10.
      + Відвідування без зв’язку: Без зв’язку дозволено 0 з 5 відвідувань.
      + Годинник контролера: Годиннику можна довіряти.`,
    pl: `
      + Zamknięta bramka: Bramka nie jest zamknięta.
      + Podwójny odczyt: To nie jest powtórka tego samego odczytu.
      + Wolne przejście: Wyłączone: sprawdzana jest każda karta.
      + Bramka zajęta: Bramka na nikogo nie czeka.
      + Karta pracownika: To nie jest karta pracownika.
      + Wyjście: To jest wejście.
      + Karta lub kod: Jest w bazie i działa (c1).
      + Klub bramki: Center.
      + Zabezpieczenie karty: Wystarczy tu dowolna karta lub kod.
      + Klubowicz: Brak blokady, 3 karnety.
      + Godziny otwarcia klubu: Dziś klub jest otwarty 06:00–23:00.
      ! Dokumenty: Pora odnowić dokument: zaświadczenie lekarskie, termin do 20 czerwca.
      + Kto może wejść: O tej porze wstęp dozwolony. Wiek: 36.
      + Już w środku: Nie odnotowano wcześniejszego wejścia.

      Morning 8. Wybrany: kończy się pierwszy.
      + Stan karnetu: Aktywny.
      + Pierwszy i ostatni dzień: Ważny od 1 czerwca do 30 czerwca.
      - Jeden naraz: Tu nie ma zastosowania.
      + Płatność i zaległości: Opłacono. Nie wiadomo, czy jest zaległość: CRM nie podał.
      + Klub karnetu: Działa tutaj: Center.
      + Usługa: Karnet obejmuje: Gym (usługa gym).
      + Zajęcia indywidualne: Karnet pasuje do tego rodzaju wizyty.
      - Rezerwacja: Tu nie ma zastosowania.
      + Zamrożenie: Brak zamrożenia.
      + Dni i godziny: Tego dnia karnet działa 07:00–12:00.
      - Karta klubowa: Tu nie ma zastosowania.
      + Pozostałe wejścia: Pozostało 5 wejść, licząc to.
      + Limity na dzień, tydzień i miesiąc: Przed tą wizytą wykorzystano: w tym tygodniu 0 z 3.

      Summer 20
      + Stan karnetu: Aktywny.
      + Pierwszy i ostatni dzień: Ważny od 1 czerwca do 31 sierpnia.
      - Jeden naraz: Tu nie ma zastosowania.
      ! Płatność i zaległości: Płatność cykliczna nie przeszła: opłacono do 14 czerwca.
      + Klub karnetu: Działa we wszystkich klubach.
      + Usługa: Karnet obejmuje: Gym (usługa gym).
      + Zajęcia indywidualne: Karnet pasuje do tego rodzaju wizyty.
      - Rezerwacja: Tu nie ma zastosowania.
      + Zamrożenie: Brak zamrożenia.
      + Dni i godziny: W dowolny dzień, o dowolnej godzinie.
      - Karta klubowa: Tu nie ma zastosowania.
      + Pozostałe wejścia: Pozostało 21 wejść, licząc to.
      - Limity na dzień, tydzień i miesiąc: Tu nie ma zastosowania.

      Yearly
      + Stan karnetu: Aktywny.
      + Pierwszy i ostatni dzień: Ważny od 1 czerwca do 31 grudnia.
      - Jeden naraz: Tu nie ma zastosowania.
      + Płatność i zaległości: Opłacono. Nie wiadomo, czy jest zaległość: CRM nie podał.
      x Klub karnetu: Inny klub. Karnet działa tutaj: North.
      + Usługa: Karnet obejmuje: Gym (dowolne usługi).
      + Zajęcia indywidualne: Karnet pasuje do tego rodzaju wizyty.
      - Rezerwacja: Tu nie ma zastosowania.
      ? Zamrożenie: Karnet: zamrożenie od 10 czerwca, znów działa od 18 czerwca.
      + Dni i godziny: W dowolny dzień, o dowolnej godzinie.
      - Karta klubowa: Tu nie ma zastosowania.
      + Pozostałe wejścia: Bez limitu.
      - Limity na dzień, tydzień i miesiąc: Tu nie ma zastosowania.

      + Miejsca w środku: W środku 12 z 50.
      + Aktualność danych: Ostatni kontakt z CRM dziś o 07:10.
      + Wejścia bez łączności: Bez łączności przyznano 0 z 5 wejść.
      + Zegar sterownika: Zegar jest wiarygodny.`,
  };

  it.each(languages)('reads in %s like this', (language) => {
    const { tap, memberships: explained, choice } = explain(language, decide(facts, rules), titles, here);
    const lines = [
      ...tap.map(lineOf),
      ...explained.flatMap((one) => [
        '',
        [one.title, one.chosen].filter((part) => part !== null).join('. '),
        ...one.rules.map(lineOf),
      ]),
      '',
      ...choice.map(lineOf),
    ];
    expect(lines).toEqual(linesOf(told[language]));
  });

  it('is plain data: each rule with its number, name, verdict and text', () => {
    const { tap, memberships: explained } = explain('en', decide(facts, rules), titles, here);
    expect(tap.find(({ rule }) => rule === 'documents')).toEqual({
      rule: 'documents',
      number: 33,
      name: 'Documents',
      result: 'passed',
      warned: true,
      text: 'Document to renew: medical certificate, valid until 20 June.',
    });
    expect(explained.map(({ id, title, chosen }) => ({ id, title, chosen }))).toEqual([
      { id: 'p1', title: 'Morning 8', chosen: 'Chosen: it ends first.' },
      { id: 'p2', title: 'Summer 20', chosen: null },
      { id: 'p3', title: 'Yearly', chosen: null },
    ]);
  });

  it('shows a membership by its id where nobody knows its title', () => {
    expect(explain('en', decide(facts, rules), new Map(), here).memberships[0]?.title).toBe('p1');
  });
});

function linesOf(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim());
}

describe('why a membership was chosen', () => {
  const chosen = (facts: Facts, rules = rulesFor()) => {
    const decision = decide(facts, rules);
    return explain('en', decision, new Map(), here).memberships.flatMap((one) =>
      one.chosen === null ? [] : `${one.id}: ${one.chosen}`,
    );
  };

  it('is told of the one that pays, and where none does of none', () => {
    expect(chosen(aTap([aMembership(), aMembership({ id: 'p2', state: 'cancelled' })]))).toEqual([
      'p1: Chosen: no other is good here now.',
    ]);
    expect(chosen(aTap([aMembership({ state: 'cancelled' })]))).toEqual([]);
  });

  it('is that it has paid, on a free re-entry', () => {
    const paid = held(aMembership({ id: 'p2' }), [aCharge()]);
    expect(chosen(aTap([aMembership(), paid]))).toEqual(['p2: Chosen: it has paid for this entry already.']);
  });

  it('is its number where the club’s order tells them not apart', () => {
    const alike = aTap([aMembership({ id: 'p2' }), aMembership()]);
    expect(chosen(alike, rulesFor({}, { chooseOrder: ['ends'] }))).toEqual([
      'p1: Chosen by its number: in all else the memberships are equal.',
    ]);
  });
});

describe('a tap that is answered at once says so', () => {
  it('at an exit', () => {
    const out = decide(
      aTap([], { credentials: [], gate: { direction: 'out', mode: 'controlled', waitingFor: null, lastRead: null } }),
      rulesFor(),
    );
    expect(said(out, 'exit')).toBe('+ Exit: Passage allowed.');
    expect(said(out, 'credential')).toBe('not asked');
  });

  it('when it is read twice', () => {
    const lastRead = { at: now - 2000, decision: decide(aTap([aMembership()]), rulesFor()) };
    const again = aTap([aMembership()], { now, gate: { direction: 'in', mode: 'controlled', waitingFor: null, lastRead } });
    expect(said(decide(again, rulesFor()), 'double-read')).toBe(
      '+ Double read: The same card again within seconds: nothing counted twice.',
    );
  });

  it('while passage is free, and to staff', () => {
    const free = { direction: 'in', mode: 'free', waitingFor: null, lastRead: null } as const;
    const ewa = { credential: aCredential({ memberId: null }), member: null, staff: { id: 'st1', name: 'Ewa' } };
    expect(said(decide(aTap([aMembership()], { gate: free }), rulesFor()), 'free-passage')).toBe(
      '+ Free passage: Free passage: nothing charged.',
    );
    const staff = decide(aTap([], { gate: free }, ewa), rulesFor());
    expect(said(staff, 'free-passage')).toBe('+ Free passage: The gate is open to everybody, staff pass with their own card.');
    expect(said(staff, 'staff-card')).toBe('+ Staff card: Staff card: Ewa.');
  });
});

describe('while the clock is not trusted', () => {
  const untrusted = { now, clockTrusted: false };

  it('each rule that needs it says that it was left out, and no other does', () => {
    const windows = [{ weekDays: everyDay, intervals: [{ from: 0, to: 1440 }] }];
    const rules = rulesFor({ admission: [{ tags: ['women'], notTags: null, minAge: null, maxAge: null, windows }] });
    const decision = decide(aTap([aMembership()], untrusted), rules);
    const { tap, memberships, choice } = explain('en', decision, new Map(), here);
    const asked = [...tap, ...memberships.flatMap((one) => one.rules), ...choice];
    const leftOut = asked.filter(({ text }) => text === 'Left out: the clock is not trusted.').map(({ rule }) => rule);
    expect(leftOut).toEqual(['opening-hours', 'admission', 'term', 'individual', 'session', 'freeze', 'window', 'limits']);
    expect(said(decision, 'overlap')).toBe('- One at a time: Does not apply here.');
  });

  it('a gate that admits everybody leaves nothing out of who may enter', () => {
    const decision = decide(aTap([aMembership()], untrusted), rulesFor());
    expect(said(decision, 'admission')).toBe('- Who may enter: Does not apply here.');
  });

  it('the clock itself says what the club does about it', () => {
    const told = (['ask_staff', 'deny', 'allow'] as const).map((whenUntrusted) =>
      said(decide(aTap([aMembership()], untrusted), rulesFor({}, { clock: { whenUntrusted } })), 'clock'),
    );
    expect(told).toEqual([
      '? Clock of the gateway: The gateway’s clock is not trusted: dates and hours were not checked.',
      'x Clock of the gateway: The gateway’s clock is not trusted: dates and hours were not checked.',
      '+ Clock of the gateway: The clock is not trusted, and the club lets pass all the same.',
    ]);
  });
});

describe('what a rule refuses or warns of', () => {
  it('a booking for two with one visit left does not say that none is left', () => {
    const booking = aBooking({ seats: 2 }, { startsAt: at('2026-06-15T08:45:00+02:00') });
    const one = aMembership({ visits: counted(1) });
    const decision = decide(aTap([one], { now }, { bookings: [booking] }), rulesFor());
    expect(decision.code).toBe('NO_VISITS_LEFT');
    expect(said(decision, 'visits-left')).toBe('x Visits left: Not enough visits: 2 needed, 1 left.');
    expect(memberText('en', decision.code, decision.params, here)).toEqual({
      headline: 'Not enough visits left',
      reason: 'Your booking takes 2 visits, you have 1. The desk will gladly help you.',
    });
    expect(memberText('en', 'NO_VISITS_LEFT', { left: 0, cost: 1 }, here).headline).toBe('No visits left');
  });

  it('a debt below the club’s bound warns with its amount, an overdue payment has none', () => {
    const debt = { amount: '50.00', currency: 'PLN', since: '2026-06-01', terminatesOn: null };
    const bounded = rulesFor({ debt: { policy: 'allow', denyFromAmount: '100', denyAfterDays: null } });
    const owing = decide(aTap([aMembership()], { now }, { member: aMember({ debt }) }), bounded);
    expect(said(owing, 'payment')).toBe('! Payment and debt: Debt PLN 50.00, since 1 June.');
    const overdue = aMembership({ payment: { mode: 'one_off', state: 'overdue', paidThrough: null } });
    expect(said(decide(aTap([overdue]), rulesFor()), 'payment')).toBe('! Payment and debt: Payment due.');
  });

  it('a document that is missing is not called one that ends', () => {
    const rules = rulesFor({ documents: [{ kind: 'waiver', policy: 'warn', warnWithinDays: 14 }] });
    const decision = decide(aTap([aMembership()]), rules);
    expect(said(decision, 'documents')).toBe('! Documents: Document missing: signed waiver.');
    const told = languages.map((language) => warningText(language, 'WARN_DOCUMENT_EXPIRES', decision.params, here));
    expect(told).toEqual([
      'Принесите, пожалуйста, администратору: подписанное согласие.',
      'Принесіть, будь ласка, адміністратору: підписана згода.',
      'Przynieś, proszę, do recepcji: podpisane oświadczenie.',
      'Please bring to the desk: signed waiver.',
    ]);
  });

  it('a box that is alone does not call the data too old', () => {
    const contactAt = at('2026-06-15T07:10:00+02:00');
    const facts = aTap([aMembership()], { now, data: { cursor: '1', takenAt: null, contactAt, alone: true } });
    const decision = decide(facts, rulesFor({}, { offline: { maxVisitsPerMembership: 0 } }));
    expect(said(decision, 'alone-bound')).toBe(
      '? Visits without connection: The club’s data may be out of date: last contact with the central system today at 07:10.',
    );
  });

  it('a club card that is still to begin is not called ended', () => {
    const card = aMembership({ id: 'gold', startsOn: '2026-07-01', endsOn: null, terms: { usage: 'club_card' } });
    const decision = decide(aTap([aMembership({ terms: { requiresClubCard: true } }), card]), rulesFor());
    expect(decision.code).toBe('CLUB_CARD_EXPIRED');
    expect(said(decision, 'club-card')).toBe('x Club card: Club card not valid on this day.');
    expect(memberText('en', decision.code, decision.params, here).headline).toBe('Your club card is not valid today');
  });

  it('a class later today and one that is over are told without haste and without falsehood', () => {
    const required = rulesFor({ booking: 'required' });
    const told = (startsAt: string) => {
      const decision = decide(aTap([aMembership()], { now }, { bookings: [aBooking({}, { startsAt: at(startsAt) })] }), required);
      return [memberText('ru', decision.code, decision.params, here).headline, said(decision, 'session')];
    };
    expect(told('2026-06-15T18:00:00+02:00')).toEqual([
      'Ваше занятие позже',
      'x Booking: Too early for “Yoga”: starts today at 18:00, entry from 17:30.',
    ]);
    expect(told('2026-06-15T06:00:00+02:00')).toEqual([
      'Занятие уже началось',
      'x Booking: Too late for “Yoga”: it started today at 06:00.',
    ]);
  });

  it('a personal trainer’s hour is named to whom the membership does not cover it', () => {
    const decision = decide(aTap([aMembership()], { services: [coaching] }), rulesFor({ services: ['coaching'] }));
    expect(said(decision, 'individual')).toBe('x Individual sessions: Membership does not cover: Coaching.');
  });

  it('a visit that was too long says how long it was and may be', () => {
    const stay = { stayMinutes: 185, maxStayMinutes: 120 };
    expect(languages.map((language) => staffWarningText(language, 'WARN_OVERSTAY', stay, here))).toEqual([
      'Посещение длилось 3 часа 5 минут, можно 2 часа.',
      'Відвідування тривало 3 години 5 хвилин, можна 2 години.',
      'Wizyta trwała 3 godziny 5 minut, a może trwać 2 godziny.',
      'The visit lasted 3 hours 5 minutes, it may last 2 hours.',
    ]);
  });

  it('a rule that failed is named as the club knows it', () => {
    expect(staffText('en', 'RULE_FAILED', { rule: 'visits-left' }, here)).toBe(
      'The rule “Visits left” failed, the gate stayed shut. Tell your installer.',
    );
  });
});
