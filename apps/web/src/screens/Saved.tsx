import { useLingui } from '@lingui/react';
import { Button, Empty, ListSkeleton, Page, SavedCards, type SavedCardView, useTakenOff } from '@recreio/ui';
import { useAct, useServerNow } from '../acting.ts';
import { ways } from '../address.tsx';
import { useMe, usePeople, useRooms } from '../client.tsx';
import { roomName } from '../naming.ts';
import { authorView } from '../people.ts';
import { excerptOf } from '../said.ts';
import { useSavedList, useSaving } from '../saved.ts';
import { messageHref } from '../side/groups.ts';

const here = '/guardadas';

/** What one saved for later, what was saved last first. */
export default function Saved() {
  const { i18n } = useLingui();
  const { view, list } = useSavedList();
  const saving = useSaving();
  const more = useAct();
  const tidying = useAct();
  const me = useMe()?.id;
  const { byId } = useRooms();
  const now = useServerNow();
  const saved = view?.list ?? null;
  const people = usePeople(saved?.map(({ message }) => message.author) ?? []);
  const cards = saved?.map(({ message }): SavedCardView => {
    const there = byId.get(message.room)?.room;
    return {
      id: message.id,
      href: messageHref(message.room, message.id),
      room: there === undefined ? '' : roomName(i18n, there),
      author: authorView(people, message.author, me, i18n._('Pessoa da escola')),
      at: Date.parse(message.at),
      excerpt: message.unreadable
        ? i18n._('Esta mensagem não pode mais ser lida.')
        : (excerptOf(i18n, message, 600) ?? ''),
      isReply: message.thread !== undefined,
    };
  });

  const { list: page, takes } = useTakenOff(saved?.length ?? 0, '.saved-card .btn', () =>
    document.getElementById('conteudo'),
  );
  const take = (id: string): void => {
    takes(saved?.findIndex(({ message }) => message.id === id) ?? 0);
    void saving.unsave(id);
  };
  const unseen = view?.unseen ?? 0;
  return (
    <Page
      title={i18n._('Guardadas')}
      words={i18n._('As mensagens que você guardou para depois. Só você vê, em todos os seus aparelhos.')}
      backHref="/"
      narrow
    >
      <div ref={page}>
        {cards === undefined ? (
          <ListSkeleton />
        ) : cards.length === 0 ? (
          <Empty chalk="blocks" heading={2} title={i18n._('Nada guardado por enquanto')}>
            {i18n._('Nas ações de uma mensagem, escolha “Guardar para depois”. Ela fica aqui até você tirar.')}
          </Empty>
        ) : (
          <SavedCards saved={cards} now={now} onGo={(href) => ways.leap(href, here)} onTake={take} />
        )}
        {view?.hasMore && (
          <div className="saved-more">
            <Button busy={more.busy} onClick={() => void more.run(async () => list?.more())}>
              {i18n._('Mostrar mais')}
            </Button>
          </div>
        )}
        {unseen > 0 && (
          <div className="saved-unseen small soft">
            <span>
              {i18n._(
                '{unseen, plural, one {# guardada não aparece mais: foi removida, ou é de uma sala em que você não está.} other {# guardadas não aparecem mais: foram removidas, ou são de salas em que você não está.}}',
                { unseen },
              )}
            </span>
            <Button small busy={tidying.busy} onClick={() => void tidying.run(async () => list?.tidy())}>
              {i18n._('Tirar da lista')}
            </Button>
          </div>
        )}
        {(more.error ?? tidying.error) && (
          <p className="field-error" role="alert">
            {more.error ?? tidying.error}
          </p>
        )}
      </div>
    </Page>
  );
}
