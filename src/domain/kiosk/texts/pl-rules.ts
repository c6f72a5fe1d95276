import type { ParamValues } from '../../access/params.ts';
import { pl } from './pl.ts';
import { pluralOf } from './plural.ts';
import { type RuleWords, type ScopeWords, scopeIn } from './rule-words.ts';

const plural = pluralOf<'one' | 'few' | 'many'>('pl');
const memberships = (n: number) => `${n} ${plural(n, { one: 'karnet', few: 'karnety', many: 'karnetów' })}`;
/** After "z": in the genitive. */
const ofVisits = (n: number) => `${n} ${plural(n, { one: 'wejścia', few: 'wejść', many: 'wejść' })}`;

const scopes: ScopeWords = { any: 'dowolne usługi', service: (id) => `usługa ${id}`, category: (id) => `kategoria ${id}` };

const assurances: Record<ParamValues['assurance'], string> = {
  uid: 'zwykła karta lub kod',
  token: 'kod jednorazowy',
  cryptographic: 'karta zabezpieczona',
};

const states: Record<ParamValues['state'], string> = {
  issued: 'Sprzedany, jeszcze nieaktywowany.',
  active: 'Aktywny.',
  expired: 'Wygasł.',
  used_up: 'Wykorzystany, ale to ponowne wejście jest bez pobrania.',
  cancelled: 'Anulowany.',
  pending_payment: 'Czeka na płatność.',
};

const payments: Record<ParamValues['payment'], string> = {
  paid: 'Opłacono',
  on_credit: 'Sprzedano na kredyt',
  overdue: 'Płatność po terminie, tutaj dopuszczana',
  failed: 'Ostatnia płatność nie przeszła',
  pending: 'Płatność jeszcze niepotwierdzona',
};

const debts: Record<ParamValues['debt'], string> = {
  none: 'Brak zaległości.',
  some: 'Jest zaległość, tutaj dopuszczana.',
  unknown: 'Nie wiadomo, czy jest zaległość: CRM nie podał.',
  not_asked: 'Zaległości nie sprawdzamy: kod nie jest imienny.',
};

export const plRules: RuleWords = {
  rules: {
    'closed-gate': {
      name: 'Zamknięta bramka',
      passed: ({ mode }) =>
        mode === 'closed' ? 'Bramka jest zamknięta, ale pracownicy przechodzą.' : 'Bramka nie jest zamknięta.',
    },
    'double-read': { name: 'Podwójny odczyt', passed: 'To nie jest powtórka tego samego odczytu.' },
    'free-passage': {
      name: 'Wolne przejście',
      passed: ({ mode }) =>
        mode === 'free' || mode === 'emergency'
          ? 'Przejście jest otwarte dla wszystkich, pracownicy przechodzą na swoją kartę.'
          : 'Wyłączone: sprawdzana jest każda karta.',
    },
    'gate-busy': { name: 'Bramka zajęta', passed: 'Bramka na nikogo nie czeka.' },
    'staff-card': { name: 'Karta pracownika', passed: 'To nie jest karta pracownika.' },
    exit: { name: 'Wyjście', passed: 'To jest wejście.' },
    credential: {
      name: 'Karta lub kod',
      passed: ({ credential }) => (credential === null ? 'Jest w bazie i działa.' : `Jest w bazie i działa (${credential}).`),
    },
    assurance: {
      name: 'Zabezpieczenie karty',
      passed: ({ has, needed }) => {
        if (needed === null || needed === 'uid') return 'Wystarczy tu dowolna karta lub kod.';
        const asked = `Potrzeba co najmniej: ${assurances[needed]}.`;
        return has === null ? asked : `${asked} Okazano: ${assurances[has]}.`;
      },
    },
    member: {
      name: 'Klubowicz',
      passed: ({ memberships: count }) => (count === null ? 'Brak blokady.' : `Brak blokady, ${memberships(count)}.`),
    },
    'known-branch': {
      name: 'Klub bramki',
      passed: ({ branch }) => (branch === null ? 'Znany.' : `${branch}.`),
    },
    'opening-hours': {
      name: 'Godziny otwarcia klubu',
      passed: ({ openHours }) =>
        openHours === null ? 'Godziny otwarcia nie ograniczają teraz wejścia.' : `Dziś klub jest otwarty ${openHours}.`,
    },
    documents: {
      name: 'Dokumenty',
      passed: ({ documents }, say) =>
        documents === null ? 'Dostarczono wszystko, co potrzebne.' : `Dostarczono: ${say.document(documents)}.`,
    },
    admission: {
      name: 'Kto może wejść',
      passed: ({ age }) => (age === null ? 'O tej porze wstęp dozwolony.' : `O tej porze wstęp dozwolony. Wiek: ${age}.`),
    },
    'anti-passback': {
      name: 'Już w środku',
      passed: ({ insideSince }, say) =>
        insideSince === null
          ? 'Nie odnotowano wcześniejszego wejścia.'
          : `Wejście odnotowano ${say.at(insideSince)}, można wejść ponownie.`,
    },
    state: { name: 'Stan karnetu', passed: ({ state }) => (state === null ? plRules.passed : states[state]) },
    term: {
      name: 'Pierwszy i ostatni dzień',
      passed: ({ startsOn, lastDay, endsAt }, say) => {
        if (startsOn === null && lastDay === null) return 'Bez terminu.';
        const from = startsOn === null ? '' : ` od ${say.date(startsOn)}`;
        if (lastDay === null) return `Ważny${from}, bez daty końca.`;
        const term = `Ważny${from} do ${say.date(lastDay)}`;
        return endsAt === null ? `${term}.` : `${term}, ostatniego dnia do ${say.endTime(endsAt)}.`;
      },
    },
    overlap: { name: 'Jeden naraz', passed: 'Nie ma wcześniejszego ważnego karnetu tego rodzaju.' },
    payment: {
      name: 'Płatność i zaległości',
      passed: ({ payment, debt, paidThrough }, say) => {
        const paid = payment === null ? '' : paidOf(payment, paidThrough === null ? null : say.date(paidThrough));
        const owed = debt === null ? '' : debts[debt];
        return [paid, owed].filter((part) => part !== '').join(' ') || plRules.passed;
      },
    },
    branch: {
      name: 'Klub karnetu',
      passed: ({ branches }) => (branches === null ? 'Działa we wszystkich klubach.' : `Działa tutaj: ${branches}.`),
    },
    service: {
      name: 'Usługa',
      passed: ({ service, entitlement }) => {
        const covers = service === null ? 'Wejście ogólne' : `Karnet obejmuje: ${service}`;
        return entitlement === null ? `${covers}.` : `${covers} (${scopeIn(scopes, entitlement)}).`;
      },
    },
    individual: { name: 'Zajęcia indywidualne', passed: 'Karnet pasuje do tego rodzaju wizyty.' },
    session: {
      name: 'Rezerwacja',
      passed: ({ session, sessionStartsAt }, say) => {
        if (session === null && sessionStartsAt === null) return 'Zwykła wizyta, bez rezerwacji.';
        const what = session === null ? 'Rezerwacja na zajęcia' : `Rezerwacja na „${session}”`;
        return sessionStartsAt === null ? `${what}.` : `${what}, początek ${say.at(sessionStartsAt)}.`;
      },
    },
    freeze: {
      name: 'Zamrożenie',
      passed: ({ frozenFrom }, say) =>
        frozenFrom === null ? 'Brak zamrożenia.' : `Ta wizyta kończy zamrożenie rozpoczęte ${say.on(frozenFrom)}.`,
    },
    window: {
      name: 'Dni i godziny',
      passed: ({ hours }) => (hours === null ? 'W dowolny dzień, o dowolnej godzinie.' : `Tego dnia karnet działa ${hours}.`),
    },
    'club-card': {
      name: 'Karta klubowa',
      passed: ({ card }) => (card === null ? 'Jest i działa.' : `Działa: „${card}”.`),
    },
    'visits-left': {
      name: 'Pozostałe wejścia',
      passed: ({ left }) => (left === null ? 'Bez limitu.' : `${pl.visitsLeft(left)}, licząc to.`),
    },
    limits: {
      name: 'Limity na dzień, tydzień i miesiąc',
      passed: ({ usedToday, maxPerDay, usedThisWeek, maxPerWeek, usedThisMonth, maxPerMonth }) => {
        const used = [
          usedToday === null || maxPerDay === null ? '' : `dziś ${usedToday} z ${maxPerDay}`,
          usedThisWeek === null || maxPerWeek === null ? '' : `w tym tygodniu ${usedThisWeek} z ${maxPerWeek}`,
          usedThisMonth === null || maxPerMonth === null ? '' : `w tym miesiącu ${usedThisMonth} z ${maxPerMonth}`,
        ].filter((part) => part !== '');
        return used.length === 0 ? 'Limity nie są wyczerpane.' : `Przed tą wizytą wykorzystano: ${used.join(', ')}.`;
      },
    },
    occupancy: {
      name: 'Miejsca w środku',
      passed: ({ inside, limit }) => (inside === null || limit === null ? 'Jest miejsce.' : `W środku ${inside} z ${limit}.`),
    },
    freshness: {
      name: 'Aktualność danych',
      passed: ({ contactAt }, say) =>
        contactAt === null ? 'Nie wiadomo, kiedy był ostatni kontakt z CRM.' : `Ostatni kontakt z CRM ${say.at(contactAt)}.`,
    },
    'alone-bound': {
      name: 'Wejścia bez łączności',
      passed: ({ granted, max }) =>
        granted === null || max === null
          ? 'Limit wejść bez łączności nie jest wyczerpany.'
          : `Bez łączności przyznano ${granted} z ${ofVisits(max)}.`,
    },
    clock: {
      name: 'Zegar sterownika',
      passed: ({ clock }) => {
        if (clock === null) return plRules.passed;
        return clock === 'trusted' ? 'Zegar jest wiarygodny.' : 'Zegar nie jest wiarygodny, ale klub mimo to wpuszcza.';
      },
    },
  },
  passed: 'Bez zastrzeżeń.',
  skipped: 'Tu nie ma zastosowania.',
  leftOut: 'Nie sprawdzono: zegar sterownika nie jest wiarygodny.',
  chosenBy: {
    reentry: 'Wybrany: za to wejście już z niego pobrano.',
    booking: 'Wybrany: rezerwacja jest na ten karnet.',
    match: 'Wybrany: najdokładniej pasuje do usługi.',
    activated: 'Wybrany: jest już aktywowany.',
    unlimited: 'Wybrany: ma wejścia bez limitu.',
    ends: 'Wybrany: kończy się pierwszy.',
    left: 'Wybrany: ma najmniej pozostałych wejść.',
    personal: 'Wybrany: jest osobisty, nie wspólny.',
    sold: 'Wybrany: został sprzedany najwcześniej.',
    id: 'Wybrany według kolejności numerów: poza tym karnety są równe.',
    only: 'Wybrany: inne tu teraz nie pasują.',
  },
};

function paidOf(payment: ParamValues['payment'], through: string | null): string {
  if (through === null) return `${payments[payment]}.`;
  return payment === 'paid' ? `Opłacono do ${through}.` : `${payments[payment]}, opłacono do ${through}.`;
}
