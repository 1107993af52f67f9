import { useLingui } from '@lingui/react';
import type { InboxEntry } from '@recreio/client/inbox';
import { isHushed, isResting, wordsIn } from '@recreio/protocol';
import {
  Banner,
  Button,
  Chips,
  Empty,
  hoursWords,
  type InboxEntryView,
  InboxList,
  ListSkeleton,
  nearTime,
  Page,
} from '@recreio/ui';
import { lazy, Suspense, useState } from 'react';
import { useAct, useServerNow } from '../acting.ts';
import { calmOf, quietHoursFor } from '../calling/calm.ts';
import { useClient, useMe, usePeople, useRooms, useSchool } from '../client.tsx';
import { useGo } from '../going.tsx';
import { useInbox, useInboxList } from '../inbox.ts';
import { useKeywords } from '../keywords.ts';
import { roomName } from '../naming.ts';
import { authorView } from '../people.ts';
import { excerptOf } from '../said.ts';
import { messageHref, threadHref } from '../side/groups.ts';
import ToConfirm from './notifications/ToConfirm.tsx';

const TuneRoom = lazy(() => import('./notifications/TuneRoom.tsx'));

type Shown = 'all' | 'mention' | 'reply' | 'keyword' | 'thread';

/** What called everybody is shown among mentions: it names the reader with the others. */
const shownUnder = (reason: InboxEntry['reason']): Shown => (reason === 'everyone' ? 'mention' : reason);

/** What speaks to the reader: mentions, answers, calls to everybody, threads they follow, each with why. */
export default function Inbox() {
  const { i18n } = useLingui();
  const client = useClient();
  const list = useInboxList();
  const view = useInbox(list, true);
  const { byId } = useRooms();
  const me = useMe()?.id;
  const now = useServerNow();
  const act = useAct();
  const [shown, setShown] = useState<Shown>('all');
  const [tuned, setTuned] = useState<string>();
  const isOfWords = view?.list.some(({ reason }) => reason === 'keyword') ?? false;
  const words = useKeywords({ enabled: isOfWords }).data?.words ?? [];
  const wordsOf = wordsIn(words);
  const people = usePeople(view?.list.map(({ message }) => message.author) ?? []);
  const found = (id: string): InboxEntry | undefined => view?.list.find(({ message }) => message.id === id);
  const entries = (view?.list ?? []).flatMap((entry): InboxEntryView[] => {
    const { message, reason, isNew, at } = entry;
    const my = byId.get(message.room);
    if (my === undefined || (shown !== 'all' && shown !== shownUnder(reason))) return [];
    return [
      {
        id: message.id,
        href:
          message.thread === undefined
            ? messageHref(message.room, message.id)
            : threadHref(message.room, message.thread),
        author: authorView(people, message.author, me, i18n._('Pessoa da escola')),
        reason,
        word: reason === 'keyword' ? wordsOf(message.body ?? '')[0] : undefined,
        room: roomName(i18n, my.room),
        at: Date.parse(at),
        excerpt: excerptOf(i18n, message, 280),
        isNew,
        isUrgent: message.urgent === true && reason === 'mention',
        // What was read does not count for that reason; a room's marker says nothing of its threads
        isHushed: isHushed(my.mine, now) && (message.thread !== undefined || message.seq > my.mine.readSeq),
      },
    ];
  });
  const isOf = (id: string, does: (entry: InboxEntry) => Promise<unknown>): void => {
    const entry = found(id);
    if (entry !== undefined) void act.run(() => does(entry));
  };
  return (
    <Page
      title={i18n._('Para você')}
      words={i18n._('Só o que pede você. Cada item diz por que chegou, e dá para mudar ali mesmo.')}
      backHref="/"
      narrow
      action={
        view !== undefined && view.fresh > 0 ? (
          <Button
            emphasis="quiet"
            icon="check"
            busy={act.busy}
            onClick={() => void act.run(async () => list?.markAllRead())}
          >
            {i18n._('Marcar tudo como lido')}
          </Button>
        ) : undefined
      }
    >
      <Calm now={now} />
      {act.error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <div className="inbox-filter">
        <Chips
          label={i18n._('Mostrar')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: i18n._('Tudo') },
            { value: 'mention', label: i18n._('Menções') },
            { value: 'reply', label: i18n._('Respostas') },
            { value: 'keyword', label: i18n._('Palavras') },
            { value: 'thread', label: i18n._('Fios') },
          ]}
        />
      </div>
      {view !== undefined && shown === 'all' && <ToConfirm notices={view.notices} />}
      {view?.isKnown !== true ? (
        <ListSkeleton />
      ) : entries.length === 0 && view.notices.list.length > 0 && shown === 'all' ? null : entries.length === 0 ? (
        <Empty chalk="ball" heading={2} title={i18n._('Nada pede você agora')}>
          {i18n._(
            'Quando mencionarem você, responderem ao que você disse ou disserem uma palavra sua, fica guardado aqui por 30 dias.',
          )}
        </Empty>
      ) : (
        <InboxList
          entries={entries}
          now={now}
          onRead={({ id }) => isOf(id, async (entry) => list?.markRead(entry))}
          onTune={({ id }) => setTuned(found(id)?.message.room)}
          onUnfollow={({ id }) =>
            isOf(id, async ({ message: { room, thread = '' } }) => client.call('threads.unfollow', { room, thread }))
          }
        />
      )}
      {view?.more === true && (
        <p className="more-row">
          <Button busy={act.busy} onClick={() => void act.run(async () => list?.older())}>
            {i18n._('Mostrar mais antigos')}
          </Button>
        </p>
      )}
      {tuned !== undefined && (
        <Suspense>
          <TuneRoom id={tuned} onClose={() => setTuned(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}

/** That nothing sounds now, or when nothing will. */
function Calm({ now }: { now: number }) {
  const { i18n } = useLingui();
  const me = useMe();
  const school = useSchool();
  const go = useGo();
  const { doNotDisturb } = calmOf(me);
  // One's own may be the very hours of the school
  const hours = [...new Set(quietHoursFor(me, school).map((quiet) => hoursWords(i18n, quiet)))];
  const rests = isResting({ doNotDisturb }, now);
  if (!rests && hours.length === 0) return null;
  const until = doNotDisturb?.until ?? null;
  return (
    <Banner
      tone="pen"
      icon="moon"
      aside={
        <Button small onClick={() => go('/conta/notificacoes')}>
          {i18n._('Mudar')}
        </Button>
      }
    >
      {rests ? (
        <>
          <b>
            {until === null
              ? i18n._('Não perturbe.')
              : i18n._('Não perturbe até {until}.', { until: nearTime(Date.parse(until), now, i18n.locale) })}
          </b>{' '}
        </>
      ) : (
        hours.map((words) => <b key={words}>{i18n._('Silêncio {hours}.', { hours: words })} </b>)
      )}
      {i18n._('Tudo fica guardado aqui, sem tocar.')}
    </Banner>
  );
}
