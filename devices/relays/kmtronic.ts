import { z } from 'zod';
import { defineLineRelay, type RelaySignal } from '../../src/ports/device.ts';

const start = 0xff;
const askOne = 0x03;

/**
 * KMTronic USB relay boards (FTDI 0403:6001): 9600 8N1, `FF`, channel, state. Boards with one or two relays tell of one by
 * `FF n 03` → `FF n xx`; those with four or eight of all by `FF 09 00` → a byte each (info.kmtronic.com). The board times
 * nothing, and a switching command is not answered.
 */
export default defineLineRelay({
  id: 'kmtronic',
  name: 'KMTronic USB relay board',
  serial: { baudRate: 9600 },
  settings: z
    .strictObject({
      channel: z.int().min(1).max(8).default(1).describe('Which relay of the board, counted from 1 as printed on it.'),
      channels: z
        .literal([1, 2, 4, 8])
        .default(1)
        .describe('How many relays the board has: boards with 4 and 8 are asked in another way than those with 1 and 2.'),
    })
    .refine(({ channel, channels }) => channel <= channels, { error: 'must not be above `channels`', path: ['channel'] }),

  releases: () => 'on-command',
  on: ({ channel }) => Uint8Array.of(start, channel, 0x01),
  off: ({ channel }) => Uint8Array.of(start, channel, 0x00),

  answers: {
    // QUIRK: there is no checksum, and a lost byte shifts the next command: silence ends the broken one.
    quietMs: 50,
    withinMs: 100,
    confirm: ({ channel, channels }) => ({
      request: channels <= 2 ? Uint8Array.of(start, channel, askOne) : Uint8Array.of(start, 0x09, 0x00),
      when: 'always',
    }),
    hear(request, pending, { channel, channels }) {
      if (request[2] === askOne) return verdict(stateAfter(pending, channel));
      if (request[1] === 0x09) return verdict(stateAmong(pending, channel, channels));
      return { signals: [] };
    },
  },

  examples: [
    { command: 'on', wire: 'FF 01 01', source: 'info.kmtronic.com' },
    { command: 'off', wire: 'FF 01 00', source: 'info.kmtronic.com' },
    { command: 'on', wire: 'FF 08 01', settings: { channel: 8, channels: 8 }, source: 'info.kmtronic.com' },
    { command: 'confirm', wire: 'FF 02 03', settings: { channel: 2, channels: 2 }, source: 'info.kmtronic.com' },
    { command: 'confirm', wire: 'FF 09 00', settings: { channel: 3, channels: 4 }, source: 'info.kmtronic.com' },
    {
      request: 'FF 01 03',
      answer: 'FF 01 01',
      signals: [{ kind: 'answered', ok: true }],
      source: 'info.kmtronic.com',
    },
    {
      request: 'FF 01 03',
      answer: 'FF 01 00',
      signals: [{ kind: 'answered', ok: false, why: 'its contact reads as open' }],
      source: 'info.kmtronic.com',
    },
    {
      request: 'FF 02 03',
      answer: 'FF 01 01 FF 02 00',
      signals: [{ kind: 'answered', ok: false, why: 'its contact reads as open' }],
      settings: { channel: 2, channels: 2 },
      source: 'computed: what the other relay answered is passed over',
    },
    {
      request: 'FF 09 00',
      answer: '00 00 01 00',
      signals: [{ kind: 'answered', ok: true }],
      settings: { channel: 3, channels: 4 },
      source: 'kmtronic.blogspot.com, April 2015',
    },
    {
      request: 'FF 09 00',
      answer: '01 01 01 01 00 01 01 01',
      signals: [{ kind: 'answered', ok: false, why: 'its contact reads as open' }],
      settings: { channel: 5, channels: 8 },
      source: 'kmtronic.blogspot.com, April 2015',
    },
  ],
});

function isState(byte: number | undefined): byte is 0 | 1 {
  return byte === 0 || byte === 1;
}

/** The state in `FF n xx`, or null. */
function stateAfter(heard: Uint8Array, channel: number): 0 | 1 | null {
  for (const [index, byte] of heard.entries()) {
    const state = heard[index + 2];
    if (byte === start && heard[index + 1] === channel && isState(state)) return state;
  }
  return null;
}

/** The state of that relay in the first row of as many states as there are relays, or null. */
function stateAmong(heard: Uint8Array, channel: number, channels: number): 0 | 1 | null {
  for (let at = 0; at + channels <= heard.length; at++) {
    const state = heard[at + channel - 1];
    if (heard.subarray(at, at + channels).every(isState) && isState(state)) return state;
  }
  return null;
}

function verdict(state: 0 | 1 | null): { signals: RelaySignal[] } | null {
  if (state === null) return null;
  return {
    signals: [state === 1 ? { kind: 'answered', ok: true } : { kind: 'answered', ok: false, why: 'its contact reads as open' }],
  };
}
