import type { JSX } from 'preact';
import type { KioskHello } from '../../../src/adapters/web/http-api.ts';
import { useFittedWords } from '../fit-words.ts';
import { SilentDoorway } from './doorway.tsx';

/** "One moment": the gateway does not answer, so nothing else may be said. */
export function MomentView({ moment }: { moment: KioskHello['moment'] }): JSX.Element {
  const words = useFittedWords(JSON.stringify(moment));
  return (
    <main class="kiosk moment">
      <SilentDoorway />
      <div class="words" ref={words}>
        <ul class="lines">
          {moment.map(({ language, text }) => (
            <li key={language} lang={language}>
              {text}
            </li>
          ))}
        </ul>
      </div>
      <div class="floor" />
    </main>
  );
}
