import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { nearTime, type Zone } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Markdown } from '../markdown/Markdown.tsx';

/** A message in a list beside the talk: who said it, when, the words, and what is told of it. */
export type ListedMessage = {
  id: string;
  author: string;
  at: number;
  body: string;
  /** Why it is in the list, in small words: who pinned it, which room it is of. */
  note?: string | undefined;
};

/** Messages in a list: each with its words, the way to it, and the way out of the list. */
export function MessageList({
  messages,
  now,
  zone,
  onGo,
  drop,
}: {
  messages: readonly ListedMessage[];
  now: number;
  zone?: Zone;
  onGo: (id: string) => void;
  /** How one is taken out of the list; absent where it may not be. */
  drop?: { label: string; onDrop: (id: string) => void } | undefined;
}) {
  const { i18n } = useLingui();
  return (
    <ul className="listed">
      {messages.map((message) => (
        <li key={message.id} className="listed-one">
          <p className="listed-head">
            <b dir="auto">{message.author}</b>{' '}
            <When at={message.at} zone={zone} className="muted small">
              {nearTime(message.at, now, i18n.locale, zone)}
            </When>
          </p>
          <div className="said listed-words" dir="auto">
            <Markdown body={message.body} />
          </div>
          {message.note && <p className="small soft">{message.note}</p>}
          <div className="row listed-ways">
            <Button small onClick={() => onGo(message.id)}>
              {i18n._('Ver na conversa')}
            </Button>
            {drop && <IconButton small icon="x" label={drop.label} onClick={() => drop.onDrop(message.id)} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** All that is pinned in a room. */
export function PinsDialog({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  const { i18n } = useLingui();
  return (
    <Dialog title={i18n._('Fixadas na sala')} onClose={onClose}>
      {children}
    </Dialog>
  );
}
