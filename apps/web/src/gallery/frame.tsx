import { Shell, Sidebar, SideFoot, type ShellView, type SidebarGroup } from '@recreio/ui';
import type { ReactNode } from 'react';
import { ana, helena, kaua } from './people.ts';

const nothing = () => undefined;

const groups: SidebarGroup[] = [
  {
    id: 'mat',
    title: 'Matemática · 9º B',
    rooms: [
      {
        id: 'r7',
        href: '#r7',
        name: 'Vértice da parábola',
        face: { leaf: { kind: 'lesson', lessonNumber: 7 } },
        unread: 6,
        mentions: 0,
      },
      {
        id: 'r6',
        href: '#r6',
        name: 'Raízes e a fórmula',
        face: { leaf: { kind: 'lesson', lessonNumber: 6 } },
        unread: 4,
        mentions: 1,
      },
      {
        id: 'r5',
        href: '#r5',
        name: 'Concavidade e o sinal de a',
        face: { leaf: { kind: 'lesson', lessonNumber: 5 } },
        unread: 0,
        mentions: 0,
      },
      {
        id: 'rg',
        href: '#rg',
        name: 'Matemática, conversa geral',
        face: { leaf: { kind: 'subject' } },
        unread: 2,
        mentions: 0,
      },
      {
        id: 'ra',
        href: '#ra',
        name: 'Avisos da turma',
        face: { leaf: { kind: 'subject', announcement: true } },
        unread: 0,
        mentions: 0,
      },
    ],
  },
  {
    id: 'bio',
    title: 'Biologia · 9º B',
    rooms: [
      {
        id: 'b12',
        href: '#b12',
        name: 'Mitose e meiose',
        face: { leaf: { kind: 'lesson', lessonNumber: 12 } },
        unread: 0,
        mentions: 0,
        hasDraft: true,
      },
      {
        id: 'bp',
        href: '#bp',
        name: 'Projeto: horta da escola',
        face: { leaf: { kind: 'project' } },
        unread: 4,
        mentions: 0,
      },
    ],
  },
  {
    id: 'web',
    title: 'Programação web',
    note: 'eletiva',
    rooms: [
      {
        id: 'w3',
        href: '#w3',
        name: 'Formulários que ajudam',
        face: { leaf: { kind: 'lesson', lessonNumber: 3 } },
        unread: 11,
        mentions: 0,
      },
    ],
  },
  {
    id: 'other',
    title: 'Outras salas',
    rooms: [
      {
        id: 'o1',
        href: '#o1',
        name: 'Olimpíada',
        face: { leaf: { kind: 'topic', emoji: '🏆', colour: 'tone-6' } },
        unread: 0,
        mentions: 0,
        hushed: true,
      },
    ],
  },
  {
    id: 'direct',
    title: 'Conversas privadas',
    rooms: [
      { id: 'd1', href: '#d1', name: kaua.name, face: { person: kaua }, unread: 1, mentions: 1 },
      {
        id: 'd2',
        href: '#d2',
        name: helena.name,
        face: { person: { ...helena, presence: 'gone' } },
        unread: 0,
        mentions: 0,
      },
    ],
  },
];

/** The house around a page of the gallery. */
export function Frame({
  view,
  current,
  main,
  panel,
}: {
  view: ShellView;
  current: string;
  main: ReactNode;
  panel?: ReactNode;
}) {
  return (
    <Shell
      view={view}
      main={main}
      panel={panel}
      side={
        <Sidebar
          school="Escola Aurora"
          homeHref="#inicio"
          current={current}
          collapsed={new Set(['web'])}
          onCollapse={nothing}
          groups={groups}
          isPage={view === 'rooms'}
          doors={[
            { id: 'directory', href: '#salas', label: 'Encontrar salas', icon: 'compass' },
            { id: 'people', href: '#conversar', label: 'Nova conversa', icon: 'plus' },
          ]}
          foot={
            <SideFoot
              me={ana}
              language="pt-BR"
              theme="system"
              isDark={document.documentElement.dataset['theme'] === 'dark'}
              density="comfortable"
              onTheme={nothing}
              onLanguage={nothing}
              onDensity={nothing}
              onAccount={nothing}
              onSessions={nothing}
              onSignOut={nothing}
            />
          }
        />
      }
      tabs={[
        {
          id: 'rooms',
          href: '#salas',
          label: 'Salas',
          icon: 'messages-square',
          current: view === 'rooms',
          mentions: 2,
        },
        { id: 'directory', href: '#encontrar', label: 'Encontrar', icon: 'compass', current: current === 'directory' },
        { id: 'new', href: '#nova', label: 'Conversar', icon: 'plus' },
      ]}
      {...(view === 'page' ? { skipTo: 'conteudo' } : view === 'room' ? { skipTo: 'escrever' } : {})}
    />
  );
}
