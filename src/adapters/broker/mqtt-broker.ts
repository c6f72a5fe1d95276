import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import mqtt, { type MqttClient } from 'mqtt';
import type { Broker, HeardMessage } from '../../ports/broker.ts';
import { Failure } from '../../ports/failure.ts';
import { fitsFilter } from './topic-filter.ts';

export interface MqttBrokerOptions {
  /** `mqtt://10.0.0.2:1883`, or `mqtts://` for TLS. */
  url: string;
  /** Unlike that of every other client of the broker, and the same after a restart: the broker then drops what was left of this one. */
  clientId: string;
  username?: string;
  password?: string;
  /** A topic on which the broker keeps `online` while this connection stands, and `offline` (the last will) when it does not. */
  presence?: { topic: string; online: string; offline: string };
}

const firstRetryMs = 500;
const longestRetryMs = 5_000;
const connectTimeoutMs = 5_000;
const keepaliveSeconds = 10;
const halfAnswerMs = 1_000;
const farewellMs = 1_000;

/** A connection to any MQTT 3.1.1 broker. Throws `Failure` (`bad_input`) for an address that cannot be one; otherwise it keeps trying, for ever. */
export function connectMqttBroker(options: MqttBrokerOptions): Broker {
  checkUrl(options.url);
  const subscriptions: { filter: string; heard: (message: HeardMessage) => void }[] = [];
  const watchers: ((state: { connected: boolean; why: string }) => void)[] = [];
  let state = { connected: false, why: `connecting to \`${options.url}\`` };
  let current: MqttClient | null = null;
  let retryMs = firstRetryMs;
  let retry: NodeJS.Timeout | undefined;

  const tell = (connected: boolean, why: string) => {
    if (state.connected === connected && state.why === why) return;
    state = { connected, why };
    for (const changed of watchers) changed(state);
  };

  // INVARIANT: a new client for every attempt. A client that reconnects sends again what was not acknowledged: an "open" minutes late.
  const connect = () => {
    const client = mqtt.connect(options.url, {
      protocolVersion: 4,
      clientId: options.clientId,
      clean: true,
      keepalive: keepaliveSeconds,
      connectTimeout: connectTimeoutMs,
      reconnectPeriod: 0,
      queueQoSZero: false,
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(options.password === undefined ? {} : { password: options.password }),
      ...(options.presence === undefined
        ? {}
        : { will: { topic: options.presence.topic, payload: Buffer.from(options.presence.offline), qos: 1, retain: true } }),
    });
    current = client;
    resetWhenSilent(client);

    const lost = (why: string) => {
      if (current !== client) return;
      current = null;
      client.end(true);
      tell(false, why);
      retry = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    };

    const greet = async () => {
      const filters = [...new Set(subscriptions.map(({ filter }) => filter))];
      const grants = await Promise.all(filters.map((filter) => listen(client, filter)));
      if (current !== client) return;
      retryMs = firstRetryMs;
      if (options.presence !== undefined) {
        client.publish(options.presence.topic, options.presence.online, { qos: 1, retain: true }, ignoreResult);
      }
      const refused = filters.filter((_, index) => !grants[index]);
      tell(true, refused.length === 0 ? 'connected' : `connected, but the broker refuses to send \`${refused.join('`, `')}\``);
    };

    client.on('connect', () => void greet());
    client.on('message', (topic, payload, packet) => {
      if (current !== client) return;
      const message = { topic, payload: payload.toString('utf8'), retained: packet.retain };
      for (const { filter, heard } of subscriptions) if (fitsFilter(filter, topic)) heard(message);
    });
    client.on('error', (error) => lost(explain(error, options.url)));
    client.on('close', () => lost(`the broker at \`${options.url}\` ended the connection`));
  };

  connect();

  return {
    publish({ topic, payload, qos }) {
      const client = current;
      if (client === null || !state.connected || !client.connected) {
        throw new Failure('absent', `not sent to \`${topic}\`: ${state.why}`, { retry: true });
      }
      client.publish(topic, payload, { qos, retain: false }, ignoreResult);
      // Its answer shows that the broker has what was sent before it.
      client.sendPing();
    },

    subscribe(filter, heard) {
      subscriptions.push({ filter, heard });
      if (current?.connected) void listen(current, filter);
    },

    onState(changed) {
      watchers.push(changed);
      changed(state);
    },

    async close() {
      const client = current;
      current = null;
      clearTimeout(retry);
      const wasConnected = state.connected;
      tell(false, 'closed');
      if (client === null) return;
      if (wasConnected && options.presence !== undefined) {
        const sent = client.publishAsync(options.presence.topic, options.presence.offline, { qos: 1, retain: true });
        await Promise.race([sent.catch(ignoreResult), new Promise((resolve) => setTimeout(resolve, farewellMs).unref())]);
      }
      await new Promise<void>((resolve) => {
        const giveUp = setTimeout(() => client.end(true), farewellMs);
        client.end(!wasConnected, () => {
          clearTimeout(giveUp);
          resolve();
        });
      });
    },
  };
}

/**
 * Resets a connection whose pings are not answered in time: the system then drops what it could not send yet, instead of delivering an
 * "open" when the network comes back.
 */
function resetWhenSilent(client: MqttClient): void {
  let unanswered = 0;
  let timer: NodeJS.Timeout | undefined;
  // In two halves: after a stall of this process there is still time to read an answer that had come.
  const wait = () => {
    timer = setTimeout(() => {
      timer = setTimeout(() => reset(client), halfAnswerMs);
    }, halfAnswerMs);
  };
  client.on('packetsend', ({ cmd }) => {
    if (cmd !== 'pingreq') return;
    if (unanswered === 0) wait();
    unanswered++;
  });
  client.on('packetreceive', ({ cmd }) => {
    if (cmd !== 'pingresp') return;
    clearTimeout(timer);
    unanswered = Math.max(0, unanswered - 1);
    if (unanswered > 0) wait();
  });
  client.on('close', () => clearTimeout(timer));
}

/** Whether the broker will send what fits the filter. */
function listen(client: MqttClient, filter: string): Promise<boolean> {
  return client.subscribeAsync(filter, { qos: 1 }).then(
    (grants) => grants.every(({ qos }) => qos <= 2),
    () => false,
  );
}

function reset({ stream }: MqttClient): void {
  // A TLS socket cannot be reset: it is only closed.
  if (stream instanceof Socket && !(stream instanceof TLSSocket)) stream.resetAndDestroy();
  else stream.destroy();
}

/** What became of a message shows in the connection's state. */
function ignoreResult(): void {}

function explain(error: Error, url: string): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return `nothing listens at \`${url}\`: start the broker, or correct the address`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `the name in \`${url}\` is not known: correct the address, or check the network`;
  if (code === 4 || code === 5) return `the broker at \`${url}\` refuses user name or password`;
  return `the broker at \`${url}\` cannot be reached: ${error.message}`;
}

function checkUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'mqtt:' || protocol === 'mqtts:') return;
  throw new Failure('bad_input', `\`${url}\` is no address of a broker: write \`mqtt://host:1883\``, { retry: false });
}
