import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedItem, LetInRequest, Recorded } from '../../../src/adapters/web/http-api.ts';
import { Dialog } from '../dialog.tsx';
import { FormProblem } from '../form-problem.tsx';
import { useWords } from '../page-words.tsx';
import { postJson } from '../request.ts';
import { SwitchControl } from '../switch-control.tsx';
import { MemberChoice, type MemberChosen } from './member-choice.tsx';
import { ReasonField, shortestReason } from './reason-field.tsx';

/** `item`: the refused tap that this answers; null: somebody without a card. */
export interface LetInFor {
  gate: string;
  item: FeedItem | null;
}

/** Opens a gate for somebody whom the rules do not let in; the reason stays in the journal. */
export function LetInDialog({
  for: { gate, item },
  close,
  letIn,
}: {
  for: LetInFor;
  close: () => void;
  letIn: (entry: number, gate: string, answers: number | null) => void;
}): JSX.Element {
  const { words } = useWords();
  const { letIn: letInWords } = words.desk;
  const [reason, setReason] = useState('');
  const [member, setMember] = useState<MemberChosen | null>(() =>
    item === null || item.memberId === null ? null : { id: item.memberId, name: item.who },
  );
  const [charge, setCharge] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (reason.trim().length < shortestReason) return setProblem(letInWords.reasonNeeded);
    const request: LetInRequest = {
      gate,
      reason: reason.trim(),
      memberId: member?.id ?? null,
      answers: item?.entry ?? null,
      charge: member !== null && charge,
    };
    setBusy(true);
    const answer = await postJson<Recorded>('/staff/api/let-in', request);
    setBusy(false);
    if (answer.done) letIn(answer.body.entry, gate, request.answers);
    else setProblem(answer.refusal?.problem ?? words.noAnswer);
  };

  return (
    <Dialog title={letInWords.title(gate)} close={close}>
      {item !== null && <p class="refused">{letInWords.refused(item.who, item.reason)}</p>}
      <form class="let-in" onSubmit={(event) => void submit(event)}>
        <ReasonField
          reason={reason}
          usual={letInWords.reasons}
          change={(changed) => {
            setReason(changed);
            setProblem('');
          }}
        />
        <MemberChoice member={member} choose={setMember} />
        <SwitchControl
          label={letInWords.charge}
          means={member === null ? letInWords.chargeNeedsMember : letInWords.chargeMeans}
          on={member !== null && charge}
          disabled={member === null}
          change={setCharge}
        />
        <FormProblem problem={problem} />
        <div class="dialog-buttons">
          <button class="button outlined large" type="button" onClick={close}>
            {letInWords.cancel}
          </button>
          <button class="button primary large" type="submit" disabled={busy}>
            {letInWords.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
