import type { ParamsOf } from '../../access/params.ts';
import { pluralOf } from './plural.ts';
import type { Say, Words } from './words.ts';

const plural = pluralOf<'one' | 'few' | 'many'>('uk');
const visits = (n: number) => `${n} ${plural(n, { one: 'відвідування', few: 'відвідування', many: 'відвідувань' })}`;
const left = (n: number) => `Залишилося ${visits(n)}`;
const clients = (n: number) => `${n} ${plural(n, { one: 'клієнтом', few: 'клієнтами', many: 'клієнтами' })}`;
const years = (n: number) => `${n} ${plural(n, { one: 'року', few: 'років', many: 'років' })}`;
const per = { day: 'на день', week: 'на тиждень', month: 'на місяць' };
/** "у понеділок": with its preposition, in the accusative, which `Intl` does not give. */
const onWeekDay = ['у понеділок', 'у вівторок', 'у середу', 'у четвер', 'у п’ятницю', 'у суботу', 'у неділю'];

export const uk: Words = {
  locale: 'uk',
  codes: {
    OK: {
      headline: ({ stayMinutes }, say) => (stayMinutes === null ? uk.welcome(say.name) : uk.goodbye(say.name)),
      reason: ({ activatedOn, activatedUntil, stayMinutes }, say) => {
        if (stayMinutes !== null) return `Ви були в нас ${say.duration(stayMinutes)}.`;
        if (activatedOn === null) return '';
        return activatedUntil === null
          ? 'Абонемент діє з цього відвідування.'
          : `Абонемент діє з цього відвідування, до ${say.date(activatedUntil)} включно.`;
      },
      staff: ({ activatedOn, activatedUntil, stayMinutes }, say) => {
        if (stayMinutes !== null) return `Вихід. Відвідування тривало ${say.duration(stayMinutes)}.`;
        if (activatedOn === null) return 'Прохід дозволено.';
        const until = activatedUntil === null ? 'без терміну' : `до ${say.date(activatedUntil)} включно`;
        return `Прохід дозволено. Перше відвідування: абонемент активний з ${say.date(activatedOn)}, ${until}.`;
      },
    },
    OK_REENTRY: {
      headline: (_, say) => (say.name ? `З поверненням, ${say.name}!` : 'З поверненням!'),
      reason: 'Відвідування повторно не списано.',
      staff: ({ paidAt }, say) =>
        paidAt === null ? 'Повторний вхід без списання.' : `Повторний вхід без списання: списано ${say.at(paidAt)}.`,
    },
    STAFF_OVERRIDE: {
      headline: (_, say) => uk.welcome(say.name),
      reason: '',
      staff: ({ staff, reason }) => {
        if (reason === null) return staff === null ? 'Картка працівника.' : `Картка працівника: ${staff}.`;
        return staff === null ? `Пропущено вручну: ${reason}` : `Пропущено вручну (${staff}): ${reason}`;
      },
    },
    FREE_PASSAGE: {
      headline: ({ mode }, say) => (mode === 'emergency' ? 'Прохід відкрито' : uk.welcome(say.name)),
      reason: ({ mode }) =>
        mode === 'emergency' ? 'Будь ласка, дотримуйтеся вказівок персоналу.' : 'Зараз вхід вільний, відвідування не списано.',
      staff: ({ mode }) =>
        mode === 'emergency' ? 'Екстрений режим: прохід відкрито, без списання.' : 'Вільний прохід: без списання.',
    },

    GATE_CLOSED: {
      headline: 'Цей вхід зачинено',
      reason: 'Пройдіть, будь ласка, через інший турнікет або зверніться до адміністратора.',
      staff: 'Турнікет зачинено.',
    },
    DUPLICATE_READ: {
      headline: 'Картку вже зчитано',
      reason: 'Прикладати її ще раз не потрібно.',
      staff: 'Та сама картка повторно за кілька секунд: вдруге не враховано.',
    },
    GATE_BUSY: {
      headline: 'Хвилинку, будь ласка',
      reason: 'Турнікет пропускає іншого гостя. Прикладіть картку за кілька секунд.',
      staff: 'Турнікет чекав на прохід іншої людини.',
    },
    AMBIGUOUS_CREDENTIAL: {
      headline: 'Зверніться до адміністратора',
      reason: 'Не вдалося визначити, чия це картка. Адміністратор виправить це за хвилину.',
      staff: ({ members, knownCard }) =>
        knownCard !== null
          ? `Такий самий номер надруковано на іншій картці (${knownCard}): впишіть повний номер цієї картки в CRM.`
          : members === null
            ? 'Цей номер записано одразу за кількома клієнтами.'
            : `Цей номер записано за ${clients(members)}: залиште його активним в одного.`,
    },
    UNKNOWN_CREDENTIAL: {
      headline: 'Цієї картки ми ще не знаємо',
      reason: 'Покажіть її, будь ласка, адміністратору.',
      staff: 'Невідома картка або код.',
    },
    CREDENTIAL_INACTIVE: {
      headline: 'Ця картка не діє',
      reason: ({ status, validFrom, validUntil }, say) => {
        if (status === 'lost') return 'Її позначено як загублену. Якщо картка знайшлася, адміністратор знову її ввімкне.';
        if (status === 'replaced') return 'Замість неї видано іншу. Прикладіть нову картку або зверніться до адміністратора.';
        if (status === 'returned') return 'Її здано. Нову видасть адміністратор.';
        if (validFrom !== null) return `Вона почне діяти ${say.at(validFrom)}.`;
        if (validUntil !== null) return `Її термін закінчився ${say.at(validUntil)}. Нову видасть адміністратор.`;
        return 'Зверніться, будь ласка, до адміністратора, вам допоможуть.';
      },
      staff: ({ status, validFrom, validUntil }, say) => {
        if (status !== null && status !== 'active') return `Картка не діє: ${uk.credentialStatus[status]}.`;
        if (validFrom !== null) return `Картка ще не діє: початок ${say.at(validFrom)}.`;
        if (validUntil !== null) return `Термін картки закінчився ${say.at(validUntil)}.`;
        return 'Картка не діє.';
      },
    },
    CREDENTIAL_REPLAYED: {
      headline: 'Цей код застарів',
      reason: 'Покажіть новий код із застосунку або прикладіть картку ще раз.',
      staff: 'Одноразовий код або це прикладання картки застаріли чи вже використані.',
    },
    CREDENTIAL_TOO_WEAK: {
      headline: 'Тут потрібен інший ключ',
      reason: ({ needed }) =>
        needed === 'token'
          ? 'Покажіть код у телефоні або зверніться до адміністратора.'
          : 'Адміністратор підкаже, яка картка тут підходить.',
      staff: ({ needed }) => {
        if (needed === 'token') return 'Цей вхід приймає одноразові коди й захищені картки, а не простий номер.';
        return needed === 'cryptographic'
          ? 'Цей вхід приймає лише захищені картки.'
          : 'Картка недостатньо захищена для цього входу.';
      },
    },
    UNKNOWN_STATE: {
      headline: 'Зверніться до адміністратора',
      reason: 'Не вдалося прочитати ваші дані. Адміністратор допоможе.',
      staff: ({ problem }) =>
        problem === null ? 'Дані клубу про цю людину не читаються.' : `Дані клубу не читаються: ${problem}.`,
    },
    MEMBER_BLOCKED: {
      headline: 'Зазирніть до адміністратора',
      reason: 'Перед відвідуванням треба дещо уточнити, це недовго.',
      staff: ({ blockReason }) =>
        blockReason === null ? 'Клієнта заблоковано, причину не вказано.' : `Клієнта заблоковано: ${blockReason}`,
    },
    NO_MEMBERSHIP: {
      headline: 'Абонемента поки немає',
      reason: 'Адміністратор радо допоможе його обрати.',
      staff: 'Немає жодного абонемента.',
    },
    CLUB_CLOSED: {
      headline: 'Клуб зараз зачинено',
      reason: ({ openHours }) =>
        openHours === null ? 'Будемо раді бачити вас, коли відчинимося.' : `Сьогодні ми працюємо ${openHours}.`,
      staff: ({ openHours }) => (openHours === null ? 'Клуб зачинено.' : `Поза годинами роботи: сьогодні ${openHours}.`),
    },
    DOCUMENT_MISSING: {
      headline: 'Бракує документа',
      reason: ({ document }, say) =>
        document === null
          ? 'Адміністратор підкаже, який потрібен.'
          : `Принесіть, будь ласка, адміністратору: ${say.document(document)}.`,
      staff: ({ document }, say) => (document === null ? 'Немає документа.' : `Немає документа: ${say.document(document)}.`),
    },
    DOCUMENT_EXPIRED: {
      headline: 'Термін документа закінчився',
      reason: ({ document }, say) =>
        document === null
          ? 'Принесіть, будь ласка, адміністратору новий.'
          : `Принесіть, будь ласка, адміністратору новий документ: ${say.document(document)}.`,
      staff: ({ document, documentEndsOn }, say) => {
        const what = document === null ? 'Документ прострочено' : `Документ прострочено: ${say.document(document)}`;
        return documentEndsOn === null ? `${what}.` : `${what}, діяв до ${say.date(documentEndsOn)} включно.`;
      },
    },
    NOT_ADMITTED: {
      headline: 'Зараз пройти не вийде',
      reason: ({ minAge, maxAge }) => {
        if (minAge !== null) return `У цей час тут чекають на гостей від ${years(minAge)}.`;
        if (maxAge !== null) return `У цей час тут чекають на гостей до ${years(maxAge)} включно.`;
        return 'Цей час відведено іншій групі. Адміністратор підкаже ваш.';
      },
      staff: ({ minAge, maxAge, tags, notTags }) => {
        if (minAge !== null) return `Не допускається: вхід від ${years(minAge)}.`;
        if (maxAge !== null) return `Не допускається: вхід до ${years(maxAge)} включно.`;
        if (tags !== null) return `Не допускається: вхід лише з міткою ${tags}.`;
        return notTags === null ? 'Не допускається в цей час.' : `Не допускається: вхід закрито з міткою ${notTags}.`;
      },
    },
    ALREADY_INSIDE: {
      headline: 'Вхід уже позначено',
      reason: 'Якщо ви ще зовні, зверніться, будь ласка, до адміністратора.',
      staff: ({ insideSince }, say) =>
        insideSince === null ? 'Уже всередині, виходу не було.' : `Уже всередині: вхід ${say.at(insideSince)}, виходу не було.`,
    },
    PENDING_PAYMENT: {
      headline: 'Абонемент чекає на оплату',
      reason: 'Оплатіть його в адміністратора й проходьте.',
      staff: 'Абонемент не оплачено.',
    },
    CANCELLED: {
      headline: 'Абонемент скасовано',
      reason: 'Адміністратор радо оформить новий.',
      staff: 'Абонемент скасовано.',
    },
    EXPIRED: {
      headline: 'Абонемент закінчився',
      reason: ({ endedOn }, say) =>
        endedOn === null
          ? 'Адміністратор радо його продовжить.'
          : `Він діяв до ${say.date(endedOn)} включно. Адміністратор радо його продовжить.`,
      staff: ({ endedOn }, say) =>
        endedOn === null ? 'Термін абонемента минув.' : `Термін абонемента минув: останній день ${say.date(endedOn)}.`,
    },
    USED_UP: {
      headline: 'Усі відвідування використано',
      reason: 'Адміністратор радо оформить новий абонемент.',
      staff: 'Абонемент вичерпано.',
    },
    NOT_STARTED: {
      headline: 'Абонемент ще не почався',
      reason: ({ startsOn }, say) =>
        startsOn === null ? 'Адміністратор підкаже, коли він почнеться.' : `Перший день абонемента: ${say.date(startsOn)}.`,
      staff: ({ startsOn }, say) =>
        startsOn === null ? 'Абонемент не почався, дату не задано.' : `Абонемент не почався: перший день ${say.date(startsOn)}.`,
    },
    WAITS_FOR_OTHER: {
      headline: 'Спершу інший абонемент',
      reason: ({ other }) =>
        other === null ? 'Цей почнеться, коли закінчиться попередній.' : `Цей почнеться, коли закінчиться «${other}».`,
      staff: ({ other }) =>
        other === null ? 'Чекає на закінчення попереднього абонемента.' : `Чекає на закінчення абонемента «${other}».`,
    },
    DEBT: {
      headline: 'Потрібно внести оплату',
      reason: 'Зазирніть, будь ласка, до адміністратора перед відвідуванням.',
      staff: (params, say) => `${debtOf(params, say)}: вхід закрито.`,
    },
    PAYMENT_FAILED: {
      headline: 'Останній платіж не пройшов',
      reason: 'Зазирніть, будь ласка, до адміністратора, це на хвилину.',
      staff: ({ paidThrough }, say) =>
        paidThrough === null
          ? 'Регулярний платіж не пройшов.'
          : `Регулярний платіж не пройшов: оплачено до ${say.date(paidThrough)} включно.`,
    },
    WRONG_BRANCH: {
      headline: 'Абонемент для іншого клубу',
      reason: ({ branches }) => (branches === null ? 'Зверніться, будь ласка, до адміністратора.' : `Він діє тут: ${branches}.`),
      staff: ({ branches }) => (branches === null ? 'Абонемент не діє в цій філії.' : `Не та філія. Діє тут: ${branches}.`),
    },
    WRONG_SERVICE: {
      headline: 'Не входить до вашого абонемента',
      reason: ({ service }) =>
        service === null
          ? 'Для цього входу потрібен інший абонемент. Зверніться, будь ласка, до адміністратора.'
          : `«${service}» можна додати в адміністратора.`,
      staff: ({ service }) => (service === null ? 'Абонемент не для цього входу.' : `Не входить до абонемента: ${service}.`),
    },
    INDIVIDUAL_ONLY: {
      headline: 'Для персональних тренувань',
      reason: 'За цим абонементом проходять на тренування за записом. Уточніть у тренера або адміністратора.',
      staff: 'Абонемент лише для індивідуальних занять.',
    },
    TOO_EARLY: {
      headline: 'Ваше заняття пізніше',
      reason: ({ session, entryFrom }, say) => {
        const what = session === null ? 'Вхід на заняття' : `Вхід на «${session}»`;
        return entryFrom === null ? `${what} ще не відкрито.` : `${what} відкриється ${say.at(entryFrom)}.`;
      },
      staff: ({ session, sessionStartsAt, entryFrom }, say) => {
        const what = session === null ? 'Зарано для заняття' : `Зарано для заняття «${session}»`;
        const starts = sessionStartsAt === null ? what : `${what}: початок ${say.at(sessionStartsAt)}`;
        return entryFrom === null ? `${starts}.` : `${starts}, вхід з ${say.time(entryFrom)}.`;
      },
    },
    TOO_LATE: {
      headline: 'Заняття вже почалося',
      reason: ({ session }) =>
        session === null
          ? 'Вхід на нього закрито. Адміністратор підбере інше.'
          : `Вхід на «${session}» закрито. Адміністратор підбере інше заняття.`,
      staff: ({ session, sessionStartsAt }, say) => {
        const what = session === null ? 'Запізно для заняття' : `Запізно для заняття «${session}»`;
        return sessionStartsAt === null ? `${what}.` : `${what}: початок ${say.at(sessionStartsAt)}.`;
      },
    },
    BOOKING_REQUIRED: {
      headline: 'Сюди проходять за записом',
      reason: 'Запишіться, будь ласка, у застосунку або в адміністратора.',
      staff: ({ service }) => (service === null ? 'Немає запису на цей час.' : `Немає запису на цей час: ${service}.`),
    },
    FROZEN: {
      headline: 'Абонемент заморожено',
      reason: ({ frozenUntil }, say) =>
        frozenUntil === null
          ? 'Адміністратор розморозить його, щойно скажете.'
          : `Заморозка до ${say.dayBefore(frozenUntil)} включно. Хочете прийти раніше? Зверніться до адміністратора.`,
      staff: (params, say) => `Абонемент: ${freezeOf(params, say)}.`,
    },
    OUTSIDE_DAYS: {
      headline: 'Не в цей день',
      reason: ({ days }, say) =>
        days === null ? 'Адміністратор підкаже дні вашого абонемента.' : `Ваш абонемент діє ${say.days(days)}.`,
      staff: ({ days }, say) => (days === null ? 'Не той день тижня.' : `Не той день тижня: діє ${say.days(days)}.`),
    },
    OUTSIDE_HOURS: {
      headline: 'Не в цей час',
      reason: ({ hours }) =>
        hours === null ? 'Адміністратор підкаже години вашого абонемента.' : `Ваші години сьогодні: ${hours}.`,
      staff: ({ hours }) => (hours === null ? 'Не той час.' : `Не той час: сьогодні діє ${hours}.`),
    },
    CLUB_CARD_MISSING: {
      headline: 'Потрібна клубна картка',
      reason: 'Цей абонемент діє разом із клубною карткою. Адміністратор допоможе.',
      staff: ({ cardCode }, say) =>
        cardCode === null ? 'Немає клубної картки.' : `Клубна картка не діє. ${say.staff(cardCode)}`,
    },
    CLUB_CARD_EXPIRED: {
      headline: ({ endedOn }) => (endedOn === null ? 'Клубна картка сьогодні не діє' : 'Клубна картка закінчилася'),
      reason: ({ endedOn }, say) =>
        endedOn === null
          ? 'Адміністратор допоможе.'
          : `Вона діяла до ${say.date(endedOn)} включно. Адміністратор радо її продовжить.`,
      staff: ({ endedOn }, say) =>
        endedOn === null ? 'Клубна картка цього дня не діє.' : `Термін клубної картки минув: останній день ${say.date(endedOn)}.`,
    },
    CLUB_CARD_FROZEN: {
      headline: 'Клубну картку заморожено',
      reason: ({ frozenUntil }, say) =>
        frozenUntil === null
          ? 'Адміністратор розморозить її, щойно скажете.'
          : `Заморозка до ${say.dayBefore(frozenUntil)} включно. Хочете прийти раніше? Зверніться до адміністратора.`,
      staff: (params, say) => `Клубна картка: ${freezeOf(params, say)}.`,
    },
    NO_VISITS_LEFT: {
      headline: (params) => (params.left === null || params.left === 0 ? 'Відвідувань не залишилося' : 'Відвідувань бракує'),
      reason: (params) =>
        params.left === null || params.left === 0 || params.cost === null
          ? 'Адміністратор радо оформить новий абонемент.'
          : `Для вашого запису потрібно ${visits(params.cost)}, залишилося ${params.left}. Адміністратор допоможе.`,
      staff: (params) =>
        params.left === null || params.left === 0 || params.cost === null
          ? 'Відвідувань не залишилося.'
          : `Відвідувань бракує: потрібно ${params.cost}, залишилося ${params.left}.`,
    },
    LIMIT_REACHED: {
      headline: (params) => {
        if (params.per === 'week') return 'На цей тиждень це все';
        return params.per === 'month' ? 'На цей місяць це все' : 'На сьогодні це все';
      },
      reason: (params) =>
        params.max === null || params.per === null
          ? 'Відвідування за цей час використано.'
          : `За вашим абонементом можна ${visits(params.max)} ${per[params.per]}.`,
      staff: (params) =>
        params.max === null || params.per === null
          ? 'Ліміт вичерпано.'
          : `Ліміт вичерпано: ${visits(params.max)} ${per[params.per]}.`,
    },
    ZONE_FULL: {
      headline: 'Усередині немає місць',
      reason: 'Зачекайте трохи, будь ласка, місце скоро звільниться.',
      staff: ({ inside, limit }) =>
        inside === null || limit === null ? 'Зону заповнено.' : `Зону заповнено: ${inside} з ${limit}.`,
    },
    STALE_DATA: {
      headline: 'Зверніться до адміністратора',
      reason: 'Зараз не вдається перевірити абонемент. Адміністратор допоможе.',
      staff: ({ contactAt }, say) =>
        contactAt === null
          ? 'Дані клубу могли застаріти: зв’язку з CRM немає.'
          : `Дані клубу могли застаріти: останній зв’язок із CRM ${say.at(contactAt)}.`,
    },
    CLOCK_UNTRUSTED: {
      headline: 'Зверніться до адміністратора',
      reason: 'Турнікет зараз не знає точного часу. Адміністратор допоможе.',
      staff: 'Годиннику контролера не можна довіряти: дати й час не перевірено.',
    },
    RULE_FAILED: {
      headline: 'Щось пішло не так',
      reason: 'Справа не у вашій картці. Зверніться, будь ласка, до адміністратора.',
      staff: ({ rule }, say) =>
        rule === null
          ? 'Збій правила, турнікет зачинено. Повідомте монтажника.'
          : `Збій правила «${say.rule(rule)}», турнікет зачинено. Повідомте монтажника.`,
    },

    NOT_PASSED: {
      headline: 'Турнікет знову зачинено',
      reason: 'Відвідування не списано. Прикладіть картку ще раз.',
      staff: ({ because }) => {
        if (because === 'gate_failed') return 'Турнікет не відчинився: відвідування повернуто.';
        if (because === 'restart') return 'Контролер перезапустився під час очікування: відвідування повернуто.';
        return 'Ніхто не пройшов: відвідування повернуто.';
      },
    },
    UNEXPECTED_PASSAGE: {
      headline: 'Прикладіть, будь ласка, картку',
      reason: 'Хтось пройшов без картки.',
      staff: 'Хтось пройшов без картки.',
    },
    GATE_FAILED: {
      headline: 'Турнікет не відповідає',
      reason: 'Відвідування не списано. Зверніться, будь ласка, до адміністратора.',
      staff: 'Турнікет не відповідає: перевірте живлення й кабель.',
    },
  },

  warnings: {
    WARN_LAST_VISIT: (params) =>
      params.left === null || params.left === 0 ? 'Це останнє відвідування.' : `${left(params.left)}.`,
    WARN_EXPIRES_SOON: ({ endsOn }, say) =>
      endsOn === null ? 'Абонемент скоро закінчиться.' : `Закінчується абонемент ${say.on(endsOn)}.`,
    WARN_DEBT: 'Потрібно внести оплату. Зазирніть, будь ласка, до адміністратора.',
    WARN_PAYMENT_FAILED: 'Останній платіж не пройшов. Зазирніть, будь ласка, до адміністратора.',
    WARN_DOCUMENT_EXPIRES: ({ document, documentEndsOn }, say) => {
      if (documentEndsOn === null) {
        return document === null
          ? 'Бракує документа. Принесіть його, будь ласка, адміністратору.'
          : `Принесіть, будь ласка, адміністратору: ${say.document(document)}.`;
      }
      const what = document === null ? 'Час оновити документ' : `Час оновити документ: ${say.document(document)}`;
      return `${what}, термін до ${say.date(documentEndsOn)} включно.`;
    },
  },
  staffWarnings: {
    WARN_LAST_VISIT: (params) => (params.left === null || params.left === 0 ? 'Останнє відвідування.' : `${left(params.left)}.`),
    WARN_EXPIRES_SOON: ({ endsOn }, say) =>
      endsOn === null ? 'Абонемент скоро закінчиться.' : `Абонемент закінчується: останній день ${say.date(endsOn)}.`,
    WARN_DEBT: (params, say) => `${debtOf(params, say)}.`,
    WARN_PAYMENT_FAILED: ({ paidThrough }, say) =>
      paidThrough === null
        ? 'Регулярний платіж не пройшов.'
        : `Регулярний платіж не пройшов: оплачено до ${say.date(paidThrough)} включно.`,
    WARN_STALE: ({ contactAt }, say) =>
      contactAt === null ? 'Дані застаріли.' : `Дані застаріли: останній зв’язок ${say.at(contactAt)}.`,
    WARN_ALREADY_INSIDE: ({ insideSince }, say) =>
      insideSince === null ? 'Уже всередині, виходу не було.' : `Уже всередині: вхід ${say.at(insideSince)}, виходу не було.`,
    WARN_DOCUMENT_EXPIRES: ({ document, documentEndsOn }, say) => {
      if (documentEndsOn === null) return document === null ? 'Немає документа.' : `Немає документа: ${say.document(document)}.`;
      const what = document === null ? 'Час оновити документ' : `Час оновити документ: ${say.document(document)}`;
      return `${what}, термін до ${say.date(documentEndsOn)} включно.`;
    },
    WARN_OVERSTAY: ({ stayMinutes, maxStayMinutes }, say) => {
      if (stayMinutes === null) return 'Відвідування тривало довше, ніж можна.';
      const lasted = `Відвідування тривало ${say.duration(stayMinutes)}`;
      return maxStayMinutes === null ? `${lasted}, це задовго.` : `${lasted}, можна ${say.duration(maxStayMinutes)}.`;
    },
  },

  modes: { controlled: 'За картками', free: 'Вільний прохід', closed: 'Зачинено', emergency: 'Екстрено відкрито' },
  idle: {
    enter: 'Прикладіть картку або браслет',
    leave: 'Для виходу прикладіть картку',
    closed: 'Цей вхід зачинено',
    free: 'Вхід вільний, проходьте',
    emergency: 'Прохід відкрито, проходьте',
  },
  oneMoment: 'Одну хвилинку…',
  welcome: (name) => (name ? `Вітаємо, ${name}!` : 'Вітаємо!'),
  goodbye: (name) => (name ? `До зустрічі, ${name}!` : 'До зустрічі!'),
  askAtDesk: 'Зверніться до адміністратора',
  walkThrough: 'Проходьте, будь ласка',
  visitsLeft: (n) => {
    if (n === null) return 'Відвідування без обмежень';
    return n === 0 ? 'Відвідувань не залишилося' : left(n);
  },
  validUntil: (date) => `Діє до ${date} включно`,
  until: (date) => `до ${date}`,
  nextTime: (moment) => `Чекаємо на вас ${moment}.`,
  when: ({ relation, weekDay, date }, time) => {
    const comma = relation === 'other' && weekDay !== null ? ',' : '';
    const name = weekDay === null ? date : `${onWeekDay[weekDay - 1]}, ${date}`;
    const day = { today: 'сьогодні', tomorrow: 'завтра', yesterday: 'учора', other: name }[relation];
    if (time === null) return day;
    // "об одинадцятій": before a vowel.
    return `${day}${comma} ${time.startsWith('11') ? 'об' : 'о'} ${time}`;
  },
  onDays: {
    weekdays: (names) => `в будні (${names})`,
    weekend: (names) => `у вихідні (${names})`,
    other: (names) => `в ці дні: ${names}`,
  },
  documents: { medical: 'медична довідка', waiver: 'підписана згода' },
  credentialStatus: {
    active: 'активна',
    suspended: 'призупинена',
    lost: 'загублена',
    replaced: 'замінена іншою',
    returned: 'здана',
  },
  duration: {
    hours: (n) => `${n} ${plural(n, { one: 'годину', few: 'години', many: 'годин' })}`,
    minutes: (n) => `${n} ${plural(n, { one: 'хвилину', few: 'хвилини', many: 'хвилин' })}`,
    moment: 'менше хвилини',
  },
};

function debtOf({ amount, currency, debtSince, terminatesOn }: ParamsOf<'DEBT'>, say: Say): string {
  const debt = amount === null ? 'Заборгованість' : `Борг ${say.money(amount, currency)}`;
  const since = debtSince === null ? '' : ` з ${say.date(debtSince)}`;
  const end = terminatesOn === null ? '' : `, договір до ${say.date(terminatesOn)} включно`;
  return debt + since + end;
}

function freezeOf({ frozenFrom, frozenUntil }: ParamsOf<'FROZEN'>, say: Say): string {
  const from = frozenFrom === null ? 'заморозка' : `заморозка з ${say.date(frozenFrom)}`;
  return frozenUntil === null ? `${from}, без дати завершення` : `${from}, знову діє з ${say.date(frozenUntil)}`;
}
