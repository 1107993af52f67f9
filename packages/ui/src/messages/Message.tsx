import { useLingui } from '@lingui/react';
import { memo, use, useRef, useState, type PointerEvent } from 'react';
import { clockTime, type Zone } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Reachable } from '../markdown/reach.ts';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import { isStaff } from '../people/person.ts';
import { Handlers, messageActions } from './actions.ts';
import { MessageToolbar } from './MessageActions.tsx';
import { mayPick } from './picking.ts';
import { ReadBy } from './ReadBy.tsx';
import { RepliesLine } from './RepliesLine.tsx';
import { DeliveryState, Slip } from './Slip.tsx';
import type { MessageView } from './talk.ts';
import { messageName, removedWords } from './words.ts';

/** A finger that rests this long asks for the actions. */
const longPressMs = 500;

type MessageProps = {
  message: MessageView;
  isNext?: boolean;
  hasNext?: boolean;
  /** The newest of one's own says “Enviada”; saying it on each would be noise. */
  showSent?: boolean;
  /** Just arrived at, from a quote or a link. */
  isTarget?: boolean;
  /** The one of the list that Tab reaches. */
  isActive?: boolean;
  /** While several are being chosen: whether this one is. */
  isPicked?: boolean | undefined;
  zone?: Zone;
  /** In ms; for how long ago somebody answered. */
  now?: number | undefined;
};

/** A message: its author sits on the edge of the slip; staff paint that edge in pen. An article named by author, role, time and words. */
export const Message = memo(function Message({
  message,
  isNext = false,
  hasNext = false,
  showSent = true,
  isTarget = false,
  isActive = true,
  isPicked,
  zone,
  now,
}: MessageProps) {
  const { i18n } = useLingui();
  const [near, setNear] = useState(false);
  const [pinned, setPinned] = useState(false);
  const isPicking = isPicked !== undefined;
  const press = useLongPress(message, isPicking);
  const name = messageName(i18n, message, zone);
  const classes = [
    'msg',
    isStaff(message.author) && 'msg--staff',
    message.author.isYou && 'msg--own',
    isNext && 'is-next',
    hasNext && 'has-next',
    message.delivery.kind !== 'sent' && 'is-queued',
    message.delivery.kind === 'sending' && 'is-sending',
    isTarget && 'is-target',
  ]
    .filter(Boolean)
    .join(' ');
  const hasActions = messageActions(i18n, message).length > 0;
  return (
    <div
      className={classes}
      onPointerEnter={(event) => {
        // A finger is said to be a mouse where a page moves under it: only what can hover brings the tools
        if (event.pointerType === 'mouse' && matchMedia('(hover: hover)').matches) setNear(true);
      }}
      onPointerLeave={() => setNear(false)}
    >
      <div className="msg-margin">
        {/* Under one head only the first says when; of the others the margin does, while one is at them */}
        {isNext && near && message.delivery.kind === 'sent' && !message.removed && (
          <time className="msg-when" aria-hidden="true">
            {clockTime(message.at, i18n.locale, zone)}
          </time>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the long press is a second way to the toolbar, which the keyboard has */}
      <article
        className="msg-body"
        aria-label={isPicked ? `${name}, ${i18n._('selecionada')}` : name}
        tabIndex={isActive ? 0 : -1}
        data-message={message.key}
        data-id={message.id}
        data-seq={message.seq}
        onFocus={() => setNear(true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setNear(false);
        }}
        {...press}
      >
        {message.removed ? (
          <p className="tomb">
            <Icon name="trash-2" />
            <span>{removedWords(i18n, message, zone)}</span>
          </p>
        ) : (
          <>
            {!isNext && <MessageHead message={message} showSent={showSent} zone={zone} />}
            <Reachable value={isActive}>
              <Slip message={message} isNext={isNext} showSent={showSent} zone={zone} />
            </Reachable>
            {message.readBy && <ReadBy people={message.readBy} />}
            {hasActions && !isPicking && (near || pinned) && <MessageToolbar message={message} onPinned={setPinned} />}
          </>
        )}
        {isPicking && mayPick(message) && <PickBox message={message} name={name} isPicked={isPicked} />}
        {message.replies && message.replies.count > 0 && (
          <RepliesLine replies={message.replies} now={now ?? message.replies.lastAt} isReachable={isActive} />
        )}
      </article>
    </div>
  );
});

/** Over the whole message, so that a press anywhere chooses it; the focus stays on the message, which has the keys. */
function PickBox({ message, name, isPicked }: { message: MessageView; name: string; isPicked: boolean }) {
  const { i18n } = useLingui();
  const handlers = use(Handlers);
  return (
    <span className="msg-pick">
      <input
        type="checkbox"
        tabIndex={-1}
        checked={isPicked}
        readOnly
        aria-label={i18n._('Selecionar: {message}', { message: name })}
        onClick={(event) => {
          handlers?.pick(message, event.shiftKey);
          event.currentTarget.closest('article')?.focus({ preventScroll: true });
        }}
      />
      <span className="msg-pick-box">
        <Icon name="check" />
      </span>
    </span>
  );
}

function MessageHead({ message, showSent, zone }: { message: MessageView; showSent: boolean; zone: Zone }) {
  const { i18n } = useLingui();
  return (
    <header className="msg-head">
      <Avatar person={{ ...message.author, presence: undefined }} />
      <div className="msg-who">
        <b dir="auto">{message.author.name}</b>
        <RoleTag person={message.author} />
        <When at={message.at} zone={zone}>
          {clockTime(message.at, i18n.locale, zone)}
        </When>
        {message.author.isYou && (message.delivery.kind !== 'sent' || showSent) && (
          <DeliveryState delivery={message.delivery} />
        )}
      </div>
    </header>
  );
}

/** A resting finger opens the sheet of actions; moving it scrolls, as ever. */
function useLongPress(message: MessageView, isPicking: boolean) {
  const handlers = use(Handlers);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const fired = useRef(false);
  const cancel = () => clearTimeout(timer.current);
  return {
    onPointerDown(event: PointerEvent) {
      fired.current = false;
      if (event.pointerType !== 'touch' || message.removed || isPicking) return;
      timer.current = setTimeout(() => {
        fired.current = true;
        // Felt where devices can: the finger may be let go. A browser refuses, and says so, before the first tap
        if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(10);
        handlers?.openSheet(message);
      }, longPressMs);
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onPointerMove(event: PointerEvent) {
      if (Math.abs(event.movementX) + Math.abs(event.movementY) > 4) cancel();
    },
    onContextMenu(event: { preventDefault: () => void }) {
      if (fired.current) event.preventDefault();
    },
  };
}
