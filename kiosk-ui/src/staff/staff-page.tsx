import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SignedIn } from '../../../src/adapters/web/http-api.ts';
import { useWords } from '../page-words.tsx';
import { getJson } from '../request.ts';
import { Desk } from './desk.tsx';
import { SignIn } from './sign-in.tsx';

const askAgainMs = 2_000;

type Who = { is: 'unknown' } | { is: 'nobody'; ended: boolean } | { is: 'staff'; name: string };

/** The desk for whoever is signed in, else the sign-in. */
export function StaffPage(): JSX.Element {
  const { words } = useWords();
  const [who, setWho] = useState<Who>({ is: 'unknown' });

  useEffect(() => {
    document.title = `${words.desk.title} · Gatehouse`;
  }, [words]);

  useEffect(() => {
    if (who.is !== 'unknown') return;
    const ask = async (): Promise<void> => {
      const answer = await getJson<SignedIn>('/staff/api/me');
      if (answer.done) setWho({ is: 'staff', name: answer.body.name });
      else if (answer.status === 401) setWho({ is: 'nobody', ended: false });
    };
    void ask();
    const timer = setInterval(() => void ask(), askAgainMs);
    return () => clearInterval(timer);
  }, [who.is]);

  switch (who.is) {
    case 'unknown':
      return <p class="connecting">{words.connecting}</p>;
    case 'nobody':
      return <SignIn ended={who.ended} signedIn={(name) => setWho({ is: 'staff', name })} />;
    case 'staff':
      return <Desk name={who.name} signedOut={(ended) => setWho({ is: 'nobody', ended })} />;
  }
}
