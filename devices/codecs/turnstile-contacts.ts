import { z } from 'zod';
import type { TurnstileTraits } from '../../src/ports/device.ts';

type Contacts = TurnstileTraits['contacts'];

/** What a person's passage does to a contact: most relays close, those that are held in while there is power open. */
type PassageContact = 'closes' | 'opens';

/** Longer than contacts bounce, and than boards whose inputs are asked take to the next question: one spark is never enough. */
export const debounceMs = 50;

/**
 * The contacts of a turnstile whose passage contacts do that. The rest as most are: ready is closed while it is ready and has
 * power, alarm closes, and a wire to the fire panel that is broken means fire.
 */
export function usualContacts(passage: PassageContact): Contacts {
  const seen = { activeWhenClosed: passage === 'closes', debounceMs };
  return {
    pass: seen,
    passIn: seen,
    passOut: seen,
    ready: { activeWhenClosed: true, debounceMs },
    alarm: { activeWhenClosed: true, debounceMs },
    fire: { activeWhenClosed: false, debounceMs },
  };
}

/** The setting of a make whose waiting time is set in the turnstile itself. */
export const waitSeconds = z
  .number()
  .min(1)
  .max(60)
  .default(5)
  .describe('How long the turnstile is set to stay open for somebody who does not come, in seconds. Set the same here.');
