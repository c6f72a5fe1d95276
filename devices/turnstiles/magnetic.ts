import { z } from 'zod';
import { defineTurnstile } from '../../src/ports/device.ts';
import { usualContacts, waitSeconds } from '../codecs/turnstile-contacts.ts';

/**
 * Magnetic Autocontrol MPT, mTripod, FlowMotion with an MGC controller. Manuals: mTripod p. 68, MPT-333 p. 44, mHTM FlowMotion
 * p. 60, MGCplus p. 28. Its outputs are configurable: set one each to "passage" for entry and exit.
 */
export default defineTurnstile({
  id: 'magnetic',
  name: 'Magnetic Autocontrol turnstile (MPT, mTripod, FlowMotion)',
  settings: z.strictObject({ waitSeconds }),

  traits: (settings) => ({
    pulse: {
      minMs: 200,
      maxMs: 1_000,
      suggestedMs: 400,
      why: 'a signal of 0.2 to 1 s lets one person through, and a longer one opens the way for good',
    },
    waitMs: settings.waitSeconds * 1_000,
    whenHeld: 'stays_open',
    // QUIRK: MGC controllers keep up to three pulses a side, and the times that they stay open add up.
    storesPulses: true,
    sides: [
      { opens: 'Open entry', tells: 'the output set to "passage entry"' },
      { opens: 'Open exit', tells: 'the output set to "passage exit"' },
    ],
    // Its Emergency open input must be under power: a broken wire opens both ways.
    contacts: usualContacts('closes'),
    bothAtOnce: 'the turnstile is open for good both ways, as in an emergency (warning 0xFF20)',
  }),

  examples: [
    {
      contacts: [
        [0, 'passIn', false],
        [0, 'passOut', false],
        [3_000, 'passIn', true],
        [3_300, 'passIn', false],
      ],
      signals: [{ kind: 'passage', direction: 'in' }],
      source: 'computed from MGCplus, p. 28: a digital output set to passage',
    },
    {
      contacts: [
        [0, 'passIn', false],
        [3_000, 'passIn', true],
        [3_300, 'passIn', false],
        [5_000, 'passIn', true],
        [5_300, 'passIn', false],
      ],
      signals: [
        { kind: 'passage', direction: 'in' },
        { kind: 'passage', direction: 'in' },
      ],
      source: 'computed from mTripod, p. 68: two pulses that were stored let two people through',
    },
    {
      contacts: [
        [0, 'passIn', false],
        [0, 'passOut', false],
        [3_000, 'passIn', true],
        [3_100, 'passOut', true],
      ],
      signals: [{ kind: 'together', on: true }],
      source: 'computed: both at once are nobody',
    },
    {
      contacts: [
        [0, 'fire', true],
        [3_000, 'fire', false],
      ],
      signals: [
        { kind: 'fire', on: false },
        { kind: 'fire', on: true },
      ],
      source: 'computed from MPT-333, p. 44: Emergency open interrupted opens both ways',
    },
  ],
});
