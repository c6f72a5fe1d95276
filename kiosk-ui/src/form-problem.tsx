import type { JSX } from 'preact';
import { Icon } from './icon.tsx';

/** Why a form was refused; empty while nothing is wrong. */
export function FormProblem({ problem }: { problem: string }): JSX.Element {
  return (
    <p class="form-problem" role="alert">
      {problem !== '' && (
        <>
          <Icon name="warning" />
          <span>{problem}</span>
        </>
      )}
    </p>
  );
}
