import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedBroker } from './adapters/broker/embedded-broker.ts';
import { connectMqttBroker } from './adapters/broker/mqtt-broker.ts';
import { openClubStore } from './adapters/store/club-store.ts';
import { startClubWriter } from './adapters/store/club-writer.ts';
import { lockData } from './adapters/store/data-lock.ts';
import { openJournal } from './adapters/store/journal-store.ts';
import { openOperators } from './adapters/store/operator-store.ts';
import { makeFolder } from './adapters/system/make-folder.ts';
import { startSystemTimeSync } from './adapters/system/system-time-sync.ts';
import { createPcscHost } from './adapters/transport/pcsc-host.ts';
import { createSerialLine } from './adapters/transport/serial-line.ts';
import { createTcpLine } from './adapters/transport/tcp-line.ts';
import { serveControl } from './adapters/web/serve-control.ts';
import { startWebServer } from './adapters/web/start-web-server.ts';
import { type Box, runBox } from './app/run-box.ts';
import { relayId } from './app/run-front-desk.ts';
import { runExchangeReader, runStreamReader } from './app/run-reader.ts';
import { runLineRelay, runMqttRelay } from './app/run-relay.ts';
import { watchClock } from './app/watch-clock.ts';
import { watchContact } from './app/watch-contact.ts';
import type { Health } from './app/watch-health.ts';
import { builtAt } from './built-at.ts';
import type { Config, GateConfig, LineAddress, MqttConfig, ReaderConfig } from './config/config.ts';
import { controlSocket } from './control-socket.ts';
import type { Broker } from './ports/broker.ts';
import type { Clock } from './ports/clock.ts';
import type { Demo } from './ports/demo.ts';
import { Failure } from './ports/failure.ts';
import type { Log } from './ports/log.ts';
import type { Operators } from './ports/operators.ts';
import type { Relay } from './ports/relay.ts';
import type { LineTransport } from './ports/transport.ts';

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
    const timeSync = startSystemTimeSync(clock);
    closers.push(() => timeSync.stop());
    let clockChanged = () => {};
    const clockWatch = watchClock({ clock, timeSync, journal, builtAt, log, changed: () => clockChanged() });
    closers.push(() => clockWatch.stop());
    const box = runBox({
      settings: { ...config, gates: config.gates.map(({ settings }) => settings) },
      contact: watchContact({ clock, clubData, writer, log }),
      clockWatch,
      clock,
      log,
      clubData,
      writer,
      journal,
      newKey: () => randomBytes(16).toString('hex'),
      relayOf: (gate, passage, health) => connectRelay({ config, gate, broker, clock, log, health }, passage),
    });
    clockChanged = box.statusChanged;
    closers.push(() => box.stop());
    closers.push(await controlOf(box, data, log));
    if (broker) watchBroker(broker, config.mqtt, box.health);
    for (const reader of config.readers) closers.push(connectReader(reader, box, clock, log));

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

async function connectBroker({ mqtt, gateway }: Config, closers: (() => unknown)[]): Promise<Broker | null> {
  if (mqtt === null) return null;
  const password = mqtt.passwordFile === null ? '' : readSecret(mqtt.passwordFile);
  const user = mqtt.username === null ? null : { name: mqtt.username, password };
  let url = '';
  if (mqtt.embedded) {
    const embedded = await startEmbeddedBroker({ host: mqtt.host, port: mqtt.port, ...(user && { user }) });
    closers.push(() => embedded.close());
    url = embedded.url;
  } else {
    url = mqtt.url;
  }
  const broker = connectMqttBroker({
    url,
    clientId: `gatehouse-${gateway}`,
    ...(user && { username: user.name, password: user.password }),
    presence: { topic: `gatehouse/${gateway}/online`, online: 'true', offline: 'false' },
  });
  closers.push(() => broker.close());
  return broker;
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new Failure('bad_input', `the password file \`${path}\` cannot be read: create it, readable for gatehouse only`, {
      retry: false,
      cause,
    });
  }
}

function watchBroker(broker: Broker, mqtt: MqttConfig | null, health: Health): void {
  const where = mqtt === null ? '' : mqtt.embedded ? `in this box, port ${mqtt.port}` : mqtt.url;
  const device = health.register({ id: 'broker', product: 'MQTT broker', where });
  let told = false;
  broker.onState(({ connected, why }) => {
    if (connected) device.up('connected');
    // Told at once, before the first attempt could end either way.
    else if (told) device.down(why);
    else device.unknown(why);
    told = true;
  });
}

interface RelayWiring {
  config: Config;
  gate: string;
  broker: Broker | null;
  clock: Clock;
  log: Log;
  health: Health;
}

function connectRelay(wiring: RelayWiring, passage: (direction: 'in' | 'out' | null) => void): Relay | null {
  const { config, gate, broker, clock, log, health } = wiring;
  const gateConfig = config.gates.find(({ settings }) => settings.id === gate);
  if (gateConfig?.passageFrom && broker) hearPassages(gateConfig.passageFrom, gate, broker, health, passage);
  const relay = gateConfig?.relay;
  if (!relay) return null;
  const where = relay.speaks === 'stream' ? lineOf(relay.line).name : 'through the MQTT broker';
  const device = health.register({ id: relayId(gate), product: relay.profile.name, where });
  const parts = { id: gate, pulseMs: relay.pulseMs, clock, health: device, log };
  if (relay.speaks === 'stream') return runLineRelay(relay.profile, relay.settings, lineOf(relay.line), parts);
  // INVARIANT: the configuration was checked: a relay that speaks MQTT comes with a broker.
  if (broker === null)
    throw new Failure('bad_input', `gate \`${gate}\` has an MQTT relay, and there is no \`mqtt\``, { retry: false });
  return runMqttRelay(relay.profile, relay.settings, broker, parts, passage);
}

/** Another device than the relay says who went through; nothing is ever sent to it. */
function hearPassages(
  { profile, settings }: NonNullable<GateConfig['passageFrom']>,
  gate: string,
  broker: Broker,
  health: Health,
  passage: (direction: 'in' | 'out' | null) => void,
): void {
  const device = health.register({ id: `passage ${gate}`, product: profile.name, where: 'through the MQTT broker' });
  for (const topic of profile.topics(settings)) {
    broker.subscribe(topic, (message) => {
      device.heard();
      for (const signal of profile.hear(message, settings)) {
        if (signal.kind === 'online' && signal.online) device.up('it says that it is online');
        if (signal.kind === 'online' && !signal.online) device.down('it says that it is offline');
        if (signal.kind === 'passage' && !message.retained) passage(signal.direction);
      }
    });
  }
}

function connectReader(reader: ReaderConfig, box: Box, clock: Clock, log: Log): () => Promise<void> {
  const where =
    reader.speaks === 'stream' ? lineOf(reader.line).name : `PC/SC${reader.pcscReader ? `, ${reader.pcscReader}` : ''}`;
  const health = box.health.register({ id: `reader ${reader.id}`, product: reader.profile.name, where });
  const parts = {
    id: reader.id,
    clock,
    health,
    log,
    read: (read: Parameters<Box['tap']>[1]) => void box.tap(reader.gate, read, reader.direction),
    frameComes: () => box.rehearse(reader.gate),
  };
  return reader.speaks === 'stream'
    ? runStreamReader(reader.profile, reader.settings, lineOf(reader.line), parts)
    : runExchangeReader(reader.profile, reader.settings, createPcscHost({ clock, log }), reader.pcscReader, parts);
}

function lineOf(address: LineAddress): LineTransport {
  return address.kind === 'serial' ? createSerialLine(address) : createTcpLine(address);
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
