import { useLingui } from '@lingui/react';
import {
  Button,
  CATCH_UP_HEADING,
  CatchUp as Room,
  type CatchUpView,
  Empty,
  Link,
  ListSkeleton,
  Page,
  roundKeys,
  Trouble,
} from '@recreio/ui';
import { useEffect, useRef, useState } from 'react';
import { useAct, useServerNow } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { badgeOfRoom } from '../calling/waiting.ts';
import { useClient, useMe, usePeople, useRooms } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { useGo } from '../going.tsx';
import { areSingleKeysOn } from '../keys/remembered.ts';
import { destinationsOf } from '../keys/places.ts';
import { authorView } from '../people.ts';
import { troubleWords } from '../problems.ts';
import { namedIn, wordsIn } from '../said.ts';
import { groupsOf, roomHref } from '../side/groups.ts';
import { useThreads } from '../threads.ts';
import { anew, back, pass, queueOf, type Round, settled } from './catch-up/round.ts';

/** As much as one reads here; who wants more goes to the room. */
const MOST = 20;

const nothing = new Set<string>();
const nobody = new Map<string, never>();

/** What is unread, room by room: read, left for later or opened, with keys alone where one wishes. */
export default function CatchUp() {
  const { i18n } = useLingui();
  const client = useClient();
  const go = useGo();
  const rooms = useRooms();
  const courses = useCourses();
  const me = useMe()?.id;
  const now = useServerNow();
  const act = useAct();
  const [kept, setRound] = useState<Round>({ passed: [] });
  const round = settled(kept, rooms.list, now);
  if (round !== kept) setRound(round);
  const { at, passed } = round;
  const my = at && rooms.byId.get(at.room);
  const asked = useAsked(
    'messages.page',
    { room: at?.room ?? '', after: at?.after ?? 0, limit: MOST },
    { enabled: my !== undefined },
  );
  const messages = asked.data?.messages.filter(({ author, removed }) => author !== me && removed === undefined);
  const people = usePeople(messages?.flatMap(({ author, mentions = [] }) => [author, ...mentions]) ?? []);
  const left = queueOf(rooms.list, round, now).filter(({ room }) => room.id !== at?.room).length;
  const isSingle = areSingleKeysOn();

  const read = (): void => {
    // What was seen, and what lay behind it when it was; what came since waits, and so does what is not here yet
    const seq = asked.data?.at;
    if (at === undefined || seq === undefined) return;
    void act.run(async () => {
      await client.call('messages.markRead', { room: at.room, seq });
      setRound(pass(round, { readTo: seq, first: messages?.[0]?.id }));
    });
  };
  const later = (): void => {
    if (act.busy) return;
    act.clear();
    setRound(pass(round, { readTo: 'later' }));
  };
  const undo = (): void => {
    const last = passed.at(-1);
    if (last === undefined) return;
    void act.run(async () => {
      const marked =
        last.readTo !== 'later' && last.first !== undefined
          ? await client.call('messages.markUnread', { room: last.room, message: last.first })
          : undefined;
      isBack.current = true;
      setRound(back(round, rooms.list, marked?.unreadFrom && marked.unreadFrom.seq - 1));
    });
  };
  // The button that was pressed may have gone with what it undid
  const isBack = useRef(false);
  useEffect(() => {
    if (!isBack.current) return;
    isBack.current = false;
    document.getElementById(CATCH_UP_HEADING)?.focus();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- once the round that it led back to is shown
  }, [round]);

  const press = useRef<(key: string) => boolean>(() => false);
  useEffect(() => {
    press.current = (key) => {
      if (key === roundKeys.undo && passed.length > 0) undo();
      else if (at === undefined) return false;
      else if (key === roundKeys.read) read();
      else if (key === roundKeys.later) later();
      else if (key === roundKeys.open) go(roomHref(at.room));
      else return false;
      return true;
    };
  });
  useEffect(() => {
    if (!isSingle) return undefined;
    const hear = (event: KeyboardEvent) => {
      const isTaken =
        event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null;
      // A key that is held does a thing once
      if (isTaken || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (press.current(event.key.toUpperCase())) event.preventDefault();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [isSingle]);

  return (
    <Page
      title={i18n._('Pôr em dia')}
      words={i18n._(
        'O que há de novo, uma sala de cada vez: primeiro onde falam com você. Salas silenciadas ficam em paz.',
      )}
      backHref="/"
      narrow
    >
      {act.error && (
        <p className="field-error" role="alert">
          {act.error}
        </p>
      )}
      {!rooms.isKnown ? (
        <ListSkeleton />
      ) : my === undefined ? (
        <Done round={round} onUndo={passed.length > 0 ? undo : undefined} onAnew={() => setRound(anew(round))} />
      ) : (
        <Room
          room={roomView()}
          left={left}
          keys={isSingle}
          busy={act.busy}
          trouble={
            asked.isError && (
              <Trouble
                title={i18n._('Não deu para buscar as mensagens')}
                words={troubleWords(i18n, asked.error, client.serverNow())}
                onRetry={() => void asked.refetch()}
              />
            )
          }
          onRead={read}
          onLater={later}
          onUndo={passed.length > 0 ? undo : undefined}
        />
      )}
    </Page>
  );

  function roomView(): CatchUpView {
    const id = at?.room ?? '';
    const parts = { rooms, courses, drafts: nothing, me, presence: nobody, calls: nobody, now };
    const there = destinationsOf(groupsOf(i18n, parts), () => undefined).find(({ room }) => room.id === id);
    const { count = 0, calls = 0 } = my === undefined ? {} : badgeOfRoom(my, now);
    return {
      id,
      href: roomHref(id),
      name: there?.room.name ?? '',
      face: there?.room.face ?? { groupCount: 0 },
      note: there?.note ?? '',
      unread: Math.max(count, my?.mine.unread ?? 0),
      mentions: calls,
      hasMore: asked.data?.after === true,
      said: messages?.map((message) => ({
        id: message.id,
        author: authorView(people, message.author, me, i18n._('Pessoa da escola')),
        at: Date.parse(message.at),
        body: wordsIn(i18n, message, `*${i18n._('Encaminhou uma mensagem.')}*`),
        mentions: namedIn(message, people, me),
      })),
    };
  }
}

/** Nothing waits any more: what was left for later, and what waits in threads, is told. */
function Done({ round, onUndo, onAnew }: { round: Round; onUndo: (() => void) | undefined; onAnew: () => void }) {
  const { i18n } = useLingui();
  const inThreads = useThreads()?.unread ?? 0;
  const later = round.passed.filter(({ readTo }) => readTo === 'later').length;
  return (
    <div role="status">
      <Empty
        chalk="ball"
        title={later > 0 ? i18n._('O resto ficou para depois') : i18n._('Tudo em dia')}
        action={
          <div className="row row--wrap empty-ways">
            {later > 0 && <Button onClick={onAnew}>{i18n._('Ver as que ficaram')}</Button>}
            {inThreads > 0 && (
              <Link className="btn" href="/fios">
                {i18n._('{count, plural, one {# resposta nova nos fios} other {# respostas novas nos fios}}', {
                  count: inThreads,
                })}
              </Link>
            )}
            {onUndo && (
              <Button emphasis="quiet" icon="undo-2" aria-keyshortcuts={roundKeys.undo} onClick={onUndo}>
                {i18n._('Desfazer')}
              </Button>
            )}
          </div>
        }
      >
        {later > 0
          ? i18n._('{later, plural, one {# sala espera por você.} other {# salas esperam por você.}}', { later })
          : i18n._('Nenhuma sala espera por você. Bom recreio.')}
      </Empty>
    </div>
  );
}
