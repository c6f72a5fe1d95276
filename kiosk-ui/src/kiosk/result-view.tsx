import type { JSX } from 'preact';
import type { Screen } from '../../../src/domain/kiosk/screen.ts';
import { useFittedWords } from '../fit-words.ts';
import { Icon, type IconName } from '../icon.tsx';
import { wordsOf } from '../words/words-of.ts';
import { DoorwayWithPerson } from './doorway.tsx';

type Result = Extract<Screen, { kind: 'result' }>;

/** The answer to a tap: who, whether they may pass, why not, and what the gate does now. */
export function ResultView({ screen }: { screen: Result }): JSX.Element {
  const { tone, language, name, headline, reason, nextTime, warnings, membership, visitsLeft, validUntil } = screen;
  const words = useFittedWords(JSON.stringify(screen));
  const gate = gateWords(screen);
  return (
    <main class="kiosk result" data-tone={tone} lang={language} key={`${headline} ${name} ${reason}`}>
      <DoorwayWithPerson photo={screen.photo} name={name} tone={tone} />
      <div class="words" ref={words}>
        {name !== '' && <p class="name">{name}</p>}
        <h1 class="headline">{headline}</h1>
        {reason !== '' && <p class="reason">{reason}</p>}
        <Line icon="clock" text={nextTime} kind="next" />
        {warnings.map((warning) => (
          <Line key={warning} icon="warning" text={warning} kind="warning" />
        ))}
        <ul class="facts">
          <Fact icon="card" text={membership} />
          <Fact icon="ticket" text={visitsLeft} />
          <Fact icon="calendar" text={validUntil} />
        </ul>
      </div>
      <div class="floor" data-passage={screen.passage ?? 'none'}>
        {gate !== '' && (
          <p class="gate">
            <Icon name={passageIcons[screen.passage ?? 'waiting']} />
            <span>{gate}</span>
          </p>
        )}
      </div>
    </main>
  );
}

/** The screen as one sentence after another, for those who listen to it. */
export function spokenResult(screen: Result): string {
  const { headline, reason, nextTime, warnings, visitsLeft } = screen;
  return [headline, reason, nextTime, ...warnings, visitsLeft, gateWords(screen)].filter((text) => text !== '').join('. ');
}

const passageIcons: Record<NonNullable<Result['passage']>, IconName> = {
  waiting: 'through',
  passed: 'check',
  not_passed: 'cross',
};

/** The gateway's own words, else what became of the passage. */
function gateWords({ gate, passage, language }: Result): string {
  return gate !== '' || passage === null ? gate : wordsOf[language].kiosk.passage[passage];
}

function Line({ icon, text, kind }: { icon: IconName; text: string; kind: string }): JSX.Element | null {
  if (text === '') return null;
  return (
    <p class={`line ${kind}`}>
      <Icon name={icon} />
      <span>{text}</span>
    </p>
  );
}

function Fact({ icon, text }: { icon: IconName; text: string }): JSX.Element | null {
  if (text === '') return null;
  return (
    <li>
      <Icon name={icon} />
      <span>{text}</span>
    </li>
  );
}
