import type { ParamsOf } from '../../access/params.ts';
import { pluralOf } from './plural.ts';
import type { Say, Words } from './words.ts';

const plural = pluralOf<'one' | 'few' | 'many'>('ru');
const visits = (n: number) => `${n} ${plural(n, { one: 'посещение', few: 'посещения', many: 'посещений' })}`;
const left = (n: number) => `Осталось ${visits(n)}`;
const clients = (n: number) => `${n} ${plural(n, { one: 'клиентом', few: 'клиентами', many: 'клиентами' })}`;
const years = (n: number) => `${n} ${plural(n, { one: 'года', few: 'лет', many: 'лет' })}`;
const per = { day: 'в день', week: 'в неделю', month: 'в месяц' };
/** "в понедельник": with its preposition, in the accusative, which `Intl` does not give. */
const onWeekDay = ['в понедельник', 'во вторник', 'в среду', 'в четверг', 'в пятницу', 'в субботу', 'в воскресенье'];

export const ru: Words = {
  locale: 'ru',
  codes: {
    OK: {
      headline: ({ stayMinutes }, say) => (stayMinutes === null ? ru.welcome(say.name) : ru.goodbye(say.name)),
      reason: ({ activatedOn, activatedUntil, stayMinutes }, say) => {
        if (stayMinutes !== null) return `Вы были у нас ${say.duration(stayMinutes)}.`;
        if (activatedOn === null) return '';
        return activatedUntil === null
          ? 'Абонемент действует с этого посещения.'
          : `Абонемент действует с этого посещения, по ${say.date(activatedUntil)}.`;
      },
      staff: ({ activatedOn, activatedUntil, stayMinutes }, say) => {
        if (stayMinutes !== null) return `Выход. Посещение длилось ${say.duration(stayMinutes)}.`;
        if (activatedOn === null) return 'Проход разрешён.';
        const until = activatedUntil === null ? 'без срока' : `по ${say.date(activatedUntil)}`;
        return `Проход разрешён. Первое посещение: абонемент активен с ${say.date(activatedOn)}, ${until}.`;
      },
    },
    OK_REENTRY: {
      headline: (_, say) => (say.name ? `С возвращением, ${say.name}!` : 'С возвращением!'),
      reason: 'Посещение повторно не списано.',
      staff: ({ paidAt }, say) =>
        paidAt === null ? 'Повторный вход без списания.' : `Повторный вход без списания: списано ${say.at(paidAt)}.`,
    },
    STAFF_OVERRIDE: {
      headline: (_, say) => ru.welcome(say.name),
      reason: '',
      staff: ({ staff, reason }) => {
        if (reason === null) return staff === null ? 'Карта сотрудника.' : `Карта сотрудника: ${staff}.`;
        return staff === null ? `Пропущено вручную: ${reason}` : `Пропущено вручную (${staff}): ${reason}`;
      },
    },
    FREE_PASSAGE: {
      headline: ({ mode }, say) => (mode === 'emergency' ? 'Проход открыт' : ru.welcome(say.name)),
      reason: ({ mode }) =>
        mode === 'emergency' ? 'Пожалуйста, следуйте указаниям сотрудников.' : 'Сейчас вход свободный, посещение не списано.',
      staff: ({ mode }) =>
        mode === 'emergency' ? 'Экстренный режим: проход открыт, без списания.' : 'Свободный проход: без списания.',
    },

    GATE_CLOSED: {
      headline: 'Этот вход закрыт',
      reason: 'Пройдите, пожалуйста, через другой турникет или подойдите к администратору.',
      staff: 'Турникет закрыт.',
    },
    DUPLICATE_READ: {
      headline: 'Карта уже считана',
      reason: 'Прикладывать её ещё раз не нужно.',
      staff: 'Та же карта повторно за несколько секунд: второй раз не учтена.',
    },
    GATE_BUSY: {
      headline: 'Секунду, пожалуйста',
      reason: 'Турникет пропускает другого гостя. Приложите карту через несколько секунд.',
      staff: 'Турникет ждал прохода другого человека.',
    },
    AMBIGUOUS_CREDENTIAL: {
      headline: 'Подойдите к администратору',
      reason: 'Не удалось понять, чья это карта. Администратор исправит это за минуту.',
      staff: ({ members, knownCard }) =>
        knownCard !== null
          ? `Тот же номер напечатан на другой карте (${knownCard}): впишите полный номер этой карты в CRM.`
          : members === null
            ? 'Этот номер записан сразу за несколькими клиентами.'
            : `Этот номер записан за ${clients(members)}: оставьте его активным у одного.`,
    },
    UNKNOWN_CREDENTIAL: {
      headline: 'Эту карту мы пока не знаем',
      reason: 'Покажите её, пожалуйста, администратору.',
      staff: 'Неизвестная карта или код.',
    },
    CREDENTIAL_INACTIVE: {
      headline: 'Эта карта не действует',
      reason: ({ status, validFrom, validUntil }, say) => {
        if (status === 'lost') return 'Она отмечена как утерянная. Если карта нашлась, администратор снова её включит.';
        if (status === 'replaced') return 'Вместо неё выдана другая. Приложите новую карту или подойдите к администратору.';
        if (status === 'returned') return 'Она сдана. Новую выдаст администратор.';
        if (validFrom !== null) return `Она начнёт действовать ${say.at(validFrom)}.`;
        if (validUntil !== null) return `Её срок закончился ${say.at(validUntil)}. Новую выдаст администратор.`;
        return 'Подойдите, пожалуйста, к администратору, вам помогут.';
      },
      staff: ({ status, validFrom, validUntil }, say) => {
        if (status !== null && status !== 'active') return `Карта не действует: ${ru.credentialStatus[status]}.`;
        if (validFrom !== null) return `Карта ещё не действует: начало ${say.at(validFrom)}.`;
        if (validUntil !== null) return `Срок карты закончился ${say.at(validUntil)}.`;
        return 'Карта не действует.';
      },
    },
    CREDENTIAL_REPLAYED: {
      headline: 'Этот код устарел',
      reason: 'Покажите новый код из приложения или приложите карту ещё раз.',
      staff: 'Одноразовый код или это прикладывание карты устарели или уже использованы.',
    },
    CREDENTIAL_TOO_WEAK: {
      headline: 'Здесь нужен другой ключ',
      reason: ({ needed }) =>
        needed === 'token'
          ? 'Покажите код в телефоне или подойдите к администратору.'
          : 'Администратор подскажет, какая карта здесь подходит.',
      staff: ({ needed }) => {
        if (needed === 'token') return 'Этот вход принимает одноразовые коды и защищённые карты, а не простой номер.';
        return needed === 'cryptographic'
          ? 'Этот вход принимает только защищённые карты.'
          : 'Карта недостаточно защищена для этого входа.';
      },
    },
    UNKNOWN_STATE: {
      headline: 'Подойдите к администратору',
      reason: 'Не получилось прочитать ваши данные. Администратор поможет.',
      staff: ({ problem }) =>
        problem === null ? 'Данные клуба по этому человеку не читаются.' : `Данные клуба не читаются: ${problem}.`,
    },
    MEMBER_BLOCKED: {
      headline: 'Загляните к администратору',
      reason: 'Перед посещением нужно кое-что уточнить, это недолго.',
      staff: ({ blockReason }) =>
        blockReason === null ? 'Клиент заблокирован, причина не указана.' : `Клиент заблокирован: ${blockReason}`,
    },
    NO_MEMBERSHIP: {
      headline: 'Абонемента пока нет',
      reason: 'Администратор с радостью поможет его выбрать.',
      staff: 'Нет ни одного абонемента.',
    },
    CLUB_CLOSED: {
      headline: 'Клуб сейчас закрыт',
      reason: ({ openHours }) =>
        openHours === null ? 'Будем рады видеть вас, когда откроемся.' : `Сегодня мы работаем ${openHours}.`,
      staff: ({ openHours }) => (openHours === null ? 'Клуб закрыт.' : `Вне часов работы: сегодня ${openHours}.`),
    },
    DOCUMENT_MISSING: {
      headline: 'Не хватает документа',
      reason: ({ document }, say) =>
        document === null
          ? 'Администратор подскажет, какой нужен.'
          : `Принесите, пожалуйста, администратору: ${say.document(document)}.`,
      staff: ({ document }, say) => (document === null ? 'Нет документа.' : `Нет документа: ${say.document(document)}.`),
    },
    DOCUMENT_EXPIRED: {
      headline: 'Срок документа закончился',
      reason: ({ document }, say) =>
        document === null
          ? 'Принесите, пожалуйста, администратору новый.'
          : `Принесите, пожалуйста, администратору новый документ: ${say.document(document)}.`,
      staff: ({ document, documentEndsOn }, say) => {
        const what = document === null ? 'Документ просрочен' : `Документ просрочен: ${say.document(document)}`;
        return documentEndsOn === null ? `${what}.` : `${what}, действовал по ${say.date(documentEndsOn)}.`;
      },
    },
    NOT_ADMITTED: {
      headline: 'Сейчас пройти не получится',
      reason: ({ minAge, maxAge }) => {
        if (minAge !== null) return `В это время здесь ждут гостей от ${years(minAge)}.`;
        if (maxAge !== null) return `В это время здесь ждут гостей не старше ${years(maxAge)}.`;
        return 'Это время отведено другой группе. Администратор подскажет ваше.';
      },
      staff: ({ minAge, maxAge, tags, notTags }) => {
        if (minAge !== null) return `Не допускается: вход с ${years(minAge)}.`;
        if (maxAge !== null) return `Не допускается: вход не старше ${years(maxAge)}.`;
        if (tags !== null) return `Не допускается: вход только с меткой ${tags}.`;
        return notTags === null ? 'Не допускается в это время.' : `Не допускается: вход закрыт с меткой ${notTags}.`;
      },
    },
    ALREADY_INSIDE: {
      headline: 'Вход уже отмечен',
      reason: 'Если вы ещё снаружи, подойдите, пожалуйста, к администратору.',
      staff: ({ insideSince }, say) =>
        insideSince === null ? 'Уже внутри, выхода не было.' : `Уже внутри: вход ${say.at(insideSince)}, выхода не было.`,
    },
    PENDING_PAYMENT: {
      headline: 'Абонемент ждёт оплаты',
      reason: 'Оплатите его у администратора и проходите.',
      staff: 'Абонемент не оплачен.',
    },
    CANCELLED: {
      headline: 'Абонемент отменён',
      reason: 'Администратор с радостью оформит новый.',
      staff: 'Абонемент отменён.',
    },
    EXPIRED: {
      headline: 'Абонемент закончился',
      reason: ({ endedOn }, say) =>
        endedOn === null
          ? 'Администратор с радостью его продлит.'
          : `Он действовал по ${say.date(endedOn)}. Администратор с радостью его продлит.`,
      staff: ({ endedOn }, say) =>
        endedOn === null ? 'Абонемент истёк.' : `Абонемент истёк: последний день ${say.date(endedOn)}.`,
    },
    USED_UP: {
      headline: 'Все посещения использованы',
      reason: 'Администратор с радостью оформит новый абонемент.',
      staff: 'Абонемент израсходован.',
    },
    NOT_STARTED: {
      headline: 'Абонемент ещё не начался',
      reason: ({ startsOn }, say) =>
        startsOn === null ? 'Администратор подскажет, когда он начнётся.' : `Первый день абонемента: ${say.date(startsOn)}.`,
      staff: ({ startsOn }, say) =>
        startsOn === null ? 'Абонемент не начался, дата не задана.' : `Абонемент не начался: первый день ${say.date(startsOn)}.`,
    },
    WAITS_FOR_OTHER: {
      headline: 'Сначала другой абонемент',
      reason: ({ other }) =>
        other === null ? 'Этот начнётся, когда закончится предыдущий.' : `Этот начнётся, когда закончится «${other}».`,
      staff: ({ other }) => (other === null ? 'Ждёт окончания предыдущего абонемента.' : `Ждёт окончания абонемента «${other}».`),
    },
    DEBT: {
      headline: 'Нужно внести оплату',
      reason: 'Загляните, пожалуйста, к администратору перед посещением.',
      staff: (params, say) => `${debtOf(params, say)}: вход закрыт.`,
    },
    PAYMENT_FAILED: {
      headline: 'Последний платёж не прошёл',
      reason: 'Загляните, пожалуйста, к администратору, это минута.',
      staff: ({ paidThrough }, say) =>
        paidThrough === null
          ? 'Регулярный платёж не прошёл.'
          : `Регулярный платёж не прошёл: оплачено по ${say.date(paidThrough)}.`,
    },
    WRONG_BRANCH: {
      headline: 'Абонемент для другого клуба',
      reason: ({ branches }) =>
        branches === null ? 'Подойдите, пожалуйста, к администратору.' : `Он действует здесь: ${branches}.`,
      staff: ({ branches }) =>
        branches === null ? 'Абонемент не действует в этом филиале.' : `Не тот филиал. Действует здесь: ${branches}.`,
    },
    WRONG_SERVICE: {
      headline: 'Не входит в ваш абонемент',
      reason: ({ service }) =>
        service === null
          ? 'Для этого входа нужен другой абонемент. Подойдите, пожалуйста, к администратору.'
          : `«${service}» можно добавить у администратора.`,
      staff: ({ service }) => (service === null ? 'Абонемент не для этого входа.' : `Не входит в абонемент: ${service}.`),
    },
    INDIVIDUAL_ONLY: {
      headline: 'Для персональных тренировок',
      reason: 'По этому абонементу проходят на тренировку по записи. Уточните у тренера или администратора.',
      staff: 'Абонемент только для индивидуальных занятий.',
    },
    TOO_EARLY: {
      headline: 'Ваше занятие позже',
      reason: ({ session, entryFrom }, say) => {
        const what = session === null ? 'Вход на занятие' : `Вход на «${session}»`;
        return entryFrom === null ? `${what} пока не открыт.` : `${what} откроется ${say.at(entryFrom)}.`;
      },
      staff: ({ session, sessionStartsAt, entryFrom }, say) => {
        const what = session === null ? 'Рано для занятия' : `Рано для занятия «${session}»`;
        const starts = sessionStartsAt === null ? what : `${what}: начало ${say.at(sessionStartsAt)}`;
        return entryFrom === null ? `${starts}.` : `${starts}, вход с ${say.time(entryFrom)}.`;
      },
    },
    TOO_LATE: {
      headline: 'Занятие уже началось',
      reason: ({ session }) =>
        session === null
          ? 'Вход на него закрыт. Администратор подберёт другое.'
          : `Вход на «${session}» закрыт. Администратор подберёт другое занятие.`,
      staff: ({ session, sessionStartsAt }, say) => {
        const what = session === null ? 'Поздно для занятия' : `Поздно для занятия «${session}»`;
        return sessionStartsAt === null ? `${what}.` : `${what}: начало ${say.at(sessionStartsAt)}.`;
      },
    },
    BOOKING_REQUIRED: {
      headline: 'Сюда проходят по записи',
      reason: 'Запишитесь, пожалуйста, в приложении или у администратора.',
      staff: ({ service }) => (service === null ? 'Нет записи на это время.' : `Нет записи на это время: ${service}.`),
    },
    FROZEN: {
      headline: 'Абонемент заморожен',
      reason: ({ frozenUntil }, say) =>
        frozenUntil === null
          ? 'Администратор разморозит его, когда скажете.'
          : `Заморозка по ${say.dayBefore(frozenUntil)}. Хотите прийти раньше? Подойдите к администратору.`,
      staff: (params, say) => `Абонемент: ${freezeOf(params, say)}.`,
    },
    OUTSIDE_DAYS: {
      headline: 'Не в этот день',
      reason: ({ days }, say) =>
        days === null ? 'Администратор подскажет дни вашего абонемента.' : `Ваш абонемент действует ${say.days(days)}.`,
      staff: ({ days }, say) => (days === null ? 'Не тот день недели.' : `Не тот день недели: действует ${say.days(days)}.`),
    },
    OUTSIDE_HOURS: {
      headline: 'Не в это время',
      reason: ({ hours }) =>
        hours === null ? 'Администратор подскажет часы вашего абонемента.' : `Ваши часы сегодня: ${hours}.`,
      staff: ({ hours }) => (hours === null ? 'Не то время.' : `Не то время: сегодня действует ${hours}.`),
    },
    CLUB_CARD_MISSING: {
      headline: 'Нужна клубная карта',
      reason: 'Этот абонемент действует вместе с клубной картой. Администратор поможет.',
      staff: ({ cardCode }, say) =>
        cardCode === null ? 'Нет клубной карты.' : `Клубная карта не действует. ${say.staff(cardCode)}`,
    },
    CLUB_CARD_EXPIRED: {
      headline: ({ endedOn }) => (endedOn === null ? 'Клубная карта сегодня не действует' : 'Клубная карта закончилась'),
      reason: ({ endedOn }, say) =>
        endedOn === null
          ? 'Администратор поможет.'
          : `Она действовала по ${say.date(endedOn)}. Администратор с радостью её продлит.`,
      staff: ({ endedOn }, say) =>
        endedOn === null
          ? 'Клубная карта в этот день не действует.'
          : `Клубная карта истекла: последний день ${say.date(endedOn)}.`,
    },
    CLUB_CARD_FROZEN: {
      headline: 'Клубная карта заморожена',
      reason: ({ frozenUntil }, say) =>
        frozenUntil === null
          ? 'Администратор разморозит её, когда скажете.'
          : `Заморозка по ${say.dayBefore(frozenUntil)}. Хотите прийти раньше? Подойдите к администратору.`,
      staff: (params, say) => `Клубная карта: ${freezeOf(params, say)}.`,
    },
    NO_VISITS_LEFT: {
      headline: (params) => (params.left === null || params.left === 0 ? 'Посещений не осталось' : 'Посещений не хватает'),
      reason: (params) =>
        params.left === null || params.left === 0 || params.cost === null
          ? 'Администратор с радостью оформит новый абонемент.'
          : `Для вашей записи нужно ${visits(params.cost)}, осталось ${params.left}. Администратор поможет.`,
      staff: (params) =>
        params.left === null || params.left === 0 || params.cost === null
          ? 'Посещений не осталось.'
          : `Посещений не хватает: нужно ${params.cost}, осталось ${params.left}.`,
    },
    LIMIT_REACHED: {
      headline: (params) => {
        if (params.per === 'week') return 'На эту неделю это всё';
        return params.per === 'month' ? 'На этот месяц это всё' : 'На сегодня это всё';
      },
      reason: (params) =>
        params.max === null || params.per === null
          ? 'Посещения за это время использованы.'
          : `По вашему абонементу можно ${visits(params.max)} ${per[params.per]}.`,
      staff: (params) =>
        params.max === null || params.per === null
          ? 'Лимит исчерпан.'
          : `Лимит исчерпан: ${visits(params.max)} ${per[params.per]}.`,
    },
    ZONE_FULL: {
      headline: 'Внутри нет мест',
      reason: 'Подождите немного, пожалуйста, место скоро освободится.',
      staff: ({ inside, limit }) =>
        inside === null || limit === null ? 'Зона заполнена.' : `Зона заполнена: ${inside} из ${limit}.`,
    },
    STALE_DATA: {
      headline: 'Подойдите к администратору',
      reason: 'Сейчас не получается проверить абонемент. Администратор поможет.',
      staff: ({ contactAt }, say) =>
        contactAt === null
          ? 'Данные клуба могли устареть: связи с CRM нет.'
          : `Данные клуба могли устареть: последняя связь с CRM ${say.at(contactAt)}.`,
    },
    CLOCK_UNTRUSTED: {
      headline: 'Подойдите к администратору',
      reason: 'Турникет сейчас не знает точного времени. Администратор поможет.',
      staff: 'Часам контроллера нельзя доверять: даты и время не проверены.',
    },
    RULE_FAILED: {
      headline: 'Что-то пошло не так',
      reason: 'Дело не в вашей карте. Подойдите, пожалуйста, к администратору.',
      staff: ({ rule }, say) =>
        rule === null
          ? 'Сбой правила, турникет закрыт. Сообщите установщику.'
          : `Сбой правила «${say.rule(rule)}», турникет закрыт. Сообщите установщику.`,
    },

    NOT_PASSED: {
      headline: 'Турникет снова закрыт',
      reason: 'Посещение не списано. Приложите карту ещё раз.',
      staff: ({ because }) => {
        if (because === 'gate_failed') return 'Турникет не открылся: посещение возвращено.';
        if (because === 'restart') return 'Контроллер перезапустился во время ожидания: посещение возвращено.';
        return 'Никто не прошёл: посещение возвращено.';
      },
    },
    UNEXPECTED_PASSAGE: {
      headline: 'Приложите, пожалуйста, карту',
      reason: 'Кто-то прошёл без карты.',
      staff: 'Кто-то прошёл без карты.',
    },
    GATE_FAILED: {
      headline: 'Турникет не отвечает',
      reason: 'Посещение не списано. Подойдите, пожалуйста, к администратору.',
      staff: 'Турникет не отвечает: проверьте питание и кабель.',
    },
  },

  warnings: {
    WARN_LAST_VISIT: (params) =>
      params.left === null || params.left === 0 ? 'Это последнее посещение.' : `${left(params.left)}.`,
    WARN_EXPIRES_SOON: ({ endsOn }, say) =>
      endsOn === null ? 'Абонемент скоро закончится.' : `Абонемент заканчивается ${say.on(endsOn)}.`,
    WARN_DEBT: 'Нужно внести оплату. Загляните, пожалуйста, к администратору.',
    WARN_PAYMENT_FAILED: 'Последний платёж не прошёл. Загляните, пожалуйста, к администратору.',
    WARN_DOCUMENT_EXPIRES: ({ document, documentEndsOn }, say) => {
      if (documentEndsOn === null) {
        return document === null
          ? 'Не хватает документа. Принесите его, пожалуйста, администратору.'
          : `Принесите, пожалуйста, администратору: ${say.document(document)}.`;
      }
      const what = document === null ? 'Пора обновить документ' : `Пора обновить документ: ${say.document(document)}`;
      return `${what}, срок по ${say.date(documentEndsOn)}.`;
    },
  },
  staffWarnings: {
    WARN_LAST_VISIT: (params) => (params.left === null || params.left === 0 ? 'Последнее посещение.' : `${left(params.left)}.`),
    WARN_EXPIRES_SOON: ({ endsOn }, say) =>
      endsOn === null ? 'Абонемент скоро закончится.' : `Абонемент заканчивается: последний день ${say.date(endsOn)}.`,
    WARN_DEBT: (params, say) => `${debtOf(params, say)}.`,
    WARN_PAYMENT_FAILED: ({ paidThrough }, say) =>
      paidThrough === null
        ? 'Регулярный платёж не прошёл.'
        : `Регулярный платёж не прошёл: оплачено по ${say.date(paidThrough)}.`,
    WARN_STALE: ({ contactAt }, say) =>
      contactAt === null ? 'Данные устарели.' : `Данные устарели: последняя связь ${say.at(contactAt)}.`,
    WARN_ALREADY_INSIDE: ({ insideSince }, say) =>
      insideSince === null ? 'Уже внутри, выхода не было.' : `Уже внутри: вход ${say.at(insideSince)}, выхода не было.`,
    WARN_DOCUMENT_EXPIRES: ({ document, documentEndsOn }, say) => {
      if (documentEndsOn === null) return document === null ? 'Нет документа.' : `Нет документа: ${say.document(document)}.`;
      const what = document === null ? 'Пора обновить документ' : `Пора обновить документ: ${say.document(document)}`;
      return `${what}, срок по ${say.date(documentEndsOn)}.`;
    },
    WARN_OVERSTAY: ({ stayMinutes, maxStayMinutes }, say) => {
      if (stayMinutes === null) return 'Посещение длилось дольше, чем можно.';
      const lasted = `Посещение длилось ${say.duration(stayMinutes)}`;
      return maxStayMinutes === null ? `${lasted}, это слишком долго.` : `${lasted}, можно ${say.duration(maxStayMinutes)}.`;
    },
  },

  modes: { controlled: 'По картам', free: 'Свободный проход', closed: 'Закрыт', emergency: 'Экстренно открыт' },
  idle: {
    enter: 'Приложите карту или браслет',
    leave: 'Для выхода приложите карту',
    closed: 'Этот вход закрыт',
    free: 'Вход свободный, проходите',
    emergency: 'Проход открыт, проходите',
  },
  oneMoment: 'Одну минуту…',
  welcome: (name) => (name ? `Добро пожаловать, ${name}!` : 'Добро пожаловать!'),
  goodbye: (name) => (name ? `До встречи, ${name}!` : 'До встречи!'),
  askAtDesk: 'Подойдите к администратору',
  walkThrough: 'Проходите, пожалуйста',
  visitsLeft: (n) => {
    if (n === null) return 'Посещения без ограничений';
    return n === 0 ? 'Посещений не осталось' : left(n);
  },
  validUntil: (date) => `Действует по ${date}`,
  until: (date) => `по ${date}`,
  nextTime: (moment) => `Ждём вас ${moment}.`,
  when: ({ relation, weekDay, date }, time) => {
    const comma = relation === 'other' && weekDay !== null ? ',' : '';
    const name = weekDay === null ? date : `${onWeekDay[weekDay - 1]}, ${date}`;
    const day = { today: 'сегодня', tomorrow: 'завтра', yesterday: 'вчера', other: name }[relation];
    return time === null ? day : `${day}${comma} в ${time}`;
  },
  onDays: {
    weekdays: (names) => `по будням (${names})`,
    weekend: (names) => `по выходным (${names})`,
    other: (names) => `в эти дни: ${names}`,
  },
  documents: { medical: 'медицинская справка', waiver: 'подписанное согласие' },
  credentialStatus: {
    active: 'активна',
    suspended: 'приостановлена',
    lost: 'утеряна',
    replaced: 'заменена другой',
    returned: 'сдана',
  },
  duration: {
    hours: (n) => `${n} ${plural(n, { one: 'час', few: 'часа', many: 'часов' })}`,
    minutes: (n) => `${n} ${plural(n, { one: 'минуту', few: 'минуты', many: 'минут' })}`,
    moment: 'меньше минуты',
  },
};

function debtOf({ amount, currency, debtSince, terminatesOn }: ParamsOf<'DEBT'>, say: Say): string {
  const debt = amount === null ? 'Задолженность' : `Долг ${say.money(amount, currency)}`;
  const since = debtSince === null ? '' : ` с ${say.date(debtSince)}`;
  const end = terminatesOn === null ? '' : `, договор по ${say.date(terminatesOn)}`;
  return debt + since + end;
}

function freezeOf({ frozenFrom, frozenUntil }: ParamsOf<'FROZEN'>, say: Say): string {
  const from = frozenFrom === null ? 'заморозка' : `заморозка с ${say.date(frozenFrom)}`;
  return frozenUntil === null ? `${from}, без даты окончания` : `${from}, снова действует с ${say.date(frozenUntil)}`;
}
