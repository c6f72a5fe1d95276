import { freezeOn, type Standing } from '../standing.ts';
import { type MembershipRule, pass, refuse } from '../tap.ts';

/**
 * Rules 8 and 9: from the first day to the end of the last; `endsAt` wins over `endsOn` and is exclusive. No end is no end,
 * not "expired". An issued membership that starts neither with a visit nor on a date has not started. While an open freeze
 * covers the date, the end is not tested (rule 16).
 */
export const term: MembershipRule = {
  name: 'term',
  number: 8,
  step: 'term',
  needsClock: true,
  check(standing, { today, facts }) {
    const { membership, startsOn, endsOn, lastDay, activation } = standing;
    if (isUndated(standing)) return refuse('NOT_STARTED', { startsOn: null });
    if (startsOn !== null && today < startsOn) return refuse('NOT_STARTED', { startsOn });
    const ended = membership.endsAt === null ? endsOn !== null && today > endsOn : facts.now >= membership.endsAt;
    const endIsTested = freezeOn(standing, today)?.until !== null;
    if (ended && endIsTested) return refuse('EXPIRED', { endedOn: lastDay });
    return pass('term', { startsOn: activation?.startsOn ?? startsOn, lastDay, endsAt: membership.endsAt });
  },
};

function isUndated({ membership, startsOn, endsOn }: Standing): boolean {
  const waitsForVisit = membership.terms.activation === 'first_visit';
  return membership.state === 'issued' && !waitsForVisit && startsOn === null && endsOn === null && membership.endsAt === null;
}
