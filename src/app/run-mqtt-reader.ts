import type { Broker, HeardMessage } from '../ports/broker.ts';
import type { DeviceSettings, MqttReader } from '../ports/device.ts';
import { floodBound } from './flood-bound.ts';
import { presentedOnce } from './presented-once.ts';
import type { ReaderParts } from './run-reader.ts';

/** Nobody taps or types more often. */
const signalsInASecond = 20;

/** Runs a reader behind a broker. What the broker kept for later is no tap. Returns the way to stop it. */
export function runMqttReader(
  profile: MqttReader,
  settings: DeviceSettings,
  broker: Broker,
  { id, clock, health, log, read, keys: press }: ReaderParts,
): () => Promise<void> {
  const isNew = presentedOnce(clock, profile.repeatsWithinMs);
  const isFlood = floodBound(clock, signalsInASecond, () =>
    log.warn('a reader sends more cards than people can tap', { reader: id }),
  );
  let online: boolean | null = null;
  let connection = { connected: false, why: '' };
  let everConnected = false;
  let stopped = false;

  function report(): void {
    if (!connection.connected && !everConnected) health.unknown('waiting for the broker');
    else if (!connection.connected) health.down(`the broker is not connected: ${connection.why}`);
    else if (online === false) health.down('it says that it is offline');
    else if (online === true) health.up('it says that it is online');
    else health.up('the broker is connected; the reader has not said whether it is online');
  }

  function hear(message: HeardMessage): void {
    if (stopped) return;
    health.heard();
    for (const signal of profile.hear(message, settings)) {
      if (signal.kind === 'online') {
        online = signal.online;
        report();
      } else if (message.retained || isFlood()) continue;
      else if (signal.kind === 'keys') press(signal.keys);
      else if (isNew(signal.read)) read(signal.read);
    }
  }

  for (const topic of profile.topics(settings)) {
    broker.subscribe(topic, (message) => {
      try {
        hear(message);
      } catch (error) {
        log.error('a reader sent what could not be handled', { reader: id, why: String(error) });
      }
    });
  }
  broker.onState((state) => {
    if (stopped) return;
    connection = state;
    everConnected ||= state.connected;
    // What was known before the break is old news; the word that comes with the new connection is the reader's own.
    if (!state.connected) online = null;
    report();
  });
  return async () => {
    stopped = true;
  };
}
