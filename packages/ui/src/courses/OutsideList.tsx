import { useLingui } from '@lingui/react';
import type { PersonView } from '../people/person.ts';
import { CoursePerson } from './CoursePerson.tsx';

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
          <CoursePerson
            key={one.person.id}
            person={one.person}
            heading="h4"
            words={i18n._('{total, plural, one {# sala} other {# salas}}', { total: one.rooms })}
            onRemove={onRemove && (() => onRemove(one))}
          />
        ))}
      </ul>
    </section>
  );
}
