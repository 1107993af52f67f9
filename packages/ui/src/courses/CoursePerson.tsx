import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';

/** A row of somebody who has to do with a course: what they are to it, and the way to take them out. */
export function CoursePerson({
  person,
  words,
  heading: Heading,
  onRemove,
}: {
  person: PersonView;
  words: string;
  /** As deep as the list it stands in asks for. */
  heading: 'h3' | 'h4';
  /** Left out where one may not say who is in the course. */
  onRemove?: (() => void) | undefined;
}) {
  const { i18n } = useLingui();
  return (
    <li className="card-row card-row--acts">
      <Avatar person={person} size="l" />
      <div className="card-words">
        <Heading>
          <span dir="auto">{person.name}</span>
          <RoleTag person={person} />
        </Heading>
        <p className="small soft">{words}</p>
      </div>
      {onRemove && (
        <div className="row">
          <Button small emphasis="quiet" aria-label={i18n._('Tirar {name}', { name: person.name })} onClick={onRemove}>
            {i18n._('Tirar')}
          </Button>
        </div>
      )}
    </li>
  );
}
