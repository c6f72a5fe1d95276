import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeedItem } from '../../../src/adapters/web/http-api.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import type { Place } from '../clock-text.ts';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { isMarkedOutside, saysInside } from './desk-state.ts';
import type { TapActions } from './tap-buttons.tsx';
import { itemWord, TapItem } from './tap-item.tsx';

/** The live list, newest on top. `known`: the gateway has answered, so an empty list means that nobody came. */
export function TapList({
  items,
  known,
  arrived,
  answered,
  now,
  place,
  actions,
}: {
  items: FeedItem[];
  known: boolean;
  arrived: FeedItem | null;
  answered: ReadonlySet<number>;
  now: Instant;
  place: Place;
  actions: TapActions;
}): JSX.Element {
  const { words, counted } = useWords();
  const { taps } = words.desk;
  const top = useRef<HTMLElement>(null);
  const unseen = useUnseen(items, top);

  return (
    <section class="taps" id="taps" ref={top}>
      <h2>{taps.title}</h2>
      {unseen > 0 && (
        <button class="button primary new-taps" type="button" onClick={() => top.current?.scrollIntoView()}>
          <Icon name="up" />
          {counted(taps.newTaps, unseen)}
        </button>
      )}
      {known && items.length === 0 && <p class="empty">{taps.none}</p>}
      <ol>
        {items.map((item) => (
          <TapItem
            key={item.entry}
            item={item}
            isNew={item.entry === arrived?.entry}
            answered={answered.has(item.entry)}
            markedOutside={saysInside(item) && isMarkedOutside(items, item)}
            now={now}
            place={place}
            actions={actions}
          />
        ))}
      </ol>
      <p class="unseen" aria-live="polite">
        {arrived !== null &&
          [itemWord(arrived, words.desk), arrived.who, arrived.reason].filter((text) => text !== '').join('. ')}
      </p>
    </section>
  );
}

/** How many items came while the top of the list was out of sight. */
function useUnseen(items: FeedItem[], top: { current: HTMLElement | null }): number {
  const [seen, setSeen] = useState(true);
  const [newestSeen, setNewestSeen] = useState(0);
  const newest = items[0]?.entry ?? 0;

  useEffect(() => {
    const look = (): void => setSeen((top.current?.getBoundingClientRect().top ?? 0) > -160);
    look();
    document.addEventListener('scroll', look, { passive: true });
    return () => document.removeEventListener('scroll', look);
  }, []);

  useEffect(() => {
    if (seen || newestSeen === 0) setNewestSeen(newest);
  }, [seen, newest]);

  return seen ? 0 : items.filter(({ entry }) => entry > newestSeen).length;
}
