import { fitsFilter } from '../../src/adapters/broker/topic-filter.ts';
import type { Broker, BrokerMessage, HeardMessage } from '../../src/ports/broker.ts';
import { Failure } from '../../src/ports/failure.ts';

/** A broker in memory and the connections to it. Messages arrive in order, after the code that is running. */
export interface FakeBrokerServer {
  connect(options?: { presence?: { topic: string; online: string; offline: string } }): Broker;
  /** Publishes a message that the broker keeps. */
  retain(topic: string, payload: string): void;
  /** What was published so far, kept messages left out. */
  published: BrokerMessage[];
  /** Every connection breaks off; what is under way is lost. */
  stop(): void;
  /** It is there again, with what it had kept. */
  start(): void;
}

interface Connection {
  subscriptions: { filter: string; heard: (message: HeardMessage) => void }[];
  presence: { topic: string; online: string; offline: string } | undefined;
  change(connected: boolean, why: string): void;
}

export function fakeBrokerServer(): FakeBrokerServer {
  const kept = new Map<string, string>();
  const published: BrokerMessage[] = [];
  const connections = new Set<Connection>();
  let up = true;
  let run = 0;

  const later = (deliver: () => void) => {
    const thisRun = run;
    queueMicrotask(() => {
      if (up && run === thisRun) deliver();
    });
  };
  const deliver = (topic: string, payload: string) => {
    for (const connection of connections) {
      for (const { filter, heard } of connection.subscriptions) {
        if (!fitsFilter(filter, topic)) continue;
        later(() => {
          if (connections.has(connection)) heard({ topic, payload, retained: false });
        });
      }
    }
  };
  const retain = (topic: string, payload: string) => {
    kept.set(topic, payload);
    if (up) deliver(topic, payload);
  };
  const sendKept = (filter: string, heard: (message: HeardMessage) => void) => {
    for (const [topic, payload] of kept) if (fitsFilter(filter, topic)) later(() => heard({ topic, payload, retained: true }));
  };
  const comeUp = (connection: Connection) => {
    for (const { filter, heard } of connection.subscriptions) sendKept(filter, heard);
    if (connection.presence !== undefined) retain(connection.presence.topic, connection.presence.online);
    connection.change(true, 'connected');
  };

  return {
    published,
    retain,
    connect({ presence } = {}) {
      const watchers: ((state: { connected: boolean; why: string }) => void)[] = [];
      let state = { connected: false, why: 'the fake broker is stopped' };
      const connection: Connection = {
        subscriptions: [],
        presence,
        change(connected, why) {
          state = { connected, why };
          for (const changed of watchers) changed(state);
        },
      };
      connections.add(connection);
      if (up) comeUp(connection);
      return {
        publish(message) {
          if (!state.connected) throw new Failure('absent', `not sent to \`${message.topic}\`: ${state.why}`, { retry: true });
          published.push(message);
          deliver(message.topic, message.payload);
        },
        subscribe(filter, heard) {
          connection.subscriptions.push({ filter, heard });
          if (state.connected) sendKept(filter, heard);
        },
        onState(changed) {
          watchers.push(changed);
          changed(state);
        },
        async close() {
          if (!connections.delete(connection)) return;
          if (state.connected && presence !== undefined) retain(presence.topic, presence.offline);
          connection.change(false, 'closed');
        },
      };
    },
    stop() {
      up = false;
      run++;
      for (const connection of connections) connection.change(false, 'the fake broker is stopped');
    },
    start() {
      up = true;
      for (const connection of connections) comeUp(connection);
    },
  };
}
