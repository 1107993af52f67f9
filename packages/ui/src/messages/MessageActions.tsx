import { useLingui } from '@lingui/react';
import { lazy, Suspense, use, type KeyboardEvent } from 'react';
import { IconButton } from '../controls/Button.tsx';
import { Confirm, Dialog } from '../controls/Dialog.tsx';
import { wayOf } from '../controls/way.ts';
import { QuickEmojis } from '../emoji/QuickEmojis.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Handlers, messageActions } from './actions.ts';
import { EmojiPopover } from '../emoji/EmojiPopover.tsx';
import type { MessageView } from './talk.ts';

/** Without a network the few at hand are all there is. */
const EmojiPicker = lazy(async () => {
  try {
    return { default: (await import('../emoji/EmojiPicker.tsx')).EmojiPicker };
  } catch {
    return { default: () => <></> };
  }
});

/** The actions of the message under the pointer or with the focus. One stop for Tab; arrows move inside it, as in any toolbar. */
export function MessageToolbar({
  message,
  onPinned,
}: {
  message: MessageView /** The emojis are open: the toolbar must stay. */;
  onPinned: (pinned: boolean) => void;
}) {
  const { i18n } = useLingui();
  const handlers = use(Handlers);
  const all = messageActions(i18n, message);
  const actions = all.filter((action) => !action.isRare);
  function arrows(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (at === -1) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.key === 'ArrowRight' ? wayOf(event.currentTarget) : -wayOf(event.currentTarget);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }
  return (
    <div className="actions is-shown" role="toolbar" aria-label={i18n._('Ações da mensagem')} onKeyDown={arrows}>
      {actions.map((action, nth) =>
        action.id === 'react' ? (
          <EmojiPopover
            key={action.id}
            onOpenChange={onPinned}
            onPick={(emoji) => handlers?.react(message, emoji, true)}
            trigger={
              <button
                type="button"
                className="btn btn--quiet btn--icon btn--small"
                tabIndex={nth === 0 ? 0 : -1}
                aria-label={action.label}
                title={action.label}
              >
                <Icon name={action.icon} />
              </button>
            }
          />
        ) : (
          <IconButton
            key={action.id}
            small
            icon={action.icon}
            label={action.label}
            tabIndex={nth === 0 ? 0 : -1}
            onClick={() => handlers?.[action.id as 'reply'](message)}
          />
        ),
      )}
      {actions.length < all.length && (
        <IconButton
          small
          icon="ellipsis"
          label={i18n._('Mais ações')}
          aria-haspopup="dialog"
          tabIndex={-1}
          onClick={() => handlers?.openSheet(message)}
        />
      )}
    </div>
  );
}

/** The same actions in the same order for a long press, or for the menu key: a sheet from below on a phone. */
export function MessageSheet({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const { i18n } = useLingui();
  const handlers = use(Handlers);
  const actions = messageActions(i18n, message);
  function pick(emoji: string) {
    onClose();
    handlers?.react(message, emoji, true);
  }
  return (
    <Dialog title={i18n._('Ações da mensagem')} onClose={onClose}>
      {actions.some((action) => action.id === 'react') && (
        <div className="sheet-emoji">
          <QuickEmojis onPick={pick} />
          <details>
            <summary className="plain">
              <span className="sheet-more">{i18n._('Mais emojis')}</span>
            </summary>
            <Suspense>
              <EmojiPicker onPick={pick} />
            </Suspense>
          </details>
        </div>
      )}
      <div className="sheet-actions">
        {actions
          .filter((action) => action.id !== 'react')
          .map((action) => (
            <button
              key={action.id}
              type="button"
              className={action.danger ? 'is-danger' : undefined}
              aria-keyshortcuts={action.keys}
              onClick={() => {
                onClose();
                handlers?.[action.id as 'reply'](message);
              }}
            >
              <Icon name={action.icon} />
              {action.label}
              {action.keys && <kbd aria-hidden="true">{action.keys}</kbd>}
            </button>
          ))}
      </div>
    </Dialog>
  );
}

/** Asks before a message is taken away: one's own is deleted, another's removed. */
export function AskRemove({
  message,
  onConfirm,
  onClose,
}: {
  message: MessageView;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const own = message.author.isYou === true;
  return (
    <Confirm
      title={own ? i18n._('Apagar esta mensagem?') : i18n._('Remover esta mensagem?')}
      words={i18n._('Fica um aviso no lugar. As respostas continuam.')}
      action={own ? i18n._('Apagar') : i18n._('Remover')}
      onClose={onClose}
      onConfirm={() => {
        onConfirm();
        onClose();
      }}
    />
  );
}

/** What lies over the list: the sheet of a message's actions, or the question before it is taken away. */
export function TalkDialogs({
  sheet,
  asking,
  onRemove,
  onClosed,
}: {
  sheet: MessageView | undefined;
  asking: MessageView | undefined;
  onRemove: (message: MessageView) => void;
  onClosed: (message: MessageView) => void;
}) {
  return (
    <>
      {sheet && <MessageSheet message={sheet} onClose={() => onClosed(sheet)} />}
      {asking && <AskRemove message={asking} onConfirm={() => onRemove(asking)} onClose={() => onClosed(asking)} />}
    </>
  );
}
