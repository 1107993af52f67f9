import { useLingui } from '@lingui/react';
import { Button, Empty, ListSkeleton, Page, RoomMain, Spoken, TalkSkeleton } from '@recreio/ui';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useChoices } from '../choices.tsx';
import { useOpenRoom, useRoom, useRooms } from '../client.tsx';
import { useGo } from '../going.tsx';
import { PartGuard } from '../guard.tsx';
import { roomName, spokenIn } from '../naming.ts';
import { type Parting, useParting } from './news.ts';
import { Conversation } from './Conversation.tsx';
import type { Asked } from './jumps.ts';
import { nearTime } from '@recreio/ui';
import { useServerNow } from '../acting.ts';

/** Most who come to a room are in it. */
const Stranger = lazy(() => import('./Stranger.tsx').then((part) => ({ default: part.Stranger })));

/** A room at its address: the conversation for those who are in it; for others what it is, and the way in or away. */
export function RoomScreen({ id, at }: { id: string /** What the address asks for. */; at: Asked | undefined }) {
  const { i18n } = useLingui();
  const view = useRoom(id);
  const { isKnown } = useRooms();
  const { choose } = useChoices();
  const parting = useParting(id);
  useOpenRoom(id);
  // Who is taken out loses the room's name with it; the page still says which one it was
  const [lastTitle, setLastTitle] = useState('');
  const title = view.my === null ? lastTitle : roomName(i18n, view.my.room);
  if (title !== lastTitle) setLastTitle(title);
  const isMine = view.my !== null;
  useEffect(() => {
    if (isMine) choose({ lastRoom: id });
  }, [id, isMine, choose]);
  // The button that let one in is gone with its page: the focus goes on to the name of the room, which a reader says
  const wasOutside = useRef(false);
  useEffect(() => {
    if (isMine && wasOutside.current && document.activeElement === document.body) {
      const heading = document.querySelector<HTMLElement>('.main-head h1');
      if (heading) heading.tabIndex = -1;
      heading?.focus({ preventScroll: true });
    }
    wasOutside.current = isKnown && !isMine;
  }, [isKnown, isMine]);
  if (view.my !== null)
    return (
      <Spoken value={spokenIn(view.my.room)}>
        <Conversation key={id} view={view} my={view.my} at={at} />
      </Spoken>
    );
  if (!isKnown) return <Waiting />;
  if (parting !== undefined) return <Parted title={lastTitle} parting={parting} />;
  return (
    <PartGuard key={id}>
      <Suspense fallback={<Waiting />}>
        <Stranger id={id} />
      </Suspense>
    </PartGuard>
  );
}

/** Nothing is known yet; said only to those who have to wait. */
function Waiting() {
  return (
    <RoomMain>
      <div className="main-head">
        <div className="title" />
      </div>
      <div className="head-edge" />
      <div className="scroll">
        <TalkSkeleton />
      </div>
    </RoomMain>
  );
}

/** Taken out of a room while in it: what happened, why, until when, and the way on. */
function Parted({ title, parting }: { title: string; parting: Parting }) {
  const { i18n } = useLingui();
  const now = useServerNow();
  const go = useGo();
  const { choose } = useChoices();
  const [name] = useState(title);
  const isOwn = parting.reason === 'left';
  useEffect(() => {
    choose({ lastRoom: null });
    if (isOwn) go('/', 'replace');
  }, [choose, go, isOwn]);
  if (isOwn)
    return (
      <Page title={name}>
        <ListSkeleton />
      </Page>
    );
  const until =
    parting.until === undefined || parting.until === null
      ? undefined
      : i18n._('Vale até {until}.', { until: nearTime(parting.until, now, i18n.locale) });
  return (
    <main className="page" tabIndex={-1} id="conteudo">
      <div className="page-in page-in--narrow" role="alert">
        <Empty
          chalk="bench"
          heading={1}
          title={
            parting.reason === 'banned'
              ? i18n._('Você não pode mais entrar em {name}', { name })
              : i18n._('Você não está mais em {name}', { name })
          }
          action={
            <Button emphasis="pen" icon="compass" onClick={() => go('/salas')}>
              {i18n._('Ver outras salas')}
            </Button>
          }
        >
          {parting.why !== undefined && (
            <b className="empty-line" dir="auto">
              {i18n._('Motivo: “{reason}”', { reason: parting.why })}
            </b>
          )}
          {until !== undefined && <span className="empty-line">{until}</span>}
          {i18n._('Se achar que foi engano, fale com quem cuida da sala ou com a coordenação.')}
        </Empty>
      </div>
    </main>
  );
}
