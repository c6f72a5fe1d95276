import type { LocalDate } from '../../schedule/instant.ts';
import { clubDate } from '../../schedule/local-time.ts';
import { weekOf } from '../../schedule/validity.ts';
import type { Standing } from '../standing.ts';
import { type MembershipRule, type MemberTap, pass, refuse, skip } from '../tap.ts';

/** Rule 18: charged visits of the membership by all its members, reserved ones included, per club date, week from Monday, and month. */
export const limits: MembershipRule = {
  name: 'limits',
  number: 18,
  check(standing, tap) {
    if (standing.reentry || tap.rules.gate.charge === 'never') return skip();
    const { maxPerDay, maxPerWeek, maxPerMonth } = standing.membership.terms;
    if (maxPerDay === null && maxPerWeek === null && maxPerMonth === null) return skip();
    const dates = chargedDates(standing, tap);
    const week = weekOf(tap.today);
    const used = {
      day: dates.filter((date) => date === tap.today).length,
      week: dates.filter((date) => weekOf(date) === week).length,
      month: dates.filter((date) => date.slice(0, 7) === tap.today.slice(0, 7)).length,
    };
    for (const [per, max] of [
      ['day', maxPerDay],
      ['week', maxPerWeek],
      ['month', maxPerMonth],
    ] as const) {
      if (max !== null && used[per] >= max) return refuse('LIMIT_REACHED', { per, max }, { used: used[per] });
    }
    return pass({ ...used });
  },
};

/** Visits that the central system told of (`recent`) count once beside our own. */
function chargedDates({ membership, charges }: Standing, { branch }: MemberTap): LocalDate[] {
  const own = new Set(charges.map(({ gateway, visit }) => `${gateway} ${visit}`));
  const told = membership.recent.filter(({ gateway, visit }) => !own.has(`${gateway} ${visit}`));
  return [...charges, ...told]
    .filter(({ charge }) => charge > 0)
    .map(({ at }) => clubDate(at, branch.timeZone, branch.dayStartsAt));
}
