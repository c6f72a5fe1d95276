import { minuteMs } from '../schedule/instant.ts';
import { clubDate } from '../schedule/local-time.ts';
import type { Charge } from './facts.ts';
import type { Seen } from './seen.ts';

/**
 * Rule 24: the charged entry of the same person to the same service of this branch that makes another one free now, by the
 * gate's `charge`. `serviceId` null is the general entry, a service of its own. The person of a bearer code is its
 * membership, and `per_day` charges each of its entries (rule 4).
 */
export function paidEntryOf(charges: readonly Charge[], serviceId: string | null, seen: Seen): Charge | null {
  const { gate, branch, memberId, chosen, now, today } = seen;
  const isPaid = (charge: Charge) => charge.charge > 0 && charge.state === 'committed' && !charge.prerequisite;
  const isSame = (charge: Charge) =>
    charge.memberId === memberId && charge.serviceId === serviceId && charge.branchId === branch.id;
  switch (gate.charge) {
    case 'per_day': {
      if (memberId === null) return null;
      const isToday = ({ at }: Charge) => clubDate(at, branch.timeZone, branch.dayStartsAt) === today;
      return charges.findLast((charge) => isPaid(charge) && isSame(charge) && isToday(charge)) ?? null;
    }
    case 'per_session': {
      const isNear = ({ at }: Charge) => at <= now && now < at + gate.sessionMinutes * minuteMs;
      return charges.findLast((charge) => isPaid(charge) && isSame(charge) && isNear(charge)) ?? null;
    }
    case 'per_booking':
      if (chosen === null) return null;
      return charges.findLast((charge) => isPaid(charge) && charge.bookingId === chosen.booking.id) ?? null;
    case 'per_entry':
    case 'never':
      return null;
  }
}
