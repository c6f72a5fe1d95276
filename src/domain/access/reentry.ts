import { minuteMs } from '../schedule/instant.ts';
import { clubDate } from '../schedule/local-time.ts';
import type { Charge } from './facts.ts';
import type { Seen } from './seen.ts';

/**
 * Rule 24: the charged entry of the same member to the same service of this branch that makes another one free now, by the
 * gate's `charge`. `serviceId` null is the general entry, a service of its own. A bearer code has no member: each of its
 * entries is charged (rule 4).
 */
export function paidEntryOf(charges: readonly Charge[], serviceId: string | null, seen: Seen): Charge | null {
  const { gate, branch, memberId, now, today } = seen;
  if (memberId === null) return null;
  const paid = charges.filter(
    (charge) =>
      charge.charge > 0 &&
      charge.state === 'committed' &&
      charge.entitlement !== null &&
      charge.memberId === memberId &&
      charge.serviceId === serviceId &&
      charge.branchId === branch.id,
  );
  switch (gate.charge) {
    case 'per_day':
      return paid.findLast(({ at }) => clubDate(at, branch.timeZone, branch.dayStartsAt) === today) ?? null;
    case 'per_session':
      return paid.findLast(({ at }) => at <= now && now < at + gate.sessionMinutes * minuteMs) ?? null;
    case 'per_entry':
    case 'per_booking':
    case 'never':
      return null;
  }
}
