import { useLingui } from '@lingui/react';
import { listWords } from '../i18n/fold.ts';
import { Avatar } from '../people/Avatar.tsx';
import { shortName, type PersonView } from '../people/person.ts';

/** Named in the line itself; with more it counts them, and tells them all when it is opened. */
const named = 2;

/** Who has read a message: `Lida por Ana e Bruno`; of more, a line that opens by a press or a key. */
export function ReadBy({ people }: { people: readonly PersonView[] }) {
  const { i18n } = useLingui();
  const names = people.map(({ name }) => shortName(name));
  if (names.length <= named)
    return (
      <p className="read-by small muted">{i18n._('Lida por {names}', { names: listWords(names, i18n.locale) })}</p>
    );
  return (
    <details className="read-by small muted">
      <summary>
        {i18n._('Lida por {names} e mais {rest}', {
          names: names.slice(0, named).join(', '),
          rest: names.length - named,
        })}
      </summary>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <Avatar person={person} size="s" />
            <span dir="auto">{person.name}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
