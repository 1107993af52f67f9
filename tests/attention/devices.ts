/** Three devices of one person at a living node: pages of the SDK, and a phone that is also called when it has no page open. */
import type { Person } from '@recreio/core/testing/world.ts';
import { type Client, createClient } from '@recreio/client';
import { inboxOf } from '@recreio/client/inbox';
import { badgeOfRoom, waitingIn } from '../../apps/web/src/calling/waiting.ts';
import type { ServedNode } from '../../packages/server/src/testing/served.ts';
import type { Browser } from '../raw/push-service.ts';
import type { Surfaces } from './model.ts';

/** A device with a page. */
export interface Device {
  readonly client: Client;
  readonly person: Person;
  readonly session: string;
  /** What the page shows, by the same functions as the web app. */
  surfaces(): Surfaces;
  close(): void;
}

/** Signs the person in on one more device. */
export const openDevice = async (
  { world, url }: ServedNode,
  { id, name }: Pick<Person, 'id' | 'name'>,
): Promise<Device> => {
  const session = world.newId();
  const { token, hash } = world.secrets.newToken();
  const device = 'Firefox no Linux';
  await world.memory.accounts.openSession({ id: session, account: id, tokenHash: hash, device, assured: true });
  const client = createClient({ url, auth: { token }, random: () => 0 });
  const inbox = inboxOf(client);
  const leave = inbox.look();
  client.start();
  return {
    client,
    session,
    person: { id, name, caller: { actor: { account: id, session }, address: '203.0.113.7', device } },
    surfaces: () => {
      const now = client.serverNow();
      const { list } = client.rooms.getSnapshot();
      const view = inbox.getSnapshot();
      return {
        rooms: Object.fromEntries(
          list.map((my) => {
            const { isNew, count, calls } = badgeOfRoom(my, now);
            return [my.room.id, { isNew, count, calls }];
          }),
        ),
        title: waitingIn(list, now).calls + view.freshAside,
        inbox: Object.fromEntries(view.list.map(({ message, isNew }) => [message.id, isNew])),
        notices: view.notices.list.map((message) => message.id).sort(),
      };
    },
    close: () => {
      leave();
      client.stop();
    },
  };
};

/** What the phone shows: as the service worker does with what is pushed. By tag, and the message that it leads to; null: nothing new. */
export const shownOn = ({ pushed }: Pick<Browser, 'pushed'>): Map<string, number | null> => {
  const shown = new Map<string, number | null>();
  for (const { note } of pushed) {
    for (const tag of note['read'] as string[]) shown.delete(tag);
    const isQuiet = note['quiet'] === true;
    if (isQuiet && !shown.has(note.tag)) continue;
    shown.set(note.tag, note.body === 'Nada de novo aqui' ? null : Number(note['seq']));
  }
  return shown;
};
