import { z } from 'zod';
import { defineLineRelay } from '../../src/ports/device.ts';

/**
 * LCUS-1 to LCUS-8 and HW-667 USB relay boards (CH340): 9600 8N1, `A0`, channel, state, low byte of the sum of these three. The
 * board times nothing, and the one-channel board answers nothing.
 */
export default defineLineRelay({
  id: 'lcus',
  name: 'LCUS USB relay board',
  serial: { baudRate: 9600 },
  releases: () => 'on-command',
  settings: z.strictObject({
    channel: z.int().min(1).max(8).default(1).describe('Which relay of the board, 1 to 8.'),
  }),
  on: (settings) => command(settings.channel, 1),
  off: (settings) => command(settings.channel, 0),
  examples: [
    { command: 'on', wire: 'A0 01 01 A2', source: 'optimusdigital.ro product 12595' },
    { command: 'off', wire: 'A0 01 00 A1', source: 'optimusdigital.ro product 12595' },
    { command: 'on', wire: 'A0 02 01 A3', settings: { channel: 2 }, source: 'jumia HW-667' },
    { command: 'off', wire: 'A0 02 00 A2', settings: { channel: 2 }, source: 'jumia HW-667' },
    { command: 'on', wire: 'A0 08 01 A9', settings: { channel: 8 }, source: 'jumia HW-667' },
  ],
});

function command(channel: number, state: 0 | 1): Uint8Array {
  return Uint8Array.of(0xa0, channel, state, (0xa0 + channel + state) & 0xff);
}
