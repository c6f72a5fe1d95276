import { scopeText } from '../entitlement.ts';
import { serviceTitles } from '../facts.ts';
import { type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 12: one of the gate's services must match an entitlement. Rule 17: a club card pays for no entry. */
export const service: MembershipRule = {
  name: 'service',
  number: 12,
  step: 'service',
  check({ membership, match }, { facts }) {
    if (membership.terms.usage !== 'club_card' && match !== null) {
      return pass('service', {
        service: match.service && (match.service.title || match.service.id),
        entitlement: scopeText(match.scope),
      });
    }
    return refuse('WRONG_SERVICE', { service: serviceTitles(facts) });
  },
};
