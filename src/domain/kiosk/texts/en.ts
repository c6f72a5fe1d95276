import type { ParamsOf } from '../../access/params.ts';
import { pluralOf } from './plural.ts';
import type { Say, Words } from './words.ts';

const plural = pluralOf<'one' | 'other'>('en');
const visits = (n: number) => `${n} ${plural(n, { one: 'visit', other: 'visits' })}`;
const weekDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const en: Words = {
  locale: 'en-GB',
  codes: {
    OK: {
      headline: ({ stayMinutes }, say) => (stayMinutes === null ? en.welcome(say.name) : en.goodbye(say.name)),
      reason: ({ activatedOn, activatedUntil, stayMinutes }, say) => {
        if (stayMinutes !== null) return `You were here for ${say.duration(stayMinutes)}.`;
        if (activatedOn === null) return '';
        return activatedUntil === null
          ? 'Your membership is active from this visit.'
          : `Your membership is active from this visit, until ${say.date(activatedUntil)}.`;
      },
      staff: ({ activatedOn, activatedUntil, stayMinutes }, say) => {
        if (stayMinutes !== null) return `Exit. The visit lasted ${say.duration(stayMinutes)}.`;
        if (activatedOn === null) return 'Passage allowed.';
        const until = activatedUntil === null ? 'no end' : `last day ${say.date(activatedUntil)}`;
        return `Passage allowed. First visit: membership active from ${say.date(activatedOn)}, ${until}.`;
      },
    },
    OK_REENTRY: {
      headline: (_, say) => (say.name ? `Welcome back, ${say.name}` : 'Welcome back'),
      reason: 'No visit is taken this time.',
      staff: ({ paidAt }, say) =>
        paidAt === null ? 'Re-entry, nothing charged.' : `Re-entry, nothing charged: the paid entry was ${say.at(paidAt)}.`,
    },
    STAFF_OVERRIDE: {
      headline: (_, say) => en.welcome(say.name),
      reason: '',
      staff: ({ staff, reason }) => {
        if (reason === null) return staff === null ? 'Staff card.' : `Staff card: ${staff}.`;
        return staff === null ? `Let in by the desk: ${reason}` : `Let in by ${staff}: ${reason}`;
      },
    },
    FREE_PASSAGE: {
      headline: ({ mode }, say) => (mode === 'emergency' ? 'The gate is open' : en.welcome(say.name)),
      reason: ({ mode }) =>
        mode === 'emergency' ? 'Please follow the instructions of the staff.' : 'Entry is free now, no visit is taken.',
      staff: ({ mode }) => (mode === 'emergency' ? 'Emergency: gate open, nothing charged.' : 'Free passage: nothing charged.'),
    },

    GATE_CLOSED: {
      headline: 'This gate is closed',
      reason: 'Please use another gate or ask at the desk.',
      staff: 'The gate is closed.',
    },
    DUPLICATE_READ: {
      headline: 'Already read',
      reason: 'Your card has just been read, there is no need to tap again.',
      staff: 'The same card again within seconds: nothing counted twice.',
    },
    GATE_BUSY: {
      headline: 'One moment, please',
      reason: 'The gate is letting somebody through. Please tap again in a few seconds.',
      staff: 'The gate was waiting for another person.',
    },
    AMBIGUOUS_CREDENTIAL: {
      headline: 'Please ask at the desk',
      reason: 'We cannot tell whose card this is. The desk will put it right in a minute.',
      staff: ({ members, knownCard }) =>
        knownCard !== null
          ? `Another card (${knownCard}) has the same printed number: enter the whole number of this one in the central system.`
          : members === null
            ? 'Several members hold this number.'
            : `${members} members hold this number: leave it active for one.`,
    },
    UNKNOWN_CREDENTIAL: {
      headline: 'We do not know this card yet',
      reason: 'Please show it at the desk.',
      staff: 'Unknown card or code.',
    },
    CREDENTIAL_INACTIVE: {
      headline: 'This card is not active',
      reason: ({ status, validFrom, validUntil }, say) => {
        if (status === 'lost') return 'It was reported lost. If it has turned up, the desk will switch it on again.';
        if (status === 'replaced') return 'It was replaced by a newer one. Please use that one or ask at the desk.';
        if (status === 'returned') return 'It was handed back. Please ask at the desk for another one.';
        if (validFrom !== null) return `It starts working ${say.at(validFrom)}.`;
        if (validUntil !== null) return `It stopped working ${say.at(validUntil)}. Please ask at the desk for a new one.`;
        return 'Please ask at the desk, they will help you.';
      },
      staff: ({ status, validFrom, validUntil }, say) => {
        if (status !== null && status !== 'active') return `Card not active: ${en.credentialStatus[status]}.`;
        if (validFrom !== null) return `Card not valid yet: it starts ${say.at(validFrom)}.`;
        if (validUntil !== null) return `Card no longer valid: it ended ${say.at(validUntil)}.`;
        return 'Card not active.';
      },
    },
    CREDENTIAL_REPLAYED: {
      headline: 'This code is no longer fresh',
      reason: 'Please show a new code from the app, or hold the card there again.',
      staff: 'The one-time code, or this tap of the card, is old or was used already.',
    },
    CREDENTIAL_TOO_WEAK: {
      headline: 'This door needs another key',
      reason: ({ needed }) =>
        needed === 'token'
          ? 'Please use the code in your phone or ask at the desk.'
          : 'Please ask at the desk which card opens it.',
      staff: ({ needed }) => {
        if (needed === 'token') return 'This gate takes one-time codes and protected cards, not a plain number.';
        return needed === 'cryptographic'
          ? 'This gate takes protected cards only.'
          : 'This card is not secure enough for this gate.';
      },
    },
    UNKNOWN_STATE: {
      headline: 'Please ask at the desk',
      reason: 'We could not read your details. The desk will help you.',
      staff: ({ problem }) =>
        problem === null ? 'The club’s data cannot be used for this person.' : `The club’s data cannot be used: ${problem}.`,
    },
    MEMBER_BLOCKED: {
      headline: 'Please stop by the desk',
      reason: 'There is something to settle before your visit, it will not take long.',
      staff: ({ blockReason }) => (blockReason === null ? 'Member blocked, no reason given.' : `Member blocked: ${blockReason}`),
    },
    NO_MEMBERSHIP: {
      headline: 'No membership yet',
      reason: 'The desk will gladly help you choose one.',
      staff: 'No membership.',
    },
    CLUB_CLOSED: {
      headline: 'The club is closed now',
      reason: ({ openHours }) =>
        openHours === null ? 'We look forward to seeing you when we open again.' : `Open today ${openHours}.`,
      staff: ({ openHours }) => (openHours === null ? 'The club is closed.' : `Outside opening hours: today ${openHours}.`),
    },
    DOCUMENT_MISSING: {
      headline: 'A document is missing',
      reason: ({ document }, say) =>
        document === null ? 'Please ask at the desk which one we need.' : `Please bring to the desk: ${say.document(document)}.`,
      staff: ({ document }, say) => (document === null ? 'Document missing.' : `Document missing: ${say.document(document)}.`),
    },
    DOCUMENT_EXPIRED: {
      headline: 'A document is out of date',
      reason: ({ document }, say) =>
        document === null
          ? 'Please bring a new one to the desk.'
          : `Please bring a new one to the desk: ${say.document(document)}.`,
      staff: ({ document, documentEndsOn }, say) => {
        const what = document === null ? 'Document out of date' : `Document out of date: ${say.document(document)}`;
        return documentEndsOn === null ? `${what}.` : `${what}, valid until ${say.date(documentEndsOn)}.`;
      },
    },
    NOT_ADMITTED: {
      headline: 'Not through this gate just now',
      reason: ({ minAge, maxAge }) => {
        if (minAge !== null) return `At this time it is for guests aged ${minAge} and over.`;
        if (maxAge !== null) return `At this time it is for guests aged ${maxAge} and under.`;
        return 'At this time it is kept for another group. The desk will tell you when to come.';
      },
      staff: ({ minAge, maxAge, tags, notTags }) => {
        if (minAge !== null) return `Not admitted: from ${minAge} years.`;
        if (maxAge !== null) return `Not admitted: up to ${maxAge} years.`;
        if (tags !== null) return `Not admitted: only with the tag ${tags}.`;
        return notTags === null ? 'Not admitted at this time.' : `Not admitted: not with the tag ${notTags}.`;
      },
    },
    ALREADY_INSIDE: {
      headline: 'You are already inside',
      reason: 'We have counted you in. If you are still outside, please ask at the desk.',
      staff: ({ insideSince }, say) =>
        insideSince === null ? 'Already inside, no exit seen.' : `Already inside: came in ${say.at(insideSince)}, no exit seen.`,
    },
    PENDING_PAYMENT: {
      headline: 'Your membership awaits payment',
      reason: 'Please pay at the desk and come right in.',
      staff: 'Membership not paid yet.',
    },
    CANCELLED: {
      headline: 'Your membership was cancelled',
      reason: 'The desk will gladly help you with a new one.',
      staff: 'Membership cancelled.',
    },
    EXPIRED: {
      headline: 'Your membership has ended',
      reason: ({ endedOn }, say) =>
        endedOn === null
          ? 'The desk will gladly renew it.'
          : `It was valid until ${say.date(endedOn)}. The desk will gladly renew it.`,
      staff: ({ endedOn }, say) =>
        endedOn === null ? 'Membership expired.' : `Membership expired: last day ${say.date(endedOn)}.`,
    },
    USED_UP: {
      headline: 'All visits are used',
      reason: 'The desk will gladly set up a new membership.',
      staff: 'Membership used up.',
    },
    NOT_STARTED: {
      headline: 'Your membership has not started yet',
      reason: ({ startsOn }, say) =>
        startsOn === null ? 'Please ask at the desk when it starts.' : `Its first day is ${say.date(startsOn)}.`,
      staff: ({ startsOn }, say) =>
        startsOn === null ? 'Membership not started, no start date.' : `Membership not started: first day ${say.date(startsOn)}.`,
    },
    WAITS_FOR_OTHER: {
      headline: 'Another membership comes first',
      reason: ({ other }) => (other === null ? 'This one starts when it ends.' : `This one starts when “${other}” ends.`),
      staff: ({ other }) => (other === null ? 'Waits until the earlier membership ends.' : `Waits until “${other}” ends.`),
    },
    DEBT: {
      headline: 'A payment is due',
      reason: 'Please stop by the desk before your visit.',
      staff: (params, say) => `${debtOf(params, say)}: entry refused.`,
    },
    PAYMENT_FAILED: {
      headline: 'The last payment did not go through',
      reason: 'Please stop by the desk, it takes a minute.',
      staff: ({ paidThrough }, say) =>
        paidThrough === null ? 'Recurring payment failed.' : `Recurring payment failed: paid through ${say.date(paidThrough)}.`,
    },
    WRONG_BRANCH: {
      headline: 'Your membership is for another club',
      reason: ({ branches }) => (branches === null ? 'Please ask at the desk.' : `You can use it here: ${branches}.`),
      staff: ({ branches }) =>
        branches === null ? 'Membership not valid in this branch.' : `Wrong branch: valid in ${branches}.`,
    },
    WRONG_SERVICE: {
      headline: 'Not part of your membership',
      reason: ({ service }) =>
        service === null
          ? 'Your membership does not cover this entrance. Please ask at the desk.'
          : `“${service}” can be added at the desk.`,
      staff: ({ service }) =>
        service === null ? 'Membership does not cover this entrance.' : `Membership does not cover: ${service}.`,
    },
    INDIVIDUAL_ONLY: {
      headline: 'For personal sessions',
      reason: 'This membership opens the gate for a booked personal session. Please ask your coach or the desk.',
      staff: 'Membership for individual sessions only.',
    },
    TOO_EARLY: {
      headline: 'Your class is later',
      reason: ({ session, entryFrom }, say) => {
        const what = session === null ? 'your class' : `“${session}”`;
        return entryFrom === null ? `Entry for ${what} is not open yet.` : `Entry for ${what} opens ${say.at(entryFrom)}.`;
      },
      staff: ({ session, sessionStartsAt, entryFrom }, say) => {
        const what = session === null ? 'Too early for the session' : `Too early for “${session}”`;
        const starts = sessionStartsAt === null ? what : `${what}: starts ${say.at(sessionStartsAt)}`;
        return entryFrom === null ? `${starts}.` : `${starts}, entry from ${say.time(entryFrom)}.`;
      },
    },
    TOO_LATE: {
      headline: 'The class has begun',
      reason: ({ session }) =>
        session === null
          ? 'Entry for it is closed. The desk will find you another one.'
          : `Entry for “${session}” is closed. The desk will find you another class.`,
      staff: ({ session, sessionStartsAt }, say) => {
        const what = session === null ? 'Too late for the session' : `Too late for “${session}”`;
        return sessionStartsAt === null ? `${what}.` : `${what}: it started ${say.at(sessionStartsAt)}.`;
      },
    },
    BOOKING_REQUIRED: {
      headline: 'A booking is needed here',
      reason: 'Please book a class in the app or at the desk.',
      staff: ({ service }) => (service === null ? 'No booking for now.' : `No booking for now: ${service}.`),
    },
    FROZEN: {
      headline: 'Your membership is frozen',
      reason: ({ frozenUntil }, say) =>
        frozenUntil === null
          ? 'The desk will unfreeze it whenever you like.'
          : `The freeze lasts through ${say.dayBefore(frozenUntil)}. To come earlier, ask at the desk.`,
      staff: (params, say) => `Membership ${freezeOf(params, say)}.`,
    },
    OUTSIDE_DAYS: {
      headline: 'Not on this day',
      reason: ({ days }, say) =>
        days === null ? 'The desk will tell you the days of your membership.' : `Your membership is good ${say.days(days)}.`,
      staff: ({ days }, say) => (days === null ? 'Not on this weekday.' : `Not on this weekday: valid ${say.days(days)}.`),
    },
    OUTSIDE_HOURS: {
      headline: 'Not at this hour',
      reason: ({ hours }) =>
        hours === null ? 'The desk will tell you the hours of your membership.' : `Your hours today: ${hours}.`,
      staff: ({ hours }) => (hours === null ? 'Not at this hour.' : `Not at this hour: valid today ${hours}.`),
    },
    CLUB_CARD_MISSING: {
      headline: 'A club card is needed',
      reason: 'This membership works together with a club card. The desk will help you.',
      staff: ({ cardCode }, say) =>
        cardCode === null ? 'No club card.' : `The club card is not good now. ${say.staff(cardCode)}`,
    },
    CLUB_CARD_EXPIRED: {
      headline: ({ endedOn }) => (endedOn === null ? 'Your club card is not valid today' : 'Your club card has ended'),
      reason: ({ endedOn }, say) =>
        endedOn === null
          ? 'The desk will gladly help you.'
          : `It was valid until ${say.date(endedOn)}. The desk will gladly renew it.`,
      staff: ({ endedOn }, say) =>
        endedOn === null ? 'Club card not valid on this day.' : `Club card expired: last day ${say.date(endedOn)}.`,
    },
    CLUB_CARD_FROZEN: {
      headline: 'Your club card is frozen',
      reason: ({ frozenUntil }, say) =>
        frozenUntil === null
          ? 'The desk will unfreeze it whenever you like.'
          : `The freeze lasts through ${say.dayBefore(frozenUntil)}. To come earlier, ask at the desk.`,
      staff: (params, say) => `Club card ${freezeOf(params, say)}.`,
    },
    NO_VISITS_LEFT: {
      headline: ({ left }) => (left === null || left === 0 ? 'No visits left' : 'Not enough visits left'),
      reason: ({ left, cost }) =>
        left === null || left === 0 || cost === null
          ? 'The desk will gladly set up a new membership.'
          : `Your booking takes ${visits(cost)}, you have ${left}. The desk will gladly help you.`,
      staff: ({ left, cost }) =>
        left === null || left === 0 || cost === null ? 'No visits left.' : `Not enough visits: ${cost} needed, ${left} left.`,
    },
    LIMIT_REACHED: {
      headline: ({ per }) => {
        if (per === 'week') return 'That was all for this week';
        return per === 'month' ? 'That was all for this month' : 'That was all for today';
      },
      reason: ({ per, max }) => {
        if (max === null || per === null) return 'The visits of your membership for this time are used.';
        return `Your membership allows ${visits(max)} a ${per}.`;
      },
      staff: ({ per, max }) => (max === null || per === null ? 'Limit reached.' : `Limit reached: ${visits(max)} a ${per}.`),
    },
    ZONE_FULL: {
      headline: 'It is full inside',
      reason: 'Please wait a little, a place will be free soon.',
      staff: ({ inside, limit }) =>
        inside === null || limit === null ? 'The zone is full.' : `The zone is full: ${inside} of ${limit}.`,
    },
    STALE_DATA: {
      headline: 'Please ask at the desk',
      reason: 'We cannot check your membership right now. The desk will help you.',
      staff: ({ contactAt }, say) =>
        contactAt === null
          ? 'The club’s data may be out of date: no contact with the central system.'
          : `The club’s data may be out of date: last contact with the central system ${say.at(contactAt)}.`,
    },
    CLOCK_UNTRUSTED: {
      headline: 'Please ask at the desk',
      reason: 'The gate cannot tell the time right now. The desk will help you.',
      staff: 'The gateway’s clock is not trusted: dates and hours were not checked.',
    },
    RULE_FAILED: {
      headline: 'Something went wrong here',
      reason: 'It is not your card. Please ask at the desk.',
      staff: ({ rule }, say) =>
        rule === null
          ? 'A rule failed, the gate stayed shut. Tell your installer.'
          : `The rule “${say.rule(rule)}” failed, the gate stayed shut. Tell your installer.`,
    },

    NOT_PASSED: {
      headline: 'The gate has closed again',
      reason: 'No visit was taken. Please tap once more.',
      staff: ({ because }) => {
        if (because === 'gate_failed') return 'The gate did not open: the visit was given back.';
        if (because === 'restart') return 'The gateway restarted while waiting: the visit was given back.';
        return 'Nobody walked through: the visit was given back.';
      },
    },
    UNEXPECTED_PASSAGE: {
      headline: 'Please tap your card',
      reason: 'Somebody came through without a tap.',
      staff: 'Somebody came through without a tap.',
    },
    GATE_FAILED: {
      headline: 'The gate does not answer',
      reason: 'No visit was taken. Please ask at the desk.',
      staff: 'The gate does not answer: check its power and cable.',
    },
  },

  warnings: {
    WARN_LAST_VISIT: ({ left }) => (left === null || left === 0 ? 'This is your last visit.' : `${visits(left)} left.`),
    WARN_EXPIRES_SOON: ({ endsOn }, say) =>
      endsOn === null ? 'Your membership ends soon.' : `Your membership ends ${say.on(endsOn)}.`,
    WARN_DEBT: 'A payment is due. Please stop by the desk.',
    WARN_PAYMENT_FAILED: 'The last payment did not go through. Please stop by the desk.',
    WARN_DOCUMENT_EXPIRES: ({ document, documentEndsOn }, say) => {
      if (documentEndsOn === null) {
        return document === null
          ? 'A document is missing. Please bring it to the desk.'
          : `Please bring to the desk: ${say.document(document)}.`;
      }
      const what = document === null ? 'Time to renew your document' : `Time to renew: ${say.document(document)}`;
      return `${what}, valid until ${say.date(documentEndsOn)}.`;
    },
  },
  staffWarnings: {
    WARN_LAST_VISIT: ({ left }) => (left === null || left === 0 ? 'Last visit.' : `${visits(left)} left.`),
    WARN_EXPIRES_SOON: ({ endsOn }, say) =>
      endsOn === null ? 'Membership ends soon.' : `Membership ends: last day ${say.date(endsOn)}.`,
    WARN_DEBT: (params, say) => `${debtOf(params, say)}.`,
    WARN_PAYMENT_FAILED: ({ paidThrough }, say) =>
      paidThrough === null ? 'Recurring payment failed.' : `Recurring payment failed: paid through ${say.date(paidThrough)}.`,
    WARN_STALE: ({ contactAt }, say) => (contactAt === null ? 'Old data.' : `Old data: last contact ${say.at(contactAt)}.`),
    WARN_ALREADY_INSIDE: ({ insideSince }, say) =>
      insideSince === null ? 'Already inside, no exit seen.' : `Already inside: came in ${say.at(insideSince)}, no exit seen.`,
    WARN_DOCUMENT_EXPIRES: ({ document, documentEndsOn }, say) => {
      if (documentEndsOn === null) {
        return document === null ? 'Document missing.' : `Document missing: ${say.document(document)}.`;
      }
      const what = document === null ? 'Document to renew' : `Document to renew: ${say.document(document)}`;
      return `${what}, valid until ${say.date(documentEndsOn)}.`;
    },
    WARN_OVERSTAY: ({ stayMinutes, maxStayMinutes }, say) => {
      if (stayMinutes === null) return 'The visit was longer than allowed.';
      const lasted = `The visit lasted ${say.duration(stayMinutes)}`;
      return maxStayMinutes === null ? `${lasted}, too long.` : `${lasted}, it may last ${say.duration(maxStayMinutes)}.`;
    },
  },

  modes: { controlled: 'By card', free: 'Free passage', closed: 'Closed', emergency: 'Emergency: open' },
  idle: {
    enter: 'Tap your card or wristband',
    leave: 'Tap your card to leave',
    closed: 'This gate is closed',
    free: 'The gate is open, come in',
    emergency: 'The gate is open, walk through',
  },
  oneMoment: 'One moment…',
  welcome: (name) => (name ? `Welcome, ${name}` : 'Welcome'),
  goodbye: (name) => (name ? `Goodbye, ${name}` : 'Goodbye'),
  askAtDesk: 'Please ask at the desk',
  walkThrough: 'Please walk through',
  visitsLeft: (left) => {
    if (left === null) return 'Unlimited visits';
    return left === 0 ? 'No visits left' : `${visits(left)} left`;
  },
  validUntil: (date) => `Valid until ${date}`,
  until: (date) => `until ${date}`,
  nextTime: (moment) => `You can come in ${moment}.`,
  when: ({ relation, weekDay, date }, time) => {
    const name = weekDay === null ? `on ${date}` : `on ${weekDays[weekDay - 1]}, ${date}`;
    const day = relation === 'other' ? name : relation;
    return time === null ? day : `${day} at ${time}`;
  },
  onDays: {
    weekdays: (names) => `on weekdays (${names})`,
    weekend: (names) => `at weekends (${names})`,
    other: (names) => `on these days: ${names}`,
  },
  documents: { medical: 'medical certificate', waiver: 'signed waiver' },
  credentialStatus: {
    active: 'active',
    suspended: 'suspended',
    lost: 'reported lost',
    replaced: 'replaced by another',
    returned: 'handed back',
  },
  duration: {
    hours: (n) => `${n} ${plural(n, { one: 'hour', other: 'hours' })}`,
    minutes: (n) => `${n} ${plural(n, { one: 'minute', other: 'minutes' })}`,
    moment: 'less than a minute',
  },
};

function debtOf({ amount, currency, debtSince, terminatesOn }: ParamsOf<'DEBT'>, say: Say): string {
  const debt = amount === null ? 'Payment due' : `Debt ${say.money(amount, currency)}`;
  const since = debtSince === null ? '' : `, since ${say.date(debtSince)}`;
  const end = terminatesOn === null ? '' : `, contract until ${say.date(terminatesOn)}`;
  return debt + since + end;
}

function freezeOf({ frozenFrom, frozenUntil }: ParamsOf<'FROZEN'>, say: Say): string {
  const from = frozenFrom === null ? 'frozen' : `frozen from ${say.date(frozenFrom)}`;
  return frozenUntil === null ? `${from}, no end set` : `${from}, good again from ${say.date(frozenUntil)}`;
}
