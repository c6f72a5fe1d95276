import { describe, expect, it } from 'vitest';
import { dataAgeMs } from '../../../src/domain/access/data-age.ts';
import { decide } from '../../../src/domain/access/decide.ts';
import { aMembership, aTap, at, rulesFor } from '../../kit/facts.ts';

const now = at('2026-06-15T08:00:00+02:00');
const data = (contactAt: number | null) => ({ cursor: '7', takenAt: now - 99, contactAt, alone: false });

describe('the age of the data (rule 29)', () => {
  it('is the time since the hub last answered, and every decision carries it', () => {
    for (const memberships of [[aMembership()], []])
      expect(decide(aTap(memberships, { now, data: data(now - 1234) }), rulesFor()).data).toEqual({
        cursor: '7',
        takenAt: now - 99,
        ageMs: 1234,
      });
  });

  it('is not known where the hub was never heard', () => {
    expect(decide(aTap([aMembership()], { data: data(null) }), rulesFor()).data.ageMs).toBeNull();
  });

  it('is nothing where the clock was set back since', () => {
    expect(dataAgeMs({ data: data(now + 1), seenAt: now })).toBe(0);
  });

  it('is that of when it was looked at, also for a tap that is imagined later', () => {
    const facts = aTap([aMembership()], { now: now + 5000, seenAt: now, data: data(now - 1000) });
    expect(decide(facts, rulesFor()).data.ageMs).toBe(1000);
  });
});
