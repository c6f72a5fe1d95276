import { z } from 'zod';
import { defineHidRelay } from '../../src/ports/device.ts';

const reportBytes = 9;
const start = 0xa0;

/**
 * LCUS boards that are HID devices: report id 0, then the command of the serial ones: `A0`, relay, state, low byte of the sum of
 * these three. It times nothing; what it answers to a question is not known well enough to rely on.
 * QUIRK: a magnetic card reader (MSR-101U) has the same ids; the board has no name. github.com/darrylb123/usbrelay, libusbrelay.c.
 */
export default defineHidRelay({
  id: 'lcus-hid',
  name: 'LCUS USB relay board (HID)',
  models: [{ vendorId: '5131', productId: '2007', product: null }],
  settings: z.strictObject({
    channel: z.int().min(1).max(8).default(1).describe('Which relay of the board, 1 to 8.'),
  }),
  on: ({ channel }) => command(channel, 1),
  off: ({ channel }) => command(channel, 0),
  examples: [
    { command: 'on', wire: '00 A0 01 01 A2 00 00 00 00', source: 'usbrelay, libusbrelay.c' },
    { command: 'off', wire: '00 A0 01 00 A1 00 00 00 00', source: 'usbrelay, libusbrelay.c' },
    { command: 'on', wire: '00 A0 08 01 A9 00 00 00 00', settings: { channel: 8 }, source: 'computed: relay 8' },
  ],
});

function command(channel: number, state: 0 | 1): Uint8Array {
  const report = new Uint8Array(reportBytes);
  report.set([0, start, channel, state, (start + channel + state) & 0xff]);
  return report;
}
