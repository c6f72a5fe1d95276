/** What a fake port keeps of those who watch it, so that a test can wait until they are gone. */
export interface Watchers<Event> {
  add(changed: (event: Event) => void): () => void;
  tell(event: Event): void;
  count(): number;
  /** Resolves when exactly so many are watching. */
  until(count: number): Promise<void>;
}

export function createWatchers<Event>(): Watchers<Event> {
  const watching = new Set<(event: Event) => void>();
  let waiting: { count: number; resolve: () => void }[] = [];

  const settle = (): void => {
    const due = waiting.filter(({ count }) => count === watching.size);
    waiting = waiting.filter(({ count }) => count !== watching.size);
    for (const { resolve } of due) resolve();
  };

  return {
    add(changed) {
      const own = (event: Event): void => changed(event);
      watching.add(own);
      settle();
      return () => {
        watching.delete(own);
        settle();
      };
    },
    tell(event) {
      for (const changed of watching) changed(event);
    },
    count: () => watching.size,
    until: (count) => {
      if (watching.size === count) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ count, resolve }));
    },
  };
}
