import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const smallest = 0.2;
const steps = 7;

/**
 * Shrinks a block of words until all of it shows: sets `--fit` between 1 and 0.2 on the element, which its font sizes
 * multiply by. `words` is whatever changes when the words do. Words that do not fit even then may be scrolled to.
 */
export function useFittedWords(words: string): RefObject<HTMLDivElement | null> {
  const block = useRef<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    const element = block.current;
    if (element === null) return;
    const fit = (): void => fitWords(element);
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    fit();
    return () => observer.disconnect();
  }, [words]);
  return block;
}

function fitWords(element: HTMLElement): void {
  const fitsAt = (scale: number): boolean => {
    element.style.setProperty('--fit', String(scale));
    return element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth + 1;
  };
  if (fitsAt(1)) return;
  let fits = smallest;
  let overflows = 1;
  for (let step = 0; step < steps; step++) {
    const middle = (fits + overflows) / 2;
    if (fitsAt(middle)) fits = middle;
    else overflows = middle;
  }
  fitsAt(fits);
}
