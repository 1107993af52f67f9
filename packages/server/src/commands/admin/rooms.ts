/** `recreio admin rooms`, `archive-room`, `reopen-room`, `give-room`, `categories` and `set-categories`: the rooms of the school, never what is said in them. */
import { foldText } from '@recreio/core';
import type { RoomRecord } from '@recreio/protocol';
import type { Given, Option, Verb } from '../command.ts';
import {
  accountOf,
  choice,
  done,
  email,
  EMBEDDED,
  inside,
  json,
  oneOf,
  operated,
  optional,
  tell,
  text,
} from './inside.ts';

const STATES = ['living', 'archived', 'ownerless'] as const;

/** What `--state` means for `rooms.all`. */
const stateOf = ({ state }: Given): Readonly<Record<string, boolean>> =>
  state === undefined ? {} : state === 'ownerless' ? { ownerless: true } : { archived: state === 'archived' };

const room: Option = {
  type: 'string',
  placeholder: 'ID',
  help: 'The id of the room; `recreio admin rooms` lists them.',
  required: true,
};

const rooms: Verb = {
  name: 'admin rooms',
  summary: 'List the rooms of the school: id, archived or not, members, title, who owns it.',
  help: ['Never what is said in them. Ownerless: nobody owns it who is active, and in its course.', EMBEDDED],
  options: {
    text: { type: 'string', placeholder: 'TEXT', help: 'Only those with this in their title or description.' },
    state: choice('Only these.', STATES),
    json,
  },
  run: (given, around) => {
    oneOf(given, 'state', STATES);
    return inside(around, async ({ world }) => {
      let after: string | null = null;
      do {
        const page: { readonly rooms: readonly RoomRecord[]; readonly next: string | null } = await operated(
          world,
          'rooms.all',
          {
            limit: 200,
            ...optional(given, 'text'),
            ...stateOf(given),
            ...(after === null ? {} : { after }),
          },
        );
        for (const room of page.rooms) {
          const owners = room.owners.map(({ name }) => name).join(', ');
          const state = room.archivedAt === null ? 'living' : 'archived';
          tell(around, given, room, [room.id, state, room.members, room.title, owners]);
        }
        after = page.next;
      } while (after !== null);
    });
  },
};

/** Puts a room away, or takes it out again. */
const putAway = (name: string, archived: boolean, summary: string): Verb => ({
  name,
  summary,
  help: ['Who is in the room sees that it was done by whoever runs the server. It stays on record.', EMBEDDED],
  options: { room },
  run: (given, around) =>
    inside(around, async ({ world }) => {
      const clientId = around.newId();
      await operated(world, 'rooms.archive', { room: text(given, 'room'), archived, clientId });
      done(around);
    }),
});

const giveRoom: Verb = {
  name: 'admin give-room',
  summary: 'Give a room that nobody owns any more to a person.',
  help: [
    'To somebody in it, or to somebody of the staff, who is in it then. Only where nobody owns it who is active, and in its course: `recreio admin rooms --state ownerless` lists these.',
    EMBEDDED,
  ],
  options: { room, email },
  run: (given, around) =>
    inside(around, async (opened) => {
      const account = await accountOf(opened, given);
      await operated(opened.world, 'rooms.entrust', { room: text(given, 'room'), account });
      done(around);
    }),
};

const categories: Verb = {
  name: 'admin categories',
  summary: 'List the school’s own categories of rooms: name, emoji.',
  help: [EMBEDDED],
  options: { json },
  run: (given, around) =>
    inside(around, async ({ world }) => {
      for (const one of (await operated(world, 'rooms.categories', {})).categories)
        tell(around, given, one, [one.name, one.emoji]);
    }),
};

const setCategories: Verb = {
  name: 'admin set-categories',
  summary: 'Put these categories, in this order, in the place of all there are.',
  help: [
    'One that keeps its name keeps its rooms and its emoji; rooms of one that goes have none. In the app each can be renamed, too.',
    EMBEDDED,
  ],
  options: {
    names: { type: 'string', placeholder: 'NAME|…', help: 'With | between them; empty for none.', required: true },
  },
  run: (given, around) =>
    inside(around, async ({ world }) => {
      const { categories: there } = await operated(world, 'rooms.categories', {});
      const names = text(given, 'names')
        .split('|')
        .map((name) => name.trim());
      const wanted = names
        .filter((name) => name !== '')
        .map((name) => {
          const same = there.find((one) => foldText(one.name) === foldText(name));
          return { id: same?.id ?? around.newId(), name, emoji: same?.emoji ?? '' };
        });
      await operated(world, 'rooms.setCategories', { categories: wanted });
      done(around);
    }),
};

/** All of them. */
export const roomVerbs: readonly Verb[] = [
  rooms,
  putAway('admin archive-room', true, 'Put a room away: it is read, and nothing is said in it.'),
  putAway('admin reopen-room', false, 'Take a room out of the archive again.'),
  giveRoom,
  categories,
  setCategories,
];
