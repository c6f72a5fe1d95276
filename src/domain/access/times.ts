import type { Interval, Window } from '../schedule/availability.ts';

/** `07:00–12:00, 18:00–22:00`; null: none. */
export function hoursText(intervals: readonly Interval[]): string | null {
  if (intervals.length === 0) return null;
  const inOrder = [...intervals].sort((a, b) => a.from - b.from);
  return inOrder.map(({ from, to }) => `${timeText(from)}–${timeText(to)}`).join(', ');
}

/** ISO weekdays as `1,2,5`; null: none. */
export function daysText(windows: readonly Window[]): string | null {
  const days = [...new Set(windows.flatMap(({ weekDays }) => weekDays))].sort((a, b) => a - b);
  return days.join(',') || null;
}

const timeTexts = Array.from(
  { length: 24 * 60 + 1 },
  (_, minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
);

function timeText(minutes: number): string {
  return timeTexts[minutes] ?? '';
}
