import type { JSX } from 'preact';
import type { Instant } from '../../src/domain/schedule/instant.ts';
import { clockText, type Place } from './clock-text.ts';
import { Icon } from './icon.tsx';
import { useWords } from './page-words.tsx';

/** Says that what the page shows is old, and from when. `heardAt`: the last beat; null before the first. */
export function ConnectionBanner({
  live,
  heardAt,
  place,
}: {
  live: boolean;
  heardAt: Instant | null;
  place: Place;
}): JSX.Element {
  const { words } = useWords();
  return (
    <div class="connection" role="alert">
      {!live && heardAt !== null && (
        <p>
          <Icon name="offline" />
          <strong>{words.notConnectedFrom(clockText(heardAt, place))}</strong>
        </p>
      )}
      {!live && heardAt === null && <p class="not-yet">{words.connecting}</p>}
    </div>
  );
}
