import { useLingui } from '@lingui/react';
import { useEffect } from 'react';
import { useAsked } from './asked.ts';
import { useRooms } from './client.tsx';
import type { Place } from './House.tsx';
import { roomName } from './naming.ts';
import { isMissing } from './problems.ts';

/** Puts a title on the page. */
export function useTitle(words: string): void {
  useEffect(() => {
    document.title = words;
  }, [words]);
}

/** `(3) Vértice da parábola · Escola Aurora`: what waits for me first, then where I am. */
export function usePageTitle({ view, room, thread, door }: Place, school: string, calls: number): void {
  const { i18n } = useLingui();
  const { byId, isKnown } = useRooms();
  // A room one is not in tells its name to those who may find it; its own page asks the same
  const isOutside = room !== undefined && isKnown && !byId.has(room);
  const found = useAsked('rooms.get', { room: room ?? '' }, { enabled: isOutside });
  const outside =
    isMissing(found.error) || found.data?.room.kind === 'direct'
      ? i18n._('Sala não encontrada')
      : found.data && roomName(i18n, found.data.room);
  const open = room === undefined ? undefined : byId.get(room)?.room;
  const name = open === undefined ? (isOutside ? outside : undefined) : roomName(i18n, open);
  const doors = {
    directory: i18n._('Encontrar salas'),
    lesson: i18n._('Aula'),
    inbox: i18n._('Para você'),
    'catch-up': i18n._('Pôr em dia'),
    threads: i18n._('Fios'),
    saved: i18n._('Guardadas'),
    sessions: i18n._('Meus aparelhos'),
    account: i18n._('Minha conta'),
    notifications: i18n._('Notificações'),
    people: i18n._('Pessoas da escola'),
    school: i18n._('A escola'),
    courses: i18n._('Cursos da escola'),
    'school-rooms': i18n._('Salas da escola'),
    health: i18n._('Saúde da instalação'),
    settings: i18n._('Ajustes da sala'),
    invitation: i18n._('Convite'),
  };
  const where =
    view === 'panel' && name !== undefined
      ? `${thread === undefined ? i18n._('Pessoas da sala') : i18n._('Fio')} · ${name}`
      : (name ??
        (door !== undefined ? doors[door] : view === 'page' ? i18n._('Página não encontrada') : i18n._('Salas')));
  useTitle(`${calls > 0 ? `(${calls}) ` : ''}${where} · ${school}`);
}
