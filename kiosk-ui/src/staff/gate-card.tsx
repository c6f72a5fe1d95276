import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DeskStatus, ModeRequest, Recorded } from '../../../src/adapters/web/http-api.ts';
import type { GateMode } from '../../../src/domain/gate/mode.ts';
import { FormProblem } from '../form-problem.tsx';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { postJson } from '../request.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

type Gate = DeskStatus['gates'][number];

const modes: readonly GateMode[] = ['controlled', 'free', 'closed', 'emergency'];

/** One gate: what it does now, the ways to change that, and the way in for somebody without a card. */
export function GateCard({ gate, emergency, letIn }: { gate: Gate; emergency: boolean; letIn: () => void }): JSX.Element {
  const { words } = useWords();
  const { mode: modeWords, letIn: letInWords } = words.desk;
  const [asked, setAsked] = useState<GateMode | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  const set = async (mode: GateMode): Promise<void> => {
    setAsked(null);
    setBusy(true);
    const request: ModeRequest = { gate: gate.id, mode };
    const answer = await postJson<Recorded>('/staff/api/mode', request);
    setBusy(false);
    setProblem(answer.done ? '' : (answer.refusal?.problem ?? words.noAnswer));
  };

  const choose = (mode: GateMode): void => {
    if (mode === gate.mode) return;
    if (emergency || mode === 'free' || mode === 'emergency') setAsked(mode);
    else void set(mode);
  };

  return (
    <article class="gate-card" data-mode={gate.mode}>
      <h3>{gate.id}</h3>
      {gate.waiting && (
        <p class="gate-waiting">
          <Icon name="walk" />
          {modeWords.waiting}
        </p>
      )}
      <fieldset class="modes" disabled={busy}>
        <legend class="unseen">{`${modeWords.title}: ${gate.id}`}</legend>
        {modes.map((mode) => (
          <button key={mode} type="button" data-mode={mode} aria-pressed={mode === gate.mode} onClick={() => choose(mode)}>
            <Icon name={mode} />
            <span>{modeWords.names[mode]}</span>
          </button>
        ))}
      </fieldset>
      <p class="mode-means">{modeWords.means[gate.mode]}</p>
      <FormProblem problem={problem} />
      <button class="button outlined large" type="button" onClick={letIn}>
        <Icon name="hand" />
        {letInWords.withoutCard}
      </button>
      {asked !== null && (
        <ConfirmMode gate={gate.id} mode={asked} ends={emergency} confirm={() => void set(asked)} close={() => setAsked(null)} />
      )}
    </article>
  );
}

/** The second step before a gate lets everybody through, or before an emergency ends. */
function ConfirmMode({
  gate,
  mode,
  ends,
  confirm,
  close,
}: {
  gate: string;
  mode: GateMode;
  ends: boolean;
  confirm: () => void;
  close: () => void;
}): JSX.Element {
  const { words } = useWords();
  const { mode: modeWords } = words.desk;
  const title = ends
    ? modeWords.confirmEndEmergency
    : mode === 'emergency'
      ? modeWords.confirmEmergency
      : modeWords.confirmFree(gate);
  return (
    <ConfirmDialog
      title={title}
      yes={modeWords.yes(modeWords.names[mode])}
      danger={mode === 'emergency'}
      confirm={confirm}
      close={close}
    >
      {ends && <p>{modeWords.endEmergencyMeans}</p>}
      <p class="mode-asked">
        <Icon name={mode} />
        <span>
          <strong>
            {gate}: {modeWords.names[mode]}
          </strong>
          {modeWords.means[mode]}
        </span>
      </p>
    </ConfirmDialog>
  );
}
