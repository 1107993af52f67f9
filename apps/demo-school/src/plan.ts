/** From the school's data to what a seeder does: in each conversation a list of steps in the order of their times. Pure. */
import { instantsOf, startOfDay } from './clock.ts';
import { DIRECTS } from './directs.ts';
import { GROUPS } from './groups.ts';
import { PEOPLE, PERSON_KEYS, type PersonKey } from './people.ts';
import { ROOMS, type SchoolRoom } from './rooms.ts';
import type { Said, Talk } from './talk/said.ts';

/** Something that somebody does in a conversation. `message` is the name of the message it is done to. */
export type Step = { at: Date; by: PersonKey } & (
  | { do: 'send'; message: string; body: string; mentions: readonly PersonKey[]; replyTo?: string; inThread?: string }
  | { do: 'react'; message: string; emoji: string }
  | { do: 'edit'; message: string; body: string; mentions: readonly PersonKey[] }
  | { do: 'pin'; message: string }
  | { do: 'save'; message: string }
  | { do: 'remove'; message: string }
);

/** A conversation to be written: its id, when it began, who is in it, the steps, and how far each has read. */
export type Conversation = {
  id: string;
  createdAt: Date;
  people: readonly PersonKey[];
  steps: readonly Step[];
  /** Each person and the last message they have read; null when there is none. */
  read: readonly { by: PersonKey; message: string | null }[];
};

/** Rooms further back than this begin before the oldest message even when days shift by one at midnight. */
const marginDays = 1;
/** How long after a message the first reaction comes, and each further one. */
const reactionMs = 8_000;
const editMs = 40_000;
const pinMs = 60_000;
const saveMs = 65_000;
const removalMs = 50_000;

/** Everyone in a room, those with more to say in it first. */
export function peopleOf(room: Pick<SchoolRoom, 'people'>): PersonKey[] {
  const { owner = [], moderator = [], member = [], reader = [] } = room.people;
  return [...owner, ...moderator, ...member, ...reader];
}

/** A text with every `@{key}` written as `@` and the person's name, and whom it speaks to, each once. */
export function addressed(text: string): { body: string; mentions: PersonKey[] } {
  const mentions = new Set<PersonKey>();
  const body = text.replace(/@\{(\w+)\}/g, (_, key: string) => {
    const person = PERSON_KEYS.find((one) => one === key);
    if (person === undefined) throw new RangeError(`Nobody at the school is called ${key}.`);
    mentions.add(person);
    return `@${PEOPLE[person].name}`;
  });
  return { body, mentions: [...mentions] };
}

/** What everybody does in the themed rooms, by room, with all times before `now`. */
export function roomPlan(now: Date): Conversation[] {
  return Object.values(ROOMS).map((room) => {
    const remover = room.people.moderator?.[0] ?? room.people.owner?.[0];
    return conversation(room, peopleOf(room), remover, now);
  });
}

/** What everybody does in the private conversations, of two and of a few. */
export function privatePlan(now: Date): Conversation[] {
  return [...DIRECTS, ...GROUPS].map((one) => conversation(one, one.people, undefined, now));
}

type Written = { id: string; createdDaysAgo: number; talk: Talk };

function conversation(
  written: Written,
  people: readonly PersonKey[],
  remover: PersonKey | undefined,
  now: Date,
): Conversation {
  const { said, readUpTo = {} } = written.talk;
  const instants = instantsOf(said, now);
  const steps = said.flatMap((one, index) => stepsOf(one, nameOf(one, index), instants[index] ?? now, remover, now));
  const last = said.length === 0 ? null : nameOf(said[said.length - 1], said.length - 1);
  return {
    id: written.id,
    createdAt: startOfDay(now, written.createdDaysAgo + marginDays),
    people,
    // Array.sort is stable: of two steps of one instant, the one written first comes first
    steps: steps.sort((one, other) => one.at.getTime() - other.at.getTime()),
    read: people.map((by) => ({ by, message: readUpTo[by] ?? last })),
  };
}

/** The name of a message in its conversation: its key, or its place. */
function nameOf(said: Said | undefined, index: number): string {
  return said?.key ?? `#${index + 1}`;
}

function stepsOf(said: Said, message: string, sentAt: Date, remover: PersonKey | undefined, now: Date): Step[] {
  const after = (laterMs: number) => new Date(Math.min(sentAt.getTime() + laterMs, now.getTime()));
  const steps: Step[] = [
    {
      do: 'send',
      at: sentAt,
      by: said.from,
      message,
      ...addressed(said.text),
      ...(said.replyTo === undefined ? {} : { replyTo: said.replyTo }),
      ...(said.inThread === undefined ? {} : { inThread: said.inThread }),
    },
  ];
  const reactions = (said.reactions ?? []).flatMap(([emoji, people]) => people.map((by) => ({ emoji, by })));
  for (const [index, { emoji, by }] of reactions.entries()) {
    steps.push({ do: 'react', at: after((index + 1) * reactionMs), by, message, emoji });
  }
  if (said.edited !== undefined)
    steps.push({ do: 'edit', at: after(editMs), by: said.from, message, ...addressed(said.edited) });
  if (said.pinned !== undefined) steps.push({ do: 'pin', at: after(pinMs), by: said.pinned, message });
  if (said.saved !== undefined) steps.push({ do: 'save', at: after(saveMs), by: said.saved, message });
  if (said.removed !== undefined) {
    const by = said.removed === 'author' ? said.from : remover;
    if (by === undefined) throw new RangeError(`Nobody here can remove ${message}.`);
    steps.push({ do: 'remove', at: after(removalMs), by, message });
  }
  return steps;
}
