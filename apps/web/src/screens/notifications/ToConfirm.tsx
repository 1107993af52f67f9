import { useLingui } from '@lingui/react';
import { type NoticesView, noticesOf } from '@recreio/client/notices';
import { Banner, NoticesToConfirm, type NoticeView } from '@recreio/ui';
import { useAct } from '../../acting.ts';
import { useClient, useMe, usePeople, useRooms } from '../../client.tsx';
import { roomName } from '../../naming.ts';
import { authorView } from '../../people.ts';
import { messageHref } from '../../side/groups.ts';

/** What has to be read, over all of the reader's rooms. */
export default function ToConfirm({ notices: { list } }: { notices: NoticesView }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe()?.id;
  const { byId } = useRooms();
  const act = useAct();
  const people = usePeople(list.map(({ author }) => author));
  const views = list.flatMap(({ id, room, author, body, unreadable }): NoticeView[] => {
    const my = byId.get(room);
    if (my === undefined) return [];
    return [
      {
        id,
        href: messageHref(room, id),
        author: authorView(people, author, me, i18n._('Pessoa da escola')),
        room: roomName(i18n, my.room),
        body: unreadable ? `*${i18n._('Esta mensagem não pode mais ser lida.')}*` : (body ?? ''),
      },
    ];
  });
  const confirm = (id: string): void => {
    const notice = list.find((one) => one.id === id);
    if (notice === undefined) return;
    void act.run(() => noticesOf(client).confirm(notice), {
      stale: i18n._('A mensagem mudou enquanto você lia. Leia de novo antes de confirmar.'),
    });
  };
  return (
    <>
      {act.error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <NoticesToConfirm notices={views} busy={act.busy} onConfirm={confirm} />
    </>
  );
}
