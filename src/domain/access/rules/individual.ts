import { leaveOut, type MembershipRule, pass, refuse } from '../tap.ts';

/**
 * Rule 13: an individual membership enters only for individual sessions and services, a regular one never for them. At a
 * general entry it takes a chosen individual session, which without a trusted clock cannot be told (rule 30).
 */
export const individual: MembershipRule = {
  name: 'individual',
  number: 13,
  step: 'individual',
  check({ membership, match }, { facts, chosen }) {
    const service = match?.service ?? null;
    if (service === null && !facts.clockTrusted) return leaveOut();
    const entersIndividual = (chosen?.session.individual ?? false) || (service?.individual ?? false);
    if (membership.terms.usage === 'individual') return entersIndividual ? pass('individual', {}) : refuse('INDIVIDUAL_ONLY', {});
    if (!entersIndividual) return pass('individual', {});
    return refuse('WRONG_SERVICE', { service: chosen?.session.title || service?.title || null });
  },
};
