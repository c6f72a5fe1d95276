import { z } from 'zod';
import { defineBusRelay } from '../../src/ports/device.ts';
import { pulseOutput, readReply } from '../codecs/osdp-message.ts';
import { osdpPlace, placeOf } from '../codecs/osdp-place.ts';

/** An output of an OSDP device (OSDP 2.2, OUT with control code 5: on for a while, then back by itself). */
export default defineBusRelay({
  id: 'osdp-output',
  name: 'output of an OSDP reader or controller',
  bus: 'osdp',
  settings: z.strictObject({
    ...osdpPlace,
    output: z.int().min(0).max(255).default(0).describe('Which output of the device: 0 is the first.'),
  }),
  place: (options) => placeOf(`output ${options.output}`, options),
  on: ({ output }, pulseMs) => pulseOutput(output, pulseMs),
  hear({ code, data }) {
    const said = readReply(code, data);
    if (said?.kind !== 'inputs') return [];
    return said.active.map((closed, input) => ({ kind: 'input', input, closed }));
  },
  examples: [
    { pulseMs: 500, told: '68 00 05 05 00', source: 'computed by the rule of OUT: output 0 for half a second' },
    { pulseMs: 1250, told: '68 03 05 0D 00', settings: { output: 3 }, source: 'computed: in tenths of a second, rounded' },
    {
      heard: '49 00 01 00 00',
      signals: [
        { kind: 'input', input: 0, closed: false },
        { kind: 'input', input: 1, closed: true },
        { kind: 'input', input: 2, closed: false },
        { kind: 'input', input: 3, closed: false },
      ],
      source: 'computed: the second of four inputs is active',
    },
    { heard: '50 00 01 1A 00 BD 88 EB 80', signals: [], source: 'proxmark3 pm3_tests.sh: a card is no input' },
  ],
});
