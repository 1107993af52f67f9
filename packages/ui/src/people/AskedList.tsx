import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Avatar, RoleTag } from './Avatar.tsx';
import type { PersonView } from './person.ts';

/** Those who were asked into a group and have not answered, with the way to take it back. Nothing where there is nobody. */
export function AskedList({
  people,
  busy,
  onTakeBack,
}: {
  people: readonly PersonView[];
  busy: boolean;
  onTakeBack: (person: PersonView) => void;
}) {
  const { i18n } = useLingui();
  if (people.length === 0) return null;
  return (
    <section className="members asked">
      <h2 className="subhead">
        {i18n._('Ainda não responderam')} <span className="num">{i18n.number(people.length)}</span>
      </h2>
      <ul>
        {people.map((person) => (
          <li className="member" key={person.id}>
            <Avatar person={person} />
            <span className="member-words">
              <span className="member-name">
                <b dir="auto">{person.name}</b>
                <RoleTag person={person} />
              </span>
            </span>
            <Button
              small
              emphasis="quiet"
              busy={busy}
              aria-label={i18n._('Desfazer o convite a {name}', { name: person.name })}
              onClick={() => onTakeBack(person)}
            >
              {i18n._('Desfazer')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
