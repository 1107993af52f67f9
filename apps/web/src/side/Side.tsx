import { useLingui } from '@lingui/react';
import { NoAnswerError, ProblemError } from '@recreio/client';
import { type Language, Sidebar, SideFoot, UnreadBadge } from '@recreio/ui';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { PartGuard } from '../guard.tsx';
import { useServerNow } from '../acting.ts';
import { useAnswers, useAsked } from '../asked.ts';
import { useChoices } from '../choices.tsx';
import { useClient, useConnection, useDrafts, useMe, useRooms } from '../client.tsx';
import { useCourses, useCoursesAnew } from '../courses.ts';
import { useGo } from '../going.tsx';
import { useLeaving } from '../leaving.tsx';
import { useLogo, useOffered } from '../look.ts';
import { personView } from '../people.ts';
import { useInbox, useInboxList } from '../inbox.ts';
import { useThreads } from '../threads.ts';
import { isDarkNow, languageOf } from '../preferences.ts';
import { useCalls } from './calls.ts';
import { groupsOf } from './groups.ts';
import { useNearby } from './nearby.ts';

const TuneRoom = lazy(() => import('../screens/notifications/TuneRoom.tsx'));
const Askings = lazy(() => import('./Askings.tsx'));

/** Groups that somebody would like me in; asked for again when one comes or goes. */
function useAskings() {
  const client = useClient();
  const answers = useAnswers();
  const { data } = useAsked('rooms.askings', {});
  useEffect(
    () =>
      client.events.on('own', ({ type }) => {
        if (type === 'asking.began' || type === 'asking.ended' || type === 'membership.began')
          void answers.again('rooms.askings');
      }),
    [client, answers],
  );
  return data?.askings ?? [];
}

const watchDark = (changed: () => void): (() => void) => {
  const list = matchMedia('(prefers-color-scheme: dark)');
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
};

/** The list of rooms of the person, with their own things at the foot. */
export function Side({
  school,
  current,
  isPage,
  onTalk,
  onGo,
}: {
  school: string;
  /** The id of the room or door that is open. */
  current: string | undefined;
  /** On a phone the list is the page. */
  isPage: boolean;
  /** The address that opens the search for somebody to talk to. */
  onTalk: string;
  /** Somebody asks where to go. */
  onGo: () => void;
}) {
  const { i18n } = useLingui();
  const { preferences, choose } = useChoices();
  const rooms = useRooms();
  const courses = useCourses();
  useCoursesAnew();
  const drafts = useDrafts();
  const me = useMe();
  const presence = useNearby();
  const now = useServerNow();
  const calls = useCalls(rooms, now);
  const askings = useAskings();
  const inbox = useInbox(useInboxList());
  const [tuned, setTuned] = useState<string>();
  const threads = useThreads();
  const logo = useLogo();
  const groups = groupsOf(i18n, { rooms, courses, drafts, me: me?.id, presence, calls, now });
  return (
    <Sidebar
      school={school}
      logo={logo}
      homeHref="/"
      doors={[
        {
          id: 'inbox',
          href: '/para-voce',
          label: i18n._('Para você'),
          icon: 'at-sign',
          inBar: true,
          end: <UnreadBadge unread={inbox?.fresh ?? 0} mentions={inbox?.fresh ?? 0} />,
        },
        { id: 'catch-up', href: '/em-dia', label: i18n._('Pôr em dia'), icon: 'list-checks' },
        { id: 'directory', href: '/salas', label: i18n._('Encontrar salas'), icon: 'compass', inBar: true },
        {
          id: 'threads',
          href: '/fios',
          label: i18n._('Fios'),
          icon: 'message-square-reply',
          end: <UnreadBadge unread={threads?.unread ?? 0} mentions={0} />,
        },
        { id: 'saved', href: '/guardadas', label: i18n._('Guardadas'), icon: 'bookmark' },
        ...(me?.role === 'guardian'
          ? []
          : [{ id: 'talk', href: onTalk, label: i18n._('Nova conversa'), icon: 'plus' as const, inBar: true }]),
        ...(me?.role === 'administrator'
          ? [{ id: 'people', href: '/pessoas', label: i18n._('Administração'), icon: 'users' as const, inBar: true }]
          : []),
      ]}
      groups={groups}
      current={current}
      collapsed={new Set(preferences.collapsed)}
      onCollapse={(group, closed) =>
        choose({
          collapsed: closed
            ? [...new Set([...preferences.collapsed, group])]
            : preferences.collapsed.filter((id) => id !== group),
        })
      }
      onGo={onGo}
      onTune={setTuned}
      top={
        <>
          {askings.length > 0 && (
            <PartGuard>
              <Suspense>
                <Askings askings={askings} />
              </Suspense>
            </PartGuard>
          )}
          {tuned !== undefined && (
            <PartGuard key={tuned}>
              <Suspense>
                <TuneRoom id={tuned} onClose={() => setTuned(undefined)} />
              </Suspense>
            </PartGuard>
          )}
        </>
      }
      foot={<Foot isCurrent={current === 'sessions' || current === 'account' || current === 'notifications'} />}
      isPage={isPage}
    />
  );
}

function Foot({ isCurrent }: { /** The page of one's account or devices is open. */ isCurrent: boolean }) {
  const { i18n } = useLingui();
  const client = useClient();
  const go = useGo();
  const { leave, question } = useLeaving();
  const me = useMe();
  const { preferences, choose } = useChoices();
  const { theme, density } = preferences;
  const offered = useOffered();
  const isDark = useSyncExternalStore(watchDark, () => isDarkNow(theme));
  const { name } = useConnection();
  if (me === null) return null;

  async function speak(language: Language) {
    choose({ language });
    try {
      await client.call('accounts.updateMe', { language });
    } catch (error) {
      // The page speaks it already; only other devices do not know
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
    }
  }
  return (
    <>
      <SideFoot
        me={personView(me, me.id, name === 'ready' ? 'here' : undefined)}
        {...(name === 'waiting' ? { status: i18n._('Sem conexão') } : {})}
        language={languageOf(preferences, me.language)}
        languages={offered}
        theme={theme}
        isDark={isDark}
        density={density}
        onTheme={(next) => choose({ theme: next })}
        onLanguage={(language) => void speak(language)}
        onDensity={(next) => choose({ density: next })}
        onAccount={() => go('/conta')}
        onSessions={() => go('/dispositivos')}
        current={isCurrent}
        onSignOut={leave}
      />
      {question}
    </>
  );
}
