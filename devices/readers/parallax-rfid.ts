import { z } from 'zod';
import { defineStreamReader } from '../../src/ports/device.ts';

// LF, ten hex digits, CR. The digits of a card never hold an LF: it is always the beginning of a frame.
const frame = /\n([0-9A-F]{10})\r/g;
const unfinishedFrame = /\n[0-9A-F]{0,10}$/;

/**
 * Parallax RFID Card Reader, serial (#28140) and USB (#28340): EM4100 cards, 125 kHz; 2400 8N1, which cannot be changed. It has no
 * checksum. The serial one sends at TTL level, and only while its /ENABLE is held low. Manual v2.1, "Communication Protocol".
 */
export default defineStreamReader({
  id: 'parallax-rfid',
  name: 'Parallax RFID Card Reader #28140, #28340 (125 kHz)',
  serial: { baudRate: 2400 },
  settings: z.strictObject({}),
  // It sends a card that stays again and again, 50 ms a frame and a pause between them.
  repeatsWithinMs: 500,
  frameTimeoutMs: 250,

  decode(pending) {
    const text = Buffer.from(pending).toString('latin1');
    const matches = [...text.matchAll(frame)];
    const reads = matches.map(([, value = '']) => ({ kind: 'rfid' as const, value }));
    const last = matches.at(-1);
    const rest = unfinishedFrame.exec(text.slice(last === undefined ? 0 : last.index + last[0].length))?.[0] ?? '';
    return { reads, rest: pending.subarray(pending.length - rest.length) };
  },

  examples: [
    {
      wire: '0A 30 46 30 31 38 34 46 30 37 41 0D',
      reads: [{ kind: 'rfid', value: '0F0184F07A' }],
      source: 'Parallax RFID Card Reader manual v2.1 (#28140/28340), page 2',
    },
    { wire: '0A 30 46 30 31 38 34 46 30 37 0D', reads: [], source: 'computed: a digit is missing' },
    {
      wire: '0A 30 46 30 31 0A 30 46 30 31 38 34 46 30 37 41 0D',
      reads: [{ kind: 'rfid', value: '0F0184F07A' }],
      source: 'computed: a frame broken off by the next one',
    },
    { wire: '0A 30 46 30 31 38 34 46 30 37 47 0D', reads: [], source: 'computed: no hex digit' },
  ],
});
