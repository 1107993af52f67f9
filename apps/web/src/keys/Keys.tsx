/** The keyboard of the house: going anywhere by letters, from room to room, and the sheet that tells of the keys. Fetched late. */
import { useLingui } from '@lingui/react';
import { commandKey, matchesText, ShortcutSheet, Switcher, type SwitchPlace, type SwitchShelf } from '@recreio/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useAct, useServerNow } from '../acting.ts';
import { ways } from '../address.tsx';
import { useClient, useMe, useRooms } from '../client.tsx';
import { useChoices } from '../choices.tsx';
import { useCourses } from '../courses.ts';
import { useGo } from '../going.tsx';
import { usePeopleSearch } from '../screens/NewConversation.tsx';
import { louder } from '../side/calls.ts';
import { groupsOf, roomHref } from '../side/groups.ts';
import { beforeTyping, destinationsOf, neighbour, placeOfRoom, roomsLike } from './places.ts';
import { areSingleKeysOn, forgetRooms, keepSingleKeys, recentRooms, rememberRoom } from './remembered.ts';

const nobody = new Map<string, never>();
const nothing = new Set<string>();
/** Fewer letters than this find half the school. */
const LETTERS_FOR_PEOPLE = 2;

/** The key that goes with letters. */
const command = commandKey();

/** The room of an address: keys pressed one upon another go on from where the last one led, not from what is drawn so far. */
const roomAt = (path: string): string | undefined => /^\/sala\/([^/]+)/.exec(path)?.[1];

const isIn = (at: EventTarget | null, what: string): boolean => at instanceof HTMLElement && at.closest(what) !== null;
const isField = (at: EventTarget | null): boolean => isIn(at, 'input, textarea, select, [contenteditable="true"]');
/** With Alt the arrows open a choice, and on a Mac they move in a text; a form that is being filled in is not left by them either. */
const areArrowsTaken = (at: EventTarget | null): boolean =>
  isField(at) && (command === '⌘' || isIn(at, 'select') || !isIn(at, '.composer'));

/** The rooms of the list as it is shown: folded groups are passed over, as the eye does. */
const shownRooms = (): { id: string; isFresh: boolean }[] =>
  [...document.querySelectorAll<HTMLAnchorElement>('.side-scroll a.room')]
    .filter((link) => link.checkVisibility())
    .map((link) => ({
      id: roomAt(link.pathname) ?? '',
      isFresh: link.classList.contains('is-unread') && !link.classList.contains('is-muted'),
    }));

export default function Keys({
  room,
  isGoing,
  onGoing,
}: {
  /** The room that is open. */
  room: string | undefined;
  /** Whether somebody asks where to go. */
  isGoing: boolean;
  onGoing: (is: boolean) => void;
}): ReactNode {
  const go = useGo();
  const [isTelling, tell] = useState(false);
  const [isSingle, setSingle] = useState(areSingleKeysOn);
  const { preferences, choose } = useChoices();
  const client = useClient();
  const me = useMe()?.id;
  useEffect(() => {
    if (room !== undefined && me !== undefined) rememberRoom(me, room);
  }, [me, room]);
  useEffect(() => client.events.on('signed-out', forgetRooms), [client]);
  const press = useRef<(event: KeyboardEvent) => boolean>(() => false);
  useEffect(() => {
    press.current = (event) => {
      const { key, altKey, shiftKey } = event;
      const withCommand = (event.ctrlKey || event.metaKey) && !altKey && !shiftKey;
      if (withCommand && key.toLowerCase() === 'k' && (isGoing || !isOverlaid())) {
        onGoing(!isGoing);
        return true;
      }
      if (isOverlaid()) return false;
      if ((withCommand && key === '/') || (key === '?' && isSingle && !isField(event.target))) {
        tell(true);
        return true;
      }
      const isArrow = key === 'ArrowUp' || key === 'ArrowDown';
      if (isArrow && altKey && !event.ctrlKey && !event.metaKey && !areArrowsTaken(event.target)) {
        const next = neighbour(shownRooms(), roomAt(ways.here().path), key === 'ArrowDown' ? 1 : -1, shiftKey);
        if (next !== undefined) go(roomHref(next));
        return true;
      }
      return false;
    };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || !press.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before any list or field has it
    document.addEventListener('keydown', hear, { capture: true });
    return () => document.removeEventListener('keydown', hear, { capture: true });
  }, []);
  return (
    <>
      {isGoing && (
        <Going
          open={room}
          onKeys={
            matchMedia('(any-pointer: fine)').matches
              ? () => {
                  onGoing(false);
                  tell(true);
                }
              : undefined
          }
          onClose={() => onGoing(false)}
        />
      )}
      {isTelling && (
        <ShortcutSheet
          command={command}
          isSingle={isSingle}
          onSingle={(on) => {
            keepSingleKeys(on);
            setSingle(on);
          }}
          enterSends={preferences.enterSends}
          onEnterSends={(on) => choose({ enterSends: on })}
          onClose={() => tell(false)}
        />
      )}
    </>
  );
}

/** Whether a dialog lies over the page: its keys are its own. */
const isOverlaid = (): boolean => document.querySelector('dialog[open]') !== null;

function Going({
  open,
  onKeys,
  onClose,
}: {
  open: string | undefined;
  onKeys: (() => void) | undefined;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  const go = useGo();
  const act = useAct();
  const rooms = useRooms();
  const courses = useCourses();
  const me = useMe();
  const now = useServerNow();
  const [text, setText] = useState('');
  const [recent] = useState(() => recentRooms(me?.id));
  const letters = text.trim();
  const isGuardian = me?.role === 'guardian';
  const people = usePeopleSearch(letters.length < LETTERS_FOR_PEOPLE || isGuardian ? '' : letters);

  const calls = louder(nobody, rooms.list, now);
  const groups = groupsOf(i18n, { rooms, courses, drafts: nothing, me: me?.id, presence: nobody, calls, now });
  const lessons = new Map(
    courses.flatMap((course) =>
      course.lessons.map(({ id, number, title }) => [
        id,
        `${i18n._('Aula {lesson}', { lesson: number })}: ${title} ${course.title}`,
      ]),
    ),
  );
  const all = destinationsOf(groups, (id) => {
    const about = rooms.byId.get(id)?.room;
    return about && 'lesson' in about && about.lesson !== null ? lessons.get(about.lesson) : undefined;
  });
  const doors: (SwitchPlace & { href: string })[] = [
    { id: '/para-voce', name: i18n._('Para você'), icon: 'at-sign' as const },
    { id: '/em-dia', name: i18n._('Pôr em dia'), icon: 'list-checks' as const },
    { id: '/fios', name: i18n._('Fios'), icon: 'message-square-reply' as const },
    { id: '/guardadas', name: i18n._('Guardadas'), icon: 'bookmark' as const },
    { id: '/salas', name: i18n._('Encontrar salas'), icon: 'compass' as const },
    { id: '/conta', name: i18n._('Minha conta'), icon: 'sliders-horizontal' as const },
    { id: '/conta/notificacoes', name: i18n._('Notificações'), icon: 'bell' as const },
  ].map(({ id, name, icon }) => ({ id, href: id, name, face: { icon } }));

  const shelves: SwitchShelf[] = [];
  if (letters === '') {
    const { recent: last, fresh } = beforeTyping(all, recent, open);
    shelves.push(
      { id: 'recent', title: i18n._('Visitadas há pouco'), places: last.map(placeOfRoom) },
      { id: 'fresh', title: i18n._('Com algo novo'), places: fresh.map(placeOfRoom) },
      { id: 'doors', title: i18n._('Outros lugares'), places: doors },
    );
  } else {
    const found = roomsLike(all, letters, recent);
    const talking = new Set(rooms.list.flatMap(({ room }) => (room.kind === 'direct' ? [room.with.id] : [])));
    shelves.push(
      { id: 'rooms', title: i18n._('Suas salas e conversas'), places: found.map(placeOfRoom) },
      {
        id: 'people',
        title: i18n._('Pessoas'),
        places: people.found
          // What is found may still be for the letters before
          .filter(({ id, name }) => !talking.has(id) && matchesText(name, letters))
          .map((person) => ({
            id: person.id,
            name: person.name,
            face: { person },
            note: i18n._('Começar uma conversa'),
          })),
      },
      {
        id: 'doors',
        title: i18n._('Outros lugares'),
        places: [
          ...doors.filter(({ name }) => matchesText(name, letters)),
          {
            id: 'search',
            name: i18n._('Encontrar salas com “{letters}”', { letters }),
            face: { icon: 'compass' },
          },
        ],
      },
    );
  }
  const pick = (place: SwitchPlace): void => {
    if (place.id === 'search') {
      onClose();
      go(`/salas?busca=${encodeURIComponent(letters)}`);
    } else if (place.id.startsWith('/')) {
      onClose();
      go(place.id);
    } else if (rooms.byId.has(place.id)) {
      onClose();
      go(roomHref(place.id));
    } else
      void act.run(
        async () => {
          const { room } = await client.call('rooms.openDirect', { account: place.id });
          onClose();
          go(roomHref(room.id));
        },
        { 'not-found': i18n._('Esta pessoa não divide mais nenhuma sala com você.') },
      );
  };
  return (
    <Switcher
      text={text}
      shelves={shelves}
      searching={people.searching}
      isNowhere={letters !== '' && shelves.every(({ id, places }) => id === 'doors' || places.length === 0)}
      error={act.error ?? people.error}
      onText={(next) => {
        act.clear();
        setText(next);
      }}
      onPick={pick}
      onKeys={onKeys}
      onClose={onClose}
    />
  );
}
