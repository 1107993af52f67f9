import type { PeopleSnapshot } from '@recreio/client';
import type { Profile } from '@recreio/protocol';
import type { PersonView, Presence } from '@recreio/ui';

/** A person of the school as the screens show one. `me` is the reader's account. */
export function personView(profile: Profile, me: string | undefined, presence?: Presence): PersonView {
  const { id, name, role, tone, pronouns, disabled } = profile;
  return {
    id,
    name,
    role,
    tone,
    ...(pronouns === undefined ? {} : { pronouns }),
    ...(presence === undefined ? {} : { presence }),
    ...(id === me ? { isYou: true } : {}),
    ...(disabled === undefined ? {} : { disabled: true }),
  };
}

const remembered = new WeakMap<Profile, PersonView>();

/** The same view for the same profile, so that a message of theirs is not drawn anew; `whoIsIt` names those not known (yet). */
export function authorView(people: PeopleSnapshot, id: string, me: string | undefined, whoIsIt: string): PersonView {
  const profile = people.get(id);
  if (profile === undefined) return { id, name: whoIsIt, ...(id === me ? { isYou: true } : {}) };
  const known = remembered.get(profile);
  if (known !== undefined && (known.isYou ?? false) === (id === me)) return known;
  const made = personView(profile, me);
  remembered.set(profile, made);
  return made;
}
