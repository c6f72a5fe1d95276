import type { Branch } from '../member/member.ts';
import type { Activation, Freeze, Membership } from '../member/membership.ts';
import type { LocalDate } from '../schedule/instant.ts';
import { clubDate } from '../schedule/local-time.ts';
import { lastValidDay, plusPeriod } from '../schedule/validity.ts';
import { leftOf } from './balance.ts';
import { type Match, matchOf } from './entitlement.ts';
import type { Charge, HeldMembership } from './facts.ts';
import { paidEntryOf } from './reentry.ts';
import type { Seen } from './seen.ts';

/**
 * A membership as it stands at one tap: the central row, and what this box knows beyond it. Activations, ended freezes and
 * charges of visits that stand are read off the journal, so a released visit leaves no trace here.
 */
export interface Standing extends HeldMembership {
  activated: 'no' | 'provisional' | 'confirmed';
  startsOn: LocalDate | null;
  endsOn: LocalDate | null;
  /** The last valid day, whichever way the end is said, after this tap's own activation; null = no end. */
  lastDay: LocalDate | null;
  /** What a visit now would give the membership; null when it needs no activation. */
  activation: Activation | null;
  freezes: Freeze[];
  /** What an entry would be spent on; null when nothing fits. */
  match: Match | null;
  /** The charged entry that makes this one free (rule 24). */
  reentry: Charge | null;
  /** What an entry now would cost: 0 when it is free, the seats of the chosen session, else 1 (rules 15 and 24). */
  charge: number;
  /** Visits of the pool that would pay, before this one; null = unlimited, below 0 after an overspend. */
  left: number | null;
}

/** A membership as it stands for whoever is seen at the gate. */
export function standingOf(held: HeldMembership, seen: Seen): Standing {
  const { activated, startsOn, endsOn, activation } = termOf(held, seen);
  const match = matchOf(held, seen);
  const reentry = match && paidEntryOf(held.charges, match.service?.id ?? null, seen);
  const isFree = reentry !== null || seen.gate.charge === 'never';
  return {
    membership: held.membership,
    charges: held.charges,
    activated,
    startsOn,
    endsOn,
    lastDay: lastDayOf(held.membership, activation ? activation.endsOn : endsOn, seen.branch),
    activation,
    freezes: freezesOf(held, seen.branch),
    match,
    reentry,
    charge: isFree ? 0 : (seen.chosen?.booking.seats ?? 1),
    left: leftOf(held, reentry?.entitlement ?? match?.entitlement ?? null),
  };
}

/** The freeze that covers `date`; of several the one that lasts longest. Null: none. */
export function freezeOn({ freezes }: Pick<Standing, 'freezes'>, date: LocalDate): Freeze | null {
  let longest: Freeze | null = null;
  for (const freeze of freezes) {
    const { from, until } = freeze;
    const covers = from <= date && (until === null || date < until);
    if (covers && (longest === null || lastsLonger(freeze, longest))) longest = freeze;
  }
  return longest;
}

function lastsLonger(a: Freeze, b: Freeze): boolean {
  if (a.until === b.until) return a.id < b.id;
  return a.until === null || (b.until !== null && a.until > b.until);
}

type Term = Pick<Standing, 'activated' | 'startsOn' | 'endsOn' | 'activation'>;

/** Rule 9. */
function termOf({ membership, charges }: HeldMembership, { today, branch, clockTrusted }: Seen): Term {
  const { state, startsOn, endsOn, soldOn, terms } = membership;
  if (state !== 'issued' || terms.activation !== 'first_visit')
    return { activated: 'confirmed', startsOn, endsOn, activation: null };
  const activating = charges.filter(({ activation }) => activation !== null);
  const provisional = activating.find(({ state }) => state === 'committed') ?? activating[0];
  if (provisional?.activation) {
    // A visit that may still be given back would take its activation with it: this one carries it too.
    const activation = provisional.state === 'committed' ? null : provisional.activation;
    return { activated: 'provisional', ...provisional.activation, activation };
  }
  const atPeer = charges.find(isOfPeer);
  if (atPeer) {
    const startedOn = clubDate(atPeer.at, branch.timeZone, branch.dayStartsAt);
    return { activated: 'provisional', ...activationOn(startedOn, membership), activation: null };
  }
  const automatic = soldOn && terms.autoActivateAfter && plusPeriod(soldOn, terms.autoActivateAfter);
  if (automatic && today >= automatic)
    return { activated: 'provisional', ...activationOn(automatic, membership), activation: null };
  // Rule 30: nobody knows which day it is.
  return { activated: 'no', startsOn, endsOn, activation: clockTrusted ? activationOn(today, membership) : null };
}

/** Another box tells of its visits without the entitlement and the activation: its first one began the membership all the same. */
function isOfPeer({ entitlement, prerequisite, activation, state }: Charge): boolean {
  return entitlement === null && !prerequisite && activation === null && state === 'committed';
}

/** An end that the row already has is not moved by a first visit. */
function activationOn(startsOn: LocalDate, { terms, endsOn }: Membership): Activation {
  const byTerms = terms.validity && lastValidDay(startsOn, terms.validity, terms.lastDay);
  return { startsOn, endsOn: byTerms === null || (endsOn !== null && endsOn < byTerms) ? endsOn : byTerms };
}

function lastDayOf({ endsAt }: Membership, endsOn: LocalDate | null, branch: Branch): LocalDate | null {
  // `endsAt` is exclusive: where it is midnight, the day before was the last.
  return endsAt === null ? endsOn : clubDate(endsAt - 1, branch.timeZone, branch.dayStartsAt);
}

/** Rule 16, `unfreeze`: a committed visit ended a freeze on its own date. */
function freezesOf({ membership, charges }: HeldMembership, branch: Branch): Freeze[] {
  const ended = new Map<string, LocalDate>();
  for (const { endsFreeze, state, at } of charges) {
    if (endsFreeze !== null && state === 'committed') ended.set(endsFreeze, clubDate(at, branch.timeZone, branch.dayStartsAt));
  }
  if (ended.size === 0) return membership.freezes;
  return membership.freezes.map((freeze) => ({ ...freeze, until: earlier(freeze.until, ended.get(freeze.id)) }));
}

function earlier(until: LocalDate | null, ended: LocalDate | undefined): LocalDate | null {
  if (ended === undefined) return until;
  return until === null || ended < until ? ended : until;
}
