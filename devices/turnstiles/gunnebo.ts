import { z } from 'zod';
import { defineTurnstile } from '../../src/ports/device.ts';
import { usualContacts, waitSeconds } from '../codecs/turnstile-contacts.ts';

/**
 * Gunnebo SpeedStile BP and FP (the FP needs the COM/1 card for readers and fire). Manual: SpeedStile BP DS p. 20. Terminals, times
 * and what its contacts do are parameters of each site: nothing of this was found in print.
 */
export default defineTurnstile({
  id: 'gunnebo',
  name: 'Gunnebo SpeedStile (BP, FP)',
  settings: z.strictObject({ waitSeconds }),

  traits: (settings) => ({
    pulse: { minMs: null, maxMs: null, suggestedMs: 400, why: 'its manual names no bound' },
    waitMs: settings.waitSeconds * 1_000,
    whenHeld: 'unknown',
    storesPulses: false,
    sides: [
      { opens: 'reader permission, entry', tells: 'transit completed, entry' },
      { opens: 'reader permission, exit', tells: 'transit completed, exit' },
    ],
    contacts: usualContacts('closes'),
    bothAtOnce: 'all lanes are open, as on a fire signal',
  }),

  examples: [
    {
      contacts: [
        [0, 'passIn', false],
        [3_000, 'passIn', true],
        [3_300, 'passIn', false],
      ],
      signals: [{ kind: 'passage', direction: 'in' }],
      source: 'computed from SpeedStile BP DS, p. 20: transit completed',
    },
    {
      contacts: [
        [0, 'passIn', false],
        [0, 'passOut', false],
        [3_000, 'passOut', true],
        [3_010, 'passIn', true],
      ],
      signals: [{ kind: 'together', on: true }],
      source: 'computed: both at once are nobody',
    },
    {
      contacts: [
        [0, 'alarm', false],
        [3_000, 'alarm', true],
        [8_000, 'alarm', false],
      ],
      signals: [
        { kind: 'alarm', on: false },
        { kind: 'alarm', on: true },
        { kind: 'alarm', on: false },
      ],
      source: 'computed from SpeedStile BP DS, p. 20: alarms for intrusion and tailgating',
    },
  ],
});
