/** The number that the app wears: how much speaks to the person, as every page of theirs counts it in its title (docs/protocol.md R111). Pure. */
import { attentionTo, badgeOf, type Call, type MyRoom, placeOf } from '@recreio/protocol';
import type { Aside } from './push-port.ts';

/** Whether it counts for somebody in this room. Calm takes the sound, not the number. */
const counts = (call: Call, my: MyRoom, now: number): boolean =>
  attentionTo(
    { call, isOwn: false, isEdit: false, isRemoved: false, isBlocked: false, isInThread: true, isRead: false },
    {
      isMember: true,
      place: placeOf(my),
      tuning: my.mine,
      calm: { doNotDisturb: null },
      quietHours: [],
      timeZone: 'UTC',
      where: 'away',
      now,
    },
  ).title;

/** Of their rooms, and of what is in no room's own count. `now` in ms. */
export const appNumber = (mine: readonly MyRoom[], { threads, notices }: Aside, now: number): number => {
  const rooms = new Map(mine.map((my) => [my.room.id, my]));
  const inRooms = mine.map(
    (my) => badgeOf({ unread: my.mine.unread, calls: my.mine.mentions }, placeOf(my), my.mine, now).calls,
  );
  const inThreads = threads.filter(({ room, call }) => {
    const my = rooms.get(room);
    return my !== undefined && counts(call, my, now);
  });
  return inRooms.reduce((sum, calls) => sum + calls, 0) + inThreads.length + notices;
};
