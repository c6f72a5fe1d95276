import type { Rules } from '../gate/gate-settings.ts';
import { openingsOf } from '../schedule/availability.ts';
import { dayMs, type Instant } from '../schedule/instant.ts';
import { datesBetween, startOfClubDate } from '../schedule/local-time.ts';
import type { Code } from './code.ts';
import type { Decision } from './decision.ts';
import type { Facts } from './facts.ts';

/** How far ahead a refusal looks for the next time it will work. */
export const horizonMs = 14 * dayMs;

/**
 * Section 5: the first instant in (now, now + 14 days] at which the same tap would be granted, everything but the time being
 * as it is; null when there is none. Rules change their answer only at known instants (a window opens, a club date begins, a
 * credential becomes valid), so only those are tried.
 */
export function nextAllowedAt(
  facts: Facts,
  rules: Rules,
  refused: Decision,
  answer: (facts: Facts, rules: Rules) => Decision,
): Instant | null {
  if (passesWithTheMoment.has(refused.code)) return null;
  const gate = { ...facts.gate, waitingFor: null, lastRead: null };
  const granted = (now: Instant) => answer({ ...facts, gate, now }, rules).outcome === 'granted';
  return turningPoints(facts).find(granted) ?? null;
}

/** Refusals of the moment: section 5 gives them no next time. */
const passesWithTheMoment: ReadonlySet<Code> = new Set(['DUPLICATE_READ', 'GATE_BUSY', 'ZONE_FULL']);

/** Every instant within the horizon at which a rule may begin to say yes, earliest first. */
function turningPoints({ now, branch, credentials }: Facts): Instant[] {
  const until = now + horizonMs;
  const points = credentials.flatMap(({ credential }) => (credential.validFrom === null ? [] : [credential.validFrom]));
  if (branch !== null) {
    const { timeZone, dayStartsAt } = branch;
    for (const date of datesBetween(now, until, timeZone)) points.push(startOfClubDate(date, timeZone, dayStartsAt));
    for (const { memberships } of credentials) {
      for (const { membership } of memberships) points.push(...openingsOf(membership.terms.availability, timeZone, now, until));
    }
  }
  return [...new Set(points)].filter((at) => at > now && at <= until).sort((a, b) => a - b);
}
