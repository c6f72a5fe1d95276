import { describe, expect, it } from 'vitest';
import { differenceBetween, type Treatment } from '../../../src/domain/access/difference.ts';

const granted: Treatment = { outcome: 'granted', code: 'OK', membershipId: 'p1', charge: 1, warnings: [] };
const denied: Treatment = { outcome: 'denied', code: 'FROZEN', membershipId: null, charge: 0, warnings: [] };
const asked: Treatment = { ...denied, outcome: 'ask_staff' };

describe('how a tap is treated differently under other settings', () => {
  it('the same treatment is no difference', () => {
    for (const one of [granted, denied, asked]) expect(differenceBetween(one, { ...one })).toBeNull();
  });

  it('somebody is let in, refused, or sent to the desk', () => {
    expect(differenceBetween(denied, granted)).toBe('let_in');
    expect(differenceBetween(asked, granted)).toBe('let_in');
    expect(differenceBetween(granted, denied)).toBe('refused');
    expect(differenceBetween(asked, denied)).toBe('refused');
    expect(differenceBetween(granted, asked)).toBe('asked');
    expect(differenceBetween(denied, asked)).toBe('asked');
  });

  it('another membership or another number of visits is taken', () => {
    expect(differenceBetween(granted, { ...granted, membershipId: 'p2' })).toBe('charged');
    expect(differenceBetween(granted, { ...granted, charge: 0, code: 'OK_REENTRY' })).toBe('charged');
  });

  it('something else is said', () => {
    expect(differenceBetween(denied, { ...denied, code: 'EXPIRED' })).toBe('told');
    expect(differenceBetween(granted, { ...granted, warnings: ['WARN_DEBT'] })).toBe('told');
    expect(differenceBetween({ ...granted, warnings: ['WARN_DEBT'] }, granted)).toBe('told');
    expect(differenceBetween({ ...granted, warnings: ['WARN_DEBT'] }, { ...granted, warnings: ['WARN_STALE'] })).toBe('told');
  });

  it('warnings are compared in whatever order they stand', () => {
    const warnings = ['WARN_DEBT', 'WARN_STALE'] as const;
    expect(
      differenceBetween({ ...granted, warnings: [...warnings] }, { ...granted, warnings: warnings.toReversed() }),
    ).toBeNull();
  });
});
