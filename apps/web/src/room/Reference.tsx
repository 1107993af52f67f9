import { useLingui } from '@lingui/react';
import type { AnyRoom } from '@recreio/protocol';
import { Icon, Reachable } from '@recreio/ui';
import { type ReactNode, use } from 'react';
import { ways } from '../address.tsx';
import { useAsked } from '../asked.ts';
import { useRooms } from '../client.tsx';
import { lessonIn, useCourses } from '../courses.ts';
import { roomName } from '../naming.ts';
import { messageHref, roomHref, threadHref } from '../side/groups.ts';

type Props = {
  href: string;
  /** The words are only its name as somebody else knows it, or its address. */
  isName: boolean;
  /** The room that it is said in. */
  room: string;
  thread: string | undefined;
  children: ReactNode;
};

/** A link within the school: the name of where it leads, for who may go there; for others the words alone. Which of the two the server says. */
export default function Reference(props: Props): ReactNode {
  const { pathname } = new URL(props.href);
  const [, kind, id = ''] = pathname.split('/');
  return kind === 'aula' ? <ToLesson {...props} lesson={id} /> : <ToRoom {...props} to={id} />;
}

function ToRoom({ to, ...props }: Props & { to: string }) {
  const { i18n } = useLingui();
  const { byId, isKnown } = useRooms();
  const mine = byId.get(to)?.room;
  const found = useAsked('rooms.get', { room: to }, { enabled: isKnown && mine === undefined });
  const room: AnyRoom | undefined = mine ?? found.data?.room;
  if (room === undefined) return props.children;
  const name = roomName(i18n, room);
  return (
    <Chip
      {...props}
      icon={room.kind === 'direct' || room.kind === 'group' ? 'messages-square' : 'hash'}
      name={new URL(props.href).search === '' ? name : i18n._('mensagem em {room}', { room: name })}
    />
  );
}

function ToLesson({ lesson, ...props }: Props & { lesson: string }) {
  const { i18n } = useLingui();
  const found = lessonIn(useCourses(), lesson);
  if (found === undefined) return props.children;
  return (
    <Chip
      {...props}
      icon="book-open"
      name={i18n._('Aula {lesson}: {title}', { lesson: found.number, title: found.title })}
    />
  );
}

function Chip({
  href,
  isName,
  room,
  thread,
  icon,
  name,
  children,
}: Props & { icon: 'hash' | 'book-open' | 'messages-square'; name: string }) {
  const reach = use(Reachable) ? undefined : -1;
  return (
    <a
      className={isName ? 'place-chip' : undefined}
      href={href}
      tabIndex={reach}
      onClick={(event) => {
        // With a modifier it stays the browser's: another tab, another window
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        const { pathname, search } = new URL(href);
        const seq = event.currentTarget.closest<HTMLElement>('[data-seq]')?.dataset['seq'];
        const here = seq === undefined ? roomHref(room) : messageHref(room, Number(seq));
        ways.leap(pathname + search, thread === undefined ? here : threadHref(room, thread));
      }}
    >
      {isName ? (
        <>
          <Icon name={icon} />
          <span dir="auto">{name}</span>
        </>
      ) : (
        children
      )}
    </a>
  );
}
