import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';

/** Somebody who is not in a course and still in so many of its rooms. */
export type OutsideView = { person: PersonView; rooms: number };

/** Who was taken out of a course and still looks after rooms of it, with the way to finish; nothing where there is nobody. */
export function OutsideList({
  people,
  onRemove,
}: {
  people: readonly OutsideView[];
  /** Left out where one may not say who is in the course. */
  onRemove?: ((one: OutsideView) => void) | undefined;
}) {
  const { i18n } = useLingui();
  if (people.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="course-outside">
      <h3 id="course-outside">{i18n._('Fora do curso, ainda em salas dele')}</h3>
      <p className="small soft">
        {i18n._('Cuidam sozinhas destas salas. Quando alguém da equipe estiver nelas, tire a pessoa de novo.')}
      </p>
      <ul className="cards">
        {people.map((one) => (
          <li key={one.person.id} className="card-row card-row--acts">
            <Avatar person={one.person} size="l" />
            <div className="card-words">
              <h4>
                <span dir="auto">{one.person.name}</span>
                <RoleTag person={one.person} />
              </h4>
              <p className="small soft">
                {i18n._('{total, plural, one {# sala} other {# salas}}', { total: one.rooms })}
              </p>
            </div>
            {onRemove && (
              <div className="row">
                <Button
                  small
                  emphasis="quiet"
                  aria-label={i18n._('Tirar {name}', { name: one.person.name })}
                  onClick={() => onRemove(one)}
                >
                  {i18n._('Tirar')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
