import type { ParamValues } from '../../access/params.ts';
import { pluralOf } from './plural.ts';
import { type RuleWords, type ScopeWords, scopeIn } from './rule-words.ts';
import { uk } from './uk.ts';

const plural = pluralOf<'one' | 'few' | 'many'>('uk');
const memberships = (n: number) => `${n} ${plural(n, { one: 'абонемент', few: 'абонементи', many: 'абонементів' })}`;
/** After "з": in the genitive. */
const ofVisits = (n: number) => `${n} ${plural(n, { one: 'відвідування', few: 'відвідувань', many: 'відвідувань' })}`;

const scopes: ScopeWords = { any: 'будь-які послуги', service: (id) => `послуга ${id}`, category: (id) => `категорія ${id}` };

const assurances: Record<ParamValues['assurance'], string> = {
  uid: 'звичайна картка або код',
  token: 'одноразовий код',
  cryptographic: 'захищена картка',
};

const states: Record<ParamValues['state'], string> = {
  issued: 'Продано, ще не активовано.',
  active: 'Активний.',
  expired: 'Термін минув.',
  used_up: 'Вичерпано, але цей повторний вхід без списання.',
  cancelled: 'Скасовано.',
  pending_payment: 'Чекає на оплату.',
};

const payments: Record<ParamValues['payment'], string> = {
  paid: 'Оплачено',
  on_credit: 'Продано в кредит',
  overdue: 'Оплату прострочено, тут це допускається',
  failed: 'Останній платіж не пройшов',
  pending: 'Платіж ще не підтверджено',
};

const debts: Record<ParamValues['debt'], string> = {
  none: 'Боргу немає.',
  some: 'Борг є, тут це допускається.',
  unknown: 'Чи є борг, невідомо: CRM не повідомила.',
  not_asked: 'Борг не перевіряється: код не іменний.',
};

export const ukRules: RuleWords = {
  rules: {
    'closed-gate': {
      name: 'Зачинений турнікет',
      passed: ({ mode }) => (mode === 'closed' ? 'Турнікет зачинено, але працівники проходять.' : 'Турнікет не зачинено.'),
    },
    'double-read': { name: 'Повторне зчитування', passed: 'Це не повтор того самого зчитування.' },
    'free-passage': {
      name: 'Вільний прохід',
      passed: ({ mode }) =>
        mode === 'free' || mode === 'emergency'
          ? 'Прохід відкрито для всіх, працівники проходять за своєю карткою.'
          : 'Не ввімкнено: перевіряється кожна картка.',
    },
    'gate-busy': { name: 'Турнікет зайнятий', passed: 'Турнікет ні на кого не чекає.' },
    'staff-card': { name: 'Картка працівника', passed: 'Це не картка працівника.' },
    exit: { name: 'Вихід', passed: 'Це вхід.' },
    credential: {
      name: 'Картка або код',
      passed: ({ credential }) => (credential === null ? 'Є в базі та діє.' : `Є в базі та діє (${credential}).`),
    },
    assurance: {
      name: 'Захист картки',
      passed: ({ has, needed }) => {
        if (needed === null || needed === 'uid') return 'Тут підходить будь-яка картка або код.';
        const asked = `Потрібно не нижче: ${assurances[needed]}.`;
        return has === null ? asked : `${asked} Пред’явлено: ${assurances[has]}.`;
      },
    },
    member: {
      name: 'Клієнт',
      passed: ({ memberships: count }) => (count === null ? 'Блокування немає.' : `Блокування немає, ${memberships(count)}.`),
    },
    'known-branch': {
      name: 'Філія турнікета',
      passed: ({ branch }) => (branch === null ? 'Відома.' : `${branch}.`),
    },
    'opening-hours': {
      name: 'Години роботи клубу',
      passed: ({ openHours }) =>
        openHours === null ? 'Години роботи зараз не обмежують вхід.' : `Сьогодні клуб працює ${openHours}.`,
    },
    documents: {
      name: 'Документи',
      passed: ({ documents }, say) => (documents === null ? 'Усе потрібне є.' : `Є: ${say.document(documents)}.`),
    },
    admission: {
      name: 'Хто може увійти',
      passed: ({ age }) => (age === null ? 'У цей час вхід дозволено.' : `У цей час вхід дозволено. Вік: ${age}.`),
    },
    'anti-passback': {
      name: 'Уже всередині',
      passed: ({ insideSince }, say) =>
        insideSince === null ? 'Позначки про вхід немає.' : `Вхід позначено ${say.at(insideSince)}, увійти знову можна.`,
    },
    state: { name: 'Стан абонемента', passed: ({ state }) => (state === null ? ukRules.passed : states[state]) },
    term: {
      name: 'Перший і останній день',
      passed: ({ startsOn, lastDay, endsAt }, say) => {
        if (startsOn === null && lastDay === null) return 'Термін не обмежено.';
        const from = startsOn === null ? '' : ` з ${say.date(startsOn)}`;
        if (lastDay === null) return `Діє${from}, без дати завершення.`;
        const term = `Діє${from} до ${say.date(lastDay)} включно`;
        return endsAt === null ? `${term}.` : `${term}, останнього дня до ${say.endTime(endsAt)}.`;
      },
    },
    overlap: { name: 'Не більше одного водночас', passed: 'Ранішого чинного абонемента цього типу немає.' },
    payment: {
      name: 'Оплата й борг',
      passed: ({ payment, debt, paidThrough }, say) => {
        const paid = payment === null ? '' : paidOf(payment, paidThrough === null ? null : say.date(paidThrough));
        const owed = debt === null ? '' : debts[debt];
        return [paid, owed].filter((part) => part !== '').join(' ') || ukRules.passed;
      },
    },
    branch: {
      name: 'Філія абонемента',
      passed: ({ branches }) => (branches === null ? 'Діє в усіх філіях.' : `Діє тут: ${branches}.`),
    },
    service: {
      name: 'Послуга',
      passed: ({ service, entitlement }) => {
        const covers = service === null ? 'Загальний вхід' : `Входить до абонемента: ${service}`;
        return entitlement === null ? `${covers}.` : `${covers} (${scopeIn(scopes, entitlement)}).`;
      },
    },
    individual: { name: 'Індивідуальні заняття', passed: 'Абонемент підходить для цього виду відвідування.' },
    session: {
      name: 'Запис',
      passed: ({ session, sessionStartsAt }, say) => {
        if (session === null && sessionStartsAt === null) return 'Звичайне відвідування, без запису.';
        const what = session === null ? 'Запис на заняття' : `Запис на «${session}»`;
        return sessionStartsAt === null ? `${what}.` : `${what}, початок ${say.at(sessionStartsAt)}.`;
      },
    },
    freeze: {
      name: 'Заморозка',
      passed: ({ frozenFrom }, say) =>
        frozenFrom === null ? 'Заморозки немає.' : `Це відвідування завершить заморозку, розпочату ${say.on(frozenFrom)}.`,
    },
    window: {
      name: 'Дні та години',
      passed: ({ hours }) => (hours === null ? 'Будь-який день і година.' : `Цього дня діє ${hours}.`),
    },
    'club-card': {
      name: 'Клубна картка',
      passed: ({ card }) => (card === null ? 'Є та діє.' : `Діє: «${card}».`),
    },
    'visits-left': {
      name: 'Залишок відвідувань',
      passed: ({ left }) => (left === null ? 'Без обмежень.' : `${uk.visitsLeft(left)}, рахуючи це.`),
    },
    limits: {
      name: 'Ліміти на день, тиждень і місяць',
      passed: ({ usedToday, maxPerDay, usedThisWeek, maxPerWeek, usedThisMonth, maxPerMonth }) => {
        const used = [
          usedToday === null || maxPerDay === null ? '' : `сьогодні ${usedToday} з ${maxPerDay}`,
          usedThisWeek === null || maxPerWeek === null ? '' : `цього тижня ${usedThisWeek} з ${maxPerWeek}`,
          usedThisMonth === null || maxPerMonth === null ? '' : `цього місяця ${usedThisMonth} з ${maxPerMonth}`,
        ].filter((part) => part !== '');
        return used.length === 0 ? 'Ліміти не вичерпано.' : `До цього відвідування використано: ${used.join(', ')}.`;
      },
    },
    occupancy: {
      name: 'Місця всередині',
      passed: ({ inside, limit }) => (inside === null || limit === null ? 'Місце є.' : `Усередині ${inside} з ${limit}.`),
    },
    freshness: {
      name: 'Свіжість даних',
      passed: ({ contactAt }, say) =>
        contactAt === null ? 'Коли був останній зв’язок із CRM, невідомо.' : `Останній зв’язок із CRM ${say.at(contactAt)}.`,
    },
    'alone-bound': {
      name: 'Відвідування без зв’язку',
      passed: ({ granted, max }) =>
        granted === null || max === null
          ? 'Запас відвідувань без зв’язку не вичерпано.'
          : `Без зв’язку дозволено ${granted} з ${ofVisits(max)}.`,
    },
    clock: {
      name: 'Годинник контролера',
      passed: ({ clock }) => {
        if (clock === null) return ukRules.passed;
        return clock === 'trusted' ? 'Годиннику можна довіряти.' : 'Годиннику не можна довіряти, але клуб однаково пропускає.';
      },
    },
  },
  passed: 'Заперечень немає.',
  skipped: 'Тут не застосовується.',
  leftOut: 'Не перевірено: годиннику контролера не можна довіряти.',
  chosenBy: {
    reentry: 'Обрано: за цей вхід із нього вже списано.',
    booking: 'Обрано: запис зроблено саме за ним.',
    match: 'Обрано: він найточніше підходить до послуги.',
    activated: 'Обрано: його вже активовано.',
    unlimited: 'Обрано: на ньому відвідування без обмежень.',
    ends: 'Обрано: він закінчиться першим.',
    left: 'Обрано: на ньому залишилося найменше відвідувань.',
    personal: 'Обрано: він особистий, не спільний.',
    sold: 'Обрано: його продано першим.',
    id: 'Обрано за порядком номерів: в усьому іншому абонементи рівні.',
    only: 'Обрано: інші зараз тут не підходять.',
  },
};

function paidOf(payment: ParamValues['payment'], through: string | null): string {
  if (through === null) return `${payments[payment]}.`;
  const until = `до ${through} включно`;
  return payment === 'paid' ? `Оплачено ${until}.` : `${payments[payment]}, оплачено ${until}.`;
}
