import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FeedItem, MoveChargeRequest, Payer, Recorded } from '../../../src/adapters/web/http-api.ts';
import { Dialog } from '../dialog.tsx';
import { FormProblem } from '../form-problem.tsx';
import { useWords } from '../page-words.tsx';
import { type Answer, getJson, postJson } from '../request.ts';
import { ReasonField, shortestReason } from './reason-field.tsx';

/** A visit whose charge may be moved. */
export interface MovableVisit {
  item: FeedItem;
  visit: number;
}

/** Lets another membership of the member pay for a visit; who did it and why stays in the journal. */
export function MoveDialog({
  of: { item, visit },
  close,
  moved,
}: {
  of: MovableVisit;
  close: () => void;
  moved: (membership: string, entry: number) => void;
}): JSX.Element {
  const { language, words } = useWords();
  const { move, why, letIn } = words.desk;
  const [payers, setPayers] = useState<Answer<Payer[]> | null>(null);
  const [chosen, setChosen] = useState<Payer | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    let wanted = true;
    void getJson<Payer[]>(`/staff/api/visits/${visit}/payers`, { language }).then((came) => {
      if (!wanted) return;
      setPayers(came);
      const able = came.done ? came.body.filter(({ mayPay }) => mayPay) : [];
      if (able.length === 1) setChosen(able[0] ?? null);
    });
    return () => {
      wanted = false;
    };
  }, [visit, language]);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (chosen === null) return setProblem(move.chooseOne);
    if (reason.trim().length < shortestReason) return setProblem(letIn.reasonNeeded);
    const request: MoveChargeRequest = { visit, to: chosen.id, reason: reason.trim() };
    setBusy(true);
    const answer = await postJson<Recorded>('/staff/api/move-charge', request);
    setBusy(false);
    if (answer.done) moved(chosen.title, answer.body.entry);
    else setProblem(answer.refusal?.problem ?? words.noAnswer);
  };

  const list = payers?.done ? payers.body : [];
  return (
    <Dialog title={move.title} close={close}>
      <p>{move.now(item.who, item.membership)}</p>
      {payers === null && <p class="empty">{why.loading}</p>}
      {payers?.done === false && <FormProblem problem={payers.refusal?.problem ?? words.noAnswer} />}
      {payers?.done && !list.some(({ mayPay }) => mayPay) && <p class="empty">{move.none}</p>}
      <form class="let-in" onSubmit={(event) => void submit(event)}>
        <fieldset class="payers">
          <legend>{move.choose}</legend>
          {list.map((payer) => (
            <label key={payer.id}>
              <input
                type="radio"
                name="payer"
                checked={payer.id === chosen?.id}
                disabled={!payer.mayPay}
                onChange={() => {
                  setChosen(payer);
                  setProblem('');
                }}
              />
              <span>
                <strong>{payer.text}</strong>
                {!payer.mayPay && <em>{move.mayNot}</em>}
              </span>
            </label>
          ))}
        </fieldset>
        <ReasonField
          reason={reason}
          usual={move.reasons}
          change={(changed) => {
            setReason(changed);
            setProblem('');
          }}
        />
        <FormProblem problem={problem} />
        <div class="dialog-buttons">
          <button class="button outlined large" type="button" onClick={close}>
            {letIn.cancel}
          </button>
          <button class="button primary large" type="submit" disabled={busy || !list.some(({ mayPay }) => mayPay)}>
            {move.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
