import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConfirmClock, DeskStatus } from '../../../src/adapters/web/http-api.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { clockText, dateText, type Place } from '../clock-text.ts';
import { FormProblem } from '../form-problem.tsx';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { postJson } from '../request.ts';

/** Whether the gateway trusts its clock and why; where a person's word helps, the way to give it. `now`: the gateway's clock. */
export function ClockView({ clock, now, place }: { clock: DeskStatus['clock']; now: Instant; place: Place }): JSX.Element {
  const { words } = useWords();
  const { clock: clockWords } = words.desk;
  const [problem, setProblem] = useState('');
  const wordHelps = !clock.trusted && clock.why !== 'never_set';

  const confirm = async (): Promise<void> => {
    const request: ConfirmClock = {};
    const answer = await postJson<ConfirmClock>('/staff/api/confirm-clock', request);
    setProblem(answer.done ? '' : (answer.refusal?.problem ?? words.noAnswer));
  };

  return (
    <div class="club-data">
      <p>{clockWords.shows(`${dateText(now, place)}, ${clockText(now, place)}`)}</p>
      <p class={clock.trusted ? 'trusted' : 'warned'}>
        <Icon name={clock.trusted ? 'check' : 'warning'} />
        {clock.trusted ? clockWords.trusted : clockWords.untrusted}
      </p>
      <p class="clock-why">{clockWords.why[clock.why]}</p>
      <FormProblem problem={problem} />
      {wordHelps && (
        <button class="button primary" type="button" onClick={() => void confirm()}>
          <Icon name="clock" />
          {clockWords.confirm}
        </button>
      )}
    </div>
  );
}
