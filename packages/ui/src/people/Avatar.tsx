import { useLingui } from '@lingui/react';
import { initials, isStaff, roleWord, toneOf, type PersonView } from './person.ts';

/** The arch of a person: initials on a paper dealt by id. Decorative; the name stands beside it. */
export function Avatar({
  person,
  size,
  seat = false,
}: {
  person: PersonView;
  size?: 's' | 'l' | 'xl' /** On the wall: staff sit larger, presence is the wall itself. */;
  seat?: boolean;
}) {
  const classes = ['avatar'];
  if (size) classes.push(`avatar--${size}`);
  if (seat && isStaff(person)) classes.push('avatar--staff');
  if (!seat && person.presence === 'here') classes.push('is-here');
  if (!seat && person.presence === 'away') classes.push('is-away');
  return (
    <span className={classes.join(' ')} data-tone={person.tone ?? toneOf(person.id)} aria-hidden="true">
      {initials(person.name)}
    </span>
  );
}

/** A private conversation of three or more: how many, on one arch. */
export function GroupAvatar({ id, count, size }: { id: string; count: number; size?: 's' | 'l' }) {
  return (
    <span className={size ? `avatar avatar--${size}` : 'avatar'} data-tone={toneOf(id)} aria-hidden="true">
      {count}
    </span>
  );
}

/** What stands beside a name: pronouns in the person's own words; the role, in pen; `Você` for oneself. Students and plain members carry no role. */
export function RoleTag({ person }: { person: PersonView }) {
  const { i18n } = useLingui();
  const word = roleWord(i18n, person);
  return (
    <>
      {person.pronouns && (
        <span className="pronouns" dir="auto">
          {person.pronouns}
        </span>
      )}
      {word && <span className="role">{word}</span>}
      {person.isYou && <span className="role role--you">{i18n._('Você')}</span>}
    </>
  );
}
