import { describe, expect, it } from 'vitest';
import { lastReset, stillInside } from '../../../src/domain/access/zone-reset.ts';
import { at } from '../../kit/facts.ts';

const warsaw = { timeZone: 'Europe/Warsaw' };
const atFour = { resetAt: 240 };

describe('the daily reset of a zone (rule 25)', () => {
  it('was today from its instant on, and yesterday until then', () => {
    const today = at('2026-06-15T04:00+02:00');
    expect(lastReset(atFour, warsaw, today - 1)).toBe(at('2026-06-14T04:00+02:00'));
    expect(lastReset(atFour, warsaw, today)).toBe(today);
    expect(lastReset(atFour, warsaw, at('2026-06-16T03:59:59.999+02:00'))).toBe(today);
  });

  it('is by the clock of the branch', () => {
    const now = at('2026-06-15T04:30+02:00');
    expect(lastReset(atFour, warsaw, now)).toBe(at('2026-06-15T04:00+02:00'));
    expect(lastReset(atFour, { timeZone: 'Europe/London' }, now)).toBe(at('2026-06-14T04:00+01:00'));
  });

  it('at midnight is midnight', () => {
    const midnight = at('2026-06-15T00:00+02:00');
    expect(lastReset({ resetAt: 0 }, warsaw, midnight)).toBe(midnight);
    expect(lastReset({ resetAt: 0 }, warsaw, midnight - 1)).toBe(at('2026-06-14T00:00+02:00'));
  });

  it('in an hour that is skipped comes when the hour is skipped; in one that repeats, the first time (section 3)', () => {
    const halfPastTwo = { resetAt: 150 };
    const skipped = at('2026-03-29T03:00+02:00');
    expect(lastReset(halfPastTwo, warsaw, skipped - 1)).toBe(at('2026-03-28T02:30+01:00'));
    expect(lastReset(halfPastTwo, warsaw, skipped)).toBe(skipped);
    const first = at('2026-10-25T02:30+02:00');
    expect(lastReset(halfPastTwo, warsaw, first - 1)).toBe(at('2026-10-24T02:30+02:00'));
    expect(lastReset(halfPastTwo, warsaw, first)).toBe(first);
    expect(lastReset(halfPastTwo, warsaw, at('2026-10-25T02:10+01:00'))).toBe(first);
    expect(lastReset(halfPastTwo, warsaw, at('2026-10-25T02:30+01:00'))).toBe(first);
  });
});

describe('who is still inside', () => {
  const inside = { visit: 7, since: 1000, maxStayMinutes: null };

  it('is whoever came in since the reset', () => {
    expect(stillInside(inside, 1000)).toBe(inside);
    expect(stillInside(inside, 1001)).toBeNull();
  });

  it('is nobody who never came in', () => {
    expect(stillInside(null, 0)).toBeNull();
  });
});
