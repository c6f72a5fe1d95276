import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { SignedIn, SignInLocked, SignInRequest } from '../../../src/adapters/web/http-api.ts';
import { clockTextWithSeconds } from '../clock-text.ts';
import { FormProblem } from '../form-problem.tsx';
import { PageHeader } from '../page-header.tsx';
import { useWords } from '../page-words.tsx';
import { type Answer, postJson } from '../request.ts';

const nameStoredUnder = 'gatehouse.staff';

type Refusal = Extract<Answer<SignedIn>, { done: false }>;

/** Name and PIN. `ended`: a session was there and is over. */
export function SignIn({ ended, signedIn }: { ended: boolean; signedIn: (name: string) => void }): JSX.Element {
  const { language, words } = useWords();
  const { title, name, pin, enter, wrong, lockedUntil, ended: endedWords } = words.desk.signIn;
  const [lastName] = useState(() => localStorage.getItem(nameStoredUnder) ?? '');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const pinField = useRef<HTMLInputElement>(null);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const fields = new FormData(event.currentTarget);
    const asked: SignInRequest = { name: String(fields.get('name')).trim(), pin: String(fields.get('pin')).trim() };
    setBusy(true);
    const answer = await postJson<SignedIn>('/staff/api/sign-in', asked);
    setBusy(false);
    if (answer.done) {
      localStorage.setItem(nameStoredUnder, answer.body.name);
      signedIn(answer.body.name);
      return;
    }
    setRefusal(answer);
    pinField.current?.select();
  };

  const problem = (): string => {
    if (refusal === null) return ended ? endedWords : '';
    if (refusal.status === 429)
      return lockedUntil(clockTextWithSeconds((refusal.refusal as SignInLocked).lockedUntil, { language, timeZone: undefined }));
    if (refusal.status === 401) return wrong;
    return refusal.refusal?.problem ?? words.noAnswer;
  };

  return (
    <>
      <PageHeader title={words.desk.title} />
      <main class="sign-in">
        <form onSubmit={(event) => void submit(event)}>
          <h2>{title}</h2>
          <label class="field">
            <span>{name}</span>
            <input
              name="name"
              defaultValue={lastName}
              autoFocus={lastName === ''}
              required
              maxLength={100}
              autocomplete="username"
              autocapitalize="words"
              spellcheck={false}
            />
          </label>
          <label class="field">
            <span>{pin}</span>
            <input
              ref={pinField}
              class="pin"
              name="pin"
              type="password"
              inputMode="numeric"
              autoFocus={lastName !== ''}
              required
              maxLength={100}
              autocomplete="current-password"
            />
          </label>
          <FormProblem problem={problem()} />
          <button class="button primary large" type="submit" disabled={busy}>
            {enter}
          </button>
        </form>
      </main>
    </>
  );
}
