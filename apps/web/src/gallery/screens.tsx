import {
  Announcer,
  Composer,
  ComposerDock,
  ConnectionBanner,
  DirectHead,
  Directory,
  Empty,
  everybody,
  LockedComposer,
  MembersPanel,
  Page,
  Panel,
  PeopleAdmin,
  RedeemLink,
  RoomHead,
  RoomMain,
  Sessions,
  SignIn,
  TalkList,
  TypingLine,
  type ConnectionView,
  type Lock,
  type MenuItem,
  type TalkCallbacks,
  type TalkItem,
  Button,
  NotFound,
  Trouble,
  usePicking,
} from '@recreio/ui';
import { useState } from 'react';
import { Frame } from './frame.tsx';
import {
  ana,
  caio,
  davi,
  everyone,
  helena,
  joao,
  kaua,
  luisa,
  now,
  offlineTalk,
  say,
  talk,
  thaina,
  yasmin,
  zone,
} from './people.ts';

const nothing = () => undefined;
const callbacks: TalkCallbacks = {
  react: nothing,
  reply: nothing,
  openThread: nothing,
  edit: nothing,
  copy: nothing,
  copyLink: nothing,
  pin: nothing,
  save: nothing,
  require: nothing,
  markUnread: nothing,
  past: nothing,
  forward: nothing,
  remove: nothing,
  retry: nothing,
  discard: nothing,
  fillGap: nothing,
  jumpAway: nothing,
  returnTo: nothing,
  reachStart: nothing,
  reachEnd: nothing,
  toPresent: nothing,
  seen: nothing,
  leave: nothing,
};
const wall = { here: [kaua, helena, caio, luisa, davi, thaina], hereCount: 13, memberCount: 34 };
const menu: MenuItem[] = [
  { id: 'hush', label: 'Silenciar avisos', icon: 'bell-off', onSelect: nothing },
  { id: 'settings', label: 'Ajustes da sala…', icon: 'sliders-horizontal', onSelect: nothing },
  { kind: 'rule', id: 'r' },
  { id: 'leave', label: 'Sair da sala…', icon: 'log-out', danger: true, onSelect: nothing },
];

/** A room as it is open on a screen. */
export function RoomScreen({
  items = talk,
  view = 'room',
  connection = { kind: 'online' },
  lock,
  loading = false,
  fresh = true,
  direct = false,
}: {
  items?: readonly TalkItem[];
  view?: 'room' | 'panel' | 'rooms';
  connection?: ConnectionView;
  lock?: Lock;
  loading?: boolean;
  fresh?: boolean;
  direct?: boolean;
}) {
  const [said, setSaid] = useState(items);
  const picking = usePicking(said);
  const [mode, setMode] = useState<Parameters<typeof Composer>[0]['mode']>({ kind: 'new' });
  const members = everyone.map((person) => ({
    person,
    roomRole: person === helena ? ('owner' as const) : person === caio ? ('moderator' as const) : ('member' as const),
    ...(person === joao ? { mutedUntil: now + 3_600_000 } : {}),
  }));
  return (
    <Frame
      view={view}
      current={direct ? 'd1' : 'r7'}
      main={
        <RoomMain>
          {direct ? (
            <DirectHead person={kaua} backHref="#salas" menu={menu} />
          ) : (
            <RoomHead
              title="Vértice da parábola"
              crumb="Matemática · 9º B · Aula 7"
              wall={wall}
              members={29}
              backHref="#salas"
              peopleHref="#pessoas"
              menu={menu}
            />
          )}
          <TalkList
            room="r7"
            items={said}
            {...(fresh ? { freshFrom: 'fresh-here' } : {})}
            hasBefore={false}
            hasAfter={false}
            loading={loading}
            zone={zone}
            now={now}
            picking={picking}
            top={
              <ConnectionBanner
                connection={connection}
                queued={said.filter((item) => item.kind === 'message' && item.delivery.kind === 'queued').length}
                onRetry={nothing}
                graceMs={0}
              />
            }
            foot={<TypingLine people={[helena, kaua]} />}
            callbacks={{
              ...callbacks,
              reply: (message) =>
                setMode({
                  kind: 'reply',
                  messageId: message.id ?? '',
                  author: message.author.name,
                  excerpt: message.body,
                }),
              edit: (message) => setMode({ kind: 'edit', messageKey: message.key, text: message.body }),
              leave: () => document.querySelector<HTMLElement>('textarea')?.focus(),
            }}
            empty={
              <Empty
                chalk="hopscotch"
                title="Sala nova em folha"
                action={<Button onClick={nothing}>Escrever a primeira mensagem</Button>}
              >
                Diga do que trata a aula, ou comece por uma pergunta.
              </Empty>
            }
          />
          <ComposerDock>
            {lock ? (
              <LockedComposer id="escrever" lock={lock} now={now} zone={zone} />
            ) : (
              <Composer
                inputId="escrever"
                audience={direct ? kaua.name : 'Vértice da parábola'}
                {...(direct ? {} : { people: 34 })}
                members={direct ? [] : everyone}
                mode={mode}
                maxBytes={16384}
                onDraft={nothing}
                onCancel={() => setMode({ kind: 'new' })}
                onEditLast={nothing}
                onTyping={nothing}
                onSend={(text) => {
                  setMode({ kind: 'new' });
                  setSaid((before) => [...before, { ...say(ana, 14, 42, text, { delivery: { kind: 'sending' } }) }]);
                }}
              />
            )}
          </ComposerDock>
          <Announcer room="r7" items={said} />
        </RoomMain>
      }
      panel={
        <Panel title="Pessoas da sala" backHref="#voltar" isPage={view === 'panel'}>
          <MembersPanel
            wall={wall}
            members={members}
            now={now}
            zone={zone}
            onAdd={nothing}
            powersOf={({ person }) =>
              person.isYou
                ? {}
                : { onMessage: nothing, onMute: nothing, onRole: nothing, onBan: nothing, onRemove: nothing }
            }
          />
        </Panel>
      }
    />
  );
}

/** Ten thousand messages, to scroll through. */
export function LongScreen() {
  const [items] = useState(() =>
    Array.from({ length: 10_000 }, (_, index) =>
      say(
        [kaua, helena, yasmin, davi][Math.floor(index / 3) % 4] ?? kaua,
        14,
        0,
        `Mensagem ${index}: ${'palavra '.repeat((index * 7) % 40)}`,
        { at: now - (10_000 - index) * 60_000 },
      ),
    ),
  );
  return <RoomScreen items={items} fresh={false} />;
}

export function DirectoryScreen({ empty = false }: { empty?: boolean }) {
  const seats = (here: typeof everyone, hereCount = here.length) => ({ here, hereCount, memberCount: 34 });
  return (
    <Frame
      view="page"
      current="directory"
      main={
        <Page
          id="conteudo"
          title="Encontrar salas"
          words="Aqui estão as salas das suas turmas e as abertas a toda a escola. Entrar não avisa ninguém."
          action={
            <Button icon="plus" onClick={nothing}>
              Criar uma sala
            </Button>
          }
        >
          <Directory
            query={empty ? 'baskara' : ''}
            filter="all"
            loading={false}
            now={now}
            onQuery={nothing}
            onFilter={nothing}
            onJoin={nothing}
            onRetry={nothing}
            shelves={
              empty
                ? []
                : [
                    {
                      id: 'now',
                      title: 'Conversando agora',
                      note: 'com alguém da equipe no pátio',
                      rooms: [
                        {
                          id: '1',
                          href: '#1',
                          title: 'Vértice da parábola',
                          leaf: { kind: 'lesson', lessonNumber: 7, colour: 'pen' },
                          place: 'Matemática · 9º B · Aula 7',
                          members: 34,
                          joined: true,
                          wall: seats([helena, caio, kaua], 13),
                        },
                        {
                          id: '2',
                          href: '#2',
                          title: 'Projeto: horta da escola',
                          leaf: { kind: 'project' },
                          place: 'Biologia · 9º B · Sala de projeto',
                          members: 18,
                          joined: true,
                          wall: seats([helena, joao, yasmin]),
                        },
                      ],
                    },
                    {
                      id: 'mine',
                      title: 'Das suas turmas',
                      note: '9º B',
                      rooms: [
                        {
                          id: '3',
                          href: '#3',
                          title: 'Mitose e meiose',
                          leaf: { kind: 'lesson', lessonNumber: 12 },
                          place: 'Biologia · 9º B · Aula 12',
                          members: 31,
                          joined: false,
                          wall: seats([]),
                        },
                        {
                          id: '4',
                          href: '#4',
                          title: 'Formulários que ajudam',
                          leaf: { kind: 'lesson', lessonNumber: 3 },
                          place: 'Programação web · Aula 3',
                          members: 12,
                          joined: false,
                          wall: seats([davi, luisa, thaina]),
                        },
                        {
                          id: '5',
                          href: '#5',
                          title: 'Avisos da turma',
                          leaf: { kind: 'subject', announcement: true },
                          members: 34,
                          joined: true,
                          wall: seats([]),
                        },
                      ],
                    },
                    {
                      id: 'open',
                      title: 'Abertas a toda a escola',
                      rooms: [
                        {
                          id: '6',
                          href: '#6',
                          title: 'Olimpíada de Matemática',
                          leaf: { kind: 'topic' },
                          members: 61,
                          description: 'um problema novo toda segunda',
                          joined: false,
                          wall: seats([caio, yasmin, joao], 7),
                        },
                        {
                          id: '7',
                          href: '#7',
                          title: 'Clube de leitura: Torto arado',
                          leaf: { kind: 'topic', emoji: '📖', colour: 'tone-4' },
                          members: 23,
                          description: 'lendo o capítulo 5',
                          joined: false,
                          wall: seats([kaua, thaina]),
                        },
                        {
                          id: '8',
                          href: '#8',
                          title: 'Grêmio estudantil',
                          leaf: { kind: 'topic', inviteOnly: true },
                          members: 9,
                          joined: false,
                          wall: seats([]),
                        },
                      ],
                    },
                  ]
            }
          />
        </Page>
      }
    />
  );
}

const demo = [
  { id: 'a2', name: 'Ana Beatriz', role: 'student' as const },
  { id: 'h3', name: 'Helena Prates', role: 'teacher' as const },
  { id: 'mo', name: 'Rui Matos', role: 'moderator' as const },
  { id: 'ad', name: 'Dora Lins', role: 'administrator' as const },
];

const hour = 3_600_000;
const sessions = [
  { id: '1', device: 'Firefox no Linux', createdAt: now - 40 * hour, lastSeenAt: now - 60_000, current: true },
  { id: '2', device: 'Chrome no Android', createdAt: now - 900 * hour, lastSeenAt: now - 5 * hour, current: false },
  { id: '3', device: 'Safari no iPhone', createdAt: now - 2000 * hour, lastSeenAt: now - 70 * hour, current: false },
];

const accounts = everyone.map((person, index) => ({
  person,
  email: `${person.name.split(' ')[0]?.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')}@aurora.example`,
  role: (person.role ?? 'student') as 'student',
  minor: person.role === 'student' && index % 2 === 0,
  state: index === 4 ? ('invited' as const) : index === 5 ? ('disabled' as const) : ('active' as const),
  secondFactor: index % 3 === 1,
  lastSeenAt: now - index * hour,
}));

/** Every screen by its name in the address: `?page=room`. */
export const screens: Record<string, () => React.JSX.Element> = {
  room: () => <RoomScreen />,
  end: () => <RoomScreen fresh={false} />,
  offline: () => (
    <RoomScreen items={offlineTalk} fresh={false} connection={{ kind: 'waiting', retryAt: Date.now() + 8000 }} />
  ),
  silenced: () => (
    <RoomScreen
      fresh={false}
      lock={{
        kind: 'silenced',
        until: now + 17.3 * hour,
        by: 'Caio Nakamura',
        reason: 'Zombar da dúvida de um colega não combina com a sala.',
      }}
    />
  ),
  empty: () => <RoomScreen items={[]} fresh={false} />,
  loading: () => <RoomScreen items={[]} fresh={false} loading />,
  direct: () => <RoomScreen items={talk.slice(-4)} fresh={false} direct />,
  long: () => <LongScreen />,
  rooms: () => <RoomScreen view="rooms" />,
  people: () => <RoomScreen view="panel" />,
  directory: () => <DirectoryScreen />,
  'directory-empty': () => <DirectoryScreen empty />,
  'sign-in': () => (
    <SignIn
      school="Escola Aurora"
      onSignIn={nothing}
      onEnterDemo={nothing}
      error="A senha não confere. Confira e tente de novo."
    />
  ),
  demo: () => <SignIn school="Escola Aurora" demo={demo} onSignIn={nothing} onEnterDemo={nothing} />,
  'set-up': () => <RedeemLink kind="set-up" onRedeem={nothing} />,
  redeem: () => <RedeemLink kind="invitation" name="Ana" email="ana@aurora.example" onRedeem={nothing} />,
  sessions: () => (
    <Frame
      view="page"
      current="sessions"
      main={
        <Page
          id="conteudo"
          narrow
          title="Meus aparelhos"
          words="Onde a sua conta está aberta. Se não reconhecer um, saia dele e troque a senha."
        >
          <Sessions sessions={sessions} loading={false} now={now} zone={zone} onEnd={nothing} onEndOthers={nothing} />
        </Page>
      }
    />
  ),
  admin: () => (
    <Frame
      view="page"
      current="admin"
      main={
        <Page
          id="conteudo"
          title="Pessoas da escola"
          words="Quem entra, com que papel."
          action={
            <>
              <Button onClick={nothing} icon="upload">
                Trazer planilha
              </Button>
              <Button emphasis="pen" onClick={nothing} icon="user-plus">
                Convidar
              </Button>
            </>
          }
        >
          <PeopleAdmin
            people={accounts}
            total={214}
            query=""
            filter={everybody}
            loading={false}
            hasMore
            onMore={nothing}
            now={now}
            onQuery={nothing}
            onFilter={nothing}
            onRetry={nothing}
            onEdit={nothing}
            onDevices={nothing}
            onResetLink={nothing}
            onResetFactors={nothing}
            onDisable={nothing}
            onEnable={nothing}
          />
        </Page>
      }
    />
  ),
  'not-found': () => (
    <Frame
      view="page"
      current=""
      main={
        <Page id="conteudo" title="Recreio">
          <NotFound action={<Button onClick={nothing}>Voltar às salas</Button>} />
        </Page>
      }
    />
  ),
  trouble: () => (
    <Frame
      view="page"
      current=""
      main={
        <Page id="conteudo" title="Encontrar salas">
          <Trouble title="Não deu para buscar as salas" words="A rede ou a escola não respondeu." onRetry={nothing} />
        </Page>
      }
    />
  ),
};
