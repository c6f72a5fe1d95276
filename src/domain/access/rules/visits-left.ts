import { type MembershipRule, pass, refuse, skip } from '../tap.ts';

/** Rules 18 and 19: the pool that would pay must hold what the entry costs. A free re-entry and a gate that never charges do not ask (rule 24). */
export const visitsLeft: MembershipRule = {
  name: 'visits-left',
  number: 18,
  step: 'balance and limits',
  check({ charge, left }) {
    if (charge === 0) return skip();
    return left !== null && left < charge
      ? refuse('NO_VISITS_LEFT', { left: Math.max(0, left), cost: charge })
      : pass('visits-left', { left });
  },
};
