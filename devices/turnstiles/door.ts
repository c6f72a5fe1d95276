import { z } from 'zod';
import { defineTurnstile } from '../../src/ports/device.ts';
import { usualContacts } from '../codecs/turnstile-contacts.ts';

/** A door with an electric strike, a magnet or a motor lock, and perhaps a contact that tells when it opens. */
export default defineTurnstile({
  id: 'door',
  name: 'A door with an electric lock',
  settings: z.strictObject({
    doorContact: z
      .enum(['closed_while_shut', 'open_while_shut'])
      .default('closed_while_shut')
      .describe('How the contact in the door frame stands while the door is shut; most reed contacts are closed then.'),
  }),

  traits: ({ doorContact }) => ({
    pulse: {
      minMs: null,
      maxMs: null,
      suggestedMs: 3_000,
      why: 'the lock is open as long as the contact is closed',
    },
    waitMs: 'while_told',
    whenHeld: 'stays_open',
    storesPulses: false,
    sides: [{ opens: 'the lock', tells: 'the door contact' }],
    contacts: usualContacts(doorContact === 'closed_while_shut' ? 'opens' : 'closes'),
    bothAtOnce: 'the cable of the contacts is cut',
  }),

  examples: [
    {
      contacts: [
        [0, 'pass', true],
        [3_000, 'pass', false],
        [7_000, 'pass', true],
      ],
      signals: [{ kind: 'passage', direction: null }],
      source: 'computed: a door that opens and shuts',
    },
    {
      contacts: [
        [0, 'passIn', false],
        [3_000, 'passIn', true],
        [7_000, 'passIn', false],
      ],
      signals: [{ kind: 'passage', direction: 'in' }],
      settings: { doorContact: 'open_while_shut' },
      source: 'computed: a door that only lets in, with the other kind of contact',
    },
    {
      contacts: [
        [0, 'passIn', true],
        [0, 'passOut', true],
        [3_000, 'passIn', false],
        [3_000, 'passOut', false],
      ],
      signals: [{ kind: 'together', on: true }],
      source: 'computed: both at once are nobody',
    },
    {
      contacts: [
        [0, 'pass', true],
        [3_000, 'pass', false],
        [34_000, 'pass', false],
      ],
      signals: [
        { kind: 'passage', direction: null },
        { kind: 'stuck', contact: 'pass', on: true },
      ],
      source: 'computed: a door held open with a wedge',
    },
  ],
});
