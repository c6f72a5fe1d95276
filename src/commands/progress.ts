import type { Terminal } from './terminal.ts';

const barWidth = 30;

export interface Progress {
  /** `of` is null while nobody knows how much there is. */
  show(label: string, done: number, of: number | null): void;
  end(): void;
}

/** How far long work is: a line that changes in place at a terminal; elsewhere a line for each quarter, or for each label. */
export function showProgress(terminal: Terminal): Progress {
  const { redraw } = terminal;
  let last = '';
  const change = (text: string, write: (line: string) => void) => {
    if (text !== last) write(text);
    last = text;
  };
  return {
    show(label, done, of) {
      const percent = of === null ? null : of === 0 ? 100 : Math.floor((100 * done) / of);
      if (redraw) change(percent === null ? `${label} ${done}` : `${label} ${bar(percent)}`, redraw);
      else change(percent === null ? `${label} …` : `${label} ${Math.floor(percent / 25) * 25} %`, terminal.err);
    },
    end: () => redraw?.(''),
  };
}

function bar(percent: number): string {
  const filled = Math.round((barWidth * percent) / 100);
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${percent} %`;
}
