import type { JSX } from 'preact';
import { useWords } from '../page-words.tsx';

export const shortestReason = 3;
const longestReason = 500;

/** Why staff do something, in their own words or one of the usual ones; it stays in the journal. */
export function ReasonField({
  reason,
  usual,
  change,
}: {
  reason: string;
  usual: readonly string[];
  change: (reason: string) => void;
}): JSX.Element {
  const { letIn } = useWords().words.desk;
  return (
    <>
      <label class="field">
        <span>{letIn.reason}</span>
        <input
          value={reason}
          autoFocus
          maxLength={longestReason}
          autocomplete="off"
          onInput={(event) => change(event.currentTarget.value)}
        />
      </label>
      <ul class="chips">
        {usual.map((quick) => (
          <li key={quick}>
            <button type="button" aria-pressed={reason === quick} onClick={() => change(reason === quick ? '' : quick)}>
              {quick}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
