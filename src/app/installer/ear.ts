import type { Read } from '../../domain/member/credential.ts';
import type { DeviceSettings, HidReader, StreamReader } from '../../ports/device.ts';

/** A product under one way of setting it, listening along. */
export interface Ear {
  profile: StreamReader | HidReader;
  settings: DeviceSettings;
  /** What differs from the defaults. */
  changed: Record<string, unknown>;
}

/** What one ear made of what came. */
export interface Reading {
  device: string;
  changed: Record<string, unknown>;
  read: Read | null;
  /** Keys of a keypad; null for a read. */
  keys: string | null;
}

export interface Listening {
  hear(bytes: Uint8Array, atMs: number): Reading[];
  /** Nothing has come until now: what is read in that, and what was unfinished is dropped when it stayed so too long. */
  silence(atMs: number): Reading[];
}

/** Hears bytes as a running reader would: keeps what is unfinished, and drops it when it stays so too long. `atMs` never goes back. */
export function listenWith({ profile, settings, changed }: Ear): Listening {
  const nothing = new Uint8Array(0);
  let pending: Uint8Array = nothing;
  let heardMs = 0;
  const readingOf = (read: Read): Reading => ({ device: profile.id, changed, read, keys: null });

  function silence(atMs: number): Reading[] {
    if (pending.length === 0 || atMs - heardMs < profile.frameTimeoutMs) return [];
    const reads = profile.speaks === 'hid' ? (profile.atSilence?.(pending, settings) ?? []) : [];
    pending = nothing;
    return reads.map(readingOf);
  }

  return {
    hear(bytes, atMs) {
      const before = silence(atMs);
      heardMs = atMs;
      const { reads, keys, rest } = profile.decode(Buffer.concat([pending, bytes]), settings);
      pending = rest;
      const pressed: Reading[] = keys ? [{ device: profile.id, changed, read: null, keys }] : [];
      return [...before, ...reads.map(readingOf), ...pressed];
    },
    silence,
  };
}

/** What every ear makes of something whole, with silence before and after it. */
export function readWhole(bytes: Uint8Array, ears: readonly Ear[]): Reading[] {
  return ears.flatMap((ear) => {
    const { hear, silence } = listenWith(ear);
    return [...hear(bytes, 0), ...silence(ear.profile.frameTimeoutMs)];
  });
}

/**
 * Readings worth telling: of each product what it reads by itself, and what another setting makes of the same only where that
 * is another value. In the order given, which begins with the defaults.
 */
export function tellingReadings(readings: readonly Reading[]): Reading[] {
  const told = new Set<string>();
  return readings.filter(({ device, read, keys }) => {
    const key = `${device} ${read?.value.toUpperCase() ?? ''} ${keys ?? ''}`;
    if (told.has(key)) return false;
    told.add(key);
    return true;
  });
}
