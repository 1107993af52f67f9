import { useLingui } from '@lingui/react';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';

/** The people an `@…` may mean; driven by the textarea, which keeps the focus. */
export function MentionList({
  id,
  people,
  active,
  onPick,
  onHover,
}: {
  id: string;
  people: readonly PersonView[];
  active: number;
  onPick: (person: PersonView) => void;
  onHover: (index: number) => void;
}) {
  const { i18n } = useLingui();
  return (
    <div className="menu mention-list" role="listbox" id={id} aria-label={i18n._('Pessoas para mencionar')}>
      {people.map((person, index) => (
        <div
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(person);
          }}
          onMouseMove={() => onHover(index)}
        >
          <Avatar person={person} size="s" />
          <span className="cut">{person.name}</span>
          <RoleTag person={person} />
        </div>
      ))}
    </div>
  );
}
