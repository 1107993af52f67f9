import { useLingui } from '@lingui/react';
import type { FollowedThread, Message } from '@recreio/protocol';
import { Empty, ListSkeleton, Page, type SaidView, type ThreadCardView, ThreadCards } from '@recreio/ui';
import { useServerNow } from '../acting.ts';
import { useMe, usePeople, useRooms } from '../client.tsx';
import { roomName } from '../naming.ts';
import { authorView } from '../people.ts';
import { excerptOf } from '../said.ts';
import { threadHref } from '../side/groups.ts';
import { useThreads } from '../threads.ts';

const peopleIn = ({ root, last }: FollowedThread): string[] => [root.author, ...(last === null ? [] : [last.author])];

/** The threads one follows, what is unread first. */
export default function Threads() {
  const { i18n } = useLingui();
  const view = useThreads(true);
  const me = useMe()?.id;
  const { byId } = useRooms();
  const now = useServerNow();
  const people = usePeople(view?.list.flatMap(peopleIn) ?? []);
  const said = (message: Message): SaidView => ({
    author: authorView(people, message.author, me, i18n._('Pessoa da escola')),
    excerpt: message.removed ? undefined : excerptOf(i18n, message),
    at: Date.parse(message.at),
  });
  const cards = view?.list.map(({ room, root, last, mine }): ThreadCardView => {
    const there = byId.get(room)?.room;
    return {
      id: root.id,
      href: threadHref(room, root.id),
      room: there === undefined ? '' : roomName(i18n, there),
      root: said(root),
      last: last === null ? undefined : said(last),
      count: root.replies?.count ?? 0,
      unread: mine.unread,
    };
  });
  return (
    <Page
      title={i18n._('Fios')}
      words={i18n._('As conversas ao lado da sala que você segue: as que começou, em que respondeu ou foi chamado.')}
      backHref="/"
      narrow
    >
      {cards === undefined || view?.isKnown !== true ? (
        <ListSkeleton />
      ) : cards.length === 0 ? (
        <Empty chalk="bench" heading={2} title={i18n._('Nenhum fio por enquanto')}>
          {i18n._('Responda no fio de uma mensagem para conversar sobre ela sem encher a sala.')}
        </Empty>
      ) : (
        <>
          <ThreadCards threads={cards} now={now} />
          {view.more && (
            <p className="small soft">{i18n._('Há outros, mais antigos: estão nas salas, sob as suas mensagens.')}</p>
          )}
        </>
      )}
    </Page>
  );
}
