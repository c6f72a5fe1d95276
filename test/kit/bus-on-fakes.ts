import osdp from '../../devices/buses/osdp.ts';
import reader from '../../devices/readers/osdp.ts';
import output from '../../devices/relays/osdp-output.ts';
import { type Bus, runBus } from '../../src/app/run-bus.ts';
import { runBusReader } from '../../src/app/run-bus-reader.ts';
import { runBusRelay } from '../../src/app/run-bus-relay.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import { fromHex } from '../../src/lib/hex.ts';
import type { BusSeat } from '../../src/ports/bus.ts';
import type { Answer } from '../../src/ports/device.ts';
import { fakeClock } from './fake-clock.ts';
import { createFakeLine } from './fake-line.ts';
import { fakeLog } from './fake-log.ts';

export const clubKey = fromHex('0102030405060708090A0B0C0D0E0F10');
/** 26 bits: H10301, facility 123, card 4567; its `rfid` value is `cardNumber`. */
export const cardBits = '10111101100010001110101110';
export const cardNumber = '7B11D7';

/** A bus with the devices on `seats`, each with a reader `reader <address>` and the relay of a gate of that name, on a line and a clock in memory. */
export function busOnFakes(
  seats: BusSeat[],
  { answer = 'granted', settings = {} }: { answer?: Answer; settings?: Record<string, unknown> } = {},
) {
  const clock = fakeClock();
  const log = fakeLog();
  const line = createFakeLine('/dev/ttyUSB0');
  const health = createHealth({ clock, log });
  // Counted, not random: one run is as the other.
  let drawn = 0;
  const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => (drawn = (drawn + 37) & 0xff));
  const bus: Bus = runBus(osdp, osdp.settings.parse(settings), line, seats, { id: 'front', clock, log, random, baudRate: 9600 });
  const reads: string[] = [];
  const keys: string[] = [];
  const inputs: string[] = [];
  const sent: Uint8Array[] = [];
  line.far.onBytes((bytes) => sent.push(bytes));
  const relays = seats.map(({ address }) => {
    const parts = { id: `${address}`, clock, log };
    runBusReader(reader, reader.settings.parse({ address }), bus.at(address), {
      ...parts,
      health: health.register({ id: `reader ${address}`, product: 'OSDP', where: 'front' }),
      read({ value }) {
        reads.push(`${address}: ${value}`);
        return answer;
      },
      keys(pressed) {
        keys.push(pressed);
        return pressed.endsWith('#') ? answer : null;
      },
      frameComes() {},
    });
    return runBusRelay(
      output,
      output.settings.parse({ address }),
      bus.at(address),
      { ...parts, pulseMs: 500, health: health.register({ id: `relay ${address}`, product: 'OSDP', where: 'front' }) },
      {
        passage() {},
        input: (input, closed) => void inputs.push(`${input} ${closed ? 'closed' : 'open'}`),
        inputsLost: () => void inputs.push('lost'),
      },
    );
  });
  bus.start(health.register({ id: 'bus front', product: 'OSDP', where: line.name }));
  return {
    clock,
    log,
    line,
    bus,
    health,
    reads,
    keys,
    inputs,
    sent,
    relays,
    stateOf: (address: number) => health.get(`reader ${address}`)?.state,
    whyOf: (address: number) => health.get(`reader ${address}`)?.why ?? '',
  };
}
