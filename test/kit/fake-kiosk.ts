import type { ScreenEvent } from '../../src/domain/kiosk/screen.ts';
import type { Kiosk } from '../../src/ports/kiosk.ts';
import { createWatchers, type Watchers } from './watchers.ts';

export interface FakeKiosk extends Kiosk {
  watchers: Watchers<ScreenEvent>;
  show(event: ScreenEvent): void;
  photos: Map<string, string>;
}

export function idleScreen(gate: string): ScreenEvent {
  return { gate, at: 0, screen: { kind: 'idle', lines: [{ language: 'en', text: 'Hold your card here' }], gateClosed: false } };
}

/** Screens of the gates `main-out` and `main-in`, in that order. */
export function fakeKiosk(gates: ReturnType<Kiosk['gates']> = defaultGates): FakeKiosk {
  const watchers = createWatchers<ScreenEvent>();
  const current = new Map(gates.map(({ id }) => [id, idleScreen(id)]));
  const photos = new Map<string, string>();
  return {
    watchers,
    photos,
    show(event) {
      current.set(event.gate, event);
      watchers.tell(event);
    },
    gates: () => gates,
    timeZone: () => 'Europe/Warsaw',
    current: (gate) => current.get(gate) ?? null,
    watch: (gate, show) => watchers.add((event) => event.gate === gate && show(event)),
    photoFile: (key) => photos.get(key) ?? null,
    momentWords: () => [{ language: 'en', text: 'One moment' }],
  };
}

const defaultGates: ReturnType<Kiosk['gates']> = [
  { id: 'main-out', direction: 'out' },
  { id: 'main-in', direction: 'in' },
];
