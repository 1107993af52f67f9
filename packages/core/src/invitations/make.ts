/** invitations.make, list and revoke: for those who moderate the room. docs/protocol.md R63. */
import { INVITATION, type InputOf, type invitations, type OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { mayInvite } from './policy.ts';

const DAY_S = 24 * 60 * 60;

const mustInvite = async (
  memory: Memory,
  { alive: { account, me } }: Call,
  room: string,
): Promise<Denial<'not-found' | 'not-allowed'> | null> => {
  const role = await memory.invitations.roleIn(account, room);
  if (role === null) return deny('not-found');
  return mayInvite(me.role, role) ? null : deny('not-allowed');
};

/** The secret is in the answer alone: what is kept of it opens nothing (security S34). */
export const make = async (
  world: World,
  { room, role = 'member', audience = 'everybody', days = INVITATION.days, most = 1 }: InputOf<typeof invitations.make>,
  call: Call,
): Promise<OutputOf<typeof invitations.make> | Denial<'not-found' | 'not-allowed' | 'too-many'>> => {
  const { token, hash } = world.secrets.newSecret();
  return await world.transact(async (memory) => {
    const denied = await mustInvite(memory, call, room);
    if (denied) return denied;
    await memory.rooms.lock(`invitations ${room}`);
    if ((await memory.invitations.live(room)) >= INVITATION.liveMost) return deny('too-many');
    const invitation = await memory.invitations.add({
      id: world.newId(),
      room,
      hash,
      role,
      audience,
      by: call.alive.account,
      seconds: days * DAY_S,
      most,
    });
    return { invitation, url: `${world.site.publicUrl}/convite/sala#${token}` };
  });
};

/** Without their secrets, which nobody has but those who were given them. */
export const list = async (
  world: World,
  { room }: InputOf<typeof invitations.list>,
  call: Call,
): Promise<OutputOf<typeof invitations.list> | Denial<'not-found' | 'not-allowed'>> =>
  (await mustInvite(world.memory, call, room)) ?? { invitations: [...(await world.memory.invitations.list(room))] };

/** A link that has ended already is as good as none. */
export const revoke = async (
  world: World,
  { room, invitation }: InputOf<typeof invitations.revoke>,
  call: Call,
): Promise<OutputOf<typeof invitations.revoke> | Denial<'not-found' | 'not-allowed'>> => {
  const denied = await mustInvite(world.memory, call, room);
  if (denied) return denied;
  return (await world.memory.invitations.revoke(room, invitation)) ? {} : deny('not-found');
};
