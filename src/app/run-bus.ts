import { secondMs } from '../domain/schedule/instant.ts';
import type { BusFrame, BusMessage, BusProfile, BusSeat, BusSignal, OrderOutcome } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceSettings } from '../ports/device.ts';
import type { Log } from '../ports/log.ts';
import type { LineTransport, OpenLine } from '../ports/transport.ts';
import { keepOpen } from './keep-open.ts';
import type { DeviceHealth } from './watch-health.ts';

export interface BusParts {
  /** The installer's name for it. */
  id: string;
  clock: Clock;
  log: Log;
  /** So many bytes that nobody can guess. */
  random(bytes: number): Uint8Array;
  /** How long bytes are on the wire. */
  baudRate: number;
}

export interface Bus {
  /** The device at that address. Throws RangeError when the bus was not told of it. */
  at(address: number): BusDevice;
  /** Opens the line, whose health it is, and keeps it open. */
  start(health: DeviceHealth): void;
  stop(): Promise<void>;
}

/** A device on a bus, as its readers and relays see it. */
export interface BusDevice {
  listen(listener: BusListener): void;
  /** Says it when its turn comes; nobody learns whether it was heard. */
  tell(message: BusMessage): void;
  /** Says it within a second or not at all, and tells what became of it. */
  order(message: BusMessage): Promise<{ outcome: OrderOutcome; why: string }>;
}

export interface BusListener {
  up(why: string): void;
  down(why: string): void;
  heard(): void;
  said(message: BusMessage): void;
}

/** An order that waits longer would open for nobody. */
const orderMs = secondMs;

/** However long somebody speaks. */
const longestConversationMs = 2 * secondMs;

interface Seated {
  /** What the bus knows of it, in words of its own. */
  state: unknown;
  listeners: BusListener[];
}

interface Conversation {
  device: Seated;
  /** When silence means that no answer comes. */
  endsMs: number;
  /** When it ends in any case. */
  latestMs: number;
}

/**
 * Runs a line that several devices share. One conversation at a time: whoever is due longest is given a turn, and nobody else
 * until it answered or its time is over.
 */
export function runBus(
  bus: BusProfile,
  settings: DeviceSettings,
  transport: LineTransport,
  seats: readonly BusSeat[],
  { id, clock, log, random, baudRate }: BusParts,
): Bus {
  const timing = bus.timing(settings);
  const devices = new Map<number, Seated>();
  for (const seat of seats) devices.set(seat.address, { state: bus.begin(seat), listeners: [] });
  const waiting = new Map<number, (outcome: OrderOutcome, why: string) => void>();
  const nothing = new Uint8Array();
  let line: OpenLine | null = null;
  let pending: Uint8Array = nothing;
  let speaking: Conversation | null = null;
  let callOffTurn = () => {};
  let callOffEnd = () => {};
  let quietUntilMs = 0;
  let orders = 0;
  let stopped = false;
  let close = async () => {};

  function step(device: Seated, event: Parameters<typeof bus.step>[1]): Uint8Array | null {
    const { state, send, signals } = bus.step(device.state, event, clock.monotonicMs(), settings);
    device.state = state;
    for (const signal of signals) carry(device, signal);
    return send;
  }

  function carry({ listeners }: Seated, signal: BusSignal): void {
    // Whoever stops the gateway need not be told that its devices are away.
    if (stopped && signal.kind !== 'settled') return;
    switch (signal.kind) {
      case 'said':
        for (const listener of listeners) listener.said(signal.message);
        break;
      case 'up':
      case 'down':
        for (const listener of listeners) listener[signal.kind](signal.why);
        break;
      case 'settled':
        waiting.get(signal.order)?.(signal.outcome, signal.why);
        break;
      case 'log':
        log[signal.level](signal.message, { bus: id, ...signal.fields });
        break;
    }
  }

  /** Gives a turn to whoever is due, when nobody speaks. */
  function next(): void {
    callOffTurn();
    if (line === null || speaking !== null) return;
    let first: Seated | null = null;
    for (const device of devices.values()) if (first === null || bus.dueMs(device.state) < bus.dueMs(first.state)) first = device;
    const dueMs = first === null ? Number.POSITIVE_INFINITY : Math.max(bus.dueMs(first.state), quietUntilMs);
    if (first === null || dueMs === Number.POSITIVE_INFINITY) return;
    const nowMs = clock.monotonicMs();
    if (dueMs > nowMs) callOffTurn = clock.after(dueMs - nowMs, next);
    else giveTurn(first, line);
  }

  function giveTurn(device: Seated, open: OpenLine): void {
    const bytes = step(device, { kind: 'turn', random: random(8) });
    if (bytes === null) {
      callOffTurn = clock.after(1, next);
      return;
    }
    // What came before is no answer to this.
    pending = nothing;
    const sentMs = clock.monotonicMs() + (bytes.length * 10 * secondMs) / baudRate;
    speaking = {
      device,
      endsMs: sentMs + timing.answerWithinMs,
      latestMs: sentMs + timing.answerWithinMs + longestConversationMs,
    };
    awaitEnd(speaking);
    // A write that fails means that the line is gone, which is told by itself.
    open.write(bytes).catch(() => {});
  }

  function awaitEnd(conversation: Conversation): void {
    callOffEnd();
    callOffEnd = clock.after(Math.max(0, conversation.endsMs - clock.monotonicMs()), () => {
      if (clock.monotonicMs() < conversation.endsMs) return awaitEnd(conversation);
      const { frames } = bus.cut(pending, 'given up');
      pending = nothing;
      deliver(frames);
      if (bus.isAsked(conversation.device.state)) step(conversation.device, { kind: 'silence' });
      endConversation();
    });
  }

  function endConversation(): void {
    callOffEnd();
    speaking = null;
    quietUntilMs = clock.monotonicMs() + timing.quietMs;
    next();
  }

  function deliver(frames: BusFrame[]): void {
    for (const frame of frames) {
      const device = devices.get(frame.from);
      if (device === undefined) continue;
      for (const listener of device.listeners) listener.heard();
      step(device, { kind: 'heard', frame });
    }
  }

  function goOn(): void {
    if (speaking !== null && !bus.isAsked(speaking.device.state)) endConversation();
    else next();
  }

  function hear(chunk: Uint8Array): void {
    const { frames, rest } = bus.cut(pending.length === 0 ? chunk : Buffer.concat([pending, chunk]), 'may follow');
    pending = rest;
    deliver(frames);
    if (speaking !== null)
      speaking.endsMs = Math.min(Math.max(speaking.endsMs, clock.monotonicMs() + timing.pauseMs), speaking.latestMs);
    goOn();
  }

  function lose(why: string): void {
    callOffTurn();
    callOffEnd();
    line = null;
    speaking = null;
    pending = nothing;
    for (const device of devices.values()) step(device, { kind: 'closed', why });
  }

  function order(device: Seated, message: BusMessage): Promise<{ outcome: OrderOutcome; why: string }> {
    orders += 1;
    const number = orders;
    return new Promise((resolve) => {
      const callOff = clock.after(orderMs, () => {
        step(device, { kind: 'give up', order: number });
        goOn();
      });
      waiting.set(number, (outcome, why) => {
        callOff();
        waiting.delete(number);
        resolve({ outcome, why });
      });
      step(device, { kind: 'tell', message, order: number });
      goOn();
    });
  }

  return {
    at(address) {
      const device = devices.get(address);
      if (device === undefined) throw new RangeError(`there is no device at address ${address} of bus \`${id}\``);
      return {
        listen: (listener) => void device.listeners.push(listener),
        tell(message) {
          step(device, { kind: 'tell', message, order: null });
          goOn();
        },
        order: (message) => order(device, message),
      };
    },
    start(health) {
      const whole: DeviceHealth = {
        ...health,
        down(why) {
          health.down(why);
          lose(why);
        },
      };
      close = keepOpen(
        transport,
        { clock, health: whole },
        {
          opened(opened) {
            line = opened;
            for (const device of devices.values()) step(device, { kind: 'opened' });
            next();
          },
          bytes(chunk) {
            try {
              hear(chunk);
            } catch (error) {
              // Nothing was read, so nothing opens; what was asked is asked again.
              pending = nothing;
              log.error('a bus said what could not be handled', { bus: id, why: String(error) });
            }
          },
          closed() {},
        },
      );
    },
    async stop() {
      stopped = true;
      lose('the gateway stops');
      await close();
    },
  };
}
