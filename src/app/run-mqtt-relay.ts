import { secondMs } from '../domain/schedule/instant.ts';
import type { Broker, HeardMessage } from '../ports/broker.ts';
import type { DeviceSettings, MqttMessage, MqttRelay, RelaySignal } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { GateSignals, Relay } from '../ports/relay.ts';
import type { RelayParts } from './relay-parts.ts';

/** How long a product that confirms may take before what became of the command is unknown. */
const answerMs = secondMs;
/** A slower answer is pointed out: people stand before the gate. */
const slowMs = 300;
/** How long a product that gave no answer, and that nothing was heard of since, is not told to open. */
const silentMs = 5 * secondMs;
/** How often a product that has not said that it is online is asked. */
const lookMs = 10 * secondMs;

/**
 * A relay behind a broker. Told only while the broker is connected and the product is neither known to be offline nor just
 * failed to answer; a command is never kept, repeated or retained. A command that somebody left retained at the broker, which
 * opens the gate whenever the device comes up, is pointed out and not touched.
 */
export function runMqttRelay(
  profile: MqttRelay,
  settings: DeviceSettings,
  broker: Broker,
  { id, pulseMs, clock, health, log }: RelayParts,
  signals: GateSignals,
): Relay {
  const releases = profile.releases(settings);
  const leftBehind = new Set<string>();
  let connected = false;
  let everConnected = false;
  let online: boolean | null = null;
  let commands = 0;
  let awaited: { id: number; settle(answer: RelaySignal & { kind: 'answered' }): void } | null = null;
  let lastAnswerMs: number | null = null;
  let silent = false;
  let callOffSilence: (() => void) | null = null;
  let callOffLook: (() => void) | null = null;
  let callOffRelease: (() => void) | null = null;
  let stopped = false;

  function report(): void {
    const answered = lastAnswerMs === null ? '' : `; its last answer took ${lastAnswerMs} ms`;
    const slow = lastAnswerMs !== null && lastAnswerMs > slowMs ? ', which is slow: prefer a wired relay' : '';
    const [left] = leftBehind;
    if (!connected && !everConnected) health.unknown('waiting for the broker');
    else if (!connected) health.down('the broker is not connected');
    else if (left !== undefined) health.down(`somebody's command lies retained on \`${left}\` and opens at any time: clear it`);
    else if (online === false) health.down('it says that it is offline');
    else if (silent) health.unknown(`it did not answer within ${answerMs / secondMs} s; it was not told again`);
    else if (online === true) health.up(`it says that it is online${answered}${slow}`);
    else if (profile.reportsOnline(settings)) health.unknown(`it has not said whether it is online${answered}${slow}`);
    else health.up(`the broker is connected; the relay does not say whether it is online${answered}${slow}`);
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

  function hear(message: HeardMessage): void {
    if (stopped) return;
    health.heard();
    if (!message.retained) heardOf();
    for (const signal of profile.hear(message, settings)) {
      if (signal.kind !== 'online' && !message.retained) showsItself();
      switch (signal.kind) {
        case 'online':
          online = signal.online;
          if (!online) signals.inputsLost();
          report();
          break;
        case 'answered':
          // An answer to an earlier command says nothing of this one.
          if (signal.id === undefined || signal.id === awaited?.id) awaited?.settle(signal);
          break;
        case 'passage':
          if (!message.retained) signals.passage(signal.direction);
          break;
        case 'input':
          if (!message.retained) signals.input(signal.input, signal.closed);
          break;
      }
    }
  }

  /** Whoever speaks is there, also one that was not heard to say so. */
  function showsItself(): void {
    if (online === true) return;
    online = true;
    report();
  }

  /** A sign of life: what comes after it is no answer from before. */
  function heardOf(): void {
    if (!silent) return;
    silent = false;
    callOffSilence?.();
    report();
  }

  function fellSilent(): void {
    silent = true;
    signals.inputsLost();
    report();
    callOffSilence?.();
    callOffSilence = clock.after(silentMs, heardOf);
    // Asked at once, so that a product that was only slow is back with the next person.
    greet();
  }

  function greet(): void {
    callOffLook?.();
    callOffLook = clock.after(lookMs, () => {
      if (online !== true) greet();
    });
    try {
      for (const message of profile.hello(settings)) send(message);
    } catch (error) {
      // The broker went meanwhile: its coming back greets again.
      if (!(error instanceof Failure)) throw error;
    }
  }

  /** Someone else's retained command would be carried out again whenever the device or the broker comes up. */
  function watchForCommandsLeft(): void {
    const topics = new Set([profile.on(settings, pulseMs, 0).topic, profile.off(settings, 0).topic]);
    for (const topic of profile.topics(settings)) topics.delete(topic);
    for (const topic of topics) {
      broker.subscribe(topic, ({ retained, payload }) => {
        // An empty message is how a retained one is cleared.
        const changed =
          retained && payload !== ''
            ? !leftBehind.has(topic) && leftBehind.add(topic)
            : payload === '' && leftBehind.delete(topic);
        if (!changed || stopped) return;
        if (leftBehind.has(topic)) {
          const advice = `clear it with \`mosquitto_pub -t '${topic}' -r -n\`, and find out who left it`;
          log.error(`a retained command lies on \`${topic}\`: ${advice}`, { gate: id });
        }
        report();
      });
    }
  }

  for (const topic of profile.topics(settings)) broker.subscribe(topic, hear);
  watchForCommandsLeft();

  broker.onState((state) => {
    if (stopped) return;
    const came = state.connected && !connected;
    connected = state.connected;
    everConnected ||= connected;
    // What was known before the break is old news. A kept last will that comes with the new connection is the device's own word.
    if (!connected) {
      online = null;
      silent = false;
      callOffLook?.();
      leftBehind.clear();
      signals.inputsLost();
    }
    report();
    if (!came) return;
    greet();
    if (releases === 'on-command') letGo();
  });

  /** Resolves what the product says, null when it says nothing in time. */
  function answerTo(command: number): Promise<(RelaySignal & { kind: 'answered' }) | null> {
    const sentMs = clock.monotonicMs();
    return new Promise((resolve) => {
      const callOff = clock.after(answerMs, () => finish(null));
      const mine = {
        id: command,
        settle(answer: RelaySignal & { kind: 'answered' }) {
          callOff();
          finish(answer);
          lastAnswerMs = Math.round(clock.monotonicMs() - sentMs);
        },
      };
      function finish(answer: (RelaySignal & { kind: 'answered' }) | null): void {
        if (awaited === mine) awaited = null;
        resolve(answer);
      }
      awaited = mine;
    });
  }

  function whyNotTold(): string | null {
    if (!connected) return 'cannot be told: the broker is not connected';
    if (online === false) return 'says that it is offline';
    if (online === null && profile.reportsOnline(settings)) return 'has not said that it is online';
    return silent ? 'did not answer the last command, and was not heard of since' : null;
  }

  return {
    async pulse() {
      const why = whyNotTold();
      if (why !== null) throw new Failure('absent', `the relay of gate \`${id}\` ${why}`, { retry: true });
      const command = ++commands;
      send(profile.on(settings, pulseMs, command));
      if (releases === 'on-command') {
        callOffRelease?.();
        callOffRelease = clock.after(pulseMs, letGo);
      }
      if (!profile.answers(settings)) return 'told';
      const answer = await answerTo(command);
      if (answer === null) {
        log.error('the relay did not answer: whether it opened is unknown, and it is not told again', { gate: id });
        fellSilent();
        return 'unknown';
      }
      report();
      if (lastAnswerMs !== null && lastAnswerMs > slowMs)
        log.warn('the relay answers slowly', { gate: id, tookMs: lastAnswerMs });
      if (answer.ok) return 'told';
      const said = answer.why === undefined ? '' : `: ${answer.why}`;
      throw new Failure('refused', `the relay of gate \`${id}\` refused the command${said}`, { retry: false });
    },
    async stop() {
      stopped = true;
      callOffRelease?.();
      callOffSilence?.();
      callOffLook?.();
      if (releases === 'on-command' && connected) letGo();
    },
  };
}
