import type { z } from 'zod';
import type { SecretNeed } from './secret-need.ts';

/**
 * A line that several devices share: one conversation at a time, each begun by this box and answered by one device. A bus is
 * knowledge, as every product is: it opens no port, reads no clock, and what it knows of a device is handed in and out.
 */
export interface BusProfile<Settings extends z.ZodObject = z.ZodObject, State = unknown> {
  does: 'carry';
  id: string;
  name: string;
  serial: { baudRate: number };
  /** Every key with a default and an explanation. */
  settings: Settings;
  /** The keys that a device on it may have, by the name they have under `secrets`. */
  secrets: Record<string, SecretNeed>;
  /** Why these keys cannot be a device's, in words for the installer; null: they can. Never quotes one. */
  refuseKeys(secrets: Readonly<Record<string, Uint8Array>>): string | null;
  /**
   * Takes everything heard and not yet used. `rest` is what may be the beginning of more; it never grows beyond a bound. With
   * `given up` nothing more will come of what is unfinished: what is whole behind its beginning is found.
   */
  cut(pending: Uint8Array, more: 'may follow' | 'given up'): { frames: BusFrame[]; rest: Uint8Array };
  timing(settings: z.output<Settings>): BusTiming;
  /** A device of which nothing is known yet. */
  begin(seat: BusSeat): State;
  step(state: State, event: BusEvent, nowMs: number, settings: z.output<Settings>): BusStep<State>;
  /** When the device wants its next turn; `Infinity`: not before something happens. */
  dueMs(state: State): number;
  /** Whether it was asked something and may still answer. */
  isAsked(state: State): boolean;
}

export interface BusTiming {
  /** From the last byte sent until the first of the answer. */
  answerWithinMs: number;
  /** Between two bytes of an answer. */
  pauseMs: number;
  /** Silence before the next conversation. */
  quietMs: number;
}

/** A frame that a device sent. */
export interface BusFrame {
  from: number;
  bytes: Uint8Array;
}

/** One device's place on a bus. */
export interface BusSeat {
  address: number;
  /** Nothing is said or believed but under a key of this device's own. */
  secured: boolean;
  secrets: Readonly<Record<string, Uint8Array>>;
  /**
   * Until then, and no longer, the key that devices come with is spoken with: an installer who watches gives the device its own.
   * Left out: never.
   */
  installUntilMs?: number;
}

/** What a device on a bus is told, or says: a code of the bus's own, and what goes with it. */
export interface BusMessage {
  code: number;
  data: Uint8Array;
}

export type BusEvent =
  | { kind: 'opened' }
  | { kind: 'closed'; why: string }
  /** The line is free: one thing may be said. `random`: eight bytes that nobody can guess. */
  | { kind: 'turn'; random: Uint8Array }
  | { kind: 'heard'; frame: BusFrame }
  /** What was asked was not answered in time. */
  | { kind: 'silence' }
  /** `order`: whoever waits for what becomes of it; null: nobody. */
  | { kind: 'tell'; message: BusMessage; order: number | null }
  /** Nobody waits for the order any longer: it must not be carried out from now on. */
  | { kind: 'give up'; order: number };

export interface BusStep<State> {
  state: State;
  /** Only after a turn. */
  send: Uint8Array | null;
  signals: BusSignal[];
}

/** `done`: confirmed. `refused` by the device; `not_said`: surely not done. `unknown`: it was said, and whether it was heard is not known. */
export type OrderOutcome = 'done' | 'refused' | 'not_said' | 'unknown';

export type BusSignal =
  | { kind: 'said'; message: BusMessage }
  | { kind: 'settled'; order: number; outcome: OrderOutcome; why: string }
  | { kind: 'up'; why: string }
  | { kind: 'down'; why: string }
  | { kind: 'log'; level: 'info' | 'warn' | 'error'; message: string; fields?: Record<string, unknown> };

export function defineBus<Settings extends z.ZodObject, State>(
  profile: Omit<BusProfile<Settings, State>, 'does'>,
): BusProfile<Settings, State> {
  return { does: 'carry', ...profile };
}
