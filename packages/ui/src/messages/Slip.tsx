import { useLingui } from '@lingui/react';
import { use } from 'react';
import { fullTime, type Zone } from '../i18n/dates.ts';
import { Icon } from '../icons/Icon.tsx';
import type { IconName } from '../icons/drawings.ts';
import { Markdown } from '../markdown/Markdown.tsx';
import { Reachable, Spoken } from '../markdown/reach.ts';
import { Handlers } from './actions.ts';
import { Reactions } from './Reactions.tsx';
import type { Delivery, MessageView } from './talk.ts';
import { deliveryWords } from './words.ts';

const deliveryIcons: Record<Delivery['kind'], IconName> = {
  sent: 'check',
  sending: 'clock',
  queued: 'clock',
  failed: 'triangle-alert',
};

/** “Enviando” (after 300 ms), “Na fila”, “Enviada”, “Não enviada”: never more than is known. */
export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const { i18n } = useLingui();
  return (
    <span className={`state state--${delivery.kind}`}>
      <Icon name={deliveryIcons[delivery.kind]} />
      {deliveryWords(i18n, delivery)}
    </span>
  );
}

/** What was said: the quote it answers, the words, what became of them, the reactions. */
export function Slip({
  message,
  isNext,
  showSent,
  zone,
}: {
  message: MessageView;
  isNext: boolean;
  showSent: boolean;
  zone: Zone;
}) {
  const { i18n } = useLingui();
  const handlers = use(Handlers);
  const reach = use(Reachable) ? 0 : -1;
  const { delivery, replyTo } = message;
  const own = message.author.isYou === true;
  const stateHere = own && isNext && (delivery.kind !== 'sent' || showSent);
  const isWaiting = delivery.kind === 'failed' || delivery.kind === 'queued';
  return (
    <div className="slip" dir="auto">
      {message.isUrgent && (
        <p className="urgent">
          <Icon name="zap" />
          {i18n._('Urgente')}
        </p>
      )}
      {replyTo && (
        <a
          className="quote"
          tabIndex={reach}
          href={`#${replyTo.messageId}`}
          onClick={(event) => {
            event.preventDefault();
            handlers?.jump(message, replyTo.messageId);
          }}
        >
          <Icon name="corner-up-left" />
          <span className="sr">{i18n._('Em resposta a')}</span>
          <b>{replyTo.author}</b>
          <span>{replyTo.removed ? <i>{i18n._('mensagem removida')}</i> : replyTo.excerpt}</span>
        </a>
      )}
      {message.body !== '' && (
        <div className="said" lang={use(Spoken)}>
          <Markdown body={message.body} mentions={message.mentions} />
        </div>
      )}
      {message.forwarded}
      {(message.editedAt !== undefined || message.isPinned || message.isSaved || stateHere || isWaiting) && (
        <div className="msg-foot">
          {message.isPinned && (
            <span className="edited pinned">
              <Icon name="pin" />
              {i18n._('fixada')}
            </span>
          )}
          {message.isSaved && (
            <span className="edited pinned">
              <Icon name="bookmark" />
              {i18n._('guardada')}
            </span>
          )}
          {message.editedAt !== undefined && message.powers.readPast && (
            <button
              className="linkish edited"
              type="button"
              tabIndex={reach}
              title={fullTime(message.editedAt, i18n.locale, zone)}
              onClick={() => handlers?.past(message)}
            >
              {i18n._('editada')}
            </button>
          )}
          {message.editedAt !== undefined && !message.powers.readPast && (
            <span className="edited" title={fullTime(message.editedAt, i18n.locale, zone)}>
              {i18n._('editada')}
            </span>
          )}
          {stateHere && <DeliveryState delivery={delivery} />}
          {delivery.kind === 'failed' && (
            <>
              {delivery.why && <span className="failed-why">{delivery.why}</span>}
              {delivery.mayRetry && (
                <button className="linkish" type="button" tabIndex={reach} onClick={() => handlers?.retry(message)}>
                  {delivery.again ?? i18n._('Tentar de novo')}
                </button>
              )}
            </>
          )}
          {isWaiting && (
            <button
              className="linkish linkish--danger"
              type="button"
              tabIndex={reach}
              onClick={() => handlers?.discard(message)}
            >
              {i18n._('Apagar')}
            </button>
          )}
        </div>
      )}
      {message.notice}
      <Reactions
        reactions={message.reactions}
        mayReact={message.powers.react === true && delivery.kind === 'sent'}
        onToggle={(emoji, on) => handlers?.react(message, emoji, on)}
      />
    </div>
  );
}
