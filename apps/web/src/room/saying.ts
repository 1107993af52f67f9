import { useLingui } from '@lingui/react';
import type { Draft, TalkHandle } from '@recreio/client';
import {
  type ComposerHandle,
  type ComposerMode,
  type MessageView,
  plainText,
  shortName,
  type TalkItem,
} from '@recreio/ui';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useClient, useDrafts } from '../client.tsx';
import { useTell } from '../notices.tsx';
import { troubleWords } from '../problems.ts';
import { TO_ALL } from './to-all.ts';

/** What the composer is doing, and how it comes to do something else. */
export interface Saying {
  readonly mode: ComposerMode;
  readonly initialText: string;
  /** `everyone`: it calls everybody in the room; `urgent`: it is for those whom it names. */
  send(text: string, mentions: string[], as?: { readonly everyone?: boolean; readonly urgent?: boolean }): void;
  cancel(): void;
  reply(message: MessageView): void;
  edit(message: MessageView): void;
  editLast(): void;
  draft(text: string): void;
  /** Puts words from another device in the box, in the place of its own. */
  show(draft: Draft): void;
}

const isNew: ComposerMode = { kind: 'new' };

const replyTo = (message: MessageView): ComposerMode => ({
  kind: 'reply',
  messageId: message.id ?? '',
  author: shortName(message.author.name),
  excerpt: plainText(message.body),
});

/** Says things in a room: new ones, answers, and other words for what was said. Drafts are kept as they are written. */
export function useSaying(
  room: TalkHandle,
  items: readonly TalkItem[],
  composer: RefObject<ComposerHandle | null>,
): Saying {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const [stored] = useState(() => room.draft());
  const answering = (id: string): ComposerMode => {
    const answered = items.find((item) => item.kind === 'message' && item.id === id);
    return answered?.kind === 'message'
      ? replyTo(answered)
      : { kind: 'reply', messageId: id, author: i18n._('uma mensagem anterior'), excerpt: '' };
  };
  const modeOf = (draft: Draft | undefined): ComposerMode =>
    draft?.replyTo === undefined ? isNew : answering(draft.replyTo);
  const [mode, showMode] = useState(() => modeOf(stored));

  // What was kept comes after the box where the browser reads slowly; what is begun meanwhile stands above it
  const [isBegun, begin] = useState(stored !== undefined);
  const kept = useDrafts().has(room.id) ? room.draft() : undefined;
  if (!isBegun && kept !== undefined) {
    begin(true);
    if (kept.replyTo !== undefined) showMode(modeOf(kept));
  }

  // A draft is there before the talk is: whom it answers is known once the message is
  const shown = ((): ComposerMode => {
    if (mode.kind !== 'reply' || mode.excerpt !== '') return mode;
    const answered = items.find((item) => item.kind === 'message' && item.id === mode.messageId);
    return answered?.kind === 'message' ? replyTo(answered) : mode;
  })();

  // The box empties itself in the same turn in which it sends: what it says then belongs to the next mode
  const next = useRef(mode);
  useEffect(() => {
    next.current = mode;
  }, [mode]);
  const setMode = (to: ComposerMode): void => {
    next.current = to;
    showMode(to);
  };

  const keep = (body: string, to: ComposerMode): void => {
    begin(true);
    room.setDraft({ body, ...(to.kind === 'reply' ? { replyTo: to.messageId } : {}) });
  };

  /** To what was begun before an edit took the box: its words come back, and so does whom they answer. */
  const goBack = (): void => setMode(modeOf(room.draft()));

  const change = async (key: string, body: string, mentions: string[]): Promise<void> => {
    const edited = items.find((item) => item.key === key);
    if (edited?.kind !== 'message' || edited.id === undefined) return goBack();
    try {
      if (edited.body !== body) await room.edit(edited.id, { body, mentions });
      const now = next.current;
      if (now.kind === 'edit' && now.messageKey === key) goBack();
    } catch (error) {
      // The words stay in the box, to be saved again or copied
      tell(i18n._('A mudança não foi salva. {why}', { why: troubleWords(i18n, error, client.serverNow()) }), {
        tone: 'danger',
      });
    }
  };

  const reply = (message: MessageView): void => {
    const answer = replyTo(message);
    keep(room.draft()?.body ?? '', answer);
    setMode(answer);
  };
  const edit = (message: MessageView): void => setMode({ kind: 'edit', messageKey: message.key, text: message.body });

  return {
    mode: shown,
    // Read when the box is put up, which may be after a silence: what was half written then is there again
    initialText: room.draft()?.body ?? '',
    send(text, named, { everyone = false, urgent = false } = {}) {
      const mentions = named.filter((id) => !TO_ALL.includes(id));
      if (mode.kind === 'edit') {
        void change(mode.messageKey, text, mentions);
        return;
      }
      room.send({
        body: text,
        mentions,
        ...(mode.kind === 'reply' ? { replyTo: mode.messageId } : {}),
        ...(everyone ? { everyone } : {}),
        ...(urgent && mentions.length > 0 ? { urgent } : {}),
      });
      setMode(isNew);
    },
    cancel() {
      if (mode.kind === 'reply') keep(room.draft()?.body ?? '', isNew);
      goBack();
    },
    reply,
    edit,
    editLast() {
      // Where the last one is still on its way nothing is changed: the one before it is not what was meant
      const last = items.findLast((item) => item.kind === 'message' && item.author.isYou === true);
      if (last?.kind === 'message' && last.powers.edit === true) edit(last);
    },
    draft: (text) => keep(text, next.current),
    show(draft) {
      begin(true);
      composer.current?.show(draft.body);
      // An edit is not disturbed: what was put aside for it is another now
      if (next.current.kind !== 'edit') setMode(modeOf(draft));
    },
  };
}
