import type { JSX } from 'preact';

/** Line drawings on a grid of 24, in the colour of the text around them. They never stand without words. */
const drawings = {
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  warning:
    'M12 9v5M12 17.2v.3M10.4 4.2 2.8 17.5A1.8 1.8 0 0 0 4.4 20.2h15.2a1.8 1.8 0 0 0 1.6-2.7L13.6 4.2a1.85 1.85 0 0 0-3.2 0z',
  card: 'M4.5 5.5h15A1.5 1.5 0 0 1 21 7v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5zM3 10h18M6.5 15h4',
  ticket: 'M3.5 7.5h17v3a1.5 1.5 0 0 0 0 3v3h-17v-3a1.5 1.5 0 0 0 0-3zM14 8v1.5M14 11.3v1.5M14 14.6V16',
  calendar: 'M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V7M15.5 3.5V7',
  through: 'M4 12h13M12 6.5l5.5 5.5-5.5 5.5M21 4v16',
  check: 'M4.5 12.5l5 5L19.5 7',
  cross: 'M6 6l12 12M18 6L6 18',
  controlled: 'M6 10.5h12V20H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14.5v2',
  free: 'M6 10.5h12V20H6zM8.5 10.5V7a3.5 3.5 0 0 1 6.8-1.2M12 14.5v2',
  closed: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM7.5 12h9',
  emergency:
    'M13.5 5.2a1.2 1.2 0 1 1 0-2.4 1.2 1.2 0 0 1 0 2.4zM12.5 8.5 9 12.5l4 2.5-1 5.5M12.5 8.5 8.5 9 6.5 12M12.5 8.5l2.5 3.5h3.5M10 15l-4.5 4',
  hand: 'M8 12.5V6.2a1.3 1.3 0 0 1 2.6 0V11M10.6 11V4.8a1.3 1.3 0 0 1 2.6 0V11M13.2 11V6a1.3 1.3 0 0 1 2.6 0v7M15.8 10a1.3 1.3 0 0 1 2.6 0v4.5a6 6 0 0 1-6 6c-2.5 0-4-1-5.2-3l-2.6-4.2a1.3 1.3 0 0 1 2.1-1.5L8 13.5',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 20.5 20.5',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6',
  leave: 'M14 4.5H5.5v15H14M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5',
  up: 'M12 20V5M6 10.5 12 4.5l6 6',
  down: 'M12 4v15M6 13.5l6 6 6-6',
  question: 'M9 9.2a3 3 0 1 1 4.6 2.6c-1.1.7-1.6 1.2-1.6 2.4M12 17.3v.3M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  offline:
    'M3 3l18 18M8.5 15.8a5 5 0 0 1 5.8-.9M5.5 12.5a9.5 9.5 0 0 1 4-2.3M2.5 9a14 14 0 0 1 4-2.5M10.5 5.2A14 14 0 0 1 21.5 9M14.8 10.3a9.5 9.5 0 0 1 3.7 2.2M12 19.2v.3',
  push: 'M3.5 12h10M9 7.5l4.5 4.5L9 16.5M17.5 4v16',
  walk: 'M12.8 5.2a1.3 1.3 0 1 1 0-2.6 1.3 1.3 0 0 1 0 2.6zM12 8l-.8 6 3.3 3 1 4.5M11.2 14 9 21M12 8 8.3 9.8 7.5 13M12 8l2.3 3.3 3.2 1',
  mode: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4',
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}
