import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedItem } from '../../../src/adapters/web/http-api.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { movableVisit, saysInside } from './desk-state.ts';

/** What staff may do with an item of the live list. */
export interface TapActions {
  letIn(item: FeedItem): void;
  /** The person of the tap is outside. */
  takeOut(item: FeedItem): Promise<void>;
  /** Another membership shall pay for this visit. */
  move(item: FeedItem, visit: number): void;
  why(item: FeedItem): void;
}

/** The buttons of an item: only those that make sense for it now. */
export function TapButtons({
  item,
  answered,
  markedOutside,
  now,
  actions,
}: {
  item: FeedItem;
  answered: boolean;
  markedOutside: boolean;
  now: Instant;
  actions: TapActions;
}): JSX.Element {
  const { taps, letIn } = useWords().words.desk;
  const { who, kind, outcome } = item;
  const refused = kind === 'decision' && outcome !== 'granted';
  const visit = movableVisit(item, now);
  const [busy, setBusy] = useState(false);

  const takeOut = async (): Promise<void> => {
    setBusy(true);
    await actions.takeOut(item);
    setBusy(false);
  };

  return (
    <div class="tap-buttons">
      {answered && <Done text={taps.answered} />}
      {markedOutside && <Done text={taps.markedOutside} />}
      {visit !== null && (
        <button
          class="button quiet"
          type="button"
          aria-label={`${taps.chargeAnother}: ${who}`}
          onClick={() => actions.move(item, visit)}
        >
          <Icon name="card" />
          {taps.chargeAnother}
        </button>
      )}
      {saysInside(item) && !markedOutside && (
        <button
          class="button outlined"
          type="button"
          aria-label={`${taps.outside}: ${who}`}
          disabled={busy}
          onClick={() => void takeOut()}
        >
          <Icon name="leave" />
          {taps.outside}
        </button>
      )}
      {kind === 'decision' && (
        <button class="button quiet" type="button" aria-label={`${taps.why} ${who}`} onClick={() => actions.why(item)}>
          <Icon name="question" />
          {taps.why}
        </button>
      )}
      {refused && !answered && (
        <button
          class={`button large ${outcome === 'ask_staff' ? 'primary' : 'outlined'}`}
          type="button"
          aria-label={`${letIn.button}: ${who}`}
          onClick={() => actions.letIn(item)}
        >
          {letIn.button}
        </button>
      )}
    </div>
  );
}

function Done({ text }: { text: string }): JSX.Element {
  return (
    <p class="tap-answered">
      <Icon name="check" />
      {text}
    </p>
  );
}
