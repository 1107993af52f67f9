/** rooms.update and rooms.archive: the settings of a themed room, the name of a group, and a room's being put away. */
import type { RoomSettings, rooms } from '@recreio/protocol';
import { key } from '../streams/facts.ts';
import type { RuleFor } from '../streams/flush.ts';
import { cleanLine, cleanParagraph } from '../text.ts';
import { deny, isDenial, type Denial } from '../verdict.ts';
import { mayArchive, mayOwn } from './policy.ts';

/** Titles, descriptions and rules as they are kept; what is not given is left out. */
export const cleanSettings = (given: Partial<RoomSettings>): Partial<RoomSettings> | Denial<'bad-text'> => {
  const title = given.title === undefined ? undefined : cleanLine(given.title);
  if (isDenial(title)) return title;
  const description = given.description === undefined ? undefined : cleanParagraph(given.description);
  if (isDenial(description)) return description;
  const rules = given.rules === undefined ? undefined : cleanParagraph(given.rules);
  if (isDenial(rules)) return rules;
  const emoji = given.emoji === undefined || given.emoji === '' ? given.emoji : cleanLine(given.emoji);
  if (isDenial(emoji)) return emoji;
  return {
    ...given,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(rules === undefined ? {} : { rules }),
    ...(emoji === undefined ? {} : { emoji }),
  };
};

/**
 * Only what differs becomes an event; rules, which are not at hand, whenever they are given. In an archive nothing changes
 * (docs/protocol.md R65). A group belongs to all of its people alike: any of them names it, and the rest is as it is.
 */
export const update: RuleFor<typeof rooms.update> = {
  facts: ({ room, clientId, category }) => ({ room, done: clientId, ...(category ? { category } : {}) }),
  decide: (facts, { room: _room, clientId: _clientId, ...given }, { actor, room }) => {
    if (!facts.members.has(key(room.id, actor)) || !room.settings) return deny('not-found');
    const isNaming = room.kind === 'group' && Object.keys(given).every((name) => name === 'title');
    if (!isNaming && !mayOwn(facts, room, actor)) return deny('not-allowed');
    if (room.archived) return deny('archived');
    if (given.category && !facts.categories.has(given.category)) return deny('not-found', { detail: 'category' });
    const clean = cleanSettings(given);
    if (isDenial(clean)) return clean;
    const was: Partial<RoomSettings> = { category: null, language: null, ...room.settings };
    const settings = Object.fromEntries(
      Object.entries(clean).filter(([name, value]) => was[name as keyof RoomSettings] !== value),
    ) as Partial<RoomSettings>;
    if (Object.keys(settings).length === 0) return { events: [], reply: () => ({ seq: room.head }) };
    return { events: [{ type: 'room.changed', settings }], reply: ([placed]) => ({ seq: placed?.seq ?? room.head }) };
  },
};

/** Puts a room away, or takes it out again; where it stands so already, nothing is written (docs/protocol.md R65). */
export const archive: RuleFor<typeof rooms.archive> = {
  facts: ({ room, clientId }) => ({ room, done: clientId }),
  decide: (facts, { archived }, { actor, room }) => {
    if (!room.settings) return deny('not-found');
    if (!mayArchive(facts, room, actor))
      return deny(facts.members.has(key(room.id, actor)) ? 'not-allowed' : 'not-found');
    return {
      events: room.archived === archived ? [] : [{ type: archived ? 'room.archived' : 'room.reopened' }],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};
