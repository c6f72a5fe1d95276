import type { Interval, Window } from '../schedule/availability.ts';

/** `07:00–12:00, 18:00–22:00`; null: none. */
export function hoursText(intervals: readonly Interval[]): string | null {
  const inOrder = [...intervals].sort((a, b) => a.from - b.from);
  return inOrder.map(({ from, to }) => `${timeText(from)}–${timeText(to)}`).join(', ') || null;
}

/** ISO weekdays as `1,2,5`; null: none. */
export function daysText(windows: readonly Window[]): string | null {
  const days = [...new Set(windows.flatMap(({ weekDays }) => weekDays))].sort((a, b) => a - b);
  return days.join(',') || null;
}

function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
