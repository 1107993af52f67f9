/** The life of the school: all its conversations in one line of time, so that people's own streams are in order, too. */
import { COURSES } from '@recreio/demo-school/courses.ts';
import { askedInto, GROUPS, type SchoolGroup } from '@recreio/demo-school/groups.ts';
import { PEOPLE, type PersonKey } from '@recreio/demo-school/people.ts';
import type { Conversation, Step } from '@recreio/demo-school/plan.ts';
import { ROOMS, type SchoolRoom } from '@recreio/demo-school/rooms.ts';
import type { RoomRole } from '@recreio/protocol';
import type { Past } from './past.ts';

/** A conversation with what has become of it. */
export interface Story extends Conversation {
  /** The themed room; null for a private conversation. */
  readonly room: SchoolRoom | null;
  /** The group; null for a room, and between two. */
  readonly group: SchoolGroup | null;
  /** The messages sent so far, by their names in the plan. */
  readonly sent: Map<string, { readonly id: string; readonly seq: number }>;
}

/** Conversations, before anything has happened in them. */
export const storiesOf = (plan: readonly Conversation[]): Story[] =>
  plan.map((conversation) => ({
    ...conversation,
    room: Object.values(ROOMS).find(({ id }) => id === conversation.id) ?? null,
    group: GROUPS.find(({ id }) => id === conversation.id) ?? null,
    sent: new Map(),
  }));

/** Lets everything happen in the order of time; `founded` hears how many rooms there are, each time there is one more. */
export const live = async (past: Past, stories: readonly Story[], founded: (rooms: number) => void): Promise<void> => {
  let rooms = 0;
  const happenings = stories.flatMap((story) => [
    {
      at: story.createdAt,
      happen: async () => {
        await found(past, story);
        await past.settle();
        rooms += 1;
        founded(rooms);
      },
    },
    ...story.steps.map((step) => ({ at: step.at, happen: () => take(past, story, step) })),
  ]);
  // Array.sort is stable: of two steps of one instant in a room, the one that was planned first comes first
  happenings.sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const { happen } of happenings) await happen();
  await past.settle();
};

/** Moves everybody's marker to the last message they have read. */
export const markRead = async (past: Past, stories: readonly Story[]): Promise<void> => {
  for (const story of stories) {
    const at = story.steps.at(-1)?.at ?? story.createdAt;
    for (const { by, message } of story.read) {
      if (message === null) continue;
      const input = { room: story.id, seq: sentIn(story, message).seq };
      await past.act({ at, by, name: 'messages.markRead', input, about: aboutOf(story, message) });
    }
  }
};

const aboutOf = (story: Story, message?: string): string =>
  `${story.room?.title ?? story.people.join('–')}${message === undefined ? '' : ` ${message}`}`;

const sentIn = (story: Story, message: string) => {
  const sent = story.sent.get(message);
  if (!sent)
    throw new Error(`The demo school cannot be seeded: ${aboutOf(story, message)}: there is no such message yet`);
  return sent;
};

const found = async (past: Past, story: Story): Promise<void> => {
  past.nextRoom(story.id);
  const room = story.room
    ? await openThemed(past, story, story.room)
    : story.group
      ? await openGroup(past, story, story.group)
      : await openPrivate(past, story);
  if (room !== story.id) throw new Error(`The demo school cannot be seeded: ${aboutOf(story)} has another id`);
};

const openPrivate = async (past: Past, story: Story): Promise<string> => {
  const by = story.steps[0]?.by;
  const other = story.people.find((person) => person !== by);
  if (by === undefined || other === undefined)
    throw new Error(`The demo school cannot be seeded: ${aboutOf(story)}: nobody speaks to anybody`);
  const input = { account: PEOPLE[other].id };
  const made = await past.act({ at: story.createdAt, by, name: 'rooms.openDirect', input, about: aboutOf(story) });
  return made.room.id;
};

/** Who began it brings the others; who was asked says yes, and nothing was said before. */
const openGroup = async (past: Past, story: Story, group: SchoolGroup): Promise<string> => {
  const [by, ...others] = group.people;
  if (by === undefined) throw new Error(`The demo school cannot be seeded: ${group.title} has nobody in it`);
  const { title } = group;
  const input = { accounts: others.map((person) => PEOPLE[person].id), title };
  const made = await past.act({ at: story.createdAt, by, name: 'rooms.openGroup', input, about: title });
  for (const person of askedInto(group)) {
    const about = `${title}: ${person}`;
    await past.act({ at: story.createdAt, by: person, name: 'members.join', input: { room: story.id }, about });
  }
  return made.room.id;
};

const openThemed = async (past: Past, story: Story, room: SchoolRoom): Promise<string> => {
  const { kind, title, description, emoji, colour, access, posting, past: seen, rules } = room;
  const course = room.course === null ? null : COURSES[room.course];
  const lesson = course?.lessons.find(({ number }) => number === room.lesson);
  const [by, ...others] = membersOf(room);
  if (by?.role !== 'owner') throw new Error(`The demo school cannot be seeded: ${title} has no owner`);
  const of = { ...(course ? { course: course.id } : {}), ...(lesson ? { lesson: lesson.id } : {}) };
  const input = {
    clientId: past.newId(),
    kind,
    title,
    description,
    emoji,
    colour,
    access,
    posting,
    past: seen,
    ...(rules ? { rules } : {}),
    ...of,
  };
  const made = await past.act({ at: story.createdAt, by: by.person, name: 'rooms.create', input, about: title });
  for (const { person, role } of others) {
    const input = { room: story.id, clientId: past.newId(), account: PEOPLE[person].id, role };
    const about = `${title}: ${person}`;
    await past.act({ at: story.createdAt, by: by.person, name: 'members.add', input, about });
  }
  return made.room.id;
};

/** Everybody of a room with their role, an owner first. */
const membersOf = ({ people }: SchoolRoom): { person: PersonKey; role: RoomRole }[] =>
  (['owner', 'moderator', 'member', 'reader'] as const).flatMap((role) =>
    (people[role] ?? []).map((person) => ({ person, role })),
  );

const take = async (past: Past, story: Story, step: Step): Promise<void> => {
  const about = aboutOf(story, step.message);
  const { at, by } = step;
  const room = story.id;
  switch (step.do) {
    case 'send': {
      const replyTo = step.replyTo === undefined ? {} : { replyTo: sentIn(story, step.replyTo).id };
      const thread = step.inThread === undefined ? {} : { thread: sentIn(story, step.inThread).id };
      const input = {
        room,
        clientId: past.newId(),
        body: step.body,
        ...mentionsOf(step.mentions),
        ...replyTo,
        ...thread,
      };
      const { id, seq } = await past.act({ at, by, name: 'messages.send', input, about });
      story.sent.set(step.message, { id, seq });
      return;
    }
    case 'react': {
      const input = { room, message: sentIn(story, step.message).id, emoji: step.emoji };
      await past.act({ at, by, name: 'messages.react', input, about });
      return;
    }
    case 'edit': {
      const message = sentIn(story, step.message).id;
      const input = { room, message, clientId: past.newId(), body: step.body, ...mentionsOf(step.mentions) };
      await past.act({ at, by, name: 'messages.edit', input, about });
      return;
    }
    case 'pin': {
      const input = { room, message: sentIn(story, step.message).id };
      await past.act({ at, by, name: 'messages.pin', input, about });
      return;
    }
    case 'save': {
      const input = { room, message: sentIn(story, step.message).id };
      await past.act({ at, by, name: 'messages.save', input, about });
      return;
    }
    case 'remove': {
      const input = { room, message: sentIn(story, step.message).id, clientId: past.newId() };
      await past.act({ at, by, name: 'messages.remove', input, about });
      return;
    }
  }
};

const mentionsOf = (people: readonly PersonKey[]) =>
  people.length === 0 ? {} : { mentions: people.map((key) => PEOPLE[key].id) };
