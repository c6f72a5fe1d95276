import { z } from 'zod';
import { defineStreamReader } from '../../src/ports/device.ts';
import { keysOfText } from '../codecs/keypad-text.ts';

/**
 * Keypads that send each key as a character: `0` to `9`, `*` (begin again), `#` or a line end (done). A code wrongly taken for
 * two keys is no harm: the PIN is then wrong.
 */
export default defineStreamReader({
  id: 'keypad-text',
  name: 'Keypad that sends its keys as text',
  serial: { baudRate: 9600 },
  settings: z.strictObject({}),
  frameTimeoutMs: 100,

  decode(pending) {
    const keys = keysOfText(pending);
    return { reads: [], ...(keys !== '' && { keys }), rest: new Uint8Array(0) };
  },

  examples: [
    { wire: '34 37 31 31 23', reads: [], keys: '4711#', source: 'computed: ASCII' },
    { wire: '34 37 2A 34 37 31 31 0D', reads: [], keys: '47*4711#', source: 'computed: begun again, then a line end' },
    { wire: '31 1B 32 08 33 0D 0A', reads: [], keys: '1*2*3##', source: 'computed: escape, backspace, CR LF' },
    { wire: '31 7F 32 0D', reads: [], keys: '1*2#', source: 'the keys of an OSDP keypad: * is 7F, # is 0D' },
    { wire: '41 42 00 FF', reads: [], source: 'computed: no keys' },
  ],
});
