import type { Instant } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceStatus } from '../ports/front-desk.ts';
import type { Log } from '../ports/log.ts';

/** What is known of every device, and who wants to hear when it changes. */
export interface Health {
  /** Adds a device to the list, `unknown` until it is heard of. */
  register(device: { id: string; product: string; where: string }): DeviceHealth;
  all(): DeviceStatus[];
  get(id: string): DeviceStatus | null;
  /** Called on every change of a state, not on every byte. Returns the way to stop. */
  listen(changed: () => void): () => void;
}

export interface DeviceHealth {
  up(why: string): void;
  down(why: string): void;
  unknown(why: string): void;
  /** Something came from it. */
  heard(): void;
}

export function createHealth({ clock, log }: { clock: Clock; log: Log }): Health {
  const devices = new Map<string, DeviceStatus>();
  const listeners = new Set<() => void>();

  function set(id: string, state: DeviceStatus['state'], why: string): void {
    const before = devices.get(id);
    if (before === undefined || (before.state === state && before.why === why)) return;
    const since: Instant = before.state === state ? before.since : clock.now();
    devices.set(id, { ...before, state, why, since });
    if (before.state !== state) log[state === 'up' ? 'info' : 'warn'](`${id} is ${state}`, { where: before.where, why });
    for (const changed of listeners) changed();
  }

  return {
    register({ id, product, where }) {
      devices.set(id, { id, product, where, state: 'unknown', why: 'not heard of yet', since: clock.now(), lastHeardAt: null });
      return {
        up: (why) => set(id, 'up', why),
        down: (why) => set(id, 'down', why),
        unknown: (why) => set(id, 'unknown', why),
        heard() {
          const status = devices.get(id);
          if (status) devices.set(id, { ...status, lastHeardAt: clock.now() });
        },
      };
    },
    all: () => [...devices.values()],
    get: (id) => devices.get(id) ?? null,
    listen(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
