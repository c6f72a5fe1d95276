import { z } from 'zod';
import { defineLineRelay, type RelaySignal } from '../../src/ports/device.ts';

/** How a channel is written: digits, then letters. */
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

/**
 * Numato USB relay modules (CDC-ACM): lines of text that end with CR. The module echoes each, answers, and prompts with `>`
 * (numato.com, "Relay Module User Guide"). It times nothing.
 */
export default defineLineRelay({
  id: 'numato',
  name: 'Numato USB relay module',
  serial: { baudRate: 9600 },
  settings: z.strictObject({
    channel: z
      .union([z.int().min(0).max(31), z.string().regex(/^[0-9A-V]$/, 'must be a digit, or a letter `A` to `V`')])
      .default(0)
      .describe(
        'Which relay of the module, counted from 0. From 10 on it is sent as a letter, `A` for 10; you may write the letter too.',
      ),
    inputs: z
      .array(z.int().min(0).max(31))
      .max(4)
      .default([])
      .describe(
        'The GPIO pins that contacts of the turnstile are wired to, counted from 0; four at most. None: nothing is asked.',
      ),
    closedReads: z
      .enum(['low', 'high'])
      .default('low')
      .describe(
        'What a pin reads while the contact on it is closed: `low` when the contact pulls it to ground, over a pull-up resistor.',
      ),
  }),

  releases: () => 'on-command',
  on: ({ channel }) => line(`relay on ${signOf(channel)}`),
  off: ({ channel }) => line(`relay off ${signOf(channel)}`),

  answers: {
    quietMs: 5,
    withinMs: 150,
    clear: line(''),
    confirm: ({ channel }) => ({ request: line(`relay read ${signOf(channel)}`), when: 'always' }),
    ask: ({ inputs }) => inputs.map((pin) => line(`gpio read ${signOf(pin)}`)),
    askEveryMs: 100,

    hear(request, pending, { inputs, closedReads }) {
      const command = Buffer.from(request).toString('latin1').slice(0, -1);
      const said = answerTo(command, Buffer.from(pending).toString('latin1'));
      if (said === null) return null;
      if (command.startsWith('relay read ')) return { signals: contactSignals(said) };
      const pin = inputs.find((one) => command === `gpio read ${signOf(one)}`);
      if (pin === undefined || (said !== '0' && said !== '1')) return { signals: [] };
      return { signals: [{ kind: 'input', input: pin, closed: (said === '0') === (closedReads === 'low') }] };
    },
  },

  examples: [
    { command: 'on', wire: hexOf('relay on 0\r'), source: 'Numato user guide' },
    { command: 'off', wire: hexOf('relay off 0\r'), source: 'Numato user guide' },
    { command: 'on', wire: hexOf('relay on A\r'), settings: { channel: 10 }, source: 'computed: the eleventh relay, unverified' },
    { command: 'off', wire: hexOf('relay off V\r'), settings: { channel: 'V' }, source: 'computed: the last of 32, unverified' },
    { command: 'confirm', wire: hexOf('relay read 0\r'), source: 'Numato user guide' },
    { command: 'ask', wire: hexOf('gpio read 1\r'), settings: { inputs: [0, 1] }, source: 'Numato user guide' },
    {
      request: hexOf('relay on 0\r'),
      answer: hexOf('relay on 0\n\r>'),
      signals: [],
      source: 'Numato user guide: the echo and the prompt prove nothing',
    },
    {
      request: hexOf('relay read 0\r'),
      answer: hexOf('relay read 0\n\ron\n\r>'),
      signals: [{ kind: 'answered', ok: true }],
      source: 'Numato user guide, with the line ends of its `relay readall`',
    },
    {
      request: hexOf('relay read 0\r'),
      answer: hexOf('\n\r>relay read 0\n\roff\n\r>'),
      signals: [{ kind: 'answered', ok: false, why: 'its contact reads as open' }],
      source: 'Numato user guide, after the prompt of a bare CR',
    },
    {
      request: hexOf('gpio read 1\r'),
      answer: hexOf('gpio read 1\n\r0\n\r>'),
      signals: [{ kind: 'input', input: 1, closed: true }],
      settings: { inputs: [0, 1] },
      source: 'Numato user guide',
    },
    {
      request: hexOf('gpio read 0\r'),
      answer: hexOf('gpio read 0\n\r0\n\r>'),
      signals: [{ kind: 'input', input: 0, closed: false }],
      settings: { inputs: [0], closedReads: 'high' },
      source: 'Numato user guide',
    },
  ],
});

function signOf(channel: number | string): string {
  return typeof channel === 'number' ? (signs[channel] ?? '') : channel;
}

function line(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(`${text}\r`, 'latin1'));
}

/** What stands between the echo of a command and the next prompt, or null. */
function answerTo(command: string, heard: string): string | null {
  const [, said] = new RegExp(`${command}[\\r\\n]+([^>]*)>`).exec(heard) ?? [];
  return said?.trim() ?? null;
}

function contactSignals(said: string): RelaySignal[] {
  if (said === 'on') return [{ kind: 'answered', ok: true }];
  return said === 'off' ? [{ kind: 'answered', ok: false, why: 'its contact reads as open' }] : [];
}

function hexOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}
