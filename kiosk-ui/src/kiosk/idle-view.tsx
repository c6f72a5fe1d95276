import type { JSX } from 'preact';
import type { Screen } from '../../../src/domain/kiosk/screen.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { clockText, dateText } from '../clock-text.ts';
import { useFittedWords } from '../fit-words.ts';
import { ShutDoorway, WaitingDoorway } from './doorway.tsx';

/** Nobody is there: how to begin, in every language of the club, and what time it is. */
export function IdleView({
  screen,
  now,
  timeZone,
}: {
  screen: Extract<Screen, { kind: 'idle' }>;
  now: Instant;
  timeZone: string | undefined;
}): JSX.Element {
  const words = useFittedWords(JSON.stringify(screen.lines));
  const language = screen.lines[0]?.language ?? 'en';
  const place = { language, timeZone };
  return (
    <main class="kiosk idle" data-tone={screen.gateClosed ? 'stop' : 'idle'}>
      {screen.gateClosed ? <ShutDoorway tone="stop" /> : <WaitingDoorway />}
      <div class="words" ref={words}>
        <ul class="lines">
          {screen.lines.map(({ language, text }) => (
            <li key={language} lang={language}>
              {text}
            </li>
          ))}
        </ul>
      </div>
      <div class="floor" lang={language}>
        <time class="clock">{clockText(now, place)}</time>
        <span class="date">{dateText(now, place)}</span>
      </div>
    </main>
  );
}
