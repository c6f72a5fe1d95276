import type { ParamsOf } from '../../access/params.ts';
import { pluralOf } from './plural.ts';
import type { Say, Words } from './words.ts';

const plural = pluralOf<'one' | 'few' | 'many'>('pl');
const visits = (n: number) => `${n} ${plural(n, { one: 'wejście', few: 'wejścia', many: 'wejść' })}`;
const left = (n: number) => `${plural(n, { one: 'Pozostało', few: 'Pozostały', many: 'Pozostało' })} ${visits(n)}`;
const years = (n: number) => `${n} ${plural(n, { one: 'roku', few: 'lat', many: 'lat' })}`;
const per = { day: 'dziennie', week: 'w tygodniu', month: 'w miesiącu' };
/** "w poniedziałek": with its preposition, in the accusative, which `Intl` does not give. */
const onWeekDay = ['w poniedziałek', 'we wtorek', 'w środę', 'w czwartek', 'w piątek', 'w sobotę', 'w niedzielę'];

export const pl: Words = {
  locale: 'pl',
  codes: {
    OK: {
      headline: ({ stayMinutes }, say) => (stayMinutes === null ? pl.welcome(say.name) : pl.goodbye(say.name)),
      reason: ({ activatedOn, activatedUntil, stayMinutes }, say) => {
        if (stayMinutes !== null) return `Twoja wizyta trwała ${say.duration(stayMinutes)}.`;
        if (activatedOn === null) return '';
        return activatedUntil === null
          ? 'Karnet działa od tej wizyty.'
          : `Karnet działa od tej wizyty, do ${say.date(activatedUntil)} włącznie.`;
      },
      staff: ({ activatedOn, activatedUntil, stayMinutes }, say) => {
        if (stayMinutes !== null) return `Wyjście. Wizyta trwała ${say.duration(stayMinutes)}.`;
        if (activatedOn === null) return 'Przejście dozwolone.';
        const until = activatedUntil === null ? 'bez terminu' : `do ${say.date(activatedUntil)} włącznie`;
        return `Przejście dozwolone. Pierwsza wizyta: karnet aktywny od ${say.date(activatedOn)}, ${until}.`;
      },
    },
    OK_REENTRY: {
      headline: (_, say) => (say.name ? `Witaj ponownie, ${say.name}!` : 'Witaj ponownie!'),
      reason: 'Wejście nie zostało pobrane ponownie.',
      staff: ({ paidAt }, say) =>
        paidAt === null ? 'Ponowne wejście bez pobrania.' : `Ponowne wejście bez pobrania: wejście pobrano ${say.at(paidAt)}.`,
    },
    STAFF_OVERRIDE: {
      headline: (_, say) => pl.welcome(say.name),
      reason: '',
      staff: ({ staff, reason }) => {
        if (reason === null) return staff === null ? 'Karta pracownika.' : `Karta pracownika: ${staff}.`;
        return staff === null ? `Wpuszczenie przez recepcję: ${reason}` : `Wpuszczenie (${staff}): ${reason}`;
      },
    },
    FREE_PASSAGE: {
      headline: ({ mode }, say) => (mode === 'emergency' ? 'Przejście otwarte' : pl.welcome(say.name)),
      reason: ({ mode }) =>
        mode === 'emergency' ? 'Prosimy stosować się do poleceń obsługi.' : 'Teraz wejście jest wolne, nic nie pobieramy.',
      staff: ({ mode }) =>
        mode === 'emergency' ? 'Tryb awaryjny: przejście otwarte, bez pobrania.' : 'Wolne przejście: bez pobrania.',
    },

    GATE_CLOSED: {
      headline: 'Ta bramka jest zamknięta',
      reason: 'Skorzystaj z innej bramki albo podejdź do recepcji.',
      staff: 'Bramka jest zamknięta.',
    },
    DUPLICATE_READ: {
      headline: 'Karta już odczytana',
      reason: 'Nie trzeba przykładać jej ponownie.',
      staff: 'Ta sama karta ponownie w ciągu kilku sekund: drugi raz nie policzono.',
    },
    GATE_BUSY: {
      headline: 'Chwileczkę',
      reason: 'Bramka przepuszcza inną osobę. Przyłóż kartę ponownie za kilka sekund.',
      staff: 'Bramka czekała na przejście innej osoby.',
    },
    AMBIGUOUS_CREDENTIAL: {
      headline: 'Podejdź do recepcji',
      reason: 'Nie udało się ustalić, czyja to karta. Recepcja poprawi to w minutę.',
      staff: ({ members, knownCard }) =>
        knownCard !== null
          ? `Taki sam numer ma nadrukowany inna karta (${knownCard}): wpisz w CRM pełny numer tej karty.`
          : members === null
            ? 'Ten numer jest przypisany kilku klubowiczom.'
            : `Klubowicze z tym numerem: ${members}. Zostaw go aktywnym u jednej osoby.`,
    },
    UNKNOWN_CREDENTIAL: {
      headline: 'Jeszcze nie znamy tej karty',
      reason: 'Pokaż ją, proszę, w recepcji.',
      staff: 'Nieznana karta lub kod.',
    },
    CREDENTIAL_INACTIVE: {
      headline: 'Ta karta jest nieaktywna',
      reason: ({ status, validFrom, validUntil }, say) => {
        if (status === 'lost') return 'Zgłoszono jej zgubienie. Jeśli się znalazła, recepcja włączy ją ponownie.';
        if (status === 'replaced') return 'Zastąpiła ją nowsza. Przyłóż nową kartę albo podejdź do recepcji.';
        if (status === 'returned') return 'Została zwrócona. Nową wyda recepcja.';
        if (validFrom !== null) return `Zacznie działać ${say.at(validFrom)}.`;
        if (validUntil !== null) return `Przestała działać ${say.at(validUntil)}. Nową wyda recepcja.`;
        return 'Podejdź do recepcji, chętnie pomożemy.';
      },
      staff: ({ status, validFrom, validUntil }, say) => {
        if (status !== null && status !== 'active') return `Karta nieaktywna: ${pl.credentialStatus[status]}.`;
        if (validFrom !== null) return `Karta jeszcze nieważna: początek ${say.at(validFrom)}.`;
        if (validUntil !== null) return `Ważność karty minęła ${say.at(validUntil)}.`;
        return 'Karta nieaktywna.';
      },
    },
    CREDENTIAL_REPLAYED: {
      headline: 'Ten kod jest już nieaktualny',
      reason: 'Pokaż nowy kod z aplikacji albo przyłóż kartę jeszcze raz.',
      staff: 'Kod jednorazowy albo to przyłożenie karty jest stare lub było już użyte.',
    },
    CREDENTIAL_TOO_WEAK: {
      headline: 'Tutaj potrzebny jest inny klucz',
      reason: ({ needed }) =>
        needed === 'token' ? 'Użyj kodu w telefonie albo podejdź do recepcji.' : 'Recepcja podpowie, która karta tu działa.',
      staff: ({ needed }) => {
        if (needed === 'token') return 'Ta bramka przyjmuje kody jednorazowe i karty zabezpieczone, a nie zwykły numer.';
        return needed === 'cryptographic'
          ? 'Ta bramka przyjmuje tylko karty zabezpieczone.'
          : 'Karta zbyt słabo zabezpieczona dla tej bramki.';
      },
    },
    UNKNOWN_STATE: {
      headline: 'Podejdź do recepcji',
      reason: 'Nie udało się odczytać Twoich danych. Recepcja pomoże.',
      staff: ({ problem }) =>
        problem === null ? 'Nie można użyć danych klubu o tej osobie.' : `Nie można użyć danych klubu: ${problem}.`,
    },
    MEMBER_BLOCKED: {
      headline: 'Zajrzyj do recepcji',
      reason: 'Przed wizytą trzeba coś wyjaśnić, to nie potrwa długo.',
      staff: ({ blockReason }) =>
        blockReason === null ? 'Blokada klubowicza, nie podano powodu.' : `Blokada klubowicza: ${blockReason}`,
    },
    NO_MEMBERSHIP: {
      headline: 'Nie masz jeszcze karnetu',
      reason: 'Recepcja chętnie pomoże go wybrać.',
      staff: 'Brak karnetu.',
    },
    CLUB_CLOSED: {
      headline: 'Klub jest teraz zamknięty',
      reason: ({ openHours }) =>
        openHours === null ? 'Zapraszamy w godzinach otwarcia.' : `Dziś jesteśmy otwarci ${openHours}.`,
      staff: ({ openHours }) => (openHours === null ? 'Klub zamknięty.' : `Poza godzinami otwarcia: dziś ${openHours}.`),
    },
    DOCUMENT_MISSING: {
      headline: 'Brakuje dokumentu',
      reason: ({ document }, say) =>
        document === null
          ? 'Recepcja podpowie, który jest potrzebny.'
          : `Przynieś, proszę, do recepcji: ${say.document(document)}.`,
      staff: ({ document }, say) => (document === null ? 'Brak dokumentu.' : `Brak dokumentu: ${say.document(document)}.`),
    },
    DOCUMENT_EXPIRED: {
      headline: 'Dokument stracił ważność',
      reason: ({ document }, say) =>
        document === null
          ? 'Przynieś, proszę, nowy do recepcji.'
          : `Przynieś, proszę, do recepcji nowy dokument: ${say.document(document)}.`,
      staff: ({ document, documentEndsOn }, say) => {
        const what = document === null ? 'Dokument nieważny' : `Dokument nieważny: ${say.document(document)}`;
        return documentEndsOn === null ? `${what}.` : `${what}, ważny był do ${say.date(documentEndsOn)}.`;
      },
    },
    NOT_ADMITTED: {
      headline: 'Teraz nie można tędy wejść',
      reason: ({ minAge, maxAge }) => {
        if (minAge !== null) return `O tej porze zapraszamy tu osoby od ${years(minAge)}.`;
        if (maxAge !== null) return `O tej porze zapraszamy tu osoby do ${years(maxAge)} włącznie.`;
        return 'To czas dla innej grupy. Recepcja podpowie, kiedy zapraszamy.';
      },
      staff: ({ minAge, maxAge, tags, notTags }) => {
        if (minAge !== null) return `Brak wstępu: wejście od ${years(minAge)}.`;
        if (maxAge !== null) return `Brak wstępu: wejście do ${years(maxAge)} włącznie.`;
        if (tags !== null) return `Brak wstępu: tylko z oznaczeniem ${tags}.`;
        return notTags === null ? 'Brak wstępu o tej porze.' : `Brak wstępu: nie z oznaczeniem ${notTags}.`;
      },
    },
    ALREADY_INSIDE: {
      headline: 'Wejście już odnotowano',
      reason: 'Jeśli nadal jesteś na zewnątrz, podejdź do recepcji.',
      staff: ({ insideSince }, say) =>
        insideSince === null
          ? 'Już w środku, nie było wyjścia.'
          : `Już w środku: wejście ${say.at(insideSince)}, nie było wyjścia.`,
    },
    PENDING_PAYMENT: {
      headline: 'Karnet czeka na płatność',
      reason: 'Opłać go w recepcji i wchodź.',
      staff: 'Karnet nieopłacony.',
    },
    CANCELLED: {
      headline: 'Karnet został anulowany',
      reason: 'Recepcja chętnie założy nowy.',
      staff: 'Karnet anulowany.',
    },
    EXPIRED: {
      headline: 'Twój karnet się skończył',
      reason: ({ endedOn }, say) =>
        endedOn === null ? 'Recepcja chętnie go przedłuży.' : `Był ważny do ${say.date(endedOn)}. Recepcja chętnie go przedłuży.`,
      staff: ({ endedOn }, say) => (endedOn === null ? 'Karnet wygasł.' : `Karnet wygasł: ostatni dzień ${say.date(endedOn)}.`),
    },
    USED_UP: {
      headline: 'Wszystkie wejścia wykorzystane',
      reason: 'Recepcja chętnie założy nowy karnet.',
      staff: 'Karnet wykorzystany.',
    },
    NOT_STARTED: {
      headline: 'Twój karnet jeszcze się nie zaczął',
      reason: ({ startsOn }, say) =>
        startsOn === null ? 'Recepcja podpowie, kiedy się zacznie.' : `Pierwszy dzień karnetu: ${say.date(startsOn)}.`,
      staff: ({ startsOn }, say) =>
        startsOn === null
          ? 'Karnet się nie zaczął, brak daty początku.'
          : `Karnet się nie zaczął: pierwszy dzień ${say.date(startsOn)}.`,
    },
    WAITS_FOR_OTHER: {
      headline: 'Najpierw inny karnet',
      reason: ({ other }) =>
        other === null ? 'Ten zacznie się, gdy skończy się poprzedni.' : `Ten zacznie się, gdy skończy się „${other}”.`,
      staff: ({ other }) => (other === null ? 'Czeka na koniec wcześniejszego karnetu.' : `Czeka na koniec karnetu „${other}”.`),
    },
    DEBT: {
      headline: 'Jest płatność do uregulowania',
      reason: 'Zajrzyj, proszę, do recepcji przed wizytą.',
      staff: (params, say) => `${debtOf(params, say)}: wejście wstrzymane.`,
    },
    PAYMENT_FAILED: {
      headline: 'Ostatnia płatność nie przeszła',
      reason: 'Zajrzyj, proszę, do recepcji, to zajmie minutę.',
      staff: ({ paidThrough }, say) =>
        paidThrough === null
          ? 'Płatność cykliczna nie przeszła.'
          : `Płatność cykliczna nie przeszła: opłacono do ${say.date(paidThrough)}.`,
    },
    WRONG_BRANCH: {
      headline: 'Twój karnet jest do innego klubu',
      reason: ({ branches }) => (branches === null ? 'Podejdź, proszę, do recepcji.' : `Działa tutaj: ${branches}.`),
      staff: ({ branches }) =>
        branches === null ? 'Karnet nie działa w tym klubie.' : `Inny klub. Karnet działa tutaj: ${branches}.`,
    },
    WRONG_SERVICE: {
      headline: 'Tego nie ma w Twoim karnecie',
      reason: ({ service }) =>
        service === null
          ? 'To wejście wymaga innego karnetu. Podejdź, proszę, do recepcji.'
          : `„${service}” można dokupić w recepcji.`,
      staff: ({ service }) => (service === null ? 'Karnet nie obejmuje tego wejścia.' : `Karnet nie obejmuje: ${service}.`),
    },
    INDIVIDUAL_ONLY: {
      headline: 'Na treningi personalne',
      reason: 'Z tym karnetem wchodzi się na umówiony trening. Zapytaj trenera albo recepcję.',
      staff: 'Karnet tylko na zajęcia indywidualne.',
    },
    TOO_EARLY: {
      headline: 'Twoje zajęcia są później',
      reason: ({ session, entryFrom }, say) => {
        const what = session === null ? 'Wejście na zajęcia' : `Wejście na „${session}”`;
        return entryFrom === null ? `${what} jeszcze nie jest otwarte.` : `${what} otwieramy ${say.at(entryFrom)}.`;
      },
      staff: ({ session, sessionStartsAt, entryFrom }, say) => {
        const what = session === null ? 'Za wcześnie na zajęcia' : `Za wcześnie na „${session}”`;
        const starts = sessionStartsAt === null ? what : `${what}: początek ${say.at(sessionStartsAt)}`;
        return entryFrom === null ? `${starts}.` : `${starts}, wejście od ${say.time(entryFrom)}.`;
      },
    },
    TOO_LATE: {
      headline: 'Zajęcia już się zaczęły',
      reason: ({ session }) =>
        session === null
          ? 'Wejście na nie jest zamknięte. Recepcja znajdzie inne.'
          : `Wejście na „${session}” jest zamknięte. Recepcja znajdzie inne zajęcia.`,
      staff: ({ session, sessionStartsAt }, say) => {
        const what = session === null ? 'Za późno na zajęcia' : `Za późno na „${session}”`;
        return sessionStartsAt === null ? `${what}.` : `${what}: początek ${say.at(sessionStartsAt)}.`;
      },
    },
    BOOKING_REQUIRED: {
      headline: 'Tu wchodzi się z rezerwacją',
      reason: 'Zarezerwuj zajęcia w aplikacji albo w recepcji.',
      staff: ({ service }) => (service === null ? 'Brak rezerwacji na teraz.' : `Brak rezerwacji na teraz: ${service}.`),
    },
    FROZEN: {
      headline: 'Twój karnet jest zamrożony',
      reason: ({ frozenUntil }, say) =>
        frozenUntil === null
          ? 'Recepcja odmrozi go, kiedy zechcesz.'
          : `Zamrożenie trwa do ${say.dayBefore(frozenUntil)} włącznie. Chcesz przyjść wcześniej? Podejdź do recepcji.`,
      staff: (params, say) => `Karnet: ${freezeOf(params, say)}.`,
    },
    OUTSIDE_DAYS: {
      headline: 'Nie w tym dniu',
      reason: ({ days }, say) =>
        days === null ? 'Recepcja podpowie dni Twojego karnetu.' : `Twój karnet działa ${say.days(days)}.`,
      staff: ({ days }, say) =>
        days === null ? 'Nie ten dzień tygodnia.' : `Nie ten dzień tygodnia: karnet działa ${say.days(days)}.`,
    },
    OUTSIDE_HOURS: {
      headline: 'Nie o tej porze',
      reason: ({ hours }) => (hours === null ? 'Recepcja podpowie godziny Twojego karnetu.' : `Twoje godziny dziś: ${hours}.`),
      staff: ({ hours }) => (hours === null ? 'Nie ta pora.' : `Nie ta pora: dziś karnet działa ${hours}.`),
    },
    CLUB_CARD_MISSING: {
      headline: 'Potrzebna jest karta klubowa',
      reason: 'Ten karnet działa razem z kartą klubową. Recepcja pomoże.',
      staff: ({ cardCode }, say) =>
        cardCode === null ? 'Brak karty klubowej.' : `Karta klubowa nie działa. ${say.staff(cardCode)}`,
    },
    CLUB_CARD_EXPIRED: {
      headline: ({ endedOn }) => (endedOn === null ? 'Twoja karta klubowa dziś nie działa' : 'Twoja karta klubowa się skończyła'),
      reason: ({ endedOn }, say) =>
        endedOn === null ? 'Recepcja chętnie pomoże.' : `Była ważna do ${say.date(endedOn)}. Recepcja chętnie ją przedłuży.`,
      staff: ({ endedOn }, say) =>
        endedOn === null ? 'Karta klubowa tego dnia nie działa.' : `Karta klubowa wygasła: ostatni dzień ${say.date(endedOn)}.`,
    },
    CLUB_CARD_FROZEN: {
      headline: 'Twoja karta klubowa jest zamrożona',
      reason: ({ frozenUntil }, say) =>
        frozenUntil === null
          ? 'Recepcja odmrozi ją, kiedy zechcesz.'
          : `Zamrożenie trwa do ${say.dayBefore(frozenUntil)} włącznie. Chcesz przyjść wcześniej? Podejdź do recepcji.`,
      staff: (params, say) => `Karta klubowa: ${freezeOf(params, say)}.`,
    },
    NO_VISITS_LEFT: {
      headline: (params) => (params.left === null || params.left === 0 ? 'Nie masz już wejść' : 'Za mało wejść'),
      reason: (params) =>
        params.left === null || params.left === 0 || params.cost === null
          ? 'Recepcja chętnie założy nowy karnet.'
          : `Twoja rezerwacja pobiera ${visits(params.cost)}, a masz ${params.left}. Recepcja pomoże.`,
      staff: (params) =>
        params.left === null || params.left === 0 || params.cost === null
          ? 'Brak wejść.'
          : `Za mało wejść: potrzeba ${params.cost}, zostało ${params.left}.`,
    },
    LIMIT_REACHED: {
      headline: (params) => {
        if (params.per === 'week') return 'Na ten tydzień to wszystko';
        return params.per === 'month' ? 'Na ten miesiąc to wszystko' : 'Na dziś to wszystko';
      },
      reason: (params) =>
        params.max === null || params.per === null
          ? 'Wejścia na ten czas są wykorzystane.'
          : `Twój karnet obejmuje ${visits(params.max)} ${per[params.per]}.`,
      staff: (params) =>
        params.max === null || params.per === null
          ? 'Limit wykorzystany.'
          : `Limit wykorzystany: ${visits(params.max)} ${per[params.per]}.`,
    },
    ZONE_FULL: {
      headline: 'W środku nie ma miejsc',
      reason: 'Poczekaj chwilę, zaraz zwolni się miejsce.',
      staff: ({ inside, limit }) => (inside === null || limit === null ? 'Strefa pełna.' : `Strefa pełna: ${inside} z ${limit}.`),
    },
    STALE_DATA: {
      headline: 'Podejdź do recepcji',
      reason: 'Nie możemy teraz sprawdzić Twojego karnetu. Recepcja pomoże.',
      staff: ({ contactAt }, say) =>
        contactAt === null
          ? 'Dane klubu mogą być nieaktualne: brak kontaktu z CRM.'
          : `Dane klubu mogą być nieaktualne: ostatni kontakt z CRM ${say.at(contactAt)}.`,
    },
    CLOCK_UNTRUSTED: {
      headline: 'Podejdź do recepcji',
      reason: 'Bramka nie zna teraz dokładnej godziny. Recepcja pomoże.',
      staff: 'Zegar sterownika nie jest wiarygodny: dat i godzin nie sprawdzono.',
    },
    RULE_FAILED: {
      headline: 'Coś poszło nie tak',
      reason: 'To nie wina karty. Podejdź, proszę, do recepcji.',
      staff: ({ rule }, say) =>
        rule === null
          ? 'Błąd reguły, bramka pozostała zamknięta. Zgłoś instalatorowi.'
          : `Błąd reguły „${say.rule(rule)}”, bramka pozostała zamknięta. Zgłoś instalatorowi.`,
    },

    NOT_PASSED: {
      headline: 'Bramka znów jest zamknięta',
      reason: 'Wejście nie zostało pobrane. Przyłóż kartę jeszcze raz.',
      staff: ({ because }) => {
        if (because === 'gate_failed') return 'Bramka się nie otworzyła: wejście oddano.';
        if (because === 'restart') return 'Sterownik uruchomił się ponownie podczas oczekiwania: wejście oddano.';
        return 'Nikt nie przeszedł: wejście oddano.';
      },
    },
    UNEXPECTED_PASSAGE: {
      headline: 'Przyłóż, proszę, kartę',
      reason: 'Ktoś przeszedł bez karty.',
      staff: 'Ktoś przeszedł bez karty.',
    },
    GATE_FAILED: {
      headline: 'Bramka nie odpowiada',
      reason: 'Wejście nie zostało pobrane. Podejdź, proszę, do recepcji.',
      staff: 'Bramka nie odpowiada: sprawdź zasilanie i kabel.',
    },
  },

  warnings: {
    WARN_LAST_VISIT: (params) => (params.left === null || params.left === 0 ? 'To ostatnie wejście.' : `${left(params.left)}.`),
    WARN_EXPIRES_SOON: ({ endsOn }, say) =>
      endsOn === null ? 'Karnet wkrótce się skończy.' : `Karnet kończy się ${say.on(endsOn)}.`,
    WARN_DEBT: 'Jest płatność do uregulowania. Zajrzyj, proszę, do recepcji.',
    WARN_PAYMENT_FAILED: 'Ostatnia płatność nie przeszła. Zajrzyj, proszę, do recepcji.',
    WARN_DOCUMENT_EXPIRES: ({ document, documentEndsOn }, say) => {
      if (documentEndsOn === null) {
        return document === null
          ? 'Brakuje dokumentu. Przynieś go, proszę, do recepcji.'
          : `Przynieś, proszę, do recepcji: ${say.document(document)}.`;
      }
      const what = document === null ? 'Pora odnowić dokument' : `Pora odnowić dokument: ${say.document(document)}`;
      return `${what}, termin do ${say.date(documentEndsOn)}.`;
    },
  },
  staffWarnings: {
    WARN_LAST_VISIT: (params) => (params.left === null || params.left === 0 ? 'Ostatnie wejście.' : `${left(params.left)}.`),
    WARN_EXPIRES_SOON: ({ endsOn }, say) =>
      endsOn === null ? 'Karnet wkrótce się skończy.' : `Karnet się kończy: ostatni dzień ${say.date(endsOn)}.`,
    WARN_DEBT: (params, say) => `${debtOf(params, say)}.`,
    WARN_PAYMENT_FAILED: ({ paidThrough }, say) =>
      paidThrough === null
        ? 'Płatność cykliczna nie przeszła.'
        : `Płatność cykliczna nie przeszła: opłacono do ${say.date(paidThrough)}.`,
    WARN_STALE: ({ contactAt }, say) =>
      contactAt === null ? 'Nieaktualne dane.' : `Nieaktualne dane: ostatni kontakt ${say.at(contactAt)}.`,
    WARN_ALREADY_INSIDE: ({ insideSince }, say) =>
      insideSince === null
        ? 'Już w środku, nie było wyjścia.'
        : `Już w środku: wejście ${say.at(insideSince)}, nie było wyjścia.`,
    WARN_DOCUMENT_EXPIRES: ({ document, documentEndsOn }, say) => {
      if (documentEndsOn === null) return document === null ? 'Brak dokumentu.' : `Brak dokumentu: ${say.document(document)}.`;
      const what = document === null ? 'Pora odnowić dokument' : `Pora odnowić dokument: ${say.document(document)}`;
      return `${what}, termin do ${say.date(documentEndsOn)}.`;
    },
    WARN_OVERSTAY: ({ stayMinutes, maxStayMinutes }, say) => {
      if (stayMinutes === null) return 'Wizyta trwała dłużej, niż wolno.';
      const lasted = `Wizyta trwała ${say.duration(stayMinutes)}`;
      return maxStayMinutes === null ? `${lasted}, czyli za długo.` : `${lasted}, a może trwać ${say.duration(maxStayMinutes)}.`;
    },
  },

  modes: { controlled: 'Na kartę', free: 'Wolne przejście', closed: 'Zamknięta', emergency: 'Awaryjnie otwarta' },
  idle: {
    enter: 'Przyłóż kartę lub opaskę',
    leave: 'Aby wyjść, przyłóż kartę',
    closed: 'Ta bramka jest zamknięta',
    free: 'Wejście wolne, zapraszamy',
    emergency: 'Przejście otwarte, przechodź',
  },
  oneMoment: 'Chwileczkę…',
  welcome: (name) => (name ? `Witaj, ${name}!` : 'Witaj!'),
  goodbye: (name) => (name ? `Do zobaczenia, ${name}!` : 'Do zobaczenia!'),
  askAtDesk: 'Podejdź do recepcji',
  walkThrough: 'Możesz przejść',
  visitsLeft: (n) => {
    if (n === null) return 'Wejścia bez limitu';
    return n === 0 ? 'Nie masz już wejść' : left(n);
  },
  validUntil: (date) => `Ważny do ${date}`,
  until: (date) => `do ${date}`,
  nextTime: (moment) => `Zapraszamy ${moment}.`,
  when: ({ relation, weekDay, date }, time) => {
    const name = weekDay === null ? date : `${onWeekDay[weekDay - 1]} ${date}`;
    const day = { today: 'dziś', tomorrow: 'jutro', yesterday: 'wczoraj', other: name }[relation];
    return time === null ? day : `${day} o ${time}`;
  },
  onDays: {
    weekdays: (names) => `w dni robocze (${names})`,
    weekend: (names) => `w weekendy (${names})`,
    other: (names) => `w te dni: ${names}`,
  },
  documents: { medical: 'zaświadczenie lekarskie', waiver: 'podpisane oświadczenie' },
  credentialStatus: {
    active: 'aktywna',
    suspended: 'wstrzymana',
    lost: 'zgubiona',
    replaced: 'zastąpiona inną',
    returned: 'zwrócona',
  },
  duration: {
    hours: (n) => `${n} ${plural(n, { one: 'godzinę', few: 'godziny', many: 'godzin' })}`,
    minutes: (n) => `${n} ${plural(n, { one: 'minutę', few: 'minuty', many: 'minut' })}`,
    moment: 'mniej niż minutę',
  },
};

function debtOf({ amount, currency, debtSince, terminatesOn }: ParamsOf<'DEBT'>, say: Say): string {
  const debt = amount === null ? 'Zaległość w płatności' : `Zaległość ${say.money(amount, currency)}`;
  const since = debtSince === null ? '' : ` od ${say.date(debtSince)}`;
  const end = terminatesOn === null ? '' : `, umowa do ${say.date(terminatesOn)}`;
  return debt + since + end;
}

function freezeOf({ frozenFrom, frozenUntil }: ParamsOf<'FROZEN'>, say: Say): string {
  const from = frozenFrom === null ? 'zamrożenie' : `zamrożenie od ${say.date(frozenFrom)}`;
  return frozenUntil === null ? `${from}, bez daty końca` : `${from}, znów działa od ${say.date(frozenUntil)}`;
}
