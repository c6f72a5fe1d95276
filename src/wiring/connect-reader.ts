import { randomBytes } from 'node:crypto';
import { createHidLine } from '../adapters/transport/hid-line.ts';
import { createPcscHost } from '../adapters/transport/pcsc-host.ts';
import type { Box } from '../app/run-box.ts';
import type { Bus } from '../app/run-bus.ts';
import { runBusReader } from '../app/run-bus-reader.ts';
import { runKeypad } from '../app/run-keypad.ts';
import { runMqttReader } from '../app/run-mqtt-reader.ts';
import { type ReaderParts, runExchangeReader, runStreamReader } from '../app/run-reader.ts';
import type { ReaderConfig } from '../config/config.ts';
import type { Read } from '../domain/member/credential.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { Log } from '../ports/log.ts';
import { busDevice, busPlace } from './bus-device.ts';
import { lineOf } from './line-of.ts';
import { readSecrets } from './read-secrets.ts';

export interface ReaderWiring {
  box: Box;
  broker: Broker | null;
  buses: ReadonlyMap<string, Bus>;
  clock: Clock;
  log: Log;
}

/** Connects a reader to the gate it opens. Returns the way to let go of it. Throws `Failure` (`bad_input`) for a key that cannot be used. */
export function connectReader(reader: ReaderConfig, { box, broker, buses, clock, log }: ReaderWiring): () => Promise<void> {
  const listed = { product: reader.profile.name, where: placeOf(reader) };
  const health = box.health.register({ ...listed, id: `reader ${reader.id}` });
  const tap = (read: Read) => box.tap(reader.gate, read, reader.direction);
  const parts: ReaderParts = {
    id: reader.id,
    clock,
    health,
    log,
    read: (read) => tap(read).outcome,
    keys: runKeypad({
      id: reader.id,
      settings: reader.keypad,
      clock,
      log,
      register: () => box.health.register({ ...listed, id: `keypad ${reader.id}` }),
      tap,
    }),
    frameComes: () => box.rehearse(reader.gate),
  };
  switch (reader.speaks) {
    case 'stream':
      return runStreamReader(reader.profile, reader.settings, lineOf(reader.line), parts);
    case 'hid':
      return runStreamReader(reader.profile, reader.settings, createHidLine(reader.hid, reader.profile), parts);
    case 'mqtt':
      // INVARIANT: the configuration was checked: a reader that speaks MQTT comes with a broker.
      if (broker === null)
        throw new Failure('bad_input', `reader \`${reader.id}\` speaks MQTT, and there is no \`mqtt\``, { retry: false });
      return runMqttReader(reader.profile, reader.settings, broker, parts);
    case 'exchange': {
      const given = { secrets: readSecrets(reader.profile.secrets ?? {}, reader.secrets), random: randomBytes };
      const transport = createPcscHost({ clock, log });
      return runExchangeReader(reader.profile, reader.settings, given, transport, reader.pcscReader, parts);
    }
    case 'bus': {
      runBusReader(reader.profile, reader.settings, busDevice(reader, buses), parts);
      return async () => {};
    }
  }
}

function placeOf(reader: ReaderConfig): string {
  switch (reader.speaks) {
    case 'stream':
      return lineOf(reader.line).name;
    case 'hid':
      return createHidLine(reader.hid, reader.profile).name;
    case 'mqtt':
      return 'through the MQTT broker';
    case 'exchange':
      return `PC/SC${reader.pcscReader ? `, ${reader.pcscReader}` : ''}`;
    case 'bus':
      return busPlace(reader);
  }
}
