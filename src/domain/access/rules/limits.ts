import type { Instant, LocalDate } from '../../schedule/instant.ts';
import { clubDate } from '../../schedule/local-time.ts';
import { weekOf } from '../../schedule/validity.ts';
import type { Standing } from '../standing.ts';
import { type MembershipRule, type MemberTap, pass, refuse, skip } from '../tap.ts';

/** Rule 18: charged visits of the membership by all its members, reserved ones included, per club date, week from Monday, and month. */
export const limits: MembershipRule = {
  name: 'limits',
  number: 18,
  step: 'balance and limits',
  needsClock: true,
  check(standing, tap) {
    if (standing.charge === 0) return skip();
    const { maxPerDay, maxPerWeek, maxPerMonth } = standing.membership.terms;
    if (maxPerDay === null && maxPerWeek === null && maxPerMonth === null) return skip();
    const dates = chargedDates(standing, tap);
    const week = weekOf(tap.today);
    const month = tap.today.slice(0, 7);
    const usedToday = dates.filter((date) => date === tap.today).length;
    if (maxPerDay !== null && usedToday >= maxPerDay) return refuse('LIMIT_REACHED', { per: 'day', max: maxPerDay });
    const usedThisWeek = dates.filter((date) => weekOf(date) === week).length;
    if (maxPerWeek !== null && usedThisWeek >= maxPerWeek) return refuse('LIMIT_REACHED', { per: 'week', max: maxPerWeek });
    const usedThisMonth = dates.filter((date) => date.slice(0, 7) === month).length;
    if (maxPerMonth !== null && usedThisMonth >= maxPerMonth) return refuse('LIMIT_REACHED', { per: 'month', max: maxPerMonth });
    return pass('limits', { usedToday, maxPerDay, usedThisWeek, maxPerWeek, usedThisMonth, maxPerMonth });
  },
};

/** Visits that the central system told of (`recent`) count once beside those this box has. */
function chargedDates({ membership, charges }: Standing, { branch }: MemberTap): LocalDate[] {
  const known = new Set(charges.map(({ gateway, visit }) => `${gateway} ${visit}`));
  const told = membership.recent.filter(({ gateway, visit }) => !known.has(`${gateway} ${visit}`));
  const dateOf = (at: Instant) => clubDate(at, branch.timeZone, branch.dayStartsAt);
  return [...charges, ...told].filter(({ charge }) => charge > 0).map(({ at }) => dateOf(at));
}
