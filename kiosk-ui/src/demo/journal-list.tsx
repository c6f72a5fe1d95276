import type { JSX } from 'preact';
import type { DemoJournalLine } from '../../../src/adapters/web/http-api.ts';
import { clockTextWithSeconds, type Place } from '../clock-text.ts';
import { useWords } from '../page-words.tsx';

const shownHashDigits = 10;

/** What stands in the journal, newest on top, each line chained to the one below it. */
export function JournalList({ lines, place }: { lines: DemoJournalLine[]; place: Place }): JSX.Element {
  const { words } = useWords();
  const { demo } = words;
  return (
    <section class="log journal" tabIndex={0} aria-label={demo.journal}>
      <h2>{demo.journal}</h2>
      <p class="log-means">{demo.journalMeans}</p>
      {lines.length === 0 && <p class="empty">{demo.journalEmpty}</p>}
      <ol>
        {lines.map(({ number, at, gate, text, hash }) => (
          <li key={number}>
            <p class="log-head">
              <strong>{number}</strong>
              <time>{clockTextWithSeconds(at, place)}</time>
              <span>{gate}</span>
            </p>
            <p class="log-text">{text}</p>
            <p class="hash" title={hash}>
              {hash.slice(0, shownHashDigits)}…
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
