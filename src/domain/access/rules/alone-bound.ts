import type { Standing } from '../standing.ts';
import { askStaff, type ChoiceRule, pass, skip } from '../tap.ts';

/**
 * Rule 20: while a box sees neither the hub nor its peers, another box may be spending the same visits. It grants so many
 * of one membership by itself, then staff are asked.
 */
export const aloneBound: ChoiceRule = {
  name: 'alone-bound',
  number: 20,
  check(chosen, { facts, rules }) {
    const { alone, contactAt } = facts.data;
    const max = rules.offline.maxVisitsPerMembership;
    if (!alone || max === null || chosen.charge === 0) return skip();
    const granted = grantedSince(chosen, rules.gateway, contactAt ?? Number.NEGATIVE_INFINITY);
    return granted >= max ? askStaff('STALE_DATA', { contactAt }) : pass('alone-bound', { granted, max });
  },
};

function grantedSince({ charges }: Standing, ownGateway: string, since: number): number {
  return charges.filter(({ gateway, charge, at }) => gateway === ownGateway && charge > 0 && at >= since).length;
}
