import { type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 13: an individual membership enters only for individual services; a regular one never for them. A general entry is not individual. */
export const individual: MembershipRule = {
  name: 'individual',
  number: 13,
  check({ membership, match }) {
    const individualService = match?.service?.individual ?? false;
    const saw = { usage: membership.terms.usage, individualService: individualService ? 'yes' : 'no' };
    if (membership.terms.usage === 'individual') return individualService ? pass(saw) : refuse('INDIVIDUAL_ONLY', {}, saw);
    return individualService ? refuse('WRONG_SERVICE', { service: match?.service?.title ?? null }, saw) : pass(saw);
  },
};
