/** A room of the product and the model's, side by side: what is done is done to both, with a crash or without, and compared. */
import { setImmediate as turnOf } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Person } from '@recreio/core/testing/world.ts';
import { type Crash, mortal, type Mortal } from './mortal.ts';
import { type Deed, type Name, RoomModel } from './room-model.ts';
import type { Node, Schoolhouse } from './world.ts';

/** Two nodes of a school, and four of its people: Helena, who owns each room, Ana, Bruno and Caio. */
export interface Company {
  readonly house: Schoolhouse;
  readonly people: Readonly<Record<Name, Person>>;
  /** One that has died is replaced here. */
  readonly nodes: [Mortal, Mortal];
}

/** Brings them together. */
export const companyOf = async (house: Schoolhouse): Promise<Company> => {
  const nodes: [Mortal, Mortal] = [await mortal(house), await mortal(house)];
  const { school } = nodes[0].node;
  const people = {
    Helena: await school.person('Helena', { role: 'teacher' }),
    Ana: await school.person('Ana'),
    Bruno: await school.person('Bruno'),
    Caio: await school.person('Caio'),
  };
  return { house, people, nodes };
};

/** A room twice. */
export interface ModelledRoom {
  readonly model: RoomModel;
  /** Does it on one node; if that says nothing, or dies, again on the other, as a client does. Says whether the crash came about. */
  act(deed: Deed, crash: Crash | null, on?: 0 | 1): Promise<boolean>;
  /** Holds log and page, as the owner reads them, to the model. */
  agrees(): Promise<void>;
}

/** Opens one, empty but for its owner. */
export const modelledRoom = async ({ house, people, nodes }: Company): Promise<ModelledRoom> => {
  const personOf = (name: Name): Person => {
    const person = people[name];
    if (!person) throw new Error(`nobody is called ${name}`);
    return person;
  };
  const model = new RoomModel('Helena', 'Clube');
  const school = () => nodes[0].node.school;
  const room = await school().room(personOf('Helena'), [], { access: 'open', title: 'Clube' });
  const ids = new Map<string, string>();
  /** The client id behind a short one of the model's. */
  const idOf = (short: string): string => {
    const id = ids.get(short) ?? school().intention();
    ids.set(short, id);
    return id;
  };
  const messages = new Map<string, string>();

  const commandOf = (deed: Deed): readonly [Parameters<Node['school']['tries']>[1], object] => {
    const id = 'id' in deed ? { clientId: idOf(deed.id) } : {};
    const message = 'of' in deed ? { message: messages.get(deed.of) ?? idOf('no message') } : {};
    const account = 'whom' in deed ? { account: personOf(deed.whom).id } : {};
    const base = { room, ...id, ...message, ...account };
    switch (deed.does) {
      case 'send':
        return ['messages.send', { ...base, body: deed.body }];
      case 'edit':
        return ['messages.edit', { ...base, body: deed.body }];
      case 'remove':
        return ['messages.remove', base];
      case 'react':
      case 'unreact':
        return [`messages.${deed.does}`, { ...base, emoji: deed.emoji }];
      case 'pin':
      case 'unpin':
        return [`messages.${deed.does}`, base];
      case 'join':
      case 'leave':
      case 'add':
      case 'unmute':
      case 'unban':
        return [`members.${deed.does}`, base];
      case 'expel':
        return ['members.remove', base];
      case 'mute':
      case 'ban':
        return [`members.${deed.does}`, { ...base, reason: 'regra' }];
      case 'promote':
      case 'demote':
        return ['members.setRole', { ...base, role: deed.does === 'promote' ? 'moderator' : 'member' }];
      case 'rename':
        return ['rooms.update', { ...base, title: deed.title }];
    }
  };

  const act: ModelledRoom['act'] = async (deed, crash, on = 0) => {
    const [name, input] = commandOf(deed);
    const tryOn = (node: Mortal) =>
      node.node.school.tries(personOf(deed.by), name, input).catch(() => 'no answer' as const);
    const first = nodes[on];
    first.strike(crash);
    const tried = tryOn(first);
    // The answer of a process that dies before it rings has not left it
    const answer = await (crash?.step === 'ring'
      ? Promise.race([first.death, tried.then(() => turnOf(tried))])
      : Promise.race([tried, first.death]));
    const hasStruck = first.struck();
    first.strike(null);
    const hasHappened =
      hasStruck && (crash?.step === 'commit done' || crash?.step === 'ring') && model.do(deed) === 'done';
    const isAnswered = answer !== 'dead' && answer !== 'no answer';
    // Told that it was refused, and there it stands: never (contract D4)
    if (hasHappened && isAnswered) expect([deed, crash, answer.ok]).toEqual([deed, crash, true]);
    if (answer === 'dead') nodes[on] = await mortal(house);
    const outcome = isAnswered ? answer : await tryOn(nodes[on === 0 ? 1 : 0]);
    if (outcome === 'no answer') throw new Error('the repeat on a whole node has an answer');
    // Without a client id a repeat is a new command: who has left and leaves again is not there to leave
    const verdict = hasHappened && isAnswered ? 'done' : model.do(deed);
    expect([deed, crash, outcome.ok ? 'done' : 'refused']).toEqual([deed, crash, verdict]);
    if (deed.does === 'send' && outcome.ok) messages.set(deed.id, (outcome.output as { id: string }).id);
    return hasStruck;
  };

  /** The log in the model's words, and the page, as the owner reads them. */
  const stands = async () => {
    const names = new Map(Object.entries(people).map(([name, { id }]) => [id, name]));
    const shortOf = new Map([...messages].map(([short, id]) => [id, short]));
    const { events, head } = await school().log(personOf('Helena'), room);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, nth) => nth + 1));
    const page = await school().does(personOf('Helena'), 'messages.page', { room, limit: 100 });
    return {
      log: events.map((event) => `${names.get(event.actor)} ${wordsOf(event, names, shortOf)}`),
      page: page.messages.map((message) => ({
        id: shortOf.get(message.id),
        author: names.get(message.author),
        body: message.body ?? null,
        editNo: message.editNo,
        isPinned: message.pinned !== undefined,
        reactions: (message.reactions ?? [])
          .flatMap(({ emoji, accounts }) => accounts.map((id) => `${emoji} ${names.get(id)}`))
          .sort(),
      })),
    };
  };
  const agrees = async (): Promise<void> => {
    expect(await stands()).toEqual({
      log: model.log,
      page: [...model.messages].map(([id, { author, body, editNo, isPinned, reactions }]) => ({
        id,
        author,
        body,
        editNo: body === null ? expect.any(Number) : editNo,
        isPinned,
        reactions: [...reactions].sort(),
      })),
    });
  };
  return { model, act, agrees };
};

type Logged = Awaited<ReturnType<Node['school']['log']>>['events'][number];

const wordsOf = (event: Logged, names: ReadonlyMap<string, Name>, shortOf: ReadonlyMap<string, string>): string => {
  switch (event.type) {
    case 'room.created':
      return 'created';
    case 'room.changed':
      return 'changed';
    case 'room.archived':
      return 'archived';
    case 'room.reopened':
      return 'reopened';
    case 'message.sent':
      return `sent ${shortOf.get(event.data.message.id)}`;
    case 'message.edited':
      return `edited ${shortOf.get(event.data.message.id)}`;
    case 'message.removed':
      return `removed ${shortOf.get(event.data.message.id)}`;
    case 'message.pinned':
      return `pinned ${shortOf.get(event.data.message)}`;
    case 'message.unpinned':
      return `unpinned ${shortOf.get(event.data.message)}`;
    case 'message.required':
      return `required ${shortOf.get(event.data.message)}`;
    case 'message.released':
      return `released ${shortOf.get(event.data.message)}`;
    case 'reaction.added':
      return `reacted ${shortOf.get(event.data.message)} ${event.data.emoji}`;
    case 'reaction.removed':
      return `unreacted ${shortOf.get(event.data.message)} ${event.data.emoji}`;
    case 'member.joined':
      return `joined ${names.get(event.data.account)}`;
    case 'member.left':
      return `left ${names.get(event.data.account)}`;
    case 'member.removed':
      return `expelled ${names.get(event.data.account)}`;
    case 'member.role-changed':
      return `role ${names.get(event.data.account)} ${event.data.role}`;
    case 'asking.began':
      return `asked ${names.get(event.data.account)}`;
    case 'asking.ended':
      return `unasked ${names.get(event.data.account)}`;
    case 'restriction.began':
      return `${event.data.kind} began ${names.get(event.data.account)}`;
    case 'restriction.ended':
      return `${event.data.kind} ended ${names.get(event.data.account)}`;
  }
};
