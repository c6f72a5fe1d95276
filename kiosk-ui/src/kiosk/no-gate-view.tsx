import type { JSX } from 'preact';
import { preferredLanguage } from '../page-words.tsx';
import { wordsOf } from '../words/words-of.ts';
import { SilentDoorway } from './doorway.tsx';

/** The address names a gate that does not exist: for whoever sets the screen up. */
export function NoGateView({ gate, gates }: { gate: string; gates: string[] }): JSX.Element {
  const language = preferredLanguage();
  return (
    <main class="kiosk no-gate" lang={language}>
      <SilentDoorway />
      <div class="words">
        <h1 class="question">{wordsOf[language].kiosk.noGate(gate)}</h1>
        <ul class="gates">
          {gates.map((id) => (
            <li key={id}>
              <a href={`?gate=${encodeURIComponent(id)}`}>{id}</a>
            </li>
          ))}
        </ul>
      </div>
      <div class="floor" />
    </main>
  );
}
