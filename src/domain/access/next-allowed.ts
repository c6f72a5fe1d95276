import type { Rules } from '../gate/gate-settings.ts';
import { closingsOf, openingsOf } from '../schedule/availability.ts';
import { dayMs, hourMs, type Instant, minuteMs } from '../schedule/instant.ts';
import { datesBetween, startOfClubDate } from '../schedule/local-time.ts';
import { hoursOpeningsOf } from '../schedule/opening-hours.ts';
import type { Code } from './code.ts';
import { dataAgeMs } from './data-age.ts';
import type { Decision } from './decision.ts';
import type { Facts, HeldBooking, Inside } from './facts.ts';
import { entryFrom, entryUntil } from './session.ts';

/** How far ahead a refusal looks for the next time it will work. */
export const horizonMs = 14 * dayMs;

/**
 * Section 5: the first instant in (now, now + 14 days] at which the same tap would be granted, everything but the time being
 * as it is; null when there is none. Rules change their answer only at known instants (a window opens, a club date begins, a
 * credential becomes valid), so only those are tried.
 */
export function nextAllowedAt(facts: Facts, rules: Rules, refused: Decision, answer: (facts: Facts) => Decision): Instant | null {
  if (passesWithTheMoment.has(refused.code)) return null;
  const gate = { ...facts.gate, waitingFor: null, lastRead: null };
  const granted = (now: Instant) => answer({ ...facts, gate, now }).outcome === 'granted';
  const isOld = (dataAgeMs(facts) ?? 0) > rules.freshness.limitAfterHours * hourMs;
  const points = turningPoints(facts, rules, isOld || facts.data.alone);
  return points.find(granted) ?? null;
}

/** Refusals of the moment: section 5 gives them no next time. */
const passesWithTheMoment: ReadonlySet<Code> = new Set(['DUPLICATE_READ', 'GATE_BUSY', 'ZONE_FULL']);

/**
 * Every instant within the horizon at which a rule may begin to say yes, earliest first. `another`: also those at which another
 * membership may come to pay, which old data lets pass where it refuses this one (rule 29).
 */
function turningPoints(facts: Facts, rules: Rules, another: boolean): Instant[] {
  const { now, branch, credentials } = facts;
  const until = now + horizonMs;
  const points: (Instant | null)[] = credentials.map(({ credential }) => credential.validFrom);
  if (branch !== null) {
    const { timeZone, dayStartsAt } = branch;
    const { gate, zone } = rules;
    for (const date of datesBetween(now, until, timeZone)) {
      points.push(startOfClubDate(date, timeZone, dayStartsAt), startOfClubDate(date, timeZone, zone.resetAt));
    }
    if (gate.openingHours === 'respect') points.push(...hoursOpeningsOf(branch, timeZone, now, until));
    // Outside a row's windows its condition need not hold.
    for (const { windows } of gate.admission) {
      points.push(...openingsOf(windows, timeZone, now, until), ...closingsOf(windows, timeZone, now, until));
    }
    for (const { memberships } of credentials) {
      for (const { membership, charges } of memberships) {
        // The end of an earlier membership is the beginning of the one that waits for it (rule 21).
        points.push(...openingsOf(membership.terms.availability, timeZone, now, until), membership.endsAt);
        if (!another) continue;
        points.push(...closingsOf(membership.terms.availability, timeZone, now, until));
        // A free re-entry is over (rule 24).
        for (const { at } of charges) points.push(at + gate.sessionMinutes * minuteMs);
      }
    }
  }
  for (const { inside, bookings } of credentials) points.push(forgivenAt(inside, rules), ...entriesTo(bookings, rules));
  const within = points.filter((at) => at !== null && at > now && at <= until) as Instant[];
  return [...new Set(within)].sort((a, b) => a - b);
}

/** Rule 25. */
function forgivenAt(inside: Inside | null, { gate }: Rules): Instant | null {
  const { forgiveMinutes } = gate.antiPassback;
  return inside === null || forgiveMinutes === null ? null : inside.since + forgiveMinutes * minuteMs;
}

/** Rule 15: when each session begins and ceases to let in. */
function entriesTo(bookings: readonly HeldBooking[], { gate }: Rules): Instant[] {
  return bookings.flatMap((booking) => [entryFrom(booking, gate), entryUntil(booking, gate)]);
}
