import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DeskStatus, Recorded, TakeOutRequest } from '../../../src/adapters/web/http-api.ts';
import { FormProblem } from '../form-problem.tsx';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { postJson } from '../request.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

type Zone = DeskStatus['zones'][number];

/** How many people are in each zone by what the gates saw, and the way to start counting anew. */
export function ZoneList({ zones, done }: { zones: Zone[]; done: (text: string) => void }): JSX.Element {
  return (
    <ul class="zones">
      {zones.map((zone) => (
        <li key={zone.id}>
          <ZoneCard zone={zone} done={done} />
        </li>
      ))}
    </ul>
  );
}

function ZoneCard({ zone: { id, inside, limit }, done }: { zone: Zone; done: (text: string) => void }): JSX.Element {
  const { words, counted } = useWords();
  const { zones } = words.desk;
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState('');
  const full = limit !== null && inside >= limit;

  const everybodyLeft = async (): Promise<void> => {
    setAsked(false);
    const request: TakeOutRequest = { zone: id, memberId: null };
    const answer = await postJson<Recorded>('/staff/api/take-out', request);
    setProblem(answer.done ? '' : (answer.refusal?.problem ?? words.noAnswer));
    if (answer.done) done(zones.done(id, answer.body.entry));
  };

  return (
    <>
      <p class="zone-inside">
        <span class="zone-id">{id}</span>
        <strong>{counted(zones.inside, inside)}</strong>
        {limit !== null && <span>{zones.limit(String(limit))}</span>}
        {full && (
          <span class="warned">
            <Icon name="warning" />
            {zones.full}
          </span>
        )}
      </p>
      <button class="button outlined" type="button" disabled={inside === 0} onClick={() => setAsked(true)}>
        <Icon name="leave" />
        {zones.everybodyLeft}
      </button>
      <FormProblem problem={problem} />
      {asked && (
        <ConfirmDialog
          title={zones.confirm(id)}
          yes={zones.yes}
          confirm={() => void everybodyLeft()}
          close={() => setAsked(false)}
        >
          <p>{zones.means}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
