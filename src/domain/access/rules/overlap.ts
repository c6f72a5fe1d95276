import { leftOf } from '../balance.ts';
import { compareStandings } from '../choose.ts';
import type { Standing } from '../standing.ts';
import { type MembershipRule, type MemberTap, pass, refuse, skip } from '../tap.ts';
import { state } from './state.ts';
import { term } from './term.ts';

/**
 * Rule 21: of a type that may not overlap at most one live membership counts for a member, the earlier by sale, then id. Live
 * is what rules 7 and 8 do not refuse and what still has visits.
 */
export const overlap: MembershipRule = {
  name: 'overlap',
  number: 21,
  step: 'term',
  check(standing, tap) {
    const { typeId, terms } = standing.membership;
    if (terms.allowOverlap || typeId === null) return skip();
    const earlier = tap.standings
      .filter((other) => other.membership.typeId === typeId && comesBefore(other, standing) && isLive(other, tap))
      .reduce<Standing | null>((first, other) => (first === null || comesBefore(other, first) ? other : first), null);
    return earlier ? refuse('WAITS_FOR_OTHER', { other: earlier.membership.title }) : pass('overlap', {});
  },
};

/** What was sold nobody knows when comes last. */
function comesBefore(a: Standing, b: Standing): boolean {
  return compareStandings(a, b, ['sold'], null).order < 0;
}

function isLive(standing: Standing, tap: MemberTap): boolean {
  if (state.check(standing, tap).result === 'refused') return false;
  if (tap.facts.clockTrusted && term.check(standing, tap).result === 'refused') return false;
  const { entitlements, pool } = standing.membership.terms;
  const pools = pool === 'split' ? entitlements.map((_, entitlement) => entitlement) : [null];
  return pools.some((entitlement) => (leftOf(standing, entitlement) ?? 1) > 0);
}
