import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { initialsOf } from '../initials.ts';
import { type Tone, ToneSymbol } from '../tone-symbol.tsx';

/** The doorway with whoever stands in it: the photo, else a figure with initials; shut when nobody is known. The symbol of the answer beside it. */
export function DoorwayWithPerson({ photo, name, tone }: { photo: string | null; name: string; tone: Tone }): JSX.Element {
  const [broken, setBroken] = useState<string | null>(null);
  useEffect(() => setBroken(null), [photo]);
  if (photo !== null && photo !== broken) {
    return (
      <div class="doorway">
        <img src={photo} alt="" onError={() => setBroken(photo)} />
        <ToneSymbol tone={tone} />
      </div>
    );
  }
  const initials = initialsOf(name);
  if (initials === '') return tone === 'welcome' ? <OpenDoorway /> : <ShutDoorway tone={tone} />;
  return (
    <div class="doorway">
      <svg class="figure" viewBox="0 0 200 324" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
        <path d="M18 324c0-64 34-100 82-100s82 36 82 100z" />
        <circle cx="100" cy="146" r="62" />
        <text x="100" y="146" dy="0.36em" text-anchor="middle">
          {initials}
        </text>
      </svg>
      <ToneSymbol tone={tone} />
    </div>
  );
}

/** Nobody is known and nobody may pass. */
export function ShutDoorway({ tone }: { tone: Tone }): JSX.Element {
  return (
    <div class="doorway shut">
      <svg class="leaves" viewBox="0 0 200 324" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
        <path d="M100 0v324M84 236v34M116 236v34" />
      </svg>
      <ToneSymbol tone={tone} />
    </div>
  );
}

function OpenDoorway(): JSX.Element {
  return (
    <div class="doorway open">
      <ToneSymbol tone="welcome" />
    </div>
  );
}

/** The doorway that waits for a card. */
export function WaitingDoorway(): JSX.Element {
  return (
    <div class="doorway waiting">
      <svg class="card-and-reader" viewBox="0 0 200 240" aria-hidden="true">
        <g class="waves">
          <path d="M76 74a34 34 0 0 1 48 0" />
          <path d="M58 56a59 59 0 0 1 84 0" />
          <path d="M40 38a85 85 0 0 1 120 0" />
        </g>
        <g class="card">
          <rect x="36" y="118" width="128" height="82" rx="11" />
          <path d="M36 142h128" />
          <path d="M52 178h34" />
        </g>
      </svg>
    </div>
  );
}

/** The doorway while nobody answers. */
export function SilentDoorway(): JSX.Element {
  return (
    <div class="doorway silent">
      <span class="breath" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  );
}
