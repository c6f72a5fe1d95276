import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DeskMember } from '../../../src/adapters/web/http-api.ts';
import type { Language } from '../../../src/domain/member/member.ts';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { getJson } from '../request.ts';

export interface MemberChosen {
  id: string;
  name: string;
}

const typingPauseMs = 200;
const shortestSearch = 2;

/** Which member it is, found by name or card number; may stay open. */
export function MemberChoice({
  member,
  choose,
}: {
  member: MemberChosen | null;
  choose: (member: MemberChosen | null) => void;
}): JSX.Element {
  const { language, words, counted } = useWords();
  const { letIn } = words.desk;
  const [text, setText] = useState('');
  const found = useFoundMembers(text, language);

  if (member !== null) {
    return (
      <div class="field">
        <span>{letIn.member}</span>
        <p class="member-chosen">
          <Icon name="person" />
          <strong>{member.name}</strong>
          <button class="button quiet" type="button" onClick={() => choose(null)}>
            <Icon name="cross" />
            {letIn.clear}
          </button>
        </p>
      </div>
    );
  }
  return (
    <div class="member-choice">
      <label class="field">
        <span>
          {letIn.member} <em>({letIn.memberOptional})</em>
        </span>
        <input
          type="search"
          value={text}
          placeholder={letIn.search}
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <p class="found-count" role="status">
        {found !== null && counted(letIn.found, found.length)}
      </p>
      <ul class="found">
        {found?.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              onClick={() => {
                choose(one);
                setText('');
              }}
            >
              <strong>{one.name}</strong>
              <span>{one.memberships.join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Null: nothing was asked for, or no answer came. */
function useFoundMembers(text: string, language: Language): DeskMember[] | null {
  const [found, setFound] = useState<DeskMember[] | null>(null);
  useEffect(() => {
    if (text.trim().length < shortestSearch) return setFound(null);
    let wanted = true;
    const timer = setTimeout(async () => {
      const answer = await getJson<DeskMember[]>('/staff/api/search', { text: text.trim(), language });
      if (wanted) setFound(answer.done ? answer.body : null);
    }, typingPauseMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, language]);
  return found;
}
