import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openClubStore } from './adapters/store/club-store.ts';
import { lockData } from './adapters/store/data-lock.ts';
import { openJournal } from './adapters/store/journal-store.ts';
import { moveCharge } from './app/move-charge.ts';
import { watchClock } from './app/watch-clock.ts';
import { builtAt } from './built-at.ts';
import type { Config } from './config/config.ts';
import type { Clock } from './ports/clock.ts';
import { Failure } from './ports/failure.ts';
import type { DeskAnswer, MoveCharge } from './ports/front-desk.ts';
import type { Log } from './ports/log.ts';
import type { TimeSync } from './ports/time-sync.ts';

export interface MoveOnce {
  dataFolder: string;
  config: Config;
  request: MoveCharge;
  clock: Clock;
  log: Log;
}

/** Moves a charge on the data of a box whose gateway does not run. Throws `Failure`: `in_use` while it does, `absent` where there is no journal. */
export function moveOnce({ dataFolder, config, request, clock, log }: MoveOnce): DeskAnswer {
  const path = join(dataFolder, 'gate.db');
  if (!existsSync(path))
    throw new Failure('absent', `there is no \`${path}\`: is it the data folder of a box?`, { retry: false });
  const closers = [lockData(dataFolder)];
  try {
    const journal = openJournal(path, { gateway: config.gateway });
    closers.push(() => journal.close());
    const clubData = openClubStore(join(dataFolder, 'club.db'));
    closers.push(() => clubData.close());
    const clockWatch = watchClock({ clock, timeSync: unasked, journal, builtAt, log, changed() {} });
    closers.push(() => clockWatch.stop());
    const settings = { desk: config.desk, gates: config.gates.map((gate) => gate.settings) };
    const clockTrusted = () => clockWatch.trusted();
    return moveCharge({ clock, clubData, journal, clockTrusted, news: unheard, log, settings }, request);
  } finally {
    for (const close of closers.reverse()) close();
  }
}

/** One command does not wait for what the machine says of its clock. */
const unasked: TimeSync = { synchronised: () => null, askAgain() {} };

const unheard = { tell() {}, listen: () => () => {} };
