import type { GateSettings, Rules } from '../gate/gate-settings.ts';
import type { Branch } from '../member/member.ts';
import { type Instant, type LocalDate, minuteMs } from '../schedule/instant.ts';
import { clubDate } from '../schedule/local-time.ts';
import type { HeldBooking } from './facts.ts';

/** What decides whether a booking is for the gate. */
interface AtGate {
  branch: Branch;
  rules: Pick<Rules, 'gate'>;
}

/**
 * Rule 15: the session that somebody with these bookings has come for: booked, of this branch and the gate's services, not
 * cancelled, and now within [start − `earlyMinutes`, start + `lateMinutes`); of several the earliest start, then the id.
 */
export function chosenSession(bookings: readonly HeldBooking[], at: AtGate, now: Instant): HeldBooking | null {
  const { gate } = at.rules;
  const open = bookings.filter((one) => isForGate(one, at) && entryFrom(one, gate) <= now && now < entryUntil(one, gate));
  return inOrder(open)[0] ?? null;
}

export function isForGate({ booking, session }: HeldBooking, { branch, rules }: AtGate): boolean {
  const { services } = rules.gate;
  return (
    booking.state === 'booked' &&
    !session.cancelled &&
    session.branchId === branch.id &&
    (services.length === 0 || services.includes(session.serviceId))
  );
}

/** Those that start on the club date, earliest first. */
export function sessionsToday(
  bookings: readonly HeldBooking[],
  { branch, today }: { branch: Branch; today: LocalDate },
): HeldBooking[] {
  return inOrder(bookings.filter(({ session }) => clubDate(session.startsAt, branch.timeZone, branch.dayStartsAt) === today));
}

/** The first instant at which the gate lets in for it. */
export function entryFrom({ session }: HeldBooking, { earlyMinutes }: Pick<GateSettings, 'earlyMinutes'>): Instant {
  return session.startsAt - earlyMinutes * minuteMs;
}

/** The first instant at which it no longer does. */
export function entryUntil({ session }: HeldBooking, { lateMinutes }: Pick<GateSettings, 'lateMinutes'>): Instant {
  return session.startsAt + lateMinutes * minuteMs;
}

function inOrder(bookings: readonly HeldBooking[]): HeldBooking[] {
  return [...bookings].sort((a, b) => a.session.startsAt - b.session.startsAt || (a.booking.id < b.booking.id ? -1 : 1));
}
