/** rooms.update: the settings of a themed room. */
import type { RoomSettings, rooms } from '@recreio/protocol';
import { key } from '../streams/facts.ts';
import type { RuleFor } from '../streams/flush.ts';
import { cleanLine, cleanParagraph } from '../text.ts';
import { deny, isDenial, type Denial } from '../verdict.ts';
import { mayOwn } from './policy.ts';

/** Titles and descriptions as they are kept; what is not given is left out. */
export const cleanSettings = (given: Partial<RoomSettings>): Partial<RoomSettings> | Denial<'bad-text'> => {
  const title = given.title === undefined ? undefined : cleanLine(given.title);
  if (isDenial(title)) return title;
  const description = given.description === undefined ? undefined : cleanParagraph(given.description);
  if (isDenial(description)) return description;
  const emoji = given.emoji === undefined || given.emoji === '' ? given.emoji : cleanLine(given.emoji);
  if (isDenial(emoji)) return emoji;
  return {
    ...given,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(emoji === undefined ? {} : { emoji }),
  };
};

/** Only what differs becomes an event. */
export const update: RuleFor<typeof rooms.update> = {
  facts: ({ room, clientId }) => ({ room, done: clientId }),
  decide: (facts, { room: _room, clientId: _clientId, ...given }, { actor, room }) => {
    if (!facts.members.has(key(room.id, actor)) || !room.settings) return deny('not-found');
    if (!mayOwn(facts, room, actor)) return deny('not-allowed');
    const clean = cleanSettings(given);
    if (isDenial(clean)) return clean;
    const was = room.settings;
    const settings = Object.fromEntries(
      Object.entries(clean).filter(([name, value]) => was[name as keyof RoomSettings] !== value),
    ) as Partial<RoomSettings>;
    if (Object.keys(settings).length === 0) return { events: [], reply: () => ({ seq: room.head }) };
    return { events: [{ type: 'room.changed', settings }], reply: ([placed]) => ({ seq: placed?.seq ?? room.head }) };
  },
};
