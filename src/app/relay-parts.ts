import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { DeviceHealth } from './watch-health.ts';

/** What every relay at work is given, whatever way it is told. */
export interface RelayParts {
  /** The gate it opens. */
  id: string;
  pulseMs: number;
  clock: Clock;
  health: DeviceHealth;
  log: Log;
}
