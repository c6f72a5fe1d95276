import { z } from 'zod';
import { defineHidRelay } from '../../src/ports/device.ts';

const reportBytes = 9;
const switchOn = 0xf0;
const switchOff = 0x00;

/**
 * Boards whose name begins with "HIDRelay" (Ucreatefun): report id 0, then `F0` (on) or `00` (off) plus the relay. It times nothing
 * and tells nothing. github.com/darrylb123/usbrelay, libusbrelay.c.
 */
export default defineHidRelay({
  id: 'ucreatefun',
  name: 'HIDRelay board (Ucreatefun, USB HID)',
  models: [{ vendorId: '0519', productId: '2018', product: 'HIDRelay' }],
  settings: z.strictObject({
    channel: z.int().min(1).max(8).default(1).describe('Which relay of the board, 1 to 8; all of them at once are never moved.'),
  }),
  on: ({ channel }) => command(switchOn + channel),
  off: ({ channel }) => command(switchOff + channel),
  examples: [
    { command: 'on', wire: '00 F1 00 00 00 00 00 00 00', source: 'usbrelay, libusbrelay.c' },
    { command: 'off', wire: '00 01 00 00 00 00 00 00 00', source: 'usbrelay, libusbrelay.c' },
    { command: 'on', wire: '00 F8 00 00 00 00 00 00 00', settings: { channel: 8 }, source: 'computed: relay 8' },
    { command: 'off', wire: '00 08 00 00 00 00 00 00 00', settings: { channel: 8 }, source: 'computed: relay 8' },
  ],
});

function command(what: number): Uint8Array {
  const report = new Uint8Array(reportBytes);
  report[1] = what;
  return report;
}
