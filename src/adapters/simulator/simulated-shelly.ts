import type { Broker } from '../../ports/broker.ts';
import type { Clock } from '../../ports/clock.ts';
import { Failure } from '../../ports/failure.ts';
import type { WireEvent } from './wire.ts';

/** A Shelly Plus 1: one relay (`switch:0`), and an input (`input:0`) that is not tied to it. */
export interface SimulatedShelly {
  isClosed(): boolean;
  /** Called when the relay's contact changes; `atMs` on the monotonic clock. */
  onContact(changed: (change: { closed: boolean; atMs: number }) => void): void;
  /** What is wired to the input switches. */
  setInput(on: boolean): void;
  /** The input as a turnstile's passage contact: on for a moment. */
  walkThrough(): void;
  /** Without power: off the broker, contact open. Also the way to end it. */
  unplug(): Promise<void>;
  plug(): void;
  /** Called with everything that is sent and heard. */
  onWire(heard: (event: WireEvent) => void): void;
}

export interface SimulatedShellyOptions {
  clock: Clock;
  /** The device's MQTT prefix, and its id in what it sends. */
  prefix: string;
  /** Connects to the broker as a client of the device's own, with `presence` as its last will. */
  connect: (presence: { topic: string; online: string; offline: string }) => Broker;
}

interface Request {
  id: number | string;
  /** The device answers on `<src>/rpc`. */
  src: string;
  method: string;
  params: Record<string, unknown>;
}

const walkMs = 300;

/** Frames as in shelly-api-docs.shelly.cloud/gen2: "RPC Protocol", "Mqtt", "Switch", "Notifications". */
export function simulateShelly({ clock, prefix, connect }: SimulatedShellyOptions): SimulatedShelly {
  const contactWatchers: ((change: { closed: boolean; atMs: number }) => void)[] = [];
  const wireWatchers: ((event: WireEvent) => void)[] = [];
  let broker: Broker | null = null;
  let closed = false;
  let input = false;
  let callOffToggle = () => {};

  const tell = (direction: WireEvent['direction'], topic: string, payload: string) => {
    for (const heard of wireWatchers) heard({ direction, bytes: `${topic} ${payload}` });
  };
  const send = (topic: string, message: unknown) => {
    const payload = JSON.stringify(message);
    try {
      broker?.publish({ topic, payload, qos: 1 });
    } catch (error) {
      // What a device says while its broker is away is lost.
      if (error instanceof Failure && error.code === 'absent') return;
      throw error;
    }
    if (broker !== null) tell('to gateway', topic, payload);
  };
  const notify = (method: string, status: Record<string, unknown>) => {
    send(`${prefix}/events/rpc`, { src: prefix, dst: `${prefix}/events`, method, params: { ts: clock.now() / 1000, ...status } });
  };
  const set = (on: boolean) => {
    callOffToggle();
    if (closed === on) return;
    closed = on;
    for (const changed of contactWatchers) changed({ closed, atMs: clock.monotonicMs() });
    notify('NotifyStatus', { 'switch:0': { id: 0, output: closed, source: 'MQTT' } });
  };

  const answer = ({ id, src, method, params }: Request) => {
    const reply = (outcome: Record<string, unknown>) => send(`${src}/rpc`, { id, src: prefix, dst: src, ...outcome });
    if (method === 'Shelly.GetStatus') {
      reply({ result: { 'input:0': { id: 0, state: input }, 'switch:0': { id: 0, output: closed } } });
      return;
    }
    if (method !== 'Switch.Set' && method !== 'Switch.GetStatus') {
      reply({ error: { code: 404, message: `No handler for ${method}` } });
      return;
    }
    const { id: relay, on, toggle_after: toggleAfterSeconds } = params;
    if (relay !== 0 || (method === 'Switch.Set' && typeof on !== 'boolean')) {
      reply({ error: { code: -103, message: 'Invalid argument' } });
    } else if (method === 'Switch.GetStatus') {
      reply({ result: { id: 0, source: 'MQTT', output: closed } });
    } else {
      reply({ result: { was_on: closed } });
      set(on === true);
      if (typeof toggleAfterSeconds === 'number') callOffToggle = clock.after(toggleAfterSeconds * 1000, () => set(on !== true));
    }
  };

  const plug = () => {
    if (broker !== null) return;
    const connection = connect({ topic: `${prefix}/online`, online: 'true', offline: 'false' });
    broker = connection;
    connection.subscribe(`${prefix}/rpc`, ({ topic, payload, retained }) => {
      tell('from gateway', topic, payload);
      const asked = retained ? null : readRequest(payload);
      if (asked !== null) answer(asked);
    });
    connection.onState(({ connected }) => {
      if (connected) notify('NotifyFullStatus', { 'input:0': { id: 0, state: input }, 'switch:0': { id: 0, output: closed } });
    });
  };
  const setInput = (on: boolean) => {
    if (input === on) return;
    input = on;
    notify('NotifyStatus', { 'input:0': { id: 0, state: input } });
  };
  plug();

  return {
    isClosed: () => closed,
    onContact(changed) {
      contactWatchers.push(changed);
    },
    setInput,
    walkThrough() {
      setInput(true);
      clock.after(walkMs, () => setInput(false));
    },
    async unplug() {
      const connection = broker;
      broker = null;
      set(false);
      await connection?.close();
    },
    plug,
    onWire(heard) {
      wireWatchers.push(heard);
    },
  };
}

function readRequest(payload: string): Request | null {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  const { id, src, method, params = {} }: Record<string, unknown> = { ...(value as object) };
  const isId = typeof id === 'number' || typeof id === 'string';
  if (!isId || typeof src !== 'string' || typeof method !== 'string' || typeof params !== 'object') return null;
  return { id, src, method, params: { ...params } };
}
