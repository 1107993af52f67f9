/** A school for tests: people with names and roles who act through `execute`, over whichever world is given. */
import type { CommandName, Commands, InputOf, OutputOf, Problem, Role } from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import { execute } from '../execute.ts';
import { foldText } from '../text.ts';
import type { Outcome } from '../verdict.ts';
import type { World } from '../world.ts';

/** Someone on one of their devices. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly caller: Caller;
}

/** How someone differs from a student of age. */
export interface Kind {
  readonly role?: Role;
  readonly minor?: boolean;
}

/** What a room is made with, besides its title. */
export type RoomKindOf = Partial<Omit<InputOf<Commands['rooms.create']>, 'clientId'>>;

/** People and what they do. `N`: the command's name; an input is checked by `execute`, so wrong ones may be given. */
export interface School {
  readonly world: World;
  /** An id for one intention. */
  intention(): string;
  /** Makes an account and a device of it. */
  person(name: string, kind?: Kind): Promise<Person>;
  /** Another device of the same person. */
  device(person: Person): Promise<Person>;
  /** Executes a command, whatever comes of it. */
  tries<N extends CommandName>(who: Person, name: N, input: unknown): Promise<Outcome<OutputOf<Commands[N]>>>;
  /** Executes a command and expects it to be done. */
  does<N extends CommandName>(who: Person, name: N, input: unknown): Promise<OutputOf<Commands[N]>>;
  /** Executes a command and expects a refusal. */
  refuses(who: Person, name: CommandName, input: unknown): Promise<Problem>;
  /** A room of the owner's with these members, who are added. */
  room(owner: Person, members?: readonly Person[], kind?: RoomKindOf): Promise<string>;
  /** Says something. */
  say(
    who: Person,
    room: string,
    body: string,
    more?: Partial<InputOf<Commands['messages.send']>>,
  ): Promise<OutputOf<Commands['messages.send']>>;
  /** Tends a member with an id of its own: mute, ban, remove, … */
  tend(
    who: Person,
    name: 'members.mute' | 'members.unmute' | 'members.ban' | 'members.unban' | 'members.remove' | 'members.add',
    room: string,
    account: string,
    more?: object,
  ): Promise<OutputOf<Commands['members.remove']>>;
  /** A room's whole log as this person may read it. */
  log(who: Person, room: string): Promise<OutputOf<Commands['streams.read']>>;
  /** A person's own stream. */
  own(who: Person): Promise<OutputOf<Commands['streams.readMine']>['events']>;
}

/** The same people on a node: commands go through its world. */
export const school = (world: World): School => {
  const signIn = async (id: string, name: string): Promise<Person> => {
    const session = world.newId();
    await world.memory.accounts.openSession({
      id: session,
      account: id,
      tokenHash: world.secrets.newToken().hash,
      device: 'Firefox no Linux',
      assured: true,
    });
    return {
      id,
      name,
      caller: { actor: { account: id, session }, address: '203.0.113.7', device: 'Firefox no Linux' },
    };
  };
  const tries: School['tries'] = (who, name, input) => execute(world, who.caller, name, input);
  const does: School['does'] = async (who, name, input) => {
    const outcome = await tries(who, name, input);
    if (outcome.ok) return outcome.output;
    throw new Error(`${who.name} was refused ${name}: ${outcome.problem.code} ${outcome.problem.detail ?? ''}`);
  };
  const intention = world.newId;
  const tend: School['tend'] = (who, name, room, account, more = {}) => {
    const reason = name === 'members.mute' || name === 'members.ban' ? { reason: 'fora do tema' } : {};
    return does(who, name, { room, account, clientId: intention(), ...reason, ...more });
  };

  return {
    world,
    intention,
    tries,
    does,
    tend,
    person: async (name, { role = 'student', minor = false } = {}) => {
      const id = world.newId();
      const email = `${id}@escola.example`;
      const made = await world.transact((memory) =>
        memory.accounts.create([
          {
            id,
            name,
            nameFolded: foldText(name),
            email,
            emailFolded: email,
            role,
            minor,
            language: 'pt-BR',
            tone: 1,
            courses: [],
            staff: false,
          },
        ]),
      );
      if (!made) throw new Error(`${email} is taken`);
      return await signIn(id, name);
    },
    device: ({ id, name }) => signIn(id, name),
    refuses: async (who, name, input) => {
      const outcome = await tries(who, name, input);
      if (!outcome.ok) return outcome.problem;
      throw new Error(`${who.name} was let ${name}: ${JSON.stringify(outcome.output)}`);
    },
    room: async (owner, members = [], kind = {}) => {
      const { room } = await does(owner, 'rooms.create', {
        kind: 'topic',
        title: 'Clube de leitura',
        ...kind,
        clientId: intention(),
      });
      for (const member of members) await tend(owner, 'members.add', room.id, member.id);
      return room.id;
    },
    say: (who, room, body, more = {}) => does(who, 'messages.send', { room, clientId: intention(), body, ...more }),
    log: (who, room) => does(who, 'streams.read', { room, after: 0, limit: 500 }),
    own: async (who) => (await does(who, 'streams.readMine', { after: 0, limit: 500 })).events,
  };
};
