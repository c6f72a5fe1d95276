import { availabilityAt, type Window } from '../../schedule/availability.ts';
import type { WeekDay } from '../../schedule/instant.ts';
import { type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 14: the weekday first, then the time of day, on the branch's wall clock. */
export const window: MembershipRule = {
  name: 'window',
  number: 14,
  check({ membership }, { local }) {
    const windows = membership.terms.availability;
    const saw = { weekDay: local.weekDay, time: timeText(Math.floor(local.timeOfDayMs / 60_000)) };
    switch (availabilityAt(windows, local)) {
      case 'open':
        return pass(saw);
      case 'outside_days':
        return refuse('OUTSIDE_DAYS', { days: daysOf(windows) }, saw);
      case 'outside_hours':
        return refuse('OUTSIDE_HOURS', { hours: hoursOf(windows, local.weekDay) }, saw);
    }
  },
};

function daysOf(windows: readonly Window[]): string | null {
  const days = [...new Set(windows.flatMap(({ weekDays }) => weekDays))].sort((a, b) => a - b);
  return days.length > 0 ? days.join(',') : null;
}

function hoursOf(windows: readonly Window[], weekDay: WeekDay): string | null {
  const intervals = windows.filter(({ weekDays }) => weekDays.includes(weekDay)).flatMap(({ intervals }) => intervals);
  const texts = intervals.sort((a, b) => a.from - b.from).map(({ from, to }) => `${timeText(from)}–${timeText(to)}`);
  return texts.length > 0 ? texts.join(', ') : null;
}

function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
