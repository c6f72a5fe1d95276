import type { JSX } from 'preact';
import type { DeskStatus } from '../../../src/adapters/web/http-api.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { agoText, momentText, type Place } from '../clock-text.ts';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';

/** How old the club's data is, how much of it can be used, and how far the journal got. */
export function ClubDataView({
  status: { data, journal, startedAt },
  now,
  place,
}: {
  status: DeskStatus;
  now: Instant;
  place: Place;
}): JSX.Element {
  const { language, words, counted } = useWords();
  const { data: dataWords } = words.desk;
  const when = (at: Instant): string => `${momentText(at, now, place)} (${agoText(at, now, language)})`;
  const known = data.takenAt !== null || data.receivedAt !== null;
  return (
    <div class="club-data">
      {!known && <Warned text={dataWords.never} />}
      {isOld(data, now) && <Warned text={data.contactAt === null ? dataWords.noContact : dataWords.old} />}
      {data.unusable > 0 && <Warned text={counted(dataWords.unusable, data.unusable)} />}
      {known && <p>{counted(dataWords.members, data.members)}</p>}
      <dl>
        {data.contactAt !== null && <Row name={dataWords.contactAt} value={when(data.contactAt)} />}
        {data.takenAt !== null && <Row name={dataWords.takenAt} value={when(data.takenAt)} />}
        {data.receivedAt !== null && <Row name={dataWords.receivedAt} value={when(data.receivedAt)} />}
        <Row name={dataWords.journal} value={String(journal.newest)} />
        <Row name={dataWords.runningSince} value={momentText(startedAt, now, place)} />
      </dl>
    </div>
  );
}

/** The box decides on the data all the same, and how is in its settings (rule 29). */
function isOld({ contactAt, warnAfterMs }: DeskStatus['data'], now: Instant): boolean {
  return contactAt === null || now - contactAt > warnAfterMs;
}

function Warned({ text }: { text: string }): JSX.Element {
  return (
    <p class="warned">
      <Icon name="warning" />
      {text}
    </p>
  );
}

function Row({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
