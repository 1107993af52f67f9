import { useLingui } from '@lingui/react';
import { NoAnswerError, ProblemError, type TalkHandle } from '@recreio/client';
import type { MessageView, TalkCallbacks } from '@recreio/ui';
import { useClient } from '../client.tsx';
import { useTell } from '../notices.tsx';
import { troubleWords } from '../problems.ts';
import { messageHref } from '../side/groups.ts';
import { useSaving } from '../saved.ts';
import type { Jumps } from './jumps.ts';
import type { Saying } from './saying.ts';

/** The client id in the key of a message of mine (`account:clientId`). */
const clientIdOf = ({ key }: MessageView): string => key.slice(key.indexOf(':') + 1);

/** What the list wishes, done with the SDK. */
export function useCallbacks({
  room,
  roomId,
  saying,
  jumps,
  aside,
  focusBox,
  openThread,
  markUnread,
}: {
  room: TalkHandle;
  /** The room that it is in: of a thread's replies, too, links name this. */
  roomId: string;
  saying: Saying;
  jumps: Jumps;
  aside: { past: (message: MessageView) => void; forward: (message: MessageView) => void };
  focusBox: () => void;
  /** Left out in a thread, in which there are no others. */
  openThread?: (root: string) => void;
  /** Left out in a thread, which counts by itself. */
  markUnread?: (message: string) => Promise<void>;
}): TalkCallbacks {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();

  const saving = useSaving();

  async function remove(message: MessageView): Promise<void> {
    if (message.id === undefined) return;
    try {
      await room.remove(message.id);
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      tell(i18n._('A mensagem não foi apagada. {why}', { why: troubleWords(i18n, error, client.serverNow()) }), {
        tone: 'danger',
      });
    }
  }
  async function toUnread({ id }: MessageView): Promise<void> {
    if (id === undefined || markUnread === undefined) return;
    try {
      await markUnread(id);
      tell(i18n._('Não lida a partir daqui, em todos os seus aparelhos, até você voltar à sala.'));
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      tell(troubleWords(i18n, error, client.serverNow()), { tone: 'danger' });
    }
  }
  async function pin({ id, isPinned }: MessageView): Promise<void> {
    if (id === undefined) return;
    try {
      await (isPinned ? room.unpin(id) : room.pin(id));
      tell(isPinned ? i18n._('Tirada dos fixados.') : i18n._('Fixada para toda a sala.'));
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      tell(
        troubleWords(i18n, error, client.serverNow(), {
          'too-many': i18n._('Já há 50 mensagens fixadas aqui. Tire uma antes de fixar outra.'),
        }),
        { tone: 'danger' },
      );
    }
  }
  async function require({ id }: MessageView): Promise<void> {
    if (id === undefined) return;
    try {
      await client.call('notices.require', { room: roomId, message: id });
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      tell(
        troubleWords(i18n, error, client.serverNow(), {
          'too-many': i18n._('Já há 20 mensagens de leitura pedida aqui. Deixe de pedir uma antes.'),
        }),
        { tone: 'danger' },
      );
    }
  }
  async function copy(words: string, told: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(words);
      tell(told);
    } catch {
      // Browsers refuse without a secure origin or leave
      tell(i18n._('O navegador não deixou copiar. Selecione o texto e copie.'), { tone: 'danger' });
    }
  }

  return {
    react(message, emoji, on) {
      if (message.id !== undefined) void (on ? room.react(message.id, emoji) : room.unreact(message.id, emoji));
    },
    reply: saying.reply,
    openThread(message) {
      if (message.id !== undefined) openThread?.(message.id);
    },
    edit: saying.edit,
    copy: (message) => void copy(message.body, i18n._('Texto copiado.')),
    copyLink(message) {
      if (message.id === undefined) return;
      const { href } = new URL(messageHref(roomId, message.id), location.origin);
      void copy(href, i18n._('Link copiado. Só abre para quem está na sala.'));
    },
    pin: (message) => void pin(message),
    require: (message) => void require(message),
    save: ({ id, isSaved }) => {
      if (id !== undefined) void (isSaved ? saving.unsave(id) : saving.save(roomId, id));
    },
    markUnread: (message) => void toUnread(message),
    past: aside.past,
    forward: aside.forward,
    remove: (message) => void remove(message),
    retry: (message) => room.retry(clientIdOf(message)),
    discard: (message) => room.discard(clientIdOf(message)),
    fillGap(key) {
      const hole = room.getSnapshot().items.find((item) => item.key === key);
      if (hole?.kind === 'hole') void room.fill(hole.from);
    },
    jumpAway: jumps.away,
    returnTo: jumps.back,
    reachStart: () => void room.loadBefore(),
    reachEnd: () => void room.loadAfter(),
    toPresent: () => void room.jumpToPresent(),
    seen(key) {
      const item = room.getSnapshot().items.find((one) => one.key === key);
      if (item?.kind === 'message') room.markRead(item.message.seq);
      else if (item?.kind === 'line') room.markRead(item.event.seq);
    },
    leave: focusBox,
  };
}
