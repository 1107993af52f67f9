import { useLingui } from '@lingui/react';
import { isHushed, levelOf, type MyRoom, placeOf } from '@recreio/protocol';
import { TuneDialog } from '@recreio/ui';
import { useAct, useServerNow } from '../../acting.ts';
import { useClient, useRooms } from '../../client.tsx';
import { roomName } from '../../naming.ts';

/** How loud a room of mine is; nothing where I am not in it any more. */
export default function TuneRoom({ id, onClose }: { id: string; onClose: () => void }) {
  const my = useRooms().byId.get(id);
  return my === undefined ? null : <Tuning my={my} onClose={onClose} />;
}

function Tuning({ my, onClose }: { my: MyRoom; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const now = useServerNow();
  const act = useAct();
  const { room, mine } = my;
  const place = placeOf(my);
  const { hushed } = mine;
  const until = hushed === undefined || hushed.until === null ? null : Date.parse(hushed.until);
  return (
    <TuneDialog
      room={roomName(i18n, room)}
      level={mine.level ?? 'default'}
      byDefault={levelOf(place) === 'mentions' ? 'mentions' : 'everything'}
      isPrivate={room.kind === 'direct' || room.kind === 'group'}
      // The clock of the screen goes by minutes: what was hushed just now is
      hushed={isHushed(mine, Math.min(now, client.serverNow())) ? until : undefined}
      now={now}
      busy={act.busy}
      error={act.error}
      onLevel={(level) =>
        void act.run(() =>
          client.call('notifications.setRoom', { room: room.id, level: level === 'default' ? null : level }),
        )
      }
      onHush={(seconds) =>
        void act.run(() =>
          client.call('notifications.setRoom', { room: room.id, hush: seconds === undefined ? null : { seconds } }),
        )
      }
      onClose={onClose}
    />
  );
}
