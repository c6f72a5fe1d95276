import { secondMs } from '../domain/schedule/instant.ts';
import type { Broker } from '../ports/broker.ts';
import type { DeviceSettings, MqttMessage, MqttRelay } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { GateSignals, Relay } from '../ports/relay.ts';
import type { RelayParts } from './run-relay.ts';

/** How long a product that confirms may take before what became of the command is unknown. */
const answerMs = secondMs;

/**
 * A relay behind a broker. Told only while the broker is connected and the product is not known to be offline; a command
 * is never kept, repeated or retained. `passage` hears the product's contact.
 */
export function runMqttRelay(
  profile: MqttRelay,
  settings: DeviceSettings,
  broker: Broker,
  { id, pulseMs, clock, health, log }: RelayParts,
  signals: GateSignals,
): Relay {
  const releases = profile.releases(settings);
  let connected = false;
  let everConnected = false;
  let online: boolean | null = null;
  let commands = 0;
  let awaited: { id: number; settle(ok: boolean): void } | null = null;
  let callOffRelease: (() => void) | null = null;

  function report(): void {
    if (!connected && !everConnected) health.unknown('waiting for the broker');
    else if (!connected) health.down('the broker is not connected');
    else if (online === false) health.down('it says that it is offline');
    else if (online === true) health.up('it says that it is online');
    else if (profile.reportsOnline(settings)) health.unknown('it has not said whether it is online');
    else health.up('the broker is connected; the relay does not say whether it is online');
  }

  function send(message: MqttMessage): void {
    broker.publish({ topic: message.topic, payload: message.payload, qos: message.qos ?? 0 });
  }

  function letGo(): void {
    callOffRelease = null;
    try {
      send(profile.off(settings, ++commands));
    } catch (error) {
      log.warn('the relay was not told to let go', { gate: id, why: error instanceof Error ? error.message : String(error) });
    }
  }

  for (const topic of profile.topics(settings)) {
    broker.subscribe(topic, (message) => {
      health.heard();
      for (const signal of profile.hear(message, settings)) {
        switch (signal.kind) {
          case 'online':
            online = signal.online;
            if (!online) signals.inputsLost();
            report();
            break;
          case 'answered':
            // An answer to an earlier command says nothing of this one.
            if (signal.id === undefined || signal.id === awaited?.id) awaited?.settle(signal.ok);
            break;
          case 'passage':
            if (!message.retained) signals.passage(signal.direction);
            break;
          case 'input':
            if (!message.retained) signals.input(signal.input, signal.closed);
            break;
        }
      }
    });
  }

  broker.onState((state) => {
    const came = state.connected && !connected;
    connected = state.connected;
    everConnected ||= connected;
    // What was known before the break is old news.
    if (!connected) {
      online = null;
      signals.inputsLost();
    }
    report();
    if (!came) return;
    for (const message of profile.hello(settings)) send(message);
    if (releases === 'on-command') letGo();
  });

  /** Resolves true or false as the product says, null when it says nothing in time. */
  function answerTo(id: number): Promise<boolean | null> {
    return new Promise((resolve) => {
      const callOff = clock.after(answerMs, () => {
        awaited = null;
        resolve(null);
      });
      awaited = {
        id,
        settle(ok) {
          callOff();
          awaited = null;
          resolve(ok);
        },
      };
    });
  }

  return {
    async pulse() {
      if (!connected)
        throw new Failure('absent', `the relay of gate \`${id}\` cannot be told: the broker is not connected`, { retry: true });
      if (online === false) throw new Failure('absent', `the relay of gate \`${id}\` says that it is offline`, { retry: true });
      send(profile.on(settings, pulseMs, ++commands));
      if (releases === 'on-command') {
        callOffRelease?.();
        callOffRelease = clock.after(pulseMs, letGo);
      }
      if (!profile.answers(settings)) return 'told';
      const ok = await answerTo(commands);
      if (ok === false) throw new Failure('refused', `the relay of gate \`${id}\` refused the command`, { retry: false });
      if (ok === null)
        log.error('the relay did not answer: whether it opened is unknown, and it is not told again', { gate: id });
      if (ok === null) health.unknown(`it did not answer within ${answerMs / secondMs} s; it was not told again`);
      return ok === null ? 'unknown' : 'told';
    },
    async stop() {
      callOffRelease?.();
      if (releases === 'on-command' && connected) letGo();
    },
  };
}
