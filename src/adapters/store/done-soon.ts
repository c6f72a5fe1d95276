/** What nobody waits for: done in the next turn of the event loop, or sooner when somebody asks for its outcome. */
export interface DoneSoon<T> {
  add(item: T): void;
  /** Does what was added. Does nothing when there is nothing. */
  catchUp(): void;
}

/** `run` has the items in the order in which they were added. Should it throw, they are kept for the next time. */
export function doneSoon<T>(run: (items: readonly T[]) => void): DoneSoon<T> {
  let pending: T[] = [];
  let planned: NodeJS.Immediate | null = null;

  function catchUp(): void {
    if (planned !== null) clearImmediate(planned);
    planned = null;
    if (pending.length === 0) return;
    run(pending);
    pending = [];
  }

  return {
    catchUp,
    add(item) {
      pending.push(item);
      planned ??= setImmediate(() => {
        planned = null;
        try {
          catchUp();
        } catch {
          // The disk refused: whoever asks next tries again, and is told.
        }
      });
    },
  };
}
