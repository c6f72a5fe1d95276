import type { TrustPolicy } from '../../gate/gate-settings.ts';
import { hourMs } from '../../schedule/instant.ts';
import { dataAgeMs } from '../data-age.ts';
import { askStaff, type ChoiceRule, pass, type RuleAnswer, refuse } from '../tap.ts';

/** Rule 29: past `limitAfterHours` without contact the policy for counted or for unlimited memberships decides. */
export const freshness: ChoiceRule = {
  name: 'freshness',
  number: 29,
  check(chosen, { facts, rules }) {
    const { limitAfterHours, counted, unlimited } = rules.freshness;
    const { contactAt } = facts.data;
    const ageMs = dataAgeMs(facts);
    const isOld = ageMs !== null && ageMs > limitAfterHours * hourMs;
    return byPolicy(isOld ? (chosen.left === null ? unlimited : counted) : 'allow', contactAt);
  },
};

function byPolicy(policy: TrustPolicy, contactAt: number | null): RuleAnswer {
  switch (policy) {
    case 'allow':
      return pass('freshness', { contactAt });
    case 'ask_staff':
      return askStaff('STALE_DATA', { contactAt });
    case 'deny':
      return refuse('STALE_DATA', { contactAt });
  }
}
