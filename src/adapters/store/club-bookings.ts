import type { Database } from 'better-sqlite3';
import type { HeldBooking } from '../../domain/access/facts.ts';
import type { ClubData } from '../../ports/club-data.ts';

/** Bookings whose session is not held count as absent. */
export function clubBookings(db: Database): ClubData['bookings'] {
  const placesWhere = (condition: string) =>
    db
      .prepare<[string, number, number], [booking: string, session: string]>(
        `SELECT bookings.row, sessions.row FROM bookings JOIN sessions ON sessions.id = session_id
         WHERE ${condition} AND starts_at >= ? AND starts_at < ? ORDER BY starts_at, bookings.id`,
      )
      .raw();
  const ofMember = placesWhere('member_id = ?');
  const ofMembership = placesWhere('membership_id = ?');
  return (of, from, until) => {
    const rows = 'memberId' in of ? ofMember.all(of.memberId, from, until) : ofMembership.all(of.membershipId, from, until);
    return rows.map(([booking, session]): HeldBooking => ({ booking: JSON.parse(booking), session: JSON.parse(session) }));
  };
}
