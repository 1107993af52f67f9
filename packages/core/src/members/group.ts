/** rooms.openGroup: a private conversation of a few comes into being, once (docs/protocol.md R73). Here, since it is made of members. */
import { GROUP, type InputOf, type OutputOf, type rooms } from '@recreio/protocol';
import { mayPutTogether, mustBeAsked } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { asMine, found } from '../rooms/create.ts';
import type { Draft } from '../streams/draft.ts';
import { cleanLine } from '../text.ts';
import { deny, type Denial, Indeterminate, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';
import { join } from './come-and-go.ts';
import { mustGather } from './group-answers.ts';

type OpenDenial = Denial<'not-found' | 'not-allowed' | 'protected-minor' | 'blocked' | 'bad-text'>;

/** Makes a group of people who are looked at for the first time. */
const begin = async (
  world: World,
  memory: World['memory'],
  actor: string,
  people: readonly string[],
  title: string,
): Promise<string | OpenDenial> => {
  const { accounts, ...ties } = await memory.rooms.circle(people);
  const others = people.filter((id) => id !== actor);
  // First whether the actor knows them all: what is between others says nothing about somebody unknown (R5)
  for (const among of [[], others])
    for (const other of others) {
      const rest = among.filter((id) => id !== other);
      const apart = mayPutTogether(actor, other, rest, accounts, ties);
      if (apart) return apart;
    }
  const isAsked = (id: string) => {
    const account = accounts.get(id);
    return (
      !account ||
      mustBeAsked(
        id,
        account,
        people.filter((other) => other !== id),
        ties,
      )
    );
  };
  const asked = others.filter(isAsked);
  const members = people.filter((id) => !asked.includes(id));
  const unprotected = mustGather(members, asked, accounts, ties);
  if (unprotected) return unprotected;
  const id = world.newId();
  await found(
    world,
    memory,
    {
      id,
      kind: 'group',
      settings: {
        title,
        description: '',
        emoji: '',
        colour: 'pen',
        access: 'invite',
        posting: 'members',
        past: 'since-joining',
      },
      pair: null,
      course: null,
      lesson: null,
      by: actor,
      clientId: null,
      payload: null,
    },
    [
      ...members.map((account): Draft => ({ type: 'member.joined', account, role: 'member', past: 'all' })),
      ...asked.map((account): Draft => ({ type: 'asking.began', account })),
    ],
  );
  return id;
};

/** However many of its people ask at once, there is one group of exactly these (R73). */
export const openGroup = async (
  world: World,
  input: InputOf<typeof rooms.openGroup>,
  { alive }: Call,
): Promise<OutputOf<typeof rooms.openGroup> | OpenDenial> => {
  const { account, session } = alive;
  const title = input.title === undefined ? '' : cleanLine(input.title);
  if (isDenial(title)) return title;
  const people = [...new Set([account, ...input.accounts])].sort();
  if (people.length < GROUP.least) return deny('not-found');
  const opened = await world.transact(async (memory) => {
    await memory.rooms.lock(`group ${people.join(' ')}`);
    const there = await memory.rooms.group(people);
    if (there !== null) return (await memory.rooms.mine(account, there))[0] ?? there;
    const begun = await begin(world, memory, account, people, title);
    // Read before COMMIT: behind it a database that is away would make a refusal of what was done (R4)
    return isDenial(begun) ? begun : await asMine(memory, account, begun);
  });
  if (typeof opened !== 'string') return opened;
  // Who was asked, and asks for the same themselves, says yes
  const joined = await world.flusher.submit({ account, session }, 'members.join', { room: opened }, '', join);
  // Those of joining, and the corridor's own, which every command may answer with
  if (!joined.ok) return deny(joined.problem.code as OpenDenial['deny']);
  const [mine] = await world.memory.rooms.mine(account, opened).catch((cause: unknown) => {
    throw new Indeterminate('the yes was taken, and what it led to could not be read', { cause });
  });
  // Gone again by now, on another device: a refusal would say that nothing was written
  if (!mine) throw new Indeterminate('the yes was taken, and taken back before it could be answered');
  return mine;
};
