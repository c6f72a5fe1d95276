import { describe, expect, it } from 'vitest';
import { daysText, hoursText } from '../../../src/domain/access/times.ts';
import type { WeekDay } from '../../../src/domain/schedule/instant.ts';

describe('hours as a screen shows them', () => {
  it('are times of day, earliest first, whatever the order they were given in', () => {
    const hours = [
      { from: 18 * 60, to: 22 * 60 },
      { from: 7 * 60 + 5, to: 12 * 60 },
    ];
    expect(hoursText(hours)).toBe('07:05–12:00, 18:00–22:00');
    expect(hoursText([...hours].reverse())).toBe('07:05–12:00, 18:00–22:00');
  });

  it('show midnight at both ends of a day, and a night', () => {
    expect(hoursText([{ from: 0, to: 1440 }])).toBe('00:00–24:00');
    expect(hoursText([{ from: 22 * 60, to: 2 * 60 + 30 }])).toBe('22:00–02:30');
  });

  it('none are none', () => {
    expect(hoursText([])).toBeNull();
  });

  it('are put in order without touching the club’s own', () => {
    const hours = [
      { from: 60, to: 120 },
      { from: 0, to: 30 },
    ];
    hoursText(hours);
    expect(hours[0]).toEqual({ from: 60, to: 120 });
  });
});

describe('weekdays as a screen shows them', () => {
  const on = (...weekDays: WeekDay[]) => ({ weekDays, intervals: [] });

  it('are each named once, from Monday on, whatever the order they were given in', () => {
    expect(daysText([on(5, 1), on(7, 2, 1)])).toBe('1,2,5,7');
    expect(daysText([on(7, 2, 1), on(5, 1)])).toBe('1,2,5,7');
  });

  it('none are none', () => {
    expect(daysText([])).toBeNull();
    expect(daysText([on()])).toBeNull();
  });
});
