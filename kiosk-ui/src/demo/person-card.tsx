import type { JSX } from 'preact';
import type { DemoPerson } from '../../../src/adapters/web/http-api.ts';
import { Icon } from '../icon.tsx';
import { initialsOf } from '../initials.ts';

/** Somebody who may come to the gate, and what is special about them. */
export function PersonCard({ person, chosen, choose }: { person: DemoPerson; chosen: boolean; choose: () => void }): JSX.Element {
  return (
    <label class="person">
      <input class="unseen" type="radio" name="person" checked={chosen} onChange={choose} />
      <Portrait person={person} />
      <span class="person-words">
        <strong>{person.name}</strong>
        <span>{person.story}</span>
      </span>
      <Icon name="check" />
    </label>
  );
}

function Portrait({ person: { photo, name } }: { person: DemoPerson }): JSX.Element {
  const initials = initialsOf(name);
  return (
    <span class="portrait" aria-hidden="true">
      {photo !== null ? <img src={photo} alt="" loading="lazy" /> : initials !== '' ? initials : '?'}
    </span>
  );
}
