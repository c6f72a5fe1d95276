import type { Broker } from '../ports/broker.ts';
import type { DeviceSettings, MqttRelay } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { GateSignals } from '../ports/relay.ts';
import type { DeviceHealth } from './watch-health.ts';

/**
 * Hears who goes through from another device than the relay. It is asked how it stands whenever the broker is there, and told
 * nothing else: nothing that is sent to it moves anything. What the broker kept is old and means nothing but online or not.
 */
export function hearPassages(
  profile: MqttRelay,
  settings: DeviceSettings,
  broker: Broker,
  health: DeviceHealth,
  signals: GateSignals,
): void {
  for (const topic of profile.topics(settings)) {
    broker.subscribe(topic, (message) => {
      health.heard();
      for (const signal of profile.hear(message, settings)) {
        if (signal.kind === 'online' && signal.online) health.up('it says that it is online');
        if (signal.kind === 'online' && !signal.online) {
          health.down('it says that it is offline');
          signals.inputsLost();
        }
        if (signal.kind === 'passage' && !message.retained) signals.passage(signal.direction);
        if (signal.kind === 'input' && !message.retained) signals.input(signal.input, signal.closed);
      }
    });
  }
  let told = false;
  broker.onState(({ connected }) => {
    if (!connected) {
      // Told at once, before the first attempt could end either way.
      if (told) health.down('the broker is not connected');
      signals.inputsLost();
    } else {
      if (profile.reportsOnline(settings)) health.unknown('it has not said whether it is online');
      else health.up('the broker is connected; it does not say whether it is online');
      ask();
    }
    told = true;
  });

  function ask(): void {
    try {
      for (const message of profile.hello(settings))
        broker.publish({ topic: message.topic, payload: message.payload, qos: message.qos ?? 0 });
    } catch (error) {
      // The broker went meanwhile: its coming back asks again.
      if (!(error instanceof Failure)) throw error;
    }
  }
}
