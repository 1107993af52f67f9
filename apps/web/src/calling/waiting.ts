/** What waits for the reader, as the one function of attention counts it: in the list, the bar of doors, the title and the icon. Pure. */
import { badgeOf, type MyRoom, placeOf, type RoomBadge } from '@recreio/protocol';

/** The badge of a room at `now`, in ms. */
export const badgeOfRoom = (my: MyRoom, now: number): RoomBadge =>
  badgeOf({ unread: my.mine.unread, calls: my.mine.mentions }, placeOf(my), my.mine, now);

/** Over all rooms: what is counted, and how much of it speaks to the reader. */
export function waitingIn(list: readonly MyRoom[], now: number): { readonly count: number; readonly calls: number } {
  const badges = list.map((my) => badgeOfRoom(my, now));
  return {
    count: badges.reduce((sum, badge) => sum + badge.count, 0),
    calls: badges.reduce((sum, badge) => sum + badge.calls, 0),
  };
}
