import { readFileSync } from 'node:fs';
import { startEmbeddedBroker } from '../adapters/broker/embedded-broker.ts';
import { connectMqttBroker } from '../adapters/broker/mqtt-broker.ts';
import type { Health } from '../app/watch-health.ts';
import type { Config, MqttConfig } from '../config/config.ts';
import type { Broker } from '../ports/broker.ts';
import { Failure } from '../ports/failure.ts';

/** The broker that the configuration names, or one in this box; null: no device speaks MQTT. */
export async function connectBroker({ mqtt, gateway }: Config, closers: (() => unknown)[]): Promise<Broker | null> {
  if (mqtt === null) return null;
  const password = mqtt.passwordFile === null ? '' : readPassword(mqtt.passwordFile);
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

/** The broker as a line of the status page. */
export function watchBroker(broker: Broker, mqtt: MqttConfig | null, health: Health): void {
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

function readPassword(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new Failure('bad_input', `the password file \`${path}\` cannot be read: create it, readable for gatehouse only`, {
      retry: false,
      cause,
    });
  }
}
