import type { ParamValues } from '../../access/params.ts';
import { pluralOf } from './plural.ts';
import { ru } from './ru.ts';
import { type RuleWords, type ScopeWords, scopeIn } from './rule-words.ts';

const plural = pluralOf<'one' | 'few' | 'many'>('ru');
const memberships = (n: number) => `${n} ${plural(n, { one: 'абонемент', few: 'абонемента', many: 'абонементов' })}`;
/** After "из": in the genitive. */
const ofVisits = (n: number) => `${n} ${plural(n, { one: 'посещения', few: 'посещений', many: 'посещений' })}`;

const scopes: ScopeWords = { any: 'любые услуги', service: (id) => `услуга ${id}`, category: (id) => `категория ${id}` };

const assurances: Record<ParamValues['assurance'], string> = {
  uid: 'обычная карта или код',
  token: 'одноразовый код',
  cryptographic: 'защищённая карта',
};

const states: Record<ParamValues['state'], string> = {
  issued: 'Продан, ещё не активирован.',
  active: 'Активен.',
  expired: 'Истёк.',
  used_up: 'Израсходован, но этот повторный вход без списания.',
  cancelled: 'Отменён.',
  pending_payment: 'Ждёт оплаты.',
};

const payments: Record<ParamValues['payment'], string> = {
  paid: 'Оплачено',
  on_credit: 'Продано в кредит',
  overdue: 'Оплата просрочена, здесь это допускается',
  failed: 'Последний платёж не прошёл',
  pending: 'Платёж ещё не подтверждён',
};

const debts: Record<ParamValues['debt'], string> = {
  none: 'Долга нет.',
  some: 'Долг есть, здесь это допускается.',
  unknown: 'Есть ли долг, неизвестно: CRM не сообщила.',
  not_asked: 'Долг не проверяется: код не именной.',
};

export const ruRules: RuleWords = {
  rules: {
    'closed-gate': {
      name: 'Закрытый турникет',
      passed: ({ mode }) => (mode === 'closed' ? 'Турникет закрыт, но сотрудники проходят.' : 'Турникет не закрыт.'),
    },
    'double-read': { name: 'Повторное считывание', passed: 'Это не повтор того же считывания.' },
    'free-passage': {
      name: 'Свободный проход',
      passed: ({ mode }) =>
        mode === 'free' || mode === 'emergency'
          ? 'Проход открыт для всех, сотрудники проходят по своей карте.'
          : 'Не включён: проверяется каждая карта.',
    },
    'gate-busy': { name: 'Турникет занят', passed: 'Турникет никого не ждёт.' },
    'staff-card': { name: 'Карта сотрудника', passed: 'Это не карта сотрудника.' },
    exit: { name: 'Выход', passed: 'Это вход.' },
    credential: {
      name: 'Карта или код',
      passed: ({ credential }) => (credential === null ? 'Есть в базе и действует.' : `Есть в базе и действует (${credential}).`),
    },
    assurance: {
      name: 'Защита карты',
      passed: ({ has, needed }) => {
        if (needed === null || needed === 'uid') return 'Здесь подходит любая карта или код.';
        const asked = `Требуется не ниже: ${assurances[needed]}.`;
        return has === null ? asked : `${asked} Предъявлено: ${assurances[has]}.`;
      },
    },
    member: {
      name: 'Клиент',
      passed: ({ memberships: count }) => (count === null ? 'Блокировки нет.' : `Блокировки нет, ${memberships(count)}.`),
    },
    'known-branch': {
      name: 'Филиал турникета',
      passed: ({ branch }) => (branch === null ? 'Известен.' : `${branch}.`),
    },
    'opening-hours': {
      name: 'Часы работы клуба',
      passed: ({ openHours }) =>
        openHours === null ? 'Часы работы сейчас не ограничивают вход.' : `Сегодня клуб работает ${openHours}.`,
    },
    documents: {
      name: 'Документы',
      passed: ({ documents }, say) => (documents === null ? 'Всё нужное есть.' : `Есть: ${say.document(documents)}.`),
    },
    admission: {
      name: 'Кто может войти',
      passed: ({ age }) => (age === null ? 'В это время вход разрешён.' : `В это время вход разрешён. Возраст: ${age}.`),
    },
    'anti-passback': {
      name: 'Уже внутри',
      passed: ({ insideSince }, say) =>
        insideSince === null ? 'Отметки о входе нет.' : `Вход отмечен ${say.at(insideSince)}, войти снова можно.`,
    },
    state: { name: 'Состояние абонемента', passed: ({ state }) => (state === null ? ruRules.passed : states[state]) },
    term: {
      name: 'Первый и последний день',
      passed: ({ startsOn, lastDay, endsAt }, say) => {
        if (startsOn === null && lastDay === null) return 'Срок не ограничен.';
        const from = startsOn === null ? '' : ` с ${say.date(startsOn)}`;
        if (lastDay === null) return `Действует${from}, без даты окончания.`;
        const term = `Действует${from} по ${say.date(lastDay)}`;
        return endsAt === null ? `${term}.` : `${term}, в последний день до ${say.endTime(endsAt)}.`;
      },
    },
    overlap: { name: 'Не больше одного сразу', passed: 'Более раннего действующего абонемента этого типа нет.' },
    payment: {
      name: 'Оплата и долг',
      passed: ({ payment, debt, paidThrough }, say) => {
        const paid = payment === null ? '' : paidOf(payment, paidThrough === null ? null : say.date(paidThrough));
        const owed = debt === null ? '' : debts[debt];
        return [paid, owed].filter((part) => part !== '').join(' ') || ruRules.passed;
      },
    },
    branch: {
      name: 'Филиал абонемента',
      passed: ({ branches }) => (branches === null ? 'Действует во всех филиалах.' : `Действует здесь: ${branches}.`),
    },
    service: {
      name: 'Услуга',
      passed: ({ service, entitlement }) => {
        const covers = service === null ? 'Общий вход' : `Входит в абонемент: ${service}`;
        return entitlement === null ? `${covers}.` : `${covers} (${scopeIn(scopes, entitlement)}).`;
      },
    },
    individual: { name: 'Индивидуальные занятия', passed: 'Абонемент подходит для этого вида посещения.' },
    session: {
      name: 'Запись',
      passed: ({ session, sessionStartsAt }, say) => {
        if (session === null && sessionStartsAt === null) return 'Обычное посещение, без записи.';
        const what = session === null ? 'Запись на занятие' : `Запись на «${session}»`;
        return sessionStartsAt === null ? `${what}.` : `${what}, начало ${say.at(sessionStartsAt)}.`;
      },
    },
    freeze: {
      name: 'Заморозка',
      passed: ({ frozenFrom }, say) =>
        frozenFrom === null ? 'Заморозки нет.' : `Это посещение завершит заморозку, начатую ${say.on(frozenFrom)}.`,
    },
    window: {
      name: 'Дни и часы',
      passed: ({ hours }) => (hours === null ? 'Любой день и час.' : `В этот день действует ${hours}.`),
    },
    'club-card': {
      name: 'Клубная карта',
      passed: ({ card }) => (card === null ? 'Есть и действует.' : `Действует: «${card}».`),
    },
    'visits-left': {
      name: 'Остаток посещений',
      passed: ({ left }) => (left === null ? 'Без ограничений.' : `${ru.visitsLeft(left)}, считая это.`),
    },
    limits: {
      name: 'Лимиты в день, неделю и месяц',
      passed: ({ usedToday, maxPerDay, usedThisWeek, maxPerWeek, usedThisMonth, maxPerMonth }) => {
        const used = [
          usedToday === null || maxPerDay === null ? '' : `сегодня ${usedToday} из ${maxPerDay}`,
          usedThisWeek === null || maxPerWeek === null ? '' : `на этой неделе ${usedThisWeek} из ${maxPerWeek}`,
          usedThisMonth === null || maxPerMonth === null ? '' : `в этом месяце ${usedThisMonth} из ${maxPerMonth}`,
        ].filter((part) => part !== '');
        return used.length === 0 ? 'Лимиты не исчерпаны.' : `До этого посещения использовано: ${used.join(', ')}.`;
      },
    },
    occupancy: {
      name: 'Места внутри',
      passed: ({ inside, limit }) => (inside === null || limit === null ? 'Место есть.' : `Внутри ${inside} из ${limit}.`),
    },
    freshness: {
      name: 'Свежесть данных',
      passed: ({ contactAt }, say) =>
        contactAt === null ? 'Когда была последняя связь с CRM, неизвестно.' : `Последняя связь с CRM ${say.at(contactAt)}.`,
    },
    'alone-bound': {
      name: 'Посещения без связи',
      passed: ({ granted, max }) =>
        granted === null || max === null
          ? 'Запас посещений без связи не исчерпан.'
          : `Без связи разрешено ${granted} из ${ofVisits(max)}.`,
    },
    clock: {
      name: 'Часы контроллера',
      passed: ({ clock }) => {
        if (clock === null) return ruRules.passed;
        return clock === 'trusted' ? 'Часам можно доверять.' : 'Часам нельзя доверять, но клуб всё равно пропускает.';
      },
    },
  },
  passed: 'Возражений нет.',
  skipped: 'Здесь не применяется.',
  leftOut: 'Не проверено: часам контроллера нельзя доверять.',
  chosenBy: {
    reentry: 'Выбран: за этот вход с него уже списано.',
    booking: 'Выбран: запись сделана по нему.',
    match: 'Выбран: он точнее всех подходит к услуге.',
    activated: 'Выбран: он уже активирован.',
    unlimited: 'Выбран: на нём посещения без ограничений.',
    ends: 'Выбран: он закончится первым.',
    left: 'Выбран: на нём осталось меньше всего посещений.',
    personal: 'Выбран: он личный, не общий.',
    sold: 'Выбран: он продан первым.',
    id: 'Выбран по порядку номеров: во всём остальном абонементы равны.',
    only: 'Выбран: другие сейчас здесь не подходят.',
  },
};

function paidOf(payment: ParamValues['payment'], through: string | null): string {
  if (through === null) return `${payments[payment]}.`;
  return payment === 'paid' ? `Оплачено по ${through}.` : `${payments[payment]}, оплачено по ${through}.`;
}
