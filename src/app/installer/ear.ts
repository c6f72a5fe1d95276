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

/** Hears bytes as a running reader would: keeps what is unfinished, and drops it when it stays so too long. `atMs` never goes back. */
export function listenWith({ profile, settings, changed }: Ear): (bytes: Uint8Array, atMs: number) => Reading[] {
  let pending: Uint8Array = new Uint8Array(0);
  let heardMs = 0;
  return (bytes, atMs) => {
    const before = atMs - heardMs > profile.frameTimeoutMs ? new Uint8Array(0) : pending;
    heardMs = atMs;
    const { reads, keys, rest } = profile.decode(Buffer.concat([before, bytes]), settings);
    pending = rest;
    const of = { device: profile.id, changed };
    const readings: Reading[] = reads.map((read) => ({ ...of, read, keys: null }));
    return keys ? [...readings, { ...of, read: null, keys }] : readings;
  };
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
