import type { JSX } from 'preact';
import type { FeedItem } from '../../../src/adapters/web/http-api.ts';
import type { Outcome } from '../../../src/domain/access/decision.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { momentText, momentTextWithSeconds, type Place } from '../clock-text.ts';
import { Icon, type IconName } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { type Tone, ToneSymbol } from '../tone-symbol.tsx';
import type { Words } from '../words/words.ts';

/** One line of the live list: who, what was answered and why, what became of it, and what staff can do. */
export function TapItem({
  item,
  isNew,
  answered,
  now,
  place,
  letIn,
}: {
  item: FeedItem;
  isNew: boolean;
  answered: boolean;
  now: Instant;
  place: Place;
  letIn: () => void;
}): JSX.Element {
  const { words, counted } = useWords();
  const { taps, letIn: letInWords } = words.desk;
  const { who, reason, membership, left, visit, nextAllowedAt, staff, warnings } = item;
  const refused = item.kind === 'decision' && item.outcome !== 'granted';

  return (
    <li class="tap" data-tone={toneOf(item)} data-new={isNew}>
      <ItemSymbol {...item} />
      <div class="tap-words">
        <p class="tap-who">{who === '' ? itemWord(item, words.desk) : who}</p>
        <p class="tap-reason">
          {who !== '' && <strong>{itemWord(item, words.desk)}</strong>}
          {reason !== '' && <span>{reason}</span>}
        </p>
        <ul class="tap-details">
          {warnings.map((warning) => (
            <Detail key={warning} icon="warning" text={taps.warnings[warning]} kind="warned" />
          ))}
          {visit !== 'none' && <Detail icon={visitIcons[visit]} text={taps.visit[visit]} />}
          {membership !== '' && <Detail icon="card" text={membership} />}
          {left !== null && <Detail icon="ticket" text={counted(taps.left, left)} />}
          {nextAllowedAt !== null && <Detail icon="clock" text={taps.again(momentText(nextAllowedAt, now, place))} />}
          {staff !== '' && staff !== who && <Detail icon="person" text={taps.by(staff)} />}
        </ul>
      </div>
      <p class="tap-where">
        <time>{momentTextWithSeconds(item.at, now, place)}</time>
        <span class="tap-gate">{item.gate}</span>
        <span class="tap-number">#{item.entry}</span>
      </p>
      {refused &&
        (answered ? (
          <p class="tap-answered">
            <Icon name="check" />
            {taps.answered}
          </p>
        ) : (
          <button
            class={`button large ${item.outcome === 'ask_staff' ? 'primary' : 'outlined'}`}
            type="button"
            aria-label={`${letInWords.button}: ${who}`}
            onClick={letIn}
          >
            {letInWords.button}
          </button>
        ))}
    </li>
  );
}

const visitIcons: Record<Exclude<FeedItem['visit'], 'none'>, IconName> = {
  reserved: 'walk',
  committed: 'check',
  released: 'cross',
};

function Detail({ icon, text, kind = '' }: { icon: IconName; text: string; kind?: string }): JSX.Element {
  return (
    <li class={kind}>
      <Icon name={icon} />
      <span>{text}</span>
    </li>
  );
}

/** What happened, in a word or two. */
export function itemWord({ kind, outcome }: FeedItem, { taps }: Words['desk']): string {
  if (kind !== 'decision') return taps[kind];
  return outcome === null ? '' : taps.outcome[outcome];
}

const outcomeTones: Record<Outcome, Tone> = { granted: 'welcome', denied: 'stop', ask_staff: 'ask' };

/** `note`: nobody was answered. */
function toneOf({ kind, outcome }: FeedItem): Tone | 'note' {
  if (kind === 'passage') return 'ask';
  return kind === 'decision' && outcome !== null ? outcomeTones[outcome] : 'note';
}

const kindIcons: Record<Exclude<FeedItem['kind'], 'decision'>, IconName> = { override: 'hand', mode: 'mode', passage: 'warning' };

function ItemSymbol({ kind, outcome }: FeedItem): JSX.Element | null {
  if (kind === 'decision') return outcome === null ? null : <ToneSymbol tone={outcomeTones[outcome]} />;
  return (
    <span class="kind-symbol">
      <Icon name={kindIcons[kind]} />
    </span>
  );
}
