/** The account of somebody who was not invited: a student's, as young as the school takes students to be. */
import type { Language, SchoolPolicies } from '@recreio/protocol';
import { foldEmail } from '../accounts/email.ts';
import { minorByDefault, toneOf } from '../accounts/policy.ts';
import type { Memory, World } from '../world.ts';

/** Who comes. */
export interface Newcomer {
  readonly name: { readonly text: string; readonly folded: string };
  readonly email: string;
  readonly language: Language;
}

/** Makes the account, whose address the transaction has found free under the lock of addresses; answers with its id. */
export const newStudent = async (
  world: Pick<World, 'newId'>,
  memory: Pick<Memory, 'accounts'>,
  { name, email, language }: Newcomer,
  policies: Pick<SchoolPolicies, 'minorByDefault'>,
): Promise<string> => {
  const id = world.newId();
  const isMade = await memory.accounts.create([
    {
      id,
      name: name.text,
      nameFolded: name.folded,
      email,
      emailFolded: foldEmail(email),
      role: 'student',
      minor: minorByDefault('student', policies.minorByDefault),
      language,
      tone: toneOf(id),
      courses: [],
      staff: false,
    },
  ]);
  if (!isMade) throw new Error('an e-mail that was free under the lock was taken');
  return id;
};
