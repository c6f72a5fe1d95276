import type { ChooseCriterion } from '../gate/gate-settings.ts';
import { breadthOf } from './entitlement.ts';
import type { HeldBooking } from './facts.ts';
import type { Standing } from './standing.ts';

/**
 * Rule 22: the first criterion of `chooseOrder` on which two memberships differ decides. `order` is negative when `a` comes
 * first; `by` is that criterion, `id` where none of them tells the two apart.
 */
export function compareStandings(
  a: Standing,
  b: Standing,
  chooseOrder: readonly ChooseCriterion[],
  chosen: HeldBooking | null,
): { order: number; by: ChooseCriterion } {
  for (const by of chooseOrder) {
    const order = compareBy(by, a, b, chosen);
    if (order !== 0) return { order, by };
  }
  // The id always decides in the end, so that the order in which rows arrived never does.
  return { order: compareText(a.membership.id, b.membership.id), by: 'id' };
}

function compareBy(criterion: ChooseCriterion, a: Standing, b: Standing, chosen: HeldBooking | null): number {
  switch (criterion) {
    case 'booking':
      return flag(isBooked(b, chosen)) - flag(isBooked(a, chosen));
    case 'match':
      return rank(a.match && breadthOf(a.match.scope)) - rank(b.match && breadthOf(b.match.scope));
    case 'activated':
      return flag(b.activated !== 'no') - flag(a.activated !== 'no');
    case 'unlimited':
      return flag(b.left === null) - flag(a.left === null);
    case 'ends':
      return compareText(a.lastDay ?? never, b.lastDay ?? never) || compareNumber(endOf(a), endOf(b));
    case 'left':
      return compareNumber(visitsLeft(a), visitsLeft(b));
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

/** An overspent membership has none left (rule 19). */
function visitsLeft({ left }: Standing): number {
  return left === null ? Number.POSITIVE_INFINITY : Math.max(0, left);
}

/** The booking of the chosen session names this membership. */
function isBooked({ membership }: Standing, chosen: HeldBooking | null): boolean {
  return chosen?.booking.membershipId === membership.id;
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
