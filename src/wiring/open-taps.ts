import { systemClock } from '../adapters/system/system-clock.ts';
import { type Reading, readWhole } from '../app/installer/ear.ts';
import { listen } from '../app/installer/listen.ts';
import { listenToCards } from '../app/installer/listen-to-cards.ts';
import { suspectSpeed } from '../app/installer/suspect-speed.ts';
import type { Profiles } from '../ports/device.ts';
import { cardEarsOf, earsFor, lineTo, openCards } from './device-target.ts';
import type { DeviceTarget } from './parse-target.ts';

export interface TapListener {
  /** It listens there now. */
  ready(where: string): void;
  /** What every product makes of what came, under every way to set it. */
  tap(readings: Reading[]): void;
  /** Something came that nothing reads; why that may be. */
  unreadable(words: string): void;
  ended(why: string): void;
}

export interface Taps {
  stop(): Promise<void>;
  /** The settings of a product that are tried. */
  tried(device: string): string[];
}

/** So many settings are changed at once: format, byte order, digits. */
const changesAtOnce = 3;

/** Listens for cards with every product that may be there, under every way to set it. Rejects with a `Failure` when there is nothing to listen on. */
export async function openTaps(target: DeviceTarget, baudRate: number, profiles: Profiles, listener: TapListener): Promise<Taps> {
  if (target.kind === 'pcsc') return openCardTaps(profiles, listener);
  const ears = earsFor(target, profiles, changesAtOnce);
  const transport = lineTo(target, baudRate);
  const speaks = target.kind === 'hid' ? 'hid' : 'stream';
  const stop = await listen(
    transport,
    [],
    {
      arrived({ bytes }) {
        const readings = readWhole(bytes, ears);
        listener.tap(readings);
        if (suspectSpeed({ bytes, readings }))
          listener.unreadable('what came makes no sense: another speed? (`gatehouse devices listen --bauds` finds it)');
      },
      ended: listener.ended,
    },
    systemClock,
    speaks,
  );
  listener.ready(target.kind === 'serial' ? `${transport.name} at ${baudRate} baud` : transport.name);
  return { stop, tried: (device) => triedOf(ears, device) };
}

function openCardTaps(profiles: Profiles, { ready, tap, unreadable, ended }: TapListener): Taps {
  const ears = cardEarsOf(profiles, changesAtOnce);
  const { transport, random } = openCards();
  const stop = listenToCards(transport, ears, random, {
    service: ({ up, why }) => (up ? ready('PC/SC') : ended(why)),
    reader() {},
    arrived({ readings, refusals }) {
      tap(readings);
      for (const why of new Set(refusals.map((refusal) => `${refusal.device} refuses it: ${refusal.why}`))) unreadable(why);
    },
  });
  return { stop, tried: (device) => triedOf(ears, device) };
}

function triedOf(ears: readonly { profile: { id: string }; changed: Record<string, unknown> }[], device: string): string[] {
  return [...new Set(ears.filter(({ profile }) => profile.id === device).flatMap(({ changed }) => Object.keys(changed)))];
}
