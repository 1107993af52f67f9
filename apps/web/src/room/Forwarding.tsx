import { useLingui } from '@lingui/react';
import { ForwardDialog, type MessageView, plainText, shortName } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../acting.ts';
import { useClient, useMe, useRooms } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { type Destination, destinationsOf, roomsLike } from '../keys/places.ts';
import { recentRooms } from '../keys/remembered.ts';
import { useTell } from '../notices.tsx';
import { groupsOf } from '../side/groups.ts';
import { addressOf } from './forwards.ts';
import { lockOf } from './lock.ts';

const nothing = new Set<string>();
const nobody = new Map<string, never>();

/** Passes a message on to another room or conversation of one's own, in which one may write. */
export default function Forwarding({
  room,
  message,
  onClose,
}: {
  room: string;
  message: MessageView;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  const me = useMe();
  const rooms = useRooms();
  const courses = useCourses();
  const now = useServerNow();
  // One intention, however often it is tried; to another place, or with other words, it is another
  const [tries] = useState(() => new Map<string, string>());
  const parts = { rooms, courses, drafts: nothing, me: me?.id, presence: nobody, calls: nobody, now };
  const all = destinationsOf(groupsOf(i18n, parts), () => undefined).filter(({ room: { id } }) => {
    const my = rooms.byId.get(id);
    return id !== room && my !== undefined && me !== null && lockOf(my, me, now, undefined) === undefined;
  });
  const recent = recentRooms(me?.id);
  const inTurn = (one: Destination): number =>
    recent.includes(one.room.id) ? recent.indexOf(one.room.id) : all.length;
  const find = (letters: string) =>
    (letters.trim() === '' ? all.toSorted((a, b) => inTurn(a) - inTurn(b)) : roomsLike(all, letters, recent)).map(
      (one) => ({ id: one.room.id, name: one.room.name, note: one.note }),
    );
  return (
    <ForwardDialog
      author={shortName(message.author.name)}
      excerpt={plainText(message.body)}
      find={find}
      maxLength={Math.floor(client.limits().messageBytes / 4)}
      busy={act.busy}
      error={act.error}
      onForward={(place, words) =>
        void act.run(
          async () => {
            const forward = { room, message: message.id ?? '' };
            const body = words === '' ? addressOf(forward, location.origin) : words;
            const intention = `${place.id} ${body}`;
            const clientId = tries.get(intention) ?? client.newId();
            tries.set(intention, clientId);
            await client.call('messages.send', { room: place.id, clientId, body, forward });
            tell(i18n._('Encaminhada para {place}.', { place: place.name }));
            onClose();
          },
          {
            removed: i18n._('A mensagem foi removida: não há o que encaminhar.'),
            'not-found': i18n._('A mensagem ou a sala não está mais aberta para você.'),
          },
        )
      }
      onClose={onClose}
    />
  );
}
