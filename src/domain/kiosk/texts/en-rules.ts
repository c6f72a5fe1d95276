import type { ParamValues } from '../../access/params.ts';
import { en } from './en.ts';
import { pluralOf } from './plural.ts';
import { type RuleWords, type ScopeWords, scopeIn } from './rule-words.ts';

const plural = pluralOf<'one' | 'other'>('en');
const memberships = (n: number) => `${n} ${plural(n, { one: 'membership', other: 'memberships' })}`;
const visits = (n: number) => `${n} ${plural(n, { one: 'visit', other: 'visits' })}`;

const scopes: ScopeWords = { any: 'any service', service: (id) => `service ${id}`, category: (id) => `category ${id}` };

const assurances: Record<ParamValues['assurance'], string> = {
  uid: 'plain card or code',
  token: 'one-time code',
  cryptographic: 'protected card',
};

const states: Record<ParamValues['state'], string> = {
  issued: 'Sold, not activated yet.',
  active: 'Active.',
  expired: 'Expired.',
  used_up: 'Used up, but this re-entry takes no visit.',
  cancelled: 'Cancelled.',
  pending_payment: 'Awaits payment.',
};

const payments: Record<ParamValues['payment'], string> = {
  paid: 'Paid',
  on_credit: 'Sold on credit',
  overdue: 'Payment overdue, accepted here',
  failed: 'The last payment did not go through',
  pending: 'Payment not confirmed yet',
};

const debts: Record<ParamValues['debt'], string> = {
  none: 'No debt.',
  some: 'There is a debt, accepted here.',
  unknown: 'Debt is not known: the central system did not say.',
  not_asked: 'Debt is not asked: the code belongs to no member.',
};

export const enRules: RuleWords = {
  rules: {
    'closed-gate': {
      name: 'Closed gate',
      passed: ({ mode }) => (mode === 'closed' ? 'The gate is closed, staff may pass.' : 'The gate is not closed.'),
    },
    'double-read': { name: 'Double read', passed: 'Not a repeat of the same tap.' },
    'free-passage': {
      name: 'Free passage',
      passed: ({ mode }) =>
        mode === 'free' || mode === 'emergency'
          ? 'The gate is open to everybody, staff pass with their own card.'
          : 'Not set: every card is checked.',
    },
    'gate-busy': { name: 'Gate busy', passed: 'The gate is not waiting for anybody.' },
    'staff-card': { name: 'Staff card', passed: 'Not a staff card.' },
    exit: { name: 'Exit', passed: 'This is an entry.' },
    credential: {
      name: 'Card or code',
      passed: ({ credential }) => (credential === null ? 'Known and active.' : `Known and active (${credential}).`),
    },
    assurance: {
      name: 'Security of the card',
      passed: ({ has, needed }) => {
        if (needed === null || needed === 'uid') return 'Any card or code will do here.';
        const asked = `Needed at least: ${assurances[needed]}.`;
        return has === null ? asked : `${asked} Shown: ${assurances[has]}.`;
      },
    },
    member: {
      name: 'Member',
      passed: ({ memberships: count }) => (count === null ? 'Not blocked.' : `Not blocked, ${memberships(count)}.`),
    },
    'known-branch': {
      name: 'Branch of the gate',
      passed: ({ branch }) => (branch === null ? 'Known.' : `${branch}.`),
    },
    'opening-hours': {
      name: 'Opening hours of the club',
      passed: ({ openHours }) => (openHours === null ? 'Opening hours do not restrict entry now.' : `Open today ${openHours}.`),
    },
    documents: {
      name: 'Documents',
      passed: ({ documents }, say) =>
        documents === null ? 'Everything needed is at hand.' : `At hand: ${say.document(documents)}.`,
    },
    admission: {
      name: 'Who may enter',
      passed: ({ age }) => (age === null ? 'Admitted at this time.' : `Admitted at this time. Age: ${age}.`),
    },
    'anti-passback': {
      name: 'Already inside',
      passed: ({ insideSince }, say) =>
        insideSince === null ? 'Not counted as inside.' : `Came in ${say.at(insideSince)}, may come in again.`,
    },
    state: { name: 'State of the membership', passed: ({ state }) => (state === null ? enRules.passed : states[state]) },
    term: {
      name: 'First and last day',
      passed: ({ startsOn, lastDay, endsAt }, say) => {
        if (startsOn === null && lastDay === null) return 'No first and no last day.';
        const from = startsOn === null ? '' : ` from ${say.date(startsOn)}`;
        if (lastDay === null) return `Good${from}, no end.`;
        const to = startsOn === null ? ` until ${say.date(lastDay)}` : ` to ${say.date(lastDay)}`;
        return endsAt === null ? `Good${from}${to}.` : `Good${from}${to}, on the last day until ${say.endTime(endsAt)}.`;
      },
    },
    overlap: { name: 'One at a time', passed: 'No earlier membership of this kind is still good.' },
    payment: {
      name: 'Payment and debt',
      passed: ({ payment, debt, paidThrough }, say) => {
        const paid = payment === null ? '' : paidOf(payment, paidThrough === null ? null : say.date(paidThrough));
        const owed = debt === null ? '' : debts[debt];
        return [paid, owed].filter((part) => part !== '').join(' ') || enRules.passed;
      },
    },
    branch: {
      name: 'Branch of the membership',
      passed: ({ branches }) => (branches === null ? 'Good in every branch.' : `Good in: ${branches}.`),
    },
    service: {
      name: 'Service',
      passed: ({ service, entitlement }) => {
        const covers = service === null ? 'General entry' : `Covers ${service}`;
        return entitlement === null ? `${covers}.` : `${covers} (${scopeIn(scopes, entitlement)}).`;
      },
    },
    individual: { name: 'Individual sessions', passed: 'The membership fits this kind of visit.' },
    session: {
      name: 'Booking',
      passed: ({ session, sessionStartsAt }, say) => {
        if (session === null && sessionStartsAt === null) return 'An ordinary visit, without a booking.';
        const what = session === null ? 'Booked for a class' : `Booked for “${session}”`;
        return sessionStartsAt === null ? `${what}.` : `${what}, which starts ${say.at(sessionStartsAt)}.`;
      },
    },
    freeze: {
      name: 'Freeze',
      passed: ({ frozenFrom }, say) =>
        frozenFrom === null ? 'Not frozen.' : `This visit ends the freeze that began ${say.on(frozenFrom)}.`,
    },
    window: {
      name: 'Days and hours',
      passed: ({ hours }) => (hours === null ? 'Any day and hour.' : `Good on this day: ${hours}.`),
    },
    'club-card': {
      name: 'Club card',
      passed: ({ card }) => (card === null ? 'At hand and good.' : `“${card}” is good.`),
    },
    'visits-left': {
      name: 'Visits left',
      passed: ({ left }) => (left === null ? 'Unlimited.' : `${en.visitsLeft(left)}, this one included.`),
    },
    limits: {
      name: 'Limits per day, week and month',
      passed: ({ usedToday, maxPerDay, usedThisWeek, maxPerWeek, usedThisMonth, maxPerMonth }) => {
        const used = [
          usedToday === null || maxPerDay === null ? '' : `today ${usedToday} of ${maxPerDay}`,
          usedThisWeek === null || maxPerWeek === null ? '' : `this week ${usedThisWeek} of ${maxPerWeek}`,
          usedThisMonth === null || maxPerMonth === null ? '' : `this month ${usedThisMonth} of ${maxPerMonth}`,
        ].filter((part) => part !== '');
        return used.length === 0 ? 'No limit is reached.' : `Used before this visit: ${used.join(', ')}.`;
      },
    },
    occupancy: {
      name: 'Room inside',
      passed: ({ inside, limit }) => (inside === null || limit === null ? 'There is room.' : `${inside} of ${limit} inside.`),
    },
    freshness: {
      name: 'Age of the data',
      passed: ({ contactAt }, say) =>
        contactAt === null
          ? 'The last contact with the central system is not known.'
          : `Last contact with the central system ${say.at(contactAt)}.`,
    },
    'alone-bound': {
      name: 'Visits without connection',
      passed: ({ granted, max }) =>
        granted === null || max === null
          ? 'The visits that may be granted without connection are not used up.'
          : `${granted} of ${visits(max)} granted without connection.`,
    },
    clock: {
      name: 'Clock of the gateway',
      passed: ({ clock }) => {
        if (clock === null) return enRules.passed;
        return clock === 'trusted' ? 'The clock is trusted.' : 'The clock is not trusted, and the club lets pass all the same.';
      },
    },
  },
  passed: 'No objection.',
  skipped: 'Does not apply here.',
  leftOut: 'Left out: the clock is not trusted.',
  chosenBy: {
    reentry: 'Chosen: it has paid for this entry already.',
    booking: 'Chosen: the booking is made on it.',
    match: 'Chosen: it fits the service most exactly.',
    activated: 'Chosen: it is activated already.',
    unlimited: 'Chosen: its visits are unlimited.',
    ends: 'Chosen: it ends first.',
    left: 'Chosen: it has the fewest visits left.',
    personal: 'Chosen: it is not shared with anybody.',
    sold: 'Chosen: it was sold first.',
    id: 'Chosen by its number: in all else the memberships are equal.',
    only: 'Chosen: no other is good here now.',
  },
};

function paidOf(payment: ParamValues['payment'], through: string | null): string {
  if (through === null) return `${payments[payment]}.`;
  return payment === 'paid' ? `Paid through ${through}.` : `${payments[payment]}, paid through ${through}.`;
}
