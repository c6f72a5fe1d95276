import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClubStore } from './adapters/store/club-store.ts';
import { startClubWriter } from './adapters/store/club-writer.ts';
import { lockData } from './adapters/store/data-lock.ts';
import { openJournal } from './adapters/store/journal-store.ts';
import { openOperators } from './adapters/store/operator-store.ts';
import { makeFolder } from './adapters/system/make-folder.ts';
import { startSystemTimeSync } from './adapters/system/system-time-sync.ts';
import { serveControl } from './adapters/web/serve-control.ts';
import { startWebServer } from './adapters/web/start-web-server.ts';
import { type Box, runBox } from './app/run-box.ts';
import { watchClock } from './app/watch-clock.ts';
import { watchContact } from './app/watch-contact.ts';
import { builtAt } from './built-at.ts';
import type { Config } from './config/config.ts';
import { controlSocket } from './control-socket.ts';
import type { Clock } from './ports/clock.ts';
import type { Demo } from './ports/demo.ts';
import { Failure } from './ports/failure.ts';
import type { Log } from './ports/log.ts';
import type { Operators } from './ports/operators.ts';
import { connectBroker, watchBroker } from './wiring/connect-broker.ts';
import { connectReader } from './wiring/connect-reader.ts';
import { connectRelay } from './wiring/connect-relay.ts';
import { prepareBuses, startBuses } from './wiring/prepare-buses.ts';
import { shareBoards } from './wiring/share-boards.ts';
import { wiredTurnstiles } from './wiring/wired-turnstiles.ts';

export interface GatewayParts {
  config: Config;
  clock: Clock;
  log: Log;
  /** Makes the demo's side of the box, once the box runs. */
  demo?: (box: Box) => Demo;
}

export interface Gateway {
  box: Box;
  /** Where a browser on this machine finds it. */
  url: string;
  /** What was made at the first start, and where it is kept until somebody has read it; null later. */
  firstSignIn: FirstSignIn | null;
  /** Lets go of every device, ends every connection, closes the data. */
  stop(): Promise<void>;
}

export interface FirstSignIn {
  name: string;
  pin: string;
  centralToken: string;
  file: string;
}

/** A whole gateway: data, devices, screens. Rejects with a `Failure` when the data folder or the address cannot be had. */
export async function startGateway({ config, clock, log, demo }: GatewayParts): Promise<Gateway> {
  const closers: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const data = config.dataFolder;
    makeFolder(data);
    closers.push(lockData(data));
    const paths = { club: join(data, 'club.db'), gate: join(data, 'gate.db'), desk: join(data, 'desk.db') };
    const journal = openJournal(paths.gate, { gateway: config.gateway, checkpointedElsewhere: true });
    closers.push(() => journal.close());
    const clubData = openClubStore(paths.club);
    closers.push(() => clubData.close());
    const writer = startClubWriter({ clubPath: paths.club, checkpoint: [paths.gate, paths.club], clock, log });
    closers.push(() => writer.close());
    const operators = openOperators(paths.desk);
    closers.push(() => operators.close());
    const firstSignIn = await signInForTheFirstTime(operators, data);

    const broker = await connectBroker(config, closers);
    const buses = prepareBuses(config.buses, { clock, log });
    const timeSync = startSystemTimeSync(clock);
    closers.push(() => timeSync.stop());
    let clockChanged = () => {};
    const clockWatch = watchClock({ clock, timeSync, journal, builtAt, log, changed: () => clockChanged() });
    closers.push(() => clockWatch.stop());
    const boardOf = shareBoards({ clock, log });
    const box = runBox({
      settings: { ...config, gates: config.gates.map(({ settings }) => settings) },
      contact: watchContact({ clock, clubData, writer, log }),
      clockWatch,
      clock,
      log,
      clubData,
      writer,
      journal,
      turnstiles: wiredTurnstiles(config),
      newKey: () => randomBytes(16).toString('hex'),
      relayOf: (gate, signals, health) => connectRelay({ config, gate, broker, boardOf, buses, clock, log, health }, signals),
    });
    clockChanged = box.statusChanged;
    closers.push(() => box.stop());
    closers.push(await controlOf(box, data, log));
    if (broker) watchBroker(broker, config.mqtt, box.health);
    for (const reader of config.readers) closers.push(connectReader(reader, { box, broker, buses, clock, log }));
    startBuses(config, buses, box.health, closers);

    const web = await startWebServer({
      ...config.http,
      build: buildId(),
      staticDir: fileURLToPath(new URL(packageRoot('kiosk-ui/dist'))),
      kiosk: box.kiosk,
      frontDesk: box.frontDesk,
      central: box.central,
      operators,
      demo: demo?.(box) ?? null,
      clock,
      log,
      photoDir: config.kiosk.photos ? join(data, 'photos') : null,
    });
    closers.push(() => web.close());
    return { box, url: web.url, firstSignIn, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Gates work without it: the command line is then sent to the desk. Returns the way to end it. */
async function controlOf(box: Box, data: string, log: Log): Promise<() => Promise<void>> {
  try {
    const control = await serveControl({ path: controlSocket(data), frontDesk: box.frontDesk, log });
    return () => control.close();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.warn(error.message);
    return async () => {};
  }
}

const firstOperator = 'desk';

/** No default password: the first start makes a PIN and a token, keeps them in a file for their owner's eyes, and only their hashes in the data. */
async function signInForTheFirstTime(operators: Operators, data: string): Promise<FirstSignIn | null> {
  if (operators.names().length > 0 && operators.hasToken()) return null;
  const pin = await operators.setPin(firstOperator);
  const centralToken = operators.newToken();
  const file = join(data, 'first-sign-in.txt');
  const lines = [
    `Desk: sign in at /staff with the name ${firstOperator} and the PIN ${pin}`,
    `Central system: Authorization: Bearer ${centralToken}`,
    'Write both down where they are safe, then delete this file: gatehouse keeps only their hashes.',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return { name: firstOperator, pin, centralToken, file };
}

/** The compiled program lies one folder deeper than its sources. */
function packageRoot(path: string): URL {
  const here = new URL('..', import.meta.url);
  return new URL(path, here.pathname.endsWith('/dist/') ? new URL('..', here) : here);
}

/** Version, and what tells one build of the pages from another: pages that were served by another build reload themselves. */
function buildId(): string {
  const { version } = JSON.parse(readFileSync(packageRoot('package.json'), 'utf8')) as { version: string };
  try {
    const [, pages] = /assets\/[\w-]+?-([\w-]+)\.js/.exec(readFileSync(packageRoot('kiosk-ui/dist/index.html'), 'utf8')) ?? [];
    return pages === undefined ? version : `${version}+${pages}`;
  } catch {
    // The pages were not built: the web server says so to whoever asks for one.
    return version;
  }
}
