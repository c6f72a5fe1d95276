import { systemClock } from '../../src/adapters/system/system-clock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { createPeripheral, type OsdpPeripheral, type PeripheralOptions } from './osdp-peripheral/peripheral.ts';

export type { OsdpPeripheral } from './osdp-peripheral/peripheral.ts';

/** The far end of a line: a `PseudoTerminal`, or `far` of a `FakeLine`. */
export interface FarEnd {
  write(bytes: Uint8Array): void;
  onBytes(heard: (bytes: Uint8Array) => void): void;
}

export interface BusOptions {
  clock?: Clock;
  /** As some RS-485 adapters do, hands the panel its own bytes back before any answer. */
  echo?: boolean;
}

/** Several peripherals on one pair of wires. */
export interface OsdpBus {
  peripherals: OsdpPeripheral[];
  /** Induces bytes that nobody sent: the panel and every peripheral hear them. */
  noise(bytes: Uint8Array): void;
}

/**
 * Connects an OSDP v2.2 peripheral device (a reader with keypad, lights, buzzer, inputs and outputs) to the far end of a line. Written
 * from the protocol alone, without any code of the program's own, so that each proves the other.
 */
export function attachOsdpPeripheral(
  far: FarEnd,
  { clock, echo, ...options }: PeripheralOptions & BusOptions = {},
): OsdpPeripheral {
  const { peripherals } = attachOsdpBus(far, [options], { ...(clock && { clock }), ...(echo && { echo }) });
  const [peripheral] = peripherals;
  if (peripheral === undefined) throw new Error('the bus came without its peripheral');
  return peripheral;
}

/** As `attachOsdpPeripheral`, for several that hear each other. */
export function attachOsdpBus(
  far: FarEnd,
  devices: PeripheralOptions[],
  { clock = systemClock, echo = false }: BusOptions = {},
): OsdpBus {
  // Everybody hears a command before anybody's answer to it.
  let isHearing = false;
  const waiting: (() => void)[] = [];
  const peripherals = devices.map((options, own) => createPeripheral(options, (bytes) => say(own, bytes), clock));

  function say(own: number, bytes: Uint8Array): void {
    waiting.push(() => {
      far.write(bytes);
      for (const [index, other] of peripherals.entries()) if (index !== own) other.hear(bytes);
    });
    if (!isHearing) flush();
  }

  function flush(): void {
    isHearing = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next();
    isHearing = false;
  }

  function everybodyHears(bytes: Uint8Array): void {
    isHearing = true;
    for (const peripheral of peripherals) peripheral.hear(bytes);
    flush();
  }

  far.onBytes((bytes) => {
    if (echo) far.write(bytes);
    everybodyHears(bytes);
  });
  return {
    peripherals,
    noise(bytes) {
      far.write(bytes);
      everybodyHears(bytes);
    },
  };
}
