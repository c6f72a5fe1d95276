import { leftOf } from '../balance.ts';
import { type MembershipRule, pass, refuse, skip } from '../tap.ts';

/** Rules 18 and 19: the pool that would pay must hold a visit. A free re-entry and a gate that never charges do not ask (rule 24). */
export const visitsLeft: MembershipRule = {
  name: 'visits-left',
  number: 18,
  check(standing, { rules }) {
    if (standing.reentry || rules.gate.charge === 'never') return skip();
    const left = leftOf(standing, standing.match?.entitlement ?? null);
    return left === 0 ? refuse('NO_VISITS_LEFT', {}, { left }) : pass({ left });
  },
};
