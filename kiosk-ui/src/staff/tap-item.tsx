import type { JSX } from 'preact';
import type { FeedItem } from '../../../src/adapters/web/http-api.ts';
import type { WarningCode } from '../../../src/domain/access/code.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { momentText, momentTextWithSeconds, type Place } from '../clock-text.ts';
import { Icon, type IconName } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { type Tone, ToneSymbol } from '../tone-symbol.tsx';
import type { Words } from '../words/words.ts';
import { outcomeTones } from './outcome-tones.ts';
import { type TapActions, TapButtons } from './tap-buttons.tsx';

/** One line of the live list: who, what was answered and why, what became of it, and what staff can do. */
export function TapItem({
  item,
  isNew,
  answered,
  markedOutside,
  now,
  place,
  actions,
}: {
  item: FeedItem;
  isNew: boolean;
  answered: boolean;
  markedOutside: boolean;
  now: Instant;
  place: Place;
  actions: TapActions;
}): JSX.Element {
  const { words, counted } = useWords();
  const { taps } = words.desk;
  const { who, reason, membership, left, visit, movedTo, nextAllowedAt, staff, warnings } = item;

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
          {warnings.map(({ code, text }) => (
            <Detail key={code} icon="warning" text={text} kind={owes.has(code) ? 'owed' : 'warned'} />
          ))}
          {movedTo !== '' && <Detail icon="card" text={taps.movedTo(movedTo)} />}
          {movedTo === '' && visit !== 'none' && <Detail icon={visitIcons[visit]} text={taps.visit[visit]} />}
          {membership !== '' && <Detail icon="card" text={membership} kind={movedTo === '' ? '' : 'moved'} />}
          {left !== null && movedTo === '' && <Detail icon="ticket" text={counted(taps.left, left)} />}
          {nextAllowedAt !== null && <Detail icon="clock" text={taps.again(momentText(nextAllowedAt, now, place))} />}
          {staff !== '' && staff !== who && <Detail icon="person" text={taps.by(staff)} />}
        </ul>
      </div>
      <p class="tap-where">
        <time>{momentTextWithSeconds(item.at, now, place)}</time>
        <span class="tap-gate">{item.gate}</span>
        <span class="tap-number">#{item.entry}</span>
      </p>
      <TapButtons item={item} answered={answered} markedOutside={markedOutside} now={now} actions={actions} />
    </li>
  );
}

/** Money is owed: red, with the sign and the words of every warning. */
const owes: ReadonlySet<WarningCode> = new Set(['WARN_DEBT', 'WARN_PAYMENT_FAILED']);

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

/** What happened, in a few words. */
export function itemWord({ kind, outcome, zone, memberId }: FeedItem, { taps }: Words['desk']): string {
  if (kind === 'decision') return outcome === null ? '' : taps.outcome[outcome];
  if (kind !== 'presence') return taps[kind];
  return memberId === null ? taps.everybodyLeft(zone) : taps.presence(zone);
}

/** `note`: nobody was answered. */
function toneOf({ kind, outcome }: FeedItem): Tone | 'note' {
  if (kind === 'passage') return 'ask';
  return kind === 'decision' && outcome !== null ? outcomeTones[outcome] : 'note';
}

const kindIcons: Record<Exclude<FeedItem['kind'], 'decision'>, IconName> = {
  override: 'hand',
  mode: 'mode',
  passage: 'warning',
  move: 'card',
  presence: 'leave',
};

function ItemSymbol({ kind, outcome }: FeedItem): JSX.Element | null {
  if (kind === 'decision') return outcome === null ? null : <ToneSymbol tone={outcomeTones[outcome]} />;
  return (
    <span class="kind-symbol">
      <Icon name={kindIcons[kind]} />
    </span>
  );
}
