import { z } from 'zod';
import { defineTurnstile } from '../../src/ports/device.ts';
import { debounceMs, usualContacts } from '../codecs/turnstile-contacts.ts';

/**
 * Oxgard Praktika T-01 to T-06 in pulse mode (jumper J1 as delivered). Manuals: Praktika T-02 p. 19 and 20, T-04 p. 22. They name
 * no shortest pulse.
 */
export default defineTurnstile({
  id: 'oxgard-praktika',
  name: 'Oxgard Praktika turnstile (T-01 to T-06), set to pulse control',
  settings: z.strictObject({
    passContact: z
      .enum(['no', 'nc'])
      .default('no')
      .describe('Which contact of PassOk1 and PassOk2 is wired: `no` closes while the arm turns, `nc` opens.'),
  }),

  traits: ({ passContact }) => ({
    pulse: { minMs: null, maxMs: null, suggestedMs: 500, why: 'its manual names no bound' },
    waitMs: 5_000,
    whenHeld: 'ignored',
    storesPulses: false,
    // QUIRK: on the T-04 speed gate which PassOk is left and which right must be found by walking through.
    sides: [
      { opens: 'LEFT', tells: 'PassOk2' },
      { opens: 'RIGHT', tells: 'PassOk1' },
    ],
    contacts: {
      ...usualContacts(passContact === 'no' ? 'closes' : 'opens'),
      // AP closed opens the turnstile, and the Status relay closes with it.
      fire: { activeWhenClosed: true, debounceMs },
    },
    bothAtOnce: 'the turnstile has no power, or is open in an emergency',
  }),

  examples: [
    {
      contacts: [
        [0, 'passIn', false],
        [0, 'passOut', false],
        [3_000, 'passIn', true],
        [3_600, 'passIn', false],
      ],
      signals: [{ kind: 'passage', direction: 'in' }],
      source: 'computed from Praktika T-02, p. 20: PassOk switches at 60° of the turn and lets go at its end',
    },
    {
      contacts: [
        [0, 'passIn', true],
        [0, 'passOut', true],
        [3_000, 'passOut', false],
        [3_600, 'passOut', true],
      ],
      signals: [{ kind: 'passage', direction: 'out' }],
      settings: { passContact: 'nc' },
      source: 'computed from Praktika T-02, p. 20: the same by the NC contacts',
    },
    {
      contacts: [
        [0, 'passIn', false],
        [0, 'passOut', false],
        [3_000, 'passIn', true],
        [3_000, 'passOut', true],
        [4_000, 'passIn', false],
        [4_000, 'passOut', false],
      ],
      signals: [
        { kind: 'together', on: true },
        { kind: 'together', on: false },
      ],
      source: 'computed: both at once are nobody',
    },
    {
      contacts: [
        [0, 'fire', false],
        [3_000, 'fire', true],
        [9_000, 'fire', false],
      ],
      signals: [
        { kind: 'fire', on: false },
        { kind: 'fire', on: true },
        { kind: 'fire', on: false },
      ],
      source: 'computed from Praktika T-02, p. 20: AP closed opens, and everything else is ignored until it lets go',
    },
  ],
});
