import type { TurnstileSettings } from '../app/watch-turnstile.ts';
import type { Config } from '../config/config.ts';
import { stuckMs, togetherMs } from '../domain/gate/contacts.ts';

/** The turnstiles whose contacts are wired, by gate. */
export function wiredTurnstiles({ gates }: Pick<Config, 'gates'>): Map<string, TurnstileSettings> {
  const wired = gates.filter(({ contacts }) => contacts.length > 0);
  return new Map(
    wired.map(({ settings, turnstile, contacts }) => [
      settings.id,
      {
        product: turnstile?.name ?? 'turnstile',
        bothAtOnce: turnstile?.traits.bothAtOnce ?? 'the turnstile has no power, or is open in an emergency',
        contacts,
        togetherMs,
        stuckMs,
      },
    ]),
  );
}
