import { hasAnyTag } from '../../member/member.ts';
import { minuteMs } from '../../schedule/instant.ts';
import { type PersonRule, pass, refuse, skip, warn } from '../tap.ts';
import { lastReset, stillInside } from '../zone-reset.ts';

/**
 * Rule 25: who is inside the zone does not enter it again, by the gate's mode. It is forgotten at the zone's daily reset and
 * `forgiveMinutes` after the entry (exclusive). A bearer code is never asked (rule 4).
 */
export const antiPassback: PersonRule = {
  name: 'anti-passback',
  number: 25,
  check({ facts, rules, held, branch }) {
    const { mode, forgiveMinutes, exemptTags } = rules.gate.antiPassback;
    if (mode === 'off' || held.member === null) return skip();
    const insideSince = stillInside(held.inside, lastReset(rules.zone, branch, facts.now))?.since ?? null;
    const forgiven = insideSince !== null && forgiveMinutes !== null && facts.now >= insideSince + forgiveMinutes * minuteMs;
    const exempt = hasAnyTag(held.member, exemptTags);
    if (insideSince === null || forgiven || exempt) return pass('anti-passback', { insideSince });
    return mode === 'soft' ? warn('WARN_ALREADY_INSIDE', { insideSince }) : refuse('ALREADY_INSIDE', { insideSince });
  },
};
