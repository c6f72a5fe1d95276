import { type HeldBooking, serviceTitles } from '../facts.ts';
import { entryFrom, isForGate, sessionsToday } from '../session.ts';
import { type MembershipRule, type MemberTap, pass, type RuleAnswer, refuse, skip } from '../tap.ts';

/** Rule 15: where a booking is required, the member comes for a session of today, not too early and not too late. */
export const session: MembershipRule = {
  name: 'session',
  number: 15,
  step: 'session',
  needsClock: true,
  check(_, tap) {
    const { chosen, rules } = tap;
    if (chosen) return pass('session', { session: titleOf(chosen), sessionStartsAt: chosen.session.startsAt });
    return rules.gate.booking === 'optional' ? skip() : withoutSession(tap);
  },
};

function withoutSession(tap: MemberTap): RuleAnswer {
  const { facts, rules, held } = tap;
  const today = sessionsToday(
    held.bookings.filter((booking) => isForGate(booking, tap)),
    tap,
  );
  const later = today.find((booking) => facts.now < entryFrom(booking, rules.gate));
  if (later) {
    const { startsAt } = later.session;
    return refuse('TOO_EARLY', { session: titleOf(later), sessionStartsAt: startsAt, entryFrom: entryFrom(later, rules.gate) });
  }
  const earlier = today.at(-1);
  if (earlier) return refuse('TOO_LATE', { session: titleOf(earlier), sessionStartsAt: earlier.session.startsAt });
  return refuse('BOOKING_REQUIRED', { service: serviceTitles(facts) });
}

function titleOf({ session }: HeldBooking): string | null {
  return session.title || null;
}
