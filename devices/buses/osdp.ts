import { z } from 'zod';
import { sameBytes } from '../../src/lib/same-bytes.ts';
import type { BusProfile } from '../../src/ports/bus.ts';
import { defineBus } from '../../src/ports/bus.ts';
import { decodeFrames, decodeLast, type HeardFrame } from '../codecs/osdp-frame.ts';
import { dueMsOf, newPeripheral, type Peripheral, stepPeripheral } from '../codecs/osdp-peripheral.ts';
import { defaultKey } from '../codecs/osdp-secure-channel.ts';

const settings = z.strictObject({
  pollMs: z
    .int()
    .min(20)
    .max(1000)
    .default(50)
    .describe(
      'How often each device is asked whether something happened, in milliseconds; with many on one line it takes longer.',
    ),
  answerMs: z
    .int()
    .min(100)
    .max(2000)
    .default(200)
    .describe(
      'How long a device may take to answer, in milliseconds. 200 is what OSDP demands; give more for a serial server over a slow network.',
    ),
});

/** An RS-485 line on which OSDP 2.2 is spoken, this box being the control panel. */
const osdp: BusProfile<typeof settings, Peripheral> = defineBus({
  id: 'osdp',
  name: 'OSDP 2.2 on RS-485',
  serial: { baudRate: 9600 },
  settings,
  secrets: {
    key: { bytes: [16], optional: true, explanation: 'the key of this device (SCBK); `gatehouse devices osdp-key` makes it' },
    masterKey: { bytes: [16], optional: true, explanation: 'the master key of the installation, from which its key follows' },
  },
  refuseKeys({ key, masterKey }) {
    const isKnown = [key, masterKey].some((one) => one !== undefined && sameBytes(one, defaultKey));
    if (isKnown) return 'this is the key that every device comes with, and everybody knows it';
    return key && masterKey ? 'it has a key of its own and a master key: keep one of them' : null;
  },
  cut(pending, more) {
    if (more === 'given up') return { frames: decodeLast(pending).map(toBusFrame), rest: new Uint8Array() };
    const { frames, rest } = decodeFrames(pending);
    return { frames: frames.map(toBusFrame), rest };
  },
  timing: ({ answerMs }) => ({ answerWithinMs: answerMs, pauseMs: 60, quietMs: 5 }),
  begin: newPeripheral,
  step: (state, event, nowMs, { pollMs }) => stepPeripheral(state, event, nowMs, pollMs),
  dueMs: dueMsOf,
  isAsked: ({ asked }) => asked?.open === true,
});

export default osdp;

function toBusFrame({ address, bytes }: HeardFrame): { from: number; bytes: Uint8Array } {
  return { from: address, bytes };
}
