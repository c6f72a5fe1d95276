import { availabilityAt, dayBefore, type Interval, type Window } from '../../schedule/availability.ts';
import type { WeekDay } from '../../schedule/instant.ts';
import { localTime } from '../../schedule/local-time.ts';
import { type MembershipRule, pass, refuse } from '../tap.ts';
import { daysText, hoursText } from '../times.ts';

/** Rule 14: the weekday first, then the time of day, on the branch's wall clock: of the arrival, or of the start of the chosen session. */
export const window: MembershipRule = {
  name: 'window',
  number: 14,
  step: 'window',
  needsClock: true,
  check({ membership }, { local, chosen, branch }) {
    const windows = membership.terms.availability;
    const judged = chosen === null ? local : localTime(chosen.session.startsAt, branch.timeZone);
    const ofTheDay = intervalsOn(windows, judged.weekDay);
    switch (availabilityAt(windows, judged)) {
      case 'open':
        // Open by what began yesterday: those are the hours.
        return pass('window', { hours: hoursText(ofTheDay) ?? hoursText(intervalsOn(windows, dayBefore(judged.weekDay))) });
      case 'outside_days':
        return refuse('OUTSIDE_DAYS', { days: daysText(windows) });
      case 'outside_hours':
        return refuse('OUTSIDE_HOURS', { hours: hoursText(ofTheDay) });
    }
  },
};

function intervalsOn(windows: readonly Window[], weekDay: WeekDay): Interval[] {
  return windows.filter(({ weekDays }) => weekDays.includes(weekDay)).flatMap(({ intervals }) => intervals);
}
