import type { ChooseCriterion } from '../gate/gate-settings.ts';
import { leftOf } from './balance.ts';
import { breadthOf } from './entitlement.ts';
import type { Standing } from './standing.ts';

/**
 * Rule 22: the first criterion of `chooseOrder` on which two memberships differ decides. `order` is negative when `a` comes
 * first; `by` is that criterion, null when they do not differ.
 */
export function compareStandings(
  a: Standing,
  b: Standing,
  chooseOrder: readonly ChooseCriterion[],
): { order: number; by: ChooseCriterion | null } {
  for (const by of chooseOrder) {
    const order = compareBy(by, a, b);
    if (order !== 0) return { order, by };
  }
  // The id always decides in the end, so that the order in which rows arrived never does.
  return { order: compareText(a.membership.id, b.membership.id), by: null };
}

function compareBy(criterion: ChooseCriterion, a: Standing, b: Standing): number {
  switch (criterion) {
    case 'booking':
      // No session is ever chosen yet (rule 15), so no membership is tied to one.
      return 0;
    case 'match':
      return rank(a.match && breadthOf(a.match.scope)) - rank(b.match && breadthOf(b.match.scope));
    case 'activated':
      return flag(b.activation === null) - flag(a.activation === null);
    case 'unlimited':
      return flag(left(b) === null) - flag(left(a) === null);
    case 'ends':
      return compareText(a.lastDay ?? never, b.lastDay ?? never) || compareNumber(endOf(a), endOf(b));
    case 'left':
      return compareNumber(left(a) ?? Number.POSITIVE_INFINITY, left(b) ?? Number.POSITIVE_INFINITY);
    case 'personal':
      return flag(b.membership.memberIds.length === 1) - flag(a.membership.memberIds.length === 1);
    case 'sold':
      return compareText(a.membership.soldOn ?? never, b.membership.soldOn ?? never);
    case 'id':
      return compareText(a.membership.id, b.membership.id);
  }
}

/** The instant within the last day at which it is over; one that does not say lasts to the day's end. */
function endOf({ membership }: Standing): number {
  return membership.endsAt ?? Number.POSITIVE_INFINITY;
}

/** Later than every date. */
const never = '9999-99-99';

function left(standing: Standing): number | null {
  return leftOf(standing, standing.match?.entitlement ?? null);
}

function rank(breadth: number | null): number {
  return breadth ?? 9;
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareNumber(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
