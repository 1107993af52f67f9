import type { I18n } from '@lingui/core';
import type { IconName } from '../icons/drawings.ts';
import { nearTime, type Zone } from '../i18n/dates.ts';

/** Why one cannot write here. Times in ms; `until: null` is open-ended. Being offline is none of these: the composer stays open. */
export type Lock =
  | { kind: 'silenced'; until: number | null; reason?: string | undefined; by?: string | undefined }
  | { kind: 'banned'; until: number | null; reason?: string | undefined }
  | { kind: 'archived' }
  | { kind: 'announcement' }
  | { kind: 'read-only' }
  | { kind: 'removed' }
  | { kind: 'blocked' }
  | { kind: 'protected' }
  | { kind: 'not-joined' };

/** What a lock says: what holds, in somebody's words why, and then what follows and whom to ask. */
export type LockWords = { icon: IconName; title: string; reason?: string | undefined; words: string };

/** The sentences of a lock: what holds, why, until when, whom to ask. */
export function lockWords(i18n: I18n, lock: Lock, now: number, zone?: Zone): LockWords {
  switch (lock.kind) {
    case 'silenced':
      return {
        icon: 'mic-off',
        title:
          lock.until === null
            ? i18n._('Você está em silêncio nesta sala.')
            : i18n._('Você está em silêncio nesta sala até {until}.', {
                until: nearTime(lock.until, now, i18n.locale, zone),
              }),
        reason:
          lock.reason &&
          (lock.by
            ? i18n._('Motivo, por {by}: “{reason}”', { by: lock.by, reason: lock.reason })
            : i18n._('Motivo: “{reason}”', { reason: lock.reason })),
        words: i18n._(
          'Você continua lendo tudo, e ninguém da turma foi avisado do motivo. Para conversar sobre isso, fale com quem cuida da sala.',
        ),
      };
    case 'banned':
      return {
        icon: 'ban',
        title:
          lock.until === null
            ? i18n._('Você não pode entrar nesta sala.')
            : i18n._('Você não pode entrar nesta sala até {until}.', {
                until: nearTime(lock.until, now, i18n.locale, zone),
              }),
        reason: lock.reason && i18n._('Motivo: “{reason}”', { reason: lock.reason }),
        words: i18n._('Se achar que foi engano, fale com a coordenação.'),
      };
    case 'archived':
      return {
        icon: 'archive',
        title: i18n._('Esta sala está arquivada.'),
        words: i18n._(
          'Tudo o que foi dito continua aqui para ler. Para conversar de novo, peça a quem cuida da sala que a reabra.',
        ),
      };
    case 'announcement':
      return {
        icon: 'megaphone',
        title: i18n._('Só a equipe escreve nos avisos.'),
        words: i18n._('Você pode ler e reagir. Para perguntar, use a sala da matéria.'),
      };
    case 'read-only':
      return {
        icon: 'eye',
        title: i18n._('Você lê e reage nesta sala, mas não escreve.'),
        words: i18n._('Quem cuida da sala pode mudar isso.'),
      };
    case 'removed':
      return {
        icon: 'log-out',
        title: i18n._('Você não está mais nesta sala.'),
        words: i18n._('O que você vê é o que já tinha chegado. Para voltar, fale com quem cuida da sala.'),
      };
    case 'blocked':
      return {
        icon: 'ban',
        title: i18n._('Vocês não podem trocar mensagens.'),
        words: i18n._('O que já foi dito continua aqui. Se precisar de ajuda, fale com a coordenação.'),
      };
    case 'protected':
      return {
        icon: 'shield-check',
        title: i18n._('A escola protege esta conversa.'),
        words: i18n._(
          'Conversas privadas entre adultos e menores passam pela equipe. Use a sala da turma ou fale com a coordenação.',
        ),
      };
    case 'not-joined':
      return {
        icon: 'plus',
        title: i18n._('Você está só olhando.'),
        words: i18n._('Entre na sala para conversar. Entrar não avisa ninguém em particular.'),
      };
  }
}
