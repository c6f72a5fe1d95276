import { hasAnyTag } from '../../member/member.ts';
import { type ChoiceRule, pass, refuse, skip } from '../tap.ts';
import { lastReset, stillInside } from '../zone-reset.ts';

/** Rule 26: a full zone lets nobody in but exempt tags and whoever is inside already. */
export const occupancy: ChoiceRule = {
  name: 'occupancy',
  number: 26,
  check(_, { facts, rules, held, branch }) {
    const { limit, exemptTags } = rules.zone;
    if (limit === null) return skip();
    const resetAt = lastReset(rules.zone, branch, facts.now);
    // At the daily reset everybody has left.
    const inside = facts.seenAt >= resetAt ? facts.inside : 0;
    const isInside = stillInside(held.inside, resetAt) !== null;
    const exempt = held.member !== null && hasAnyTag(held.member, exemptTags);
    return inside < limit || isInside || exempt ? pass('occupancy', { inside, limit }) : refuse('ZONE_FULL', { inside, limit });
  },
};
