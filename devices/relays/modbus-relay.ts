import { z } from 'zod';
import { defineLineRelay, type RelaySignal } from '../../src/ports/device.ts';
import { exceptionText, modbusAnswer, modbusFrame, word } from '../codecs/modbus-rtu.ts';

const readCoils = 0x01;
const readInputs = 0x02;
const writeCoil = 0x05;
const flashOnAddress = 0x0200;

/**
 * Relay boards that speak Modbus RTU: Waveshare and its like, and boards without a name. FC05 works a contact, FC01 reads it
 * back, FC02 reads the inputs; coil address 0200 + n with a value in tenths of a second closes a contact for that long
 * (Waveshare wiki "Modbus RTU Relay", boards sold from September 2021).
 */
export default defineLineRelay({
  id: 'modbus-relay',
  name: 'Modbus RTU relay board (Waveshare and its like)',
  serial: { baudRate: 9600 },
  settings: z.strictObject({
    address: z.int().min(1).max(247).default(1).describe("The board's Modbus address (unit id)."),
    channel: z.int().min(1).max(32).default(1).describe('Which relay of the board, counted from 1 as printed on it.'),
    timing: z
      .enum(['gateway', 'board'])
      .default('gateway')
      .describe(
        'Who ends the pulse. `board` is safer: the board opens the contact by itself, in tenths of a second; it must know the flash command ' +
          '(Waveshare since September 2021). `gateway`: any board.',
      ),
    inputs: z
      .int()
      .min(0)
      .max(32)
      .default(0)
      .describe(
        'How many inputs of the board are asked about, from the first on; 0: none, the board has none or nobody needs them.',
      ),
  }),

  releases: ({ timing }) => (timing === 'board' ? 'itself' : 'on-command'),
  on: ({ address, channel, timing }, pulseMs) =>
    timing === 'board'
      ? modbusFrame(address, writeCoil, [...word(flashOnAddress + channel - 1), ...word(tenths(pulseMs))])
      : modbusFrame(address, writeCoil, [...word(channel - 1), 0xff, 0x00]),
  off: ({ address, channel }) => modbusFrame(address, writeCoil, [...word(channel - 1), 0x00, 0x00]),

  answers: {
    quietMs: 5,
    withinMs: 100,
    // A flash whose answer was lost has happened, or not: the coil tells whether it is on, at most.
    confirm: ({ address, channel, timing }) => ({
      request: modbusFrame(address, readCoils, [...word(channel - 1), ...word(1)]),
      when: timing === 'board' ? 'without verdict' : 'always',
    }),
    ask: ({ address, inputs }) => (inputs === 0 ? [] : [modbusFrame(address, readInputs, [...word(0), ...word(inputs)])]),
    askEveryMs: 40,

    hear(request, pending, { timing, inputs }) {
      const answer = modbusAnswer(request, pending);
      if (answer === null) return null;
      const isQuestion = request[1] === readInputs;
      if ('exception' in answer) return { signals: isQuestion ? [] : [refusal(answer.exception, timing)] };
      const bits = answer.data.subarray(1);
      if (isQuestion) return { signals: inputSignals(bits, inputs) };
      if (request[1] === readCoils) return { signals: coilSignals(((bits[0] ?? 0) & 1) === 1, timing) };
      return { signals: [{ kind: 'answered', ok: true }] };
    },
  },

  examples: [
    { command: 'on', wire: '01 05 00 00 FF 00 8C 3A', source: 'Waveshare wiki, Modbus RTU Relay' },
    { command: 'off', wire: '01 05 00 00 00 00 CD CA', source: 'Waveshare wiki, Modbus RTU Relay' },
    { command: 'on', wire: '01 05 00 01 FF 00 DD FA', settings: { channel: 2 }, source: 'Waveshare wiki, Modbus RTU Relay' },
    {
      command: 'on',
      pulseMs: 700,
      wire: '01 05 02 00 00 07 8D B0',
      settings: { timing: 'board' },
      source: 'Waveshare wiki, Modbus RTU Relay: flash on',
    },
    {
      command: 'on',
      pulseMs: 500,
      wire: '01 05 02 00 00 05 0C 71',
      settings: { timing: 'board' },
      source: 'Waveshare wiki, Modbus RTU Relay: flash on',
    },
    {
      command: 'on',
      pulseMs: 800,
      wire: '01 05 02 01 00 08 9C 74',
      settings: { timing: 'board', channel: 2 },
      source: 'Waveshare wiki, Modbus RTU Relay: flash on',
    },
    { command: 'ask', wire: '01 02 00 00 00 08 79 CC', settings: { inputs: 8 }, source: 'Waveshare wiki, Modbus RTU Relay' },
    { command: 'confirm', wire: '01 01 00 00 00 01 FD CA', source: 'computed: read one coil' },
    {
      request: '01 05 00 00 FF 00 8C 3A',
      answer: '01 05 00 00 FF 00 8C 3A',
      signals: [{ kind: 'answered', ok: true }],
      source: 'Waveshare wiki, Modbus RTU Relay: FC05 echoes',
    },
    {
      request: '01 05 02 00 00 07 8D B0',
      answer: '01 05 02 00 00 07 8D B0',
      signals: [{ kind: 'answered', ok: true }],
      settings: { timing: 'board' },
      source: 'Waveshare wiki, Modbus RTU Relay: flash on',
    },
    {
      request: '01 05 00 08 FF 00 0D F8',
      answer: '01 85 02 C3 51',
      signals: [
        {
          kind: 'answered',
          ok: false,
          why: 'Modbus exception 2, it has no such address: correct `channel`',
        },
      ],
      settings: { channel: 9 },
      source: 'Modbus Application Protocol V1.1b3, 7: an illegal address',
    },
    {
      request: '01 05 02 00 00 07 8D B0',
      answer: '01 85 02 C3 51',
      signals: [
        {
          kind: 'answered',
          ok: false,
          why: 'Modbus exception 2, it has no such address: correct `channel`, or, if the board knows no flash command, set `timing: gateway`',
        },
      ],
      settings: { timing: 'board' },
      source: 'Modbus Application Protocol V1.1b3, 7: an illegal address',
    },
    {
      request: '01 01 00 00 00 01 FD CA',
      answer: '01 01 01 01 90 48',
      signals: [{ kind: 'answered', ok: true }],
      source: 'Waveshare wiki, Modbus RTU Relay: coil 0 is on',
    },
    {
      request: '01 01 00 00 00 01 FD CA',
      answer: '01 01 01 00 51 88',
      signals: [
        {
          kind: 'answered',
          ok: false,
          why: 'its contact reads as open: boards sold before September 2021 (V1) speak an older protocol',
        },
      ],
      source: 'computed: coil 0 is off',
    },
    {
      request: '01 01 00 00 00 01 FD CA',
      answer: '01 01 01 00 51 88',
      signals: [],
      settings: { timing: 'board' },
      source: 'computed: coil 0 is off; a flash may be over',
    },
    {
      request: '01 02 00 00 00 08 79 CC',
      answer: '01 02 01 02 20 49',
      signals: [
        { kind: 'input', input: 1, closed: false },
        { kind: 'input', input: 2, closed: true },
        ...[3, 4, 5, 6, 7, 8].map((input): RelaySignal => ({ kind: 'input', input, closed: false })),
      ],
      settings: { inputs: 8 },
      source: 'Waveshare wiki, Modbus RTU Relay: input 1, counted from 0, is active',
    },
  ],
});

/** Tenths of a second, at least one and at most 7FFF; rounded up, so that the turnstile sees the pulse that was asked for. */
function tenths(pulseMs: number): number {
  return Math.min(0x7fff, Math.max(1, Math.ceil(pulseMs / 100)));
}

function inputSignals(bits: Uint8Array, inputs: number): RelaySignal[] {
  return Array.from({ length: inputs }, (_, index) => ({
    kind: 'input',
    input: index + 1,
    closed: (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1,
  }));
}

/** QUIRK: whether a flash shows in the coils is not published, and it may be over: an open coil proves nothing then. */
function coilSignals(closed: boolean, timing: 'gateway' | 'board'): RelaySignal[] {
  if (closed) return [{ kind: 'answered', ok: true }];
  if (timing === 'board') return [];
  return [
    {
      kind: 'answered',
      ok: false,
      why: 'its contact reads as open: boards sold before September 2021 (V1) speak an older protocol',
    },
  ];
}

function refusal(exception: number, timing: 'gateway' | 'board'): RelaySignal {
  const flash = timing === 'board' ? ', or, if the board knows no flash command, set `timing: gateway`' : '';
  const remedy = exception === 2 ? `: correct \`channel\`${flash}` : '';
  return { kind: 'answered', ok: false, why: `${exceptionText(exception)}${remedy}` };
}
