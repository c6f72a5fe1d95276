import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DemoGate, DemoPerson } from '../../../src/adapters/web/http-api.ts';
import { FormProblem } from '../form-problem.tsx';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { getJson } from '../request.ts';
import { PersonCard } from './person-card.tsx';

const typingPauseMs = 200;

/** Which gate, who comes, and the card in their hand. Enter taps. */
export function PeoplePanel({
  gates,
  gate,
  chooseGate,
  tap,
  problem,
}: {
  gates: DemoGate[];
  gate: DemoGate | null;
  chooseGate: (id: string) => void;
  tap: (person: DemoPerson) => void;
  problem: string;
}): JSX.Element {
  const { words, counted } = useWords();
  const { demo } = words;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<DemoPerson | null>(null);
  const cast = useCast();
  const found = useFound(text);
  const people = found ?? cast;
  // The cast tells its stories in the page's language: take the person as they are told now.
  const person = people.find(({ id }) => id === chosen?.id) ?? chosen ?? cast[0] ?? null;

  return (
    <form
      class="people"
      onSubmit={(event) => {
        event.preventDefault();
        if (person !== null) tap(person);
      }}
    >
      <fieldset class="gate-choice">
        <legend>{demo.gate}</legend>
        {gates.map((one) => (
          <label key={one.id}>
            <input class="unseen" type="radio" name="gate" checked={one.id === gate?.id} onChange={() => chooseGate(one.id)} />
            <strong>{one.title}</strong>
            <span>{demo.gateKind[one.passage]}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="person-choice">
        <legend>{demo.person}</legend>
        <label class="search">
          <Icon name="search" />
          <span class="unseen">{demo.searchAll}</span>
          <input
            class="search-field"
            type="search"
            value={text}
            placeholder={demo.searchAll}
            autocomplete="off"
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [first] = found ?? [];
              if (event.key !== 'Enter' || first === undefined || first.id === person?.id) return;
              event.preventDefault();
              setChosen(first);
            }}
          />
        </label>
        <p class="found-count" role="status">
          {found !== null && (
            <>
              {counted(demo.found, found.length)}
              <button type="button" class="link" onClick={() => setText('')}>
                {demo.backToCast}
              </button>
            </>
          )}
        </p>
        <ul class="cast">
          {people.map((one) => (
            <li key={one.id}>
              <PersonCard person={one} chosen={one.id === person?.id} choose={() => setChosen(one)} />
            </li>
          ))}
        </ul>
      </fieldset>
      <div class="tap-bar">
        <FormProblem problem={problem} />
        <button class="button primary tap-button" type="submit" disabled={person === null || gate === null}>
          <Icon name="card" />
          <span>
            <strong>{demo.tap}</strong>
            <span>{person?.name ?? demo.choosePerson}</span>
          </span>
        </button>
      </div>
    </form>
  );
}

function useCast(): DemoPerson[] {
  const { language } = useWords();
  const [cast, setCast] = useState<DemoPerson[]>([]);
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      const answer = await getJson<DemoPerson[]>('/demo/api/cast', { language });
      if (wanted && answer.done) setCast(answer.body);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [language]);
  return cast;
}

/** Null: nothing is searched for. */
function useFound(text: string): DemoPerson[] | null {
  const { language } = useWords();
  const [found, setFound] = useState<DemoPerson[] | null>(null);
  useEffect(() => {
    if (text.trim() === '') return setFound(null);
    let wanted = true;
    const timer = setTimeout(async () => {
      const answer = await getJson<DemoPerson[]>('/demo/api/search', { text: text.trim(), language });
      if (wanted && answer.done) setFound(answer.body);
    }, typingPauseMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, language]);
  return found;
}
