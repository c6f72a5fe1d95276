import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demoCast } from '../demo/cast.ts';
import { type DemoClub, makeDemoClub } from '../demo/club.ts';
import { demoGates, gateTitles } from '../demo/gates.ts';
import { photoSvg } from '../demo/photos.ts';
import { type Player, runDemo } from '../demo/run-demo.ts';
import { buildDoor, buildTurnstile, type Stage } from '../demo/stage.ts';
import { startEmbeddedBroker } from './adapters/broker/embedded-broker.ts';
import { connectMqttBroker } from './adapters/broker/mqtt-broker.ts';
import { importSnapshotFile } from './adapters/store/import-snapshot-file.ts';
import { makeFolder } from './adapters/system/make-folder.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import { checkConfigValue } from './config/check-config.ts';
import { localTime } from './domain/schedule/local-time.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { loadProfiles } from './load-profiles.ts';
import type { DemoEvent } from './ports/demo.ts';
import { Failure } from './ports/failure.ts';
import type { Log } from './ports/log.ts';

export interface DemoOptions {
  port: number;
  /** The demo's data folder; what happened stays there for the next start. */
  data: string;
  log: Log;
}

export interface RunningDemo {
  url: string;
  data: string;
  signIn: { name: string; pin: string } | null;
  stop(): Promise<void>;
}

const timeZone = 'Europe/Warsaw';

/** A whole club in one process: gateway, broker, and hardware simulated at the wire. Rejects with a `Failure` when the port or the folder cannot be had. */
export async function startDemo({ port, data: folder, log }: DemoOptions): Promise<RunningDemo> {
  const data = resolve(folder);
  const closers: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    makeFolder(data);
    const club = loadClub(data);
    const broker = await startEmbeddedBroker({ port: 0 });
    closers.push(() => broker.close());

    const wires = createWires();
    const stages = await buildStages(broker.url, wires.tell);
    closers.push(() => Promise.all([...stages.values()].map((stage) => stage.stop())));

    const config = {
      branch: 'center',
      data,
      http: { port },
      mqtt: { url: broker.url },
      kiosk: { languages: ['en', 'pl', 'uk', 'ru'], names: 'full' },
      readers: Object.assign({}, ...[...stages.values()].map(({ readers }) => readers)),
      gates: Object.fromEntries(Object.entries(demoGates).map(([id, gate]) => [id, { ...gate, ...stages.get(id)?.gate }])),
    };
    const signIn = readSignIn(data);
    const players = playersOf(club);
    const names = new Map(club.members.map(({ id, name }) => [id, name]));
    let gateway: Gateway | null = null;
    gateway = await startGateway({
      config: await checked(config, data),
      clock: systemClock,
      log,
      demo: (box) =>
        runDemo({
          box,
          gates: Object.entries(demoGates).map(([id, gate]) => ({
            id,
            title: gateTitles[id as keyof typeof gateTitles].en,
            reader: 'RDM6300 and a barcode scanner',
            relay: gate.passage === 'reported' ? 'Shelly relay' : 'LCUS relay',
            passage: gate.passage,
          })),
          stages,
          players,
          portraitOf: (person) => (club.members.some(({ id }) => id === person) ? photoSvg(person) : null),
          nameOf: (memberId) => names.get(memberId) ?? memberId,
          signIn: () => signIn.known,
          listen: wires.listen,
        }),
    });
    const started = gateway;
    closers.push(() => started.stop());
    signIn.remember(started.firstSignIn);
    return { url: started.url, data, signIn: signIn.known, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The club is made anew each day, as a central system would send it; visits and everything else stay. */
function loadClub(data: string): DemoClub {
  const now = systemClock.now();
  const today = localTime(now, timeZone).date;
  const file = join(data, `club-of-${today}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoClub;
  const club = makeDemoClub({ today, now, timeZone });
  makeFolder(join(data, 'photos'));
  for (const { id } of club.members) writeFileSync(join(data, 'photos', `${id}.svg`), photoSvg(id));
  writeFileSync(file, JSON.stringify(club));
  importSnapshotFile(file, join(data, 'club.db'), now);
  return club;
}

async function buildStages(brokerUrl: string, tell: (event: DemoEvent) => void): Promise<Map<string, Stage>> {
  const stages = new Map<string, Stage>();
  for (const [gate, { passage }] of Object.entries(demoGates)) {
    const parts = { gate, clock: systemClock, tell };
    const connect = (presence: { topic: string; online: string; offline: string }) =>
      connectMqttBroker({ url: brokerUrl, clientId: `simulated-${gate}`, presence });
    stages.set(gate, passage === 'reported' ? await buildTurnstile(parts, connect) : await buildDoor(parts));
  }
  return stages;
}

async function checked(config: unknown, folder: string) {
  const locate = () => ({ line: 1, column: 1 });
  const answer = checkConfigValue(config, { profiles: await loadProfiles(), locate, folder, wires: 'real' });
  if ('config' in answer) return answer.config;
  throw new Failure(
    'bad_input',
    `the demo's own configuration is wrong: ${answer.problems.map(({ problem }) => problem).join('; ')}`,
    { retry: false },
  );
}

/** The cast first, then everybody else, each with what they can hold to a reader. */
function playersOf(club: DemoClub): Player[] {
  const cast = new Set(demoCast.map(({ id }) => id));
  const valueOf = (memberId: string, kind: string) =>
    club.credentials.find((row) => row.memberId === memberId && row.kind === kind)?.value ?? null;
  const members = club.members
    .filter(({ id }) => !cast.has(id))
    .map(({ id, name }): Player => {
      const names = { ru: name, uk: name, pl: name, en: name };
      return { id, name: names, rfid: valueOf(id, 'rfid'), barcode: valueOf(id, 'barcode'), story: null };
    });
  return [...demoCast, ...members];
}

/** Everybody may play with the demo's desk: its PIN is kept beside its data, which no real gateway does. */
function readSignIn(data: string) {
  const file = join(data, 'demo-sign-in.json');
  let known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { name: string; pin: string }) : null;
  return {
    get known() {
      return known;
    },
    remember(first: Gateway['firstSignIn']) {
      if (first === null) return;
      known = { name: first.name, pin: first.pin };
      writeFileSync(file, JSON.stringify(known), { mode: 0o600 });
    },
  };
}

function createWires() {
  const listeners = new Set<(event: DemoEvent) => void>();
  return {
    tell(event: DemoEvent) {
      for (const hear of listeners) hear(event);
    },
    listen(hear: (event: DemoEvent) => void) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}
