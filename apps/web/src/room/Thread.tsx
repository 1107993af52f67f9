import { useLingui } from '@lingui/react';
import { threadOf, type ThreadView } from '@recreio/client/threads';
import type { MyRoom } from '@recreio/protocol';
import {
  Announcer,
  Composer,
  ComposerDock,
  type ComposerHandle,
  type MessageView,
  Empty,
  LockedComposer,
  Spoken,
  TalkList,
  TalkSkeleton,
  ThreadPanel,
  usePicking,
  WithinSchool,
} from '@recreio/ui';
import { lazy, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { PartGuard } from '../guard.tsx';
import { useAct } from '../acting.ts';
import { useChoices } from '../choices.tsx';
import { useClient, useMe, usePeople, useRoom, useRoomHandle } from '../client.tsx';
import { roomName, spokenIn } from '../naming.ts';
import { useTell } from '../notices.tsx';
import { problemWords } from '../problems.ts';
import { roomHref } from '../side/groups.ts';
import { useCallbacks } from './callbacks.ts';
import { useCallsByWord } from './called.ts';
import { useJumps } from './jumps.ts';
import { lockOf, powersOf } from './lock.ts';
import { useOwnLinks } from './own-links.tsx';
import { forwardedOf } from './forwarded.tsx';
import { usePlaces } from './places.ts';
import { useMentionable } from './mentionable.ts';
import { urgeable } from './urgent.ts';
import { useSilenceReason } from './news.ts';
import { useNowFor, usePowers } from './powers.ts';
import { useSavedIds } from '../saved.ts';
import { useSaying } from './saying.ts';
import { peopleOf, type TalkMemory, talkOf } from './talk.ts';

const Elsewhere = lazy(() => import('./Elsewhere.tsx').catch(() => ({ default: () => null })));
const Picked = lazy(() => import('./Picked.tsx'));
const Forwarding = lazy(() => import('./Forwarding.tsx'));
const Past = lazy(() => import('./BesideTalk.tsx').then((part) => ({ default: part.Past })));

/** A thread beside its room; nothing where the room is not one's own, which the room itself says. Give it `key={root}`. */
export default function Thread({ room, root }: { room: string; root: string }) {
  const handle = useRoomHandle(room);
  const thread = threadOf(handle, root);
  const view = useSyncExternalStore(thread.subscribe, thread.getSnapshot);
  const { my } = useRoom(room);
  useEffect(() => {
    thread.open();
    return () => thread.close();
  }, [thread]);
  return my === null ? null : (
    <Spoken value={spokenIn(my.room)}>
      <Open room={room} root={root} view={view} my={my} />
    </Spoken>
  );
}

function Open({ room, root, view, my }: { room: string; root: string; view: ThreadView; my: MyRoom }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const tell = useTell();
  const following = useAct();
  const handle = useRoomHandle(room);
  const thread = threadOf(handle, root);
  const now = useNowFor(my);
  const people = usePeople(useMemo(() => peopleOf(view.items, view.quotes), [view.items, view.quotes]));
  const reason = useSilenceReason(room, my.mine.muted !== undefined);
  const lock = me === null ? undefined : lockOf(my, me, now, reason);
  const powers = usePowers({
    ...powersOf(my, lock),
    // The board leads into the conversation, where replies of a thread do not stand
    pin: false,
  });
  const saved = useSavedIds();
  const [memory] = useState<TalkMemory>(() => new WeakMap());
  const { locale } = i18n;
  const items = useMemo(
    () =>
      talkOf(
        view.items,
        {
          i18n,
          locale,
          me: me?.id,
          people,
          quotes: view.quotes,
          powers,
          saved,
          forwardedOf,
          why: (problem) => problemWords(i18n, problem, client.serverNow()),
        },
        memory,
      ),
    [view.items, view.quotes, people, powers, saved, me?.id, i18n, locale, client, memory],
  );
  const picking = usePicking(items);
  const composer = useRef<ComposerHandle>(null);
  const saying = useSaying(thread, items, composer);
  const jumps = useJumps(thread, view, undefined);
  const [aside, setAside] = useState<{ kind: 'past' | 'forward'; message: MessageView }>();
  const callbacks = useCallbacks({
    room: thread,
    roomId: room,
    saying,
    jumps,
    aside: {
      past: (message) => setAside({ kind: 'past', message }),
      forward: (message) => setAside({ kind: 'forward', message }),
    },
    focusBox: () => composer.current?.focus(),
  });
  const roomView = useRoom(room);
  const isDirect = my.room.kind === 'direct';
  const mentionable = useMentionable(roomView, !isDirect);
  const links = useOwnLinks(room, root);
  const places = usePlaces();
  const { preferences } = useChoices();
  const callsByWord = useCallsByWord(room);
  const title = roomName(i18n, my.room);
  const isLoaded = view.status === 'live' || view.status === 'stale';
  const isTombstone = view.root?.removed !== undefined;

  // Who has opened it means to write in it, where one has a keyboard of keys
  const mayWrite = lock === undefined && view.root !== null && !isTombstone;
  useEffect(() => {
    if (mayWrite && matchMedia('(any-pointer: fine)').matches) composer.current?.focus();
  }, [mayWrite]);

  const { problem } = view;
  useEffect(() => {
    if (problem === null || problem === 'no-answer' || problem.code === 'not-found') return;
    tell(problemWords(i18n, problem, client.serverNow()), { tone: 'danger' });
  }, [problem, tell, i18n, client]);

  const fresh = view.items.find((item) => item.kind === 'message' && item.message.seq === view.firstUnreadSeq)?.key;
  const follow = (isOn: boolean): void => {
    void following.run(() => (isOn ? thread.follow() : thread.unfollow()));
  };
  return (
    <ThreadPanel
      room={title}
      backHref={roomHref(room)}
      isFollowing={view.mine?.following}
      busy={following.busy}
      onFollow={follow}
    >
      {view.status === 'gone' ? (
        <Empty chalk="bench" heading={3} title={i18n._('Este fio não existe')}>
          {i18n._('A mensagem não está nesta sala, ou é de antes de você entrar.')}
        </Empty>
      ) : isLoaded ? (
        <WithinSchool value={links}>
          <TalkList
            room={view.id}
            items={items}
            freshFrom={fresh}
            hasBefore={view.hasBefore}
            hasAfter={view.hasAfter}
            newer={view.newer}
            target={jumps.target}
            now={now}
            callbacks={callbacks}
            picking={picking}
            label={i18n._('Mensagens do fio')}
            plain
          />
        </WithinSchool>
      ) : (
        <TalkSkeleton />
      )}
      <ComposerDock
        instead={
          picking.isOn && (
            <PartGuard>
              <Suspense>
                <Picked picking={picking} room={thread} roomId={room} onLeft={() => composer.current?.focus()} />
              </Suspense>
            </PartGuard>
          )
        }
      >
        {mayWrite && (
          <Suspense>
            <Elsewhere talk={thread.id} composer={composer} show={saying.show} />
          </Suspense>
        )}
        {lock !== undefined ? (
          <LockedComposer id="escrever-fio" lock={lock} now={now} />
        ) : isTombstone ? (
          <p className="small soft" id="escrever-fio" tabIndex={-1}>
            {i18n._('A primeira mensagem foi removida: o fio fica para ler.')}
          </p>
        ) : (
          view.root !== null && (
            <Composer
              ref={composer}
              inputId="escrever-fio"
              label={i18n._('Responder no fio')}
              audience={i18n._('o fio')}
              people={undefined}
              members={mentionable}
              places={places}
              enterSends={preferences.enterSends}
              initialText={saying.initialText}
              mode={saying.mode}
              maxBytes={client.limits().messageBytes}
              onDraft={saying.draft}
              urgeable={urgeable(my.room, powers.moderate, me)}
              onSend={(text, mentions, urgent) => saying.send(text, mentions, { urgent })}
              onCancel={saying.cancel}
              onEditLast={saying.editLast}
              onTyping={() => undefined}
            />
          )
        )}
      </ComposerDock>
      <Announcer
        room={isLoaded ? `${view.id}:${view.hasAfter}` : ''}
        items={items}
        mode={view.hasAfter ? 'off' : preferences.announce}
        callsByWord={callsByWord}
      />
      {aside !== undefined && (
        <PartGuard>
          <Suspense>
            {aside.kind === 'past' ? (
              <Past room={room} message={aside.message} onClose={() => setAside(undefined)} />
            ) : (
              <Forwarding room={room} message={aside.message} onClose={() => setAside(undefined)} />
            )}
          </Suspense>
        </PartGuard>
      )}
    </ThreadPanel>
  );
}
