import { z } from 'zod';
import { defineHidRelay } from '../../src/ports/device.ts';

const reportBytes = 9;
const switchOn = 0xff;
const switchOff = 0xfd;
/** Bit 0 is relay 1. */
const statesAt = 7;

/**
 * USBRelay1 to USBRelay8 (www.dcttech.com): report id 0, `FF` on or `FD` off, relay. Feature report 1 tells the board's own serial
 * number in bytes 0 to 4 and how its relays stand in byte 7. It times nothing. github.com/darrylb123/usbrelay, libusbrelay.c.
 */
export default defineHidRelay({
  id: 'dcttech',
  name: 'USBRelay board (dcttech, USB HID)',
  models: [{ vendorId: '16c0', productId: '05df', product: 'USBRelay' }],
  settings: z.strictObject({
    channel: z.int().min(1).max(8).default(1).describe('Which relay of the board, 1 to 8.'),
  }),
  on: ({ channel }) => command(switchOn, channel),
  off: ({ channel }) => command(switchOff, channel),
  state: {
    reportId: 1,
    bytes: reportBytes,
    isOn(report, { channel }) {
      const states = report[statesAt];
      return states === undefined ? null : ((states >> (channel - 1)) & 1) === 1;
    },
  },
  examples: [
    { command: 'on', wire: '00 FF 01 00 00 00 00 00 00', source: 'usbrelay, libusbrelay.c' },
    { command: 'off', wire: '00 FD 01 00 00 00 00 00 00', source: 'usbrelay, libusbrelay.c' },
    { command: 'on', wire: '00 FF 08 00 00 00 00 00 00', settings: { channel: 8 }, source: 'computed: relay 8' },
    { state: '36 51 4D 42 53 00 00 01', isOn: true, source: 'usbrelay, libusbrelay.c: board 6QMBS, relay 1 on' },
    { state: '36 51 4D 42 53 00 00 01', isOn: false, settings: { channel: 2 }, source: 'computed: its relay 2 is off' },
    { state: '36 51 4D 42 53 00 00 80', isOn: true, settings: { channel: 8 }, source: 'computed: relay 8 on' },
    { state: '36 51 4D 42 53 00 00', isOn: null, source: 'computed: a report that is too short says nothing' },
  ],
});

function command(what: number, channel: number): Uint8Array {
  const report = new Uint8Array(reportBytes);
  report.set([0, what, channel]);
  return report;
}
