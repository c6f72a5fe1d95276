import { createVirtualClock, type VirtualClock } from '../../src/adapters/system/virtual-clock.ts';
import type { Instant } from '../../src/domain/schedule/instant.ts';

export type FakeClock = VirtualClock;

/** A clock that stands at `startsAt` (an instant, or ISO 8601 with an offset) until the test moves it. */
export function fakeClock(startsAt: Instant | string = '2026-06-15T07:30:00+02:00'): FakeClock {
  return createVirtualClock(typeof startsAt === 'string' ? Date.parse(startsAt) : startsAt);
}
