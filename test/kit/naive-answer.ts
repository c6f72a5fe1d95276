import type { Code, RefusalCode, WarningCode } from '../../src/domain/access/code.ts';
import type { Charge, Facts } from '../../src/domain/access/facts.ts';
import type { GateSettings, Rules } from '../../src/domain/gate/gate-settings.ts';
import type { Branch, Member } from '../../src/domain/member/member.ts';
import type { Activation, Membership } from '../../src/domain/member/membership.ts';
import type { Instant, LocalDate } from '../../src/domain/schedule/instant.ts';
import {
  ageAt,
  clubDateAt,
  clubIsOpen,
  countDays,
  type Look,
  lastDayOf,
  mondayOf,
  onePeriodLater,
  stepDays,
  watchClock,
  windowsAt,
} from './naive-time.ts';

/** What a tap is told where only time matters: the part of a decision that sections 3 to 5 derive from clock and calendar. */
export interface Answer {
  outcome: 'granted' | 'denied' | 'ask_staff';
  code: Code;
  /** On a grant. */
  warnings: WarningCode[];
  /** On a grant: the dates that this visit gives to the membership (rule 9). */
  activation: Activation | null;
}

/** One member with one unlimited membership at a general entry, and how the visits so far fall on club dates. */
interface Case {
  branch: Branch;
  member: Member;
  membership: Membership;
  gate: GateSettings;
  expiresWithinDays: number;
  /** The club date of the last instant before `endsAt`. */
  endsAtDate: LocalDate | null;
  visits: Visit[];
}

interface Visit {
  at: Instant;
  date: LocalDate;
  /** Of its week. */
  monday: LocalDate;
  charged: boolean;
  /** Paid for this member's entry at this branch: a further one may be free (rule 24). */
  frees: boolean;
}

/** The answer of `facts.now`. */
export function answerNow(facts: Facts, rules: Rules): Answer {
  const one = caseOf(facts, rules);
  const { timeZone, dayStartsAt } = one.branch;
  const minute = facts.now - (facts.now % 60_000);
  const [look] = watchClock(minute, minute, timeZone, dayStartsAt);
  if (look === undefined) throw new Error('the clock shows nothing');
  return answerAt({ ...look, at: facts.now }, one);
}

/** The first whole minute of the 14 days after `facts.now` at which the tap is granted. */
export function nextGrantedAt(facts: Facts, rules: Rules): Instant | null {
  const one = caseOf(facts, rules);
  const { timeZone, dayStartsAt } = one.branch;
  for (const look of watchClock(facts.now + 1, facts.now + 14 * 24 * 3_600_000, timeZone, dayStartsAt)) {
    if (answerAt(look, one).outcome === 'granted') return look.at;
  }
  return null;
}

function caseOf({ branch, credentials }: Facts, { gate, warnings }: Rules): Case {
  const [card] = credentials;
  const [held] = card?.memberships ?? [];
  if (branch === null || !card?.member || held === undefined) throw new Error('not a member with a membership at a branch');
  const dateOf = (at: Instant) => clubDateAt(at, branch.timeZone, branch.dayStartsAt);
  const visitAt = (at: Instant) => {
    const date = dateOf(at);
    return { at, date, monday: mondayOf(date) };
  };
  const frees = (charge: Charge) =>
    charge.memberId === card.member?.id && charge.branchId === branch.id && charge.charge > 0 && charge.state === 'committed';
  const known = new Set(held.charges.map(({ gateway, visit }) => `${gateway} ${visit}`));
  const recent = held.membership.recent.filter(({ gateway, visit }) => !known.has(`${gateway} ${visit}`));
  return {
    branch,
    member: card.member,
    membership: held.membership,
    gate,
    expiresWithinDays: warnings.expiresWithinDays,
    endsAtDate: held.membership.endsAt === null ? null : dateOf(held.membership.endsAt - 1),
    visits: [
      ...held.charges.map((one) => ({ ...visitAt(one.at), charged: one.charge > 0, frees: frees(one) })),
      ...recent.map((one) => ({ ...visitAt(one.at), charged: one.charge > 0, frees: false })),
    ],
  };
}

type Finding = { refuses: RefusalCode } | { asks: RefusalCode } | { warns: WarningCode };

const inOrder = [clubHours, documents, admission, term, debt, failedPayment, freeze, window, limits];

/** Section 5: the first that refuses answers; then whatever asks staff; else the gate opens. */
function answerAt(look: Look, one: Case): Answer {
  const warnings: WarningCode[] = [];
  let asks: RefusalCode | null = null;
  for (const rule of inOrder) {
    for (const finding of rule(look, one)) {
      if ('refuses' in finding) return notGranted('denied', finding.refuses);
      if ('asks' in finding) asks ??= finding.asks;
      else warnings.push(finding.warns);
    }
  }
  if (asks !== null) return notGranted('ask_staff', asks);
  const code = isFree(look, one) ? 'OK_REENTRY' : 'OK';
  return { outcome: 'granted', code, warnings, activation: datesOf(look, one).activation };
}

function notGranted(outcome: 'denied' | 'ask_staff', code: RefusalCode): Answer {
  return { outcome, code, warnings: [], activation: null };
}

/** Rule 32. */
function clubHours({ wall }: Look, { branch, gate }: Case): Finding[] {
  if (gate.openingHours === 'ignore') return [];
  return clubIsOpen(branch.openingHours, branch.exceptions, wall) ? [] : [{ refuses: 'CLUB_CLOSED' }];
}

/** Rule 33: a document is good through its last day. */
function documents({ today }: Look, { gate, member }: Case): Finding[] {
  return gate.documents.flatMap(({ kind, policy, warnWithinDays }): Finding[] => {
    const validUntil = member.documents.find((one) => one.kind === kind)?.validUntil ?? null;
    if (validUntil === null) return [];
    if (today > validUntil && policy === 'deny') return [{ refuses: 'DOCUMENT_EXPIRED' }];
    return countDays(today, validUntil) <= warnWithinDays ? [{ warns: 'WARN_DOCUMENT_EXPIRES' }] : [];
  });
}

/** Rule 34: ages, while the row's windows are open. */
function admission({ today, wall }: Look, { gate, member }: Case): Finding[] {
  return gate.admission.flatMap(({ minAge, maxAge, windows }): Finding[] => {
    if (windowsAt(windows, wall) !== 'open') return [];
    if (member.birthYear === null || member.birthday === null) return [{ refuses: 'NOT_ADMITTED' }];
    const age = ageAt(today, member.birthYear, member.birthday);
    const admitted = (minAge === null || age >= minAge) && (maxAge === null || age <= maxAge);
    return admitted ? [] : [{ refuses: 'NOT_ADMITTED' }];
  });
}

/** Rules 8 and 9. */
function datesOf({ today }: Look, { membership }: Case): Activation & { activation: Activation | null } {
  const { state, startsOn, endsOn, soldOn, terms } = membership;
  if (state !== 'issued' || terms.activation !== 'first_visit') return { startsOn: startsOn ?? '', endsOn, activation: null };
  const from = (date: LocalDate) => ({
    startsOn: date,
    endsOn: terms.validity === null ? null : lastDayOf(date, terms.validity, terms.lastDay),
  });
  const onItsOwn = soldOn === null || terms.autoActivateAfter === null ? null : onePeriodLater(soldOn, terms.autoActivateAfter);
  if (onItsOwn !== null && today >= onItsOwn) return { ...from(onItsOwn), activation: null };
  return { ...from(today), activation: from(today) };
}

function term(look: Look, one: Case): Finding[] {
  const { membership, endsAtDate, expiresWithinDays } = one;
  const { startsOn, endsOn } = datesOf(look, one);
  if (look.today < startsOn) return [{ refuses: 'NOT_STARTED' }];
  const { endsAt } = membership;
  const over = endsAt === null ? endsOn !== null && look.today > endsOn : look.at >= endsAt;
  if (over && covering(look, one)?.until !== null) return [{ refuses: 'EXPIRED' }];
  const lastDay = endsAtDate ?? endsOn;
  return lastDay !== null && countDays(look.today, lastDay) <= expiresWithinDays ? [{ warns: 'WARN_EXPIRES_SOON' }] : [];
}

/** Rule 10: the member's debt. */
function debt({ today }: Look, { member, gate }: Case): Finding[] {
  if (member.debt === null || member.debt === 'unknown') return [];
  const { since, terminatesOn } = member.debt;
  const { policy, denyAfterDays } = gate.debt;
  if (terminatesOn !== null && today > terminatesOn) return [{ refuses: 'DEBT' }];
  if (denyAfterDays !== null) {
    return since !== null && countDays(since, today) >= denyAfterDays ? [{ refuses: 'DEBT' }] : [{ warns: 'WARN_DEBT' }];
  }
  if (policy === 'deny') return [{ refuses: 'DEBT' }];
  return policy === 'warn' ? [{ warns: 'WARN_DEBT' }] : [];
}

/** Rule 10: a payment that failed. */
function failedPayment({ today }: Look, { membership, gate }: Case): Finding[] {
  const { state, paidThrough } = membership.payment;
  if (state !== 'failed' || paidThrough === null || today <= paidThrough) return [];
  const grace = stepDays(paidThrough, gate.paymentGraceDays);
  return today <= grace ? [{ warns: 'WARN_PAYMENT_FAILED' }] : [{ refuses: 'PAYMENT_FAILED' }];
}

/** Rule 16. */
function covering({ today }: Look, { membership }: Case): { until: LocalDate | null } | undefined {
  const all = membership.freezes.filter(({ from, until }) => from <= today && (until === null || today < until));
  return all.find(({ until }) => until === null) ?? all[0];
}

function freeze(look: Look, one: Case): Finding[] {
  if (covering(look, one) === undefined || one.gate.frozen === 'unfreeze') return [];
  return [one.gate.frozen === 'deny' ? { refuses: 'FROZEN' } : { asks: 'FROZEN' }];
}

/** Rule 14. */
function window({ wall }: Look, { membership }: Case): Finding[] {
  switch (windowsAt(membership.terms.availability, wall)) {
    case 'open':
      return [];
    case 'outside_days':
      return [{ refuses: 'OUTSIDE_DAYS' }];
    case 'outside_hours':
      return [{ refuses: 'OUTSIDE_HOURS' }];
  }
}

/** Rule 18; a free re-entry does not ask (rule 24). */
function limits(look: Look, one: Case): Finding[] {
  const { maxPerDay, maxPerWeek, maxPerMonth } = one.membership.terms;
  const charged = one.visits.filter((visit) => visit.charged);
  const reached = (max: number | null, isInPeriod: (visit: Visit) => boolean) =>
    max !== null && charged.filter(isInPeriod).length >= max;
  const full =
    reached(maxPerDay, ({ date }) => date === look.today) ||
    reached(maxPerWeek, ({ monday }) => monday <= look.today && look.today < stepDays(monday, 7)) ||
    reached(maxPerMonth, ({ date }) => date.slice(0, 'YYYY-MM'.length) === look.today.slice(0, 'YYYY-MM'.length));
  return full && !isFree(look, one) ? [{ refuses: 'LIMIT_REACHED' }] : [];
}

/** Rule 24: after a charged entry on the same club date, or within the gate's minutes of it. */
function isFree({ at, today }: Look, { visits, gate }: Case): boolean {
  const paid = visits.filter(({ frees }) => frees);
  if (gate.charge === 'per_day') return paid.some(({ date }) => date === today);
  return gate.charge === 'per_session' && paid.some((visit) => at - visit.at < gate.sessionMinutes * 60_000);
}
