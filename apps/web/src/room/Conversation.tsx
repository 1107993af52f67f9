import { useLingui } from '@lingui/react';
import type { RoomView } from '@recreio/client';
import type { MyRoom } from '@recreio/protocol';
import {
  Announcer,
  Composer,
  ComposerDock,
  type ComposerHandle,
  Link,
  LockedComposer,
  RoomMain,
  shortName,
  TalkList,
  TypingLine,
  usePicking,
  WithinSchool,
} from '@recreio/ui';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { PartGuard } from '../guard.tsx';
import { useAddress, ways } from '../address.tsx';
import { useChoices } from '../choices.tsx';
import { useClient, useMe, usePeople, useRoomHandle } from '../client.tsx';
import { countOf, roomName } from '../naming.ts';
import { useGo } from '../going.tsx';
import { useTell } from '../notices.tsx';
import { authorView } from '../people.ts';
import { problemWords } from '../problems.ts';
import { roomHref, threadHref } from '../side/groups.ts';
import { useCallbacks } from './callbacks.ts';
import { useCallsByWord } from './called.ts';
import { usePowers, useNowFor } from './powers.ts';
import { EmptyRoom } from './EmptyRoom.tsx';
import { Head } from './head.tsx';
import { useAnswer } from './answer.ts';
import { type Asked, useJumps } from './jumps.ts';
import { lockOf, powersOf } from './lock.ts';
import type { Beside } from './BesideTalk.tsx';
import { MissingMessage } from './MissingMessage.tsx';
import { useOwnLinks } from './own-links.tsx';
import { usePlaces } from './places.ts';
import { noticeOf } from './notices.tsx';
import { forwardedOf } from './forwarded.tsx';
import { Pinned } from './Pinned.tsx';
import { useMentionable } from './mentionable.ts';
import { useSavedIds } from '../saved.ts';
import { useSilenceReason } from './news.ts';
import { useSaying } from './saying.ts';
import { peopleOf, type TalkMemory, talkOf } from './talk.ts';
import { callsAll } from './to-all.ts';
import { urgeable } from './urgent.ts';
import { useTypeToWrite } from './typing.ts';
import { Wire } from './Wire.tsx';

const Picked = lazy(() => import('./Picked.tsx'));
const Elsewhere = lazy(() => import('./Elsewhere.tsx').catch(() => ({ default: () => null })));
const BesideTalk = lazy(() => import('./BesideTalk.tsx'));

/** Beyond this many, somebody is always writing: it is not told (ux.md). */
const mostForTyping = 50;

/** An open room: its head, what was said, and the box to write in. Give it `key={room}`. */
export function Conversation({ view, my, at }: { view: RoomView; my: MyRoom; at: Asked | undefined }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const tell = useTell();
  const go = useGo();
  const room = useRoomHandle(view.id);
  const now = useNowFor(my);
  const spoken = useMemo(() => peopleOf(view.items, view.quotes), [view.items, view.quotes]);
  const people = usePeople([...spoken, ...view.typing, ...(view.reading?.keys() ?? [])]);
  const isSilenced = my.mine.muted !== undefined;
  const reason = useSilenceReason(view.id, isSilenced);
  const lock = me === null ? undefined : lockOf(my, me, now, reason);
  const powers = usePowers(powersOf(my, lock));
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
          isGroup: my.room.kind === 'group',
          threadHref: (root) => threadHref(view.id, root),
          reading: view.reading,
          noticeOf,
          forwardedOf,
          why: (problem) =>
            problemWords(i18n, problem, client.serverNow(), {
              'too-many': i18n._('Você já chamou todos 3 vezes nesta hora. Mande sem chamar.'),
            }),
        },
        memory,
      ),
    [
      view.id,
      view.items,
      view.quotes,
      view.reading,
      people,
      powers,
      saved,
      me?.id,
      i18n,
      locale,
      client,
      memory,
      my.room.kind,
    ],
  );
  const picking = usePicking(items);
  const jumps = useJumps(room, view, at, (root) => go(threadHref(view.id, root), 'replace'));
  const composer = useRef<ComposerHandle>(null);
  const saying = useSaying(room, items, composer);
  const [beside, setBeside] = useState<Beside>();
  const { isLeap, isAnswer } = useAddress();
  const links = useOwnLinks(view.id);
  const places = usePlaces();
  const { preferences } = useChoices();
  const callsByWord = useCallsByWord(view.id);
  const callbacks = useCallbacks({
    room,
    roomId: view.id,
    saying,
    jumps,
    focusBox: () => focusBox(composer.current),
    openThread: (root) => go(threadHref(view.id, root)),
    markUnread: room.markUnread,
    aside: {
      past: (message) => setBeside({ kind: 'past', message }),
      forward: (message) => setBeside({ kind: 'forward', message }),
    },
  });
  const isLoaded = view.status === 'live' || view.status === 'stale';
  const direct = my.room.kind === 'direct' ? my.room : undefined;
  const members = countOf(my.room);
  const name = roomName(i18n, my.room);
  const others = powers.moderate ? members - 1 : 0;
  const mentionable = useMentionable(view, direct === undefined, others);
  useTypeToWrite(composer);

  useAnswer(isAnswer ? at?.visit : undefined, jumps.target, items, (message) => {
    // Where two speak it is plain what is answered
    if (direct === undefined && lock === undefined) saying.reply(message);
    focusBox(composer.current);
  });

  // The box and its lock take each other's place: who was in one is in the other
  const lockKind = lock?.kind;
  const lockBefore = useRef(lockKind);
  useEffect(() => {
    if (lockBefore.current === lockKind) return;
    lockBefore.current = lockKind;
    if (document.activeElement === document.body) focusBox(composer.current);
  }, [lockKind]);

  // What was tried and refused in passing: a sign, a page of history
  const { problem } = view;
  useEffect(() => {
    if (problem === null || problem === 'no-answer') return;
    tell(problemWords(i18n, problem, client.serverNow()), { tone: 'danger' });
  }, [problem, tell, i18n, client]);

  const fresh = view.items.find((item) => item.kind === 'message' && item.message.seq === view.firstUnreadSeq)?.key;
  const typing = members > mostForTyping ? [] : view.typing;
  return (
    <RoomMain>
      <Head
        view={view}
        my={my}
        onDate={() => setBeside({ kind: 'date' })}
        onPins={view.pins > 0 ? () => setBeside({ kind: 'pins' }) : undefined}
      />
      <WithinSchool value={links}>
        <TalkList
          room={view.id}
          items={items}
          freshFrom={fresh}
          hasBefore={view.hasBefore}
          hasAfter={view.hasAfter}
          // Below what is loaded lies also what was read before one jumped back
          newer={Math.min(view.newer, my.mine.unread)}
          loading={!isLoaded}
          target={jumps.target}
          now={now}
          callbacks={callbacks}
          picking={picking}
          empty={
            <EmptyRoom
              whom={direct ? shortName(direct.with.name) : my.room.kind === 'group' ? name : undefined}
              description={'description' in my.room ? my.room.description : ''}
              mayWrite={powers.write}
              inviteHref={powers.moderate ? `${roomHref(view.id)}/pessoas` : undefined}
              onWrite={() => composer.current?.focus()}
            />
          }
          wayBack={isLeap ? ways.back : undefined}
          top={
            <>
              {view.pins > 0 && <Pinned view={view} onGo={jumps.to} onAll={() => setBeside({ kind: 'pins' })} />}
              <Wire items={view.items} />
              {jumps.isMissing && <MissingMessage onClose={jumps.forget} />}
            </>
          }
          foot={<TypingLine people={typing.map((id) => authorView(people, id, me?.id, i18n._('Alguém')))} />}
          plain={direct !== undefined}
        />
      </WithinSchool>
      <ComposerDock
        instead={
          picking.isOn && (
            <PartGuard>
              <Suspense>
                <Picked picking={picking} room={room} roomId={view.id} onLeft={() => focusBox(composer.current)} />
              </Suspense>
            </PartGuard>
          )
        }
      >
        {lock === undefined && (
          <Suspense>
            <Elsewhere talk={room.id} composer={composer} show={saying.show} />
          </Suspense>
        )}
        {lock === undefined ? (
          <Composer
            ref={composer}
            inputId="escrever"
            audience={name}
            people={direct === undefined ? members : undefined}
            members={mentionable}
            places={places}
            enterSends={preferences.enterSends}
            initialText={saying.initialText}
            mode={saying.mode}
            maxBytes={client.limits().messageBytes}
            onDraft={saying.draft}
            urgeable={urgeable(my.room, powers.moderate, me)}
            onSend={(text, mentions, urgent) => {
              if (others === 0 || saying.mode.kind === 'edit' || !callsAll(text))
                return saying.send(text, mentions, { urgent });
              const say = (everyone: boolean) => {
                saying.send(text, mentions, { everyone });
                composer.current?.show('');
              };
              setBeside({ kind: 'all', others, say });
              return false;
            }}
            onCancel={saying.cancel}
            onEditLast={saying.editLast}
            onTyping={() => {
              if (members <= mostForTyping) room.typing();
            }}
          />
        ) : (
          <LockedComposer
            id="escrever"
            lock={lock}
            now={now}
            actions={
              lock.kind === 'announcement' ? (
                <Link className="btn btn--small" href="/salas">
                  {i18n._('Encontrar salas')}
                </Link>
              ) : (
                lock.kind === 'archived' &&
                powers.moderate && (
                  <Link className="btn btn--small" href={`${roomHref(view.id)}/ajustes`}>
                    {i18n._('Ajustes da sala')}
                  </Link>
                )
              )
            }
          />
        )}
      </ComposerDock>
      {/* What was there on opening, or lies between here and the present, is history: it is not announced */}
      <Announcer
        room={isLoaded ? `${view.id}:${view.hasAfter}` : ''}
        items={items}
        mode={view.hasAfter ? 'off' : preferences.announce}
        callsByWord={callsByWord}
      />
      {beside !== undefined && (
        <PartGuard>
          <Suspense>
            <BesideTalk
              beside={beside}
              view={view}
              room={my.room}
              mayUnpin={powers.pin}
              onGo={jumps.to}
              onClose={() => setBeside(undefined)}
            />
          </Suspense>
        </PartGuard>
      )}
    </RoomMain>
  );
}

/** To the box, or to what stands in its place. */
function focusBox(composer: ComposerHandle | null): void {
  if (composer) composer.focus();
  else document.getElementById('escrever')?.focus();
}
