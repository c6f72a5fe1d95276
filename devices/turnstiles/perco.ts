import { z } from 'zod';
import { defineTurnstile } from '../../src/ports/device.ts';
import { debounceMs, usualContacts } from '../codecs/turnstile-contacts.ts';

/**
 * PERCo tripods, box tripods and speed gates in pulse control mode: jumper J1 fitted, or the switch at "Pulse". Manuals: TTR-04CW
 * 5.5 and appendix A, TTR-08A p. 12, TTD-08A p. 14, TTR-10A 5.2.7 and 5.4.1, TB-1 p. 13, ST-02.
 */
export default defineTurnstile({
  id: 'perco',
  name: 'PERCo turnstile (TTR, TTD, TB, ST), set to pulse control',
  settings: z.strictObject({
    model: z
      .enum(['tripod', 'ttr-10a', 'st-02'])
      .default('tripod')
      .describe(
        'Which one it is: `tripod` (TTR-04, TTR-07, TTR-08A, TTD, TB), `ttr-10a` (its ready contact is closed when it is *not* ready), or ' +
          '`st-02` (a speed gate, waits 8 s instead of 5 s).',
      ),
  }),

  traits: ({ model }) => ({
    pulse: {
      minMs: 100,
      maxMs: null,
      suggestedMs: 500,
      why: 'the turnstile overlooks a signal shorter than 100 ms',
    },
    // In pulse mode the signal's length changes nothing.
    waitMs: model === 'st-02' ? 8_000 : 5_000,
    whenHeld: 'ignored',
    storesPulses: false,
    sides: [
      { opens: 'Unlock A', tells: 'PASS A' },
      { opens: 'Unlock B', tells: 'PASS B' },
    ],
    // QUIRK: PASS A and PASS B are held closed while the turnstile has power; a passage opens one, a loss of power both.
    contacts: {
      ...usualContacts('opens'),
      ready: { activeWhenClosed: model !== 'ttr-10a', debounceMs },
    },
    bothAtOnce: 'the turnstile has no power: both PASS relays fell',
  }),

  examples: [
    {
      contacts: [
        [0, 'passIn', true],
        [0, 'passOut', true],
        [5_000, 'passIn', false],
        [5_800, 'passIn', true],
      ],
      signals: [{ kind: 'passage', direction: 'in' }],
      settings: { model: 'ttr-10a' },
      source: 'computed from TTR-10A, 5.4.1: PASS relays are closed at rest and open on passage',
    },
    {
      contacts: [
        [0, 'passIn', true],
        [0, 'passOut', true],
        [5_000, 'passOut', false],
        [5_004, 'passOut', true],
        [5_007, 'passOut', false],
        [5_800, 'passOut', true],
      ],
      signals: [{ kind: 'passage', direction: 'out' }],
      source: 'computed from TTR-08A, p. 12, with a contact that bounces',
    },
    {
      contacts: [
        [0, 'passIn', true],
        [0, 'passOut', true],
        [5_000, 'passOut', false],
        [5_012, 'passIn', false],
      ],
      signals: [{ kind: 'together', on: true }],
      source: 'computed from TTR-10A, 5.4.1: without power both PASS contacts are open',
    },
    {
      contacts: [
        [0, 'passIn', false],
        [0, 'passOut', false],
        [60_000, 'passIn', true],
        [60_020, 'passOut', true],
      ],
      signals: [
        { kind: 'together', on: true },
        { kind: 'together', on: false },
      ],
      source: 'computed from TTR-10A, 5.4.1: power comes back after the gateway started',
    },
    {
      contacts: [
        [0, 'ready', true],
        [9_000, 'ready', false],
      ],
      signals: [
        { kind: 'ready', on: true },
        { kind: 'ready', on: false },
      ],
      source: 'computed from TTR-04CW, 5.11: Ready opens on unauthorised passage, an arm held up and a dead sensor',
    },
    {
      contacts: [
        [0, 'ready', false],
        [9_000, 'ready', true],
      ],
      signals: [
        { kind: 'ready', on: true },
        { kind: 'ready', on: false },
      ],
      settings: { model: 'ttr-10a' },
      source: 'computed from TTR-10A, 5.4.1: the contact is "Not ready" and open at rest',
    },
    {
      contacts: [
        [0, 'fire', true],
        [9_000, 'fire', false],
      ],
      signals: [
        { kind: 'fire', on: false },
        { kind: 'fire', on: true },
      ],
      source: 'computed from TTR-04CW, 5.9.3.1: the loss of the low level at Fire Alarm unlocks',
    },
  ],
});
