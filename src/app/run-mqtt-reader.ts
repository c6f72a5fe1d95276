import { readText } from '../domain/member/credential.ts';
import type { Broker } from '../ports/broker.ts';
import type { DeviceSettings, MqttReader } from '../ports/device.ts';
import type { ReaderParts } from './run-reader.ts';

/** Runs a reader behind a broker. What the broker kept for later is no tap. Returns the way to stop it. */
export function runMqttReader(
  profile: MqttReader,
  settings: DeviceSettings,
  broker: Broker,
  { id, clock, health, log, read, keys: press }: ReaderParts,
): () => Promise<void> {
  let present: { read: string; atMs: number } | null = null;
  let stopped = false;

  /** A reader that repeats a card lying on it presents it once. */
  function isNew(text: string): boolean {
    const nowMs = clock.monotonicMs();
    const still = present?.read === text && nowMs - present.atMs <= (profile.repeatsWithinMs ?? -1);
    present = { read: text, atMs: nowMs };
    return !still;
  }

  for (const topic of profile.topics(settings)) {
    broker.subscribe(topic, (message) => {
      if (stopped) return;
      health.heard();
      try {
        for (const signal of profile.hear(message, settings)) {
          if (signal.kind === 'online')
            health[signal.online ? 'up' : 'down'](`it says that it is ${signal.online ? 'on' : 'off'}line`);
          else if (message.retained) continue;
          else if (signal.kind === 'keys') press(signal.keys);
          else if (isNew(readText(signal.read))) read(signal.read);
        }
      } catch (error) {
        log.error('a reader sent what could not be handled', { reader: id, why: String(error) });
      }
    });
  }
  broker.onState(({ connected, why }) => {
    if (stopped) return;
    if (connected) health.up('the broker is connected');
    else health.down(`the broker is not connected: ${why}`);
  });
  return async () => {
    stopped = true;
  };
}
