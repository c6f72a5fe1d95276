import { z } from 'zod';
import { defineStreamReader, type StreamExample } from '../../src/ports/device.ts';
import { lineExample } from '../codecs/line-example.ts';
import { asciiOf, linesOf } from '../codecs/text-lines.ts';
import { bitsOfInteger, wiegandSettings } from '../codecs/wiegand.ts';
import { isWiegandText, readFrame, readWiegandText } from '../codecs/wiegand-text.ts';

const longestLine = 160;

const settings = z.strictObject({
  lines: z
    .enum(['auto', 'hex', 'decimal'])
    .default('auto')
    .describe(
      'How the converter writes a frame. `auto`: its bits as `0` and `1`, or `W26:096,17669`, `W34:5DF50F46`. `hex` or `decimal`: the ' +
        'whole frame as one number, parity included; say in `bits` how many there are.',
    ),
  bits: z.int().min(4).max(128).default(26).describe('With `lines: hex` or `decimal`: how many bits a frame has.'),
  ...wiegandSettings,
  keypad: z
    .enum(['keys', 'binary', 'decimal'])
    .default('keys')
    .describe(
      'What a keypad on the same wires sends. `keys`: each key as a frame of 4, 6 or 8 bits. `binary` or `decimal`: the whole PIN as a ' +
        '26-bit frame, as one number or as six digits; then a 26-bit frame is never a card.',
    ),
  pinDigits: z
    .int()
    .min(1)
    .max(8)
    .default(4)
    .describe('With `keypad: binary`: how many digits a PIN has. Zeros at its front are not sent and are put back.'),
});

/**
 * Converters that hand on Wiegand frames as lines of text, over a serial port or the network: microcontrollers, forwarders. A
 * computer cannot read the wires D0 and D1 by itself. Forms `W26:` and `W34:`: seen in the field.
 */
export default defineStreamReader({
  id: 'wiegand-text',
  name: 'Wiegand reader behind a converter that sends lines of text',
  serial: { baudRate: 9600 },
  settings,
  frameTimeoutMs: 250,

  decode(pending, options) {
    const { lines, rest } = linesOf(pending, longestLine);
    const said = lines.map((line) => readLine(asciiOf(line), options));
    const keys = said.map((one) => one.keys ?? '').join('');
    return { reads: said.flatMap((one) => one.reads), ...(keys !== '' && { keys }), rest };
  },

  examples: [
    lineExample('10111101100010001110101110', '7B11D7', 'proxmark3 `wiegand decode --raw 2006F623AE`: H10301, 123 and 4567'),
    lineExample('10111101100010001110101111', null, 'computed: the same with a wrong last bit'),
    lineExample('W26:096,17669', '604505', 'seen in the field: a forwarder over TCP'),
    lineExample('W34:5DF50F46', '5DF50F46', 'seen in the field: a forwarder over TCP'),
    lineExample('W34:0250D961C', null, 'computed: parity is wrong'),
    lineExample('W34:009436587', '04A1B2C3', 'computed: 34 bits with their parity'),
    lineExample('W34:187654209', '04A1B2C3', 'computed: a Mifare card whose bytes are sent the other way round', {
      byteOrder: 'reversed',
    }),
    lineExample('2F623AE', '7B11D7', 'computed: the published frame in hex', { lines: 'hex' }),
    lineExample('49685422', '123,04567', 'computed: the published frame in decimal', {
      lines: 'decimal',
      number: 'facility_and_card',
    }),
    lineExample('303FFFFFF', null, 'computed: more bits than there are', { lines: 'hex' }),
    lineExample('0001100000011100100111100010010000001', '030393C481', 'computed: as it comes', { format: 'raw' }),
    lineExample('0001100000011100100111100010010000001', '12345,123456', 'computed: H10304', {
      format: 'h10304',
      number: 'facility_and_card',
    }),
    lineExample('00000000000000000000000000', null, 'computed: a short circuit'),
    lineExample('11111111111111111111111111', null, 'computed: a wire that is off'),
    key('1011', '#', 'Rosslare AYC-Q manual, page 26: four bits'),
    key('101010', '5', 'Rosslare AYC-F manual, page 22: six bits'),
    key('10000111', '7', 'Rosslare AYC-F manual, page 22: eight bits'),
    key('10001111', '', 'the misprint of 7 in the HID PINpad guide'),
    key('10000011100000000001010111', '*0043#', 'computed: a PIN sent whole', { keypad: 'binary' }),
    key('W26:471100', '*471100#', 'computed: six digits sent whole', { keypad: 'decimal' }),
  ],
});

type Options = z.output<typeof settings>;

function readLine(line: string, options: Options): ReturnType<typeof readFrame> {
  if (options.lines !== 'auto') return readFrame(numberAsBits(line, options), options);
  return isWiegandText(line) ? readWiegandText(line, options) : readFrame(/^[01]+$/.test(line) ? line : null, options);
}

function numberAsBits(line: string, { lines, bits }: Options): string | null {
  const digits = lines === 'hex' ? /^(?:0x)?[0-9A-F]{1,32}$/i.exec(line)?.[0] : /^\d{1,39}$/.exec(line)?.[0];
  if (digits === undefined) return null;
  return bitsOfInteger(BigInt(lines === 'hex' ? `0x${digits.replace(/^0x/i, '')}` : digits), bits);
}

function key(line: string, keys: string, source: string, given?: Partial<Options>): StreamExample {
  return { ...lineExample(line, null, source, given), keys };
}
