import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { RoomView } from '@recreio/client';
import { type Course, type Direct, type Group, isHushed as hushes, type MyRoom, type Room } from '@recreio/protocol';
import { DirectHead, kindWords, type MenuItem, nearTime, RoomHead, type WallView } from '@recreio/ui';
import { lazy, Suspense, useState } from 'react';
import { useServerNow } from '../acting.ts';
import { useCourses } from '../courses.ts';
import { useMe, usePeople } from '../client.tsx';
import { PartGuard } from '../guard.tsx';
import { useLastHere } from '../here.ts';
import { countOf, roomName } from '../naming.ts';
import { useTell } from '../notices.tsx';
import { authorView, personView } from '../people.ts';
import { courseName, roomHref } from '../side/groups.ts';

const MemberDialog = lazy(() =>
  import('../screens/members/MemberDialog.tsx').then((part) => ({ default: part.MemberDialog })),
);

const TuneRoom = lazy(() => import('../screens/notifications/TuneRoom.tsx'));

const GroupDialog = lazy(() => import('../screens/group/GroupDialog.tsx'));

/** Where a room stands: `Matemática · 9º B · Aula 7`, or what kind of room it is. */
export function crumbOf(i18n: I18n, room: Room, courses: readonly Course[]): string {
  const course = courses.find(({ id }) => id === room.course);
  const kind =
    room.archivedAt !== undefined
      ? i18n._('Sala arquivada')
      : room.posting === 'moderators'
        ? i18n._('Sala de avisos')
        : kindWords(i18n, room.kind);
  if (course === undefined) return kind;
  const lesson = course.lessons.find(({ id }) => id === room.lesson);
  return lesson === undefined
    ? `${courseName(course)} · ${kind}`
    : `${courseName(course)} · ${i18n._('Aula {lesson}', { lesson: lesson.number })}`;
}

/** Who is on the wall of a room, once the server has said, as last known while the connection is away; presence is of people one may know of. */
export function useWall(view: RoomView, members: number): WallView | undefined {
  const { i18n } = useLingui();
  const me = useMe()?.id;
  const { here, isPast } = useLastHere(view);
  const people = usePeople(here?.people ?? []);
  if (here === null) return undefined;
  return {
    isPast,
    here: here.people
      .filter((id) => people.has(id))
      .map((id) => ({ ...authorView(people, id, me, i18n._('Pessoa da escola')), presence: 'here' as const })),
    hereCount: here.count,
    memberCount: members,
  };
}

/** What else the menu of a room leads to. */
interface Further {
  readonly onDate: () => void;
  /** Absent where nothing is pinned. */
  readonly onPins: (() => void) | undefined;
}

/** The same with what the head itself opens. */
interface Tuned extends Further {
  readonly onTune: () => void;
}

function useMenu(id: string, { onDate, onPins, onTune }: Tuned): MenuItem[] {
  const { i18n } = useLingui();
  const tell = useTell();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(new URL(roomHref(id), location.origin).href);
      tell(i18n._('Endereço copiado.'));
    } catch {
      // Browsers refuse without a secure origin or leave; the address bar has it all the same
      tell(i18n._('O navegador não deixou copiar. O endereço está na barra do navegador.'), { tone: 'danger' });
    }
  };
  return [
    { id: 'tune', label: i18n._('Silenciar ou mudar avisos…'), icon: 'bell', onSelect: onTune },
    { id: 'date', label: i18n._('Ir para uma data…'), icon: 'calendar', onSelect: onDate },
    ...(onPins ? [{ id: 'pins', label: i18n._('Fixadas na sala'), icon: 'pin' as const, onSelect: onPins }] : []),
    { id: 'copy', label: i18n._('Copiar o endereço'), icon: 'copy', onSelect: () => void copy() },
  ];
}

/** The head of an open room, or of a private conversation. */
export function Head({ view, my, ...further }: { view: RoomView; my: MyRoom } & Further) {
  const [isTuning, setTuning] = useState(false);
  const { room } = my;
  const parts = { view, ...further, onTune: () => setTuning(true) };
  return (
    <>
      {room.kind === 'direct' ? (
        <OfTwo direct={room} {...parts} />
      ) : room.kind === 'group' ? (
        <OfGroup group={room} {...parts} />
      ) : (
        <OfRoom room={room} mine={my.mine} {...parts} />
      )}
      {isTuning && (
        <PartGuard>
          <Suspense>
            <TuneRoom id={room.id} onClose={() => setTuning(false)} />
          </Suspense>
        </PartGuard>
      )}
    </>
  );
}

function OfTwo({ view, direct, ...further }: { view: RoomView; direct: Direct } & Tuned) {
  const { i18n } = useLingui();
  const me = useMe()?.id;
  const [isBlocking, setBlocking] = useState(false);
  const copy = useMenu(view.id, further);
  const person = personView(direct.with, me, undefined);
  const menu: MenuItem[] = [
    ...copy,
    { kind: 'rule', id: 'r1' },
    { id: 'block', label: i18n._('Bloquear…'), icon: 'user-x', danger: true, onSelect: () => setBlocking(true) },
  ];
  const isHere = view.here?.people.includes(direct.with.id);
  const presence = isHere === undefined ? undefined : isHere ? 'here' : 'gone';
  return (
    <>
      <DirectHead person={personView(direct.with, me, presence)} backHref="/" menu={menu} />
      {isBlocking && (
        <Suspense>
          <MemberDialog
            asking={{ kind: 'block', person }}
            roomId={view.id}
            members={[]}
            isOfCourse={false}
            onClose={() => setBlocking(false)}
            onDone={() => setBlocking(false)}
          />
        </Suspense>
      )}
    </>
  );
}

function OfGroup({ view, group, ...further }: { view: RoomView; group: Group } & Tuned) {
  const { i18n } = useLingui();
  const members = countOf(group);
  const wall = useWall(view, members);
  const copy = useMenu(view.id, further);
  const [asking, setAsking] = useState<'name' | 'leave'>();
  const menu: MenuItem[] = [
    { id: 'name', label: i18n._('Nome do grupo…'), icon: 'pencil', onSelect: () => setAsking('name') },
    ...copy,
    { kind: 'rule', id: 'r1' },
    { id: 'leave', label: i18n._('Sair do grupo…'), icon: 'log-out', danger: true, onSelect: () => setAsking('leave') },
  ];
  return (
    <>
      <RoomHead
        title={roomName(i18n, group)}
        crumb={i18n._('Grupo · só vocês leem')}
        wall={wall}
        members={members}
        backHref="/"
        peopleHref={`${roomHref(view.id)}/pessoas`}
        menu={menu}
      />
      {asking && (
        <Suspense>
          <GroupDialog kind={asking} group={group} onClose={() => setAsking(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function OfRoom({ view, room, mine, ...further }: { view: RoomView; room: Room; mine: MyRoom['mine'] } & Tuned) {
  const { i18n } = useLingui();
  const courses = useCourses();
  const crumb = crumbOf(i18n, room, courses);
  const now = useServerNow();
  const until = mine.hushed?.until;
  const hushed = !hushes(mine, now)
    ? undefined
    : until
      ? i18n._('silenciada até {until}', { until: nearTime(Date.parse(until), now, i18n.locale) })
      : i18n._('silenciada');
  const wall = useWall(view, room.members);
  const menu = useMenu(view.id, further);
  return (
    <RoomHead
      title={room.title}
      crumb={hushed === undefined ? crumb : `${crumb} · ${hushed}`}
      wall={wall}
      members={room.members}
      backHref="/"
      peopleHref={`${roomHref(view.id)}/pessoas`}
      menu={menu}
    />
  );
}
