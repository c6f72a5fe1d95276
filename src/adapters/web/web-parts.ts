import type { Central } from '../../ports/central.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Demo } from '../../ports/demo.ts';
import type { FrontDesk } from '../../ports/front-desk.ts';
import type { Kiosk } from '../../ports/kiosk.ts';
import type { Log } from '../../ports/log.ts';
import type { Operators } from '../../ports/operators.ts';
import type { EventStreams } from './event-streams.ts';

/** What the routes are made of. */
export interface WebParts {
  /** Of the running program; a page that knows another one reloads itself. */
  build: string;
  /** The folder of the built pages. */
  staticDir: string;
  kiosk: Kiosk;
  frontDesk: FrontDesk;
  central: Central;
  operators: Operators;
  /** Null: this is a real club. */
  demo: Demo | null;
  clock: Clock;
  log: Log;
  /** The club's photo folder; null: photos are not shown. */
  photoDir: string | null;
  streams: EventStreams;
}
