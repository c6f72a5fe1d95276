import type { JSX } from 'preact';
import type { DemoPerson } from '../../../src/adapters/web/http-api.ts';
import { initialsOf } from '../initials.ts';

/** Who holds a card to the reader. */
export interface Tapped {
  person: DemoPerson;
  /** Tells one tap from the next. */
  times: number;
  /** How often the arm had turned by then. */
  turnsBefore: number;
}

/**
 * The gate seen from above, as an architect draws it: outside on the left, inside on the right. `turns` counts passages, so
 * that the three arms go on turning instead of turning back.
 */
export function GatePlan({
  isDoor,
  plugged,
  turns,
  tapped,
}: {
  isDoor: boolean;
  plugged: boolean;
  turns: number;
  tapped: Tapped | null;
}): JSX.Element {
  return (
    <svg class="gate-plan" viewBox="0 20 640 224" aria-hidden="true">
      <defs>
        <clipPath id="above-cabinet">
          <path d="M0 0h640v192H0z" />
        </clipPath>
        <pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v9" />
        </pattern>
      </defs>
      <path class="way" d="M250 121l16 16-16 16M300 121l16 16-16 16M350 121l16 16-16 16" />
      {isDoor ? <Door /> : <Turnstile turns={turns} />}
      <g transform={isDoor ? 'translate(68 0)' : undefined}>
        <path class="cable" d={plugged ? 'M214 212v40' : 'M214 212v8M214 240v12M207 240h14M207 226l7-6 7 6'} />
        <g class="reader" key={tapped?.times} data-read={tapped !== null} data-plugged={plugged}>
          <rect x="196" y="186" width="36" height="26" rx="6" />
          <circle cx="214" cy="199" r="4" />
          <path class="waves" d="M202 178a17 17 0 0 1 24 0M195 169a27 27 0 0 1 38 0" />
        </g>
      </g>
      {tapped !== null && <Walker key={tapped.times} name={tapped.person.name} walks={turns > tapped.turnsBefore} />}
    </svg>
  );
}

/** Three arms around a post: one of them always bars the way. */
function Turnstile({ turns }: { turns: number }): JSX.Element {
  return (
    <g class="turnstile">
      <g class="wall">
        <rect x="306" y="-4" width="28" height="70" />
        <rect x="306" y="236" width="28" height="20" />
      </g>
      <g clip-path="url(#above-cabinet)">
        <g class="arms" style={{ transform: `rotate(${turns * 120}deg)` }}>
          <path d="M320 192V88M320 192l90 52M320 192l-90 52" />
        </g>
      </g>
      <rect class="cabinet" x="228" y="180" width="184" height="58" rx="14" />
      <rect class="cabinet" x="228" y="46" width="184" height="34" rx="12" />
      <circle class="post" cx="320" cy="192" r="11" />
    </g>
  );
}

function Door(): JSX.Element {
  return (
    <g class="door">
      <g class="wall">
        <rect x="306" y="-4" width="28" height="74" />
        <rect x="306" y="192" width="28" height="64" />
      </g>
      <path class="swing" d="M320 192a122 122 0 0 0 122-108" />
      <rect class="leaf" x="314" y="70" width="12" height="122" rx="4" />
      <circle class="post" cx="320" cy="72" r="9" />
    </g>
  );
}

/** Head and shoulders from above, facing inside. */
function Walker({ name, walks }: { name: string; walks: boolean }): JSX.Element {
  return (
    <g class="walker" data-walks={walks}>
      <ellipse cx="0" cy="0" rx="21" ry="40" />
      <circle cx="2" cy="0" r="23" />
      <text x="2" y="0" dy="0.36em" text-anchor="middle">
        {initialsOf(name)}
      </text>
    </g>
  );
}
