import type { Code } from '../src/domain/access/code.ts';
import type { Outcome } from '../src/domain/access/decision.ts';
import type { Language } from '../src/domain/member/member.ts';
import { lastValidDay, plusDays } from '../src/domain/schedule/validity.ts';
import type { DemoGateId } from './gates.ts';
import type { Person } from './people.ts';
import {
  type CredentialRow,
  type Day,
  earlierToday,
  type MemberRow,
  type MembershipRow,
  nextWeekDay,
  sold,
  wireInstant,
} from './rows.ts';

/** Somebody worth trying at the gates of the demo club. */
export interface CastPerson {
  /** Of a member, of the staff, or `unknown`. */
  id: string;
  name: Record<Language, string>;
  /** What they can hold to a reader: the number of their card, a barcode. */
  rfid: string;
  barcode: string | null;
  /** What is special about them, one short phrase. */
  story: Record<Language, string>;
  /** How the first tap of the day is answered. */
  expected: Expected[];
}

export interface Expected {
  gate: DemoGateId;
  weekdayMorning: Answer;
  weekdayAfternoon: Answer;
  weekend: Answer;
}

interface Answer {
  outcome: Outcome;
  code: Code;
}

/** A member of the cast with the rows that make their story true on a day. */
export interface CastMember extends Omit<CastPerson, 'id' | 'name'> {
  person: Person;
  cardStatus: CredentialRow['status'];
  member: Partial<MemberRow>;
  memberships(day: Day): MembershipRow[];
}

const granted: Answer = { outcome: 'granted', code: 'OK' };
const denied = (code: Code): Answer => ({ outcome: 'denied', code });
const always = (answer: Answer, gate: DemoGateId = 'main-in'): Expected => {
  return { gate, weekdayMorning: answer, weekdayAfternoon: answer, weekend: answer };
};

const monday = 1;
const thursday = 4;

const plain = { barcode: null, cardStatus: 'active', member: {} } as const;

/** The stories tell a weekday as it is on the day of the demo: the freeze always ends on a Thursday. */
export const castMembers: readonly CastMember[] = [
  {
    ...plain,
    person: { id: 'm001', name: 'Anna Kowalska', language: 'pl', gender: 'woman', age: 34 },
    story: {
      ru: 'утренний абонемент, пн–пт 7–12',
      uk: 'ранковий абонемент, пн–пт 7–12',
      pl: 'karnet poranny, pon.–pt. 7–12',
      en: 'morning pass, Mon–Fri 7–12',
    },
    rfid: '0F0184F07A',
    memberships: (day) => [sold('p001', 'morning', 'm001', day, { ago: 9 })],
    expected: [
      { gate: 'main-in', weekdayMorning: granted, weekdayAfternoon: denied('OUTSIDE_HOURS'), weekend: denied('OUTSIDE_DAYS') },
    ],
  },
  {
    ...plain,
    person: { id: 'm002', name: 'Павел Орлов', language: 'ru', gender: 'man', age: 41 },
    story: {
      ru: 'заморозка до четверга',
      uk: 'заморозка до четверга',
      pl: 'karnet zamrożony do czwartku',
      en: 'frozen until Thursday',
    },
    rfid: '0F0193A1C4',
    memberships(day) {
      const freeze = { id: 'f002', from: plusDays(day.today, -5), until: nextWeekDay(day.today, thursday) };
      return [sold('p002', 'month', 'm002', day, { ago: 12, endsOn: plusDays(day.today, 30), freezes: [freeze] })];
    },
    expected: [always(denied('FROZEN'))],
  },
  {
    ...plain,
    person: { id: 'm003', name: 'Олена Шевченко', language: 'uk', gender: 'woman', age: 29 },
    story: {
      ru: 'безлимит, всё в порядке',
      uk: 'безліміт, усе гаразд',
      pl: 'bez limitu, wszystko w porządku',
      en: 'unlimited, all is well',
    },
    rfid: '0F01A2B3C5',
    barcode: '2900000000032',
    memberships: (day) => [sold('p003', 'quarter', 'm003', day, { ago: 20 })],
    expected: [always(granted), always(granted, 'pool')],
  },
  {
    ...plain,
    person: { id: 'm004', name: 'James Bennett', language: 'en', gender: 'man', age: 52 },
    story: {
      ru: 'последнее посещение из восьми',
      uk: 'останнє відвідування з восьми',
      pl: 'ostatnie z ośmiu wejść',
      en: 'the last of eight visits',
    },
    rfid: '0F01B77E10',
    memberships: (day) => [sold('p004', 'visits8', 'm004', day, { ago: 16, visits: { left: 1 } })],
    expected: [always(granted)],
  },
  {
    ...plain,
    person: { id: 'm005', name: 'Тарас Мельник', language: 'uk', gender: 'man', age: 23 },
    story: {
      ru: 'только зал: попробуйте бассейн',
      uk: 'лише зал: спробуйте басейн',
      pl: 'tylko siłownia: spróbuj na basen',
      en: 'gym only: try the pool',
    },
    rfid: '0F01C04D2E',
    barcode: '2900000000056',
    memberships: (day) => [sold('p005', 'gym', 'm005', day, { ago: 6 })],
    expected: [always(granted), always(denied('WRONG_SERVICE'), 'pool')],
  },
  {
    ...plain,
    person: { id: 'm006', name: 'Zofia Nowak', language: 'pl', gender: 'woman', age: 61 },
    story: {
      ru: 'начинается в понедельник',
      uk: 'починається в понеділок',
      pl: 'zaczyna się w poniedziałek',
      en: 'starts on Monday',
    },
    rfid: '0F01D15F93',
    memberships(day) {
      const startsOn = nextWeekDay(day.today, monday);
      const endsOn = lastValidDay(startsOn, { length: 1, unit: 'month' }, 'activation_day_is_day_1');
      return [sold('p006', 'month', 'm006', day, { ago: 2, state: 'issued', startsOn, endsOn })];
    },
    expected: [always(denied('NOT_STARTED'))],
  },
  {
    ...plain,
    person: { id: 'm007', name: 'Ольга Соколова', language: 'ru', gender: 'woman', age: 38 },
    story: {
      ru: 'закончился вчера',
      uk: 'закінчився вчора',
      pl: 'skończył się wczoraj',
      en: 'expired yesterday',
    },
    rfid: '0F01E6A708',
    memberships: (day) => [sold('p007', 'month', 'm007', day, { ago: 31, state: 'expired', endsOn: plusDays(day.today, -1) })],
    expected: [always(denied('EXPIRED'))],
  },
  {
    ...plain,
    person: { id: 'm008', name: 'Michał Wiśniewski', language: 'pl', gender: 'man', age: 27 },
    story: {
      ru: 'карта отмечена как утерянная',
      uk: 'картку позначено як загублену',
      pl: 'karta zgłoszona jako zgubiona',
      en: 'card reported lost',
    },
    rfid: '0F01F3082B',
    cardStatus: 'lost',
    memberships: (day) => [sold('p008', 'year', 'm008', day, { ago: 100 })],
    expected: [always(denied('CREDENTIAL_INACTIVE'))],
  },
  {
    ...plain,
    person: { id: 'm009', name: 'Ксения Лебедева', language: 'ru', gender: 'woman', age: 31 },
    story: {
      ru: 'нет клубной карты',
      uk: 'немає клубної картки',
      pl: 'brak karty klubowej',
      en: 'club card missing',
    },
    rfid: '0F020B51D6',
    memberships: (day) => [sold('p009', 'classes8', 'm009', day, { ago: 4, visits: { left: 6 } })],
    expected: [always(denied('CLUB_CARD_MISSING'))],
  },
  {
    ...plain,
    person: { id: 'm010', name: 'Emma Hughes', language: 'en', gender: 'woman', age: 25 },
    story: {
      ru: 'первое посещение запустит абонемент',
      uk: 'перше відвідування запустить абонемент',
      pl: 'pierwsza wizyta uruchomi karnet',
      en: 'the first visit starts the pass',
    },
    rfid: '0F021C6E4F',
    memberships: (day) => [sold('p010', 'firstVisit8', 'm010', day, { ago: 3, state: 'issued' })],
    expected: [always(granted)],
  },
  {
    ...plain,
    person: { id: 'm011', name: 'Katarzyna Zielińska', language: 'pl', gender: 'woman', age: 36 },
    story: {
      ru: 'семейный, 2 посещения на двоих',
      uk: 'сімейний, 2 відвідування на двох',
      pl: 'rodzinny, 2 wejścia na dwoje',
      en: 'family pass, 2 visits left for two',
    },
    rfid: '0F0232A9B1',
    memberships: (day) => [sold('p011', 'family', 'm011', day, { ago: 40, memberIds: ['m011', 'm012'], visits: { left: 2 } })],
    expected: [always(granted)],
  },
  {
    ...plain,
    person: { id: 'm012', name: 'Tomasz Zieliński', language: 'pl', gender: 'man', age: 37 },
    story: {
      ru: 'тот же семейный абонемент',
      uk: 'той самий сімейний абонемент',
      pl: 'ten sam karnet rodzinny',
      en: 'the same family pass',
    },
    rfid: '0F0232A9B2',
    // The family's one membership is Katarzyna's row.
    memberships: () => [],
    expected: [always(granted)],
  },
  {
    ...plain,
    person: { id: 'm013', name: 'Богдан Кравченко', language: 'uk', gender: 'man', age: 45 },
    story: {
      ru: 'доступ закрыт клубом',
      uk: 'доступ закрито клубом',
      pl: 'wstęp zablokowany przez klub',
      en: 'blocked by the club',
    },
    rfid: '0F0245C7E8',
    member: { blocked: true, blockReason: 'Locker 41 not returned' },
    memberships: (day) => [sold('p013', 'year', 'm013', day, { ago: 200 })],
    expected: [always(denied('MEMBER_BLOCKED'))],
  },
  {
    ...plain,
    person: { id: 'm014', name: 'Magdalena Mazur', language: 'pl', gender: 'woman', age: 48 },
    story: {
      ru: 'раз в день, сегодня уже бассейн',
      uk: 'раз на день, сьогодні вже басейн',
      pl: 'raz dziennie, dziś już basen',
      en: 'once a day, was at the pool today',
    },
    rfid: '0F02580D3C',
    memberships(day) {
      const atPool = {
        gateway: 'box-2',
        visit: 41,
        memberId: 'm014',
        at: wireInstant(earlierToday(day)),
        serviceId: 'pool',
        charge: 1,
      };
      return [sold('p014', 'onceADay', 'm014', day, { ago: 13, recent: [atPool] })];
    },
    expected: [always(denied('LIMIT_REACHED'))],
  },
  {
    ...plain,
    person: { id: 'm015', name: 'Дмитрий Захаров', language: 'ru', gender: 'man', age: 57 },
    story: {
      ru: 'посещений не осталось',
      uk: 'відвідувань не залишилося',
      pl: 'nie ma już wejść',
      en: 'no visits left',
    },
    rfid: '0F026B9F57',
    memberships: (day) => [sold('p015', 'visits12', 'm015', day, { ago: 33, visits: { left: 0 } })],
    expected: [always(denied('NO_VISITS_LEFT'))],
  },
];

/** The staff of the demo club, each with a card of their own. */
export const demoStaff = [
  { id: 'st1', name: 'Ewa Lis', rfid: '0F03A00001' },
  { id: 'st2', name: 'Оксана Гнатюк', rfid: '0F03A00002' },
  { id: 'st3', name: 'Marek Bielak', rfid: '0F03A00003' },
  { id: 'st4', name: 'Илья Романов', rfid: '0F03A00004' },
] as const;

/** Everybody worth trying, in the order in which the page offers them. */
export const demoCast: readonly CastPerson[] = [
  ...castMembers.map(({ person: { id, name }, rfid, barcode, story, expected }) => {
    return { id, name: inEvery(name), rfid, barcode, story, expected };
  }),
  {
    id: demoStaff[0].id,
    name: inEvery(demoStaff[0].name),
    rfid: demoStaff[0].rfid,
    barcode: null,
    story: { ru: 'карта сотрудника', uk: 'картка працівника', pl: 'karta pracownika', en: 'staff card' },
    expected: [always({ outcome: 'granted', code: 'STAFF_OVERRIDE' })],
  },
  {
    id: 'unknown',
    name: { ru: 'Неизвестная карта', uk: 'Невідома картка', pl: 'Nieznana karta', en: 'Unknown card' },
    rfid: '0F00DEC0DE',
    barcode: '2999999999991',
    story: {
      ru: 'в данных клуба её нет',
      uk: 'у даних клубу її немає',
      pl: 'nie ma jej w danych klubu',
      en: 'not in the club’s data',
    },
    expected: [always(denied('UNKNOWN_CREDENTIAL')), always(denied('UNKNOWN_CREDENTIAL'), 'pool')],
  },
];

function inEvery(name: string): Record<Language, string> {
  return { ru: name, uk: name, pl: name, en: name };
}
