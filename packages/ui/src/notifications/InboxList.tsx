import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { clockTime, dayKey, dayName, type Zone } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Link } from '../layout/Link.tsx';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';

/** Why something speaks to the reader. */
export type InboxReason = 'mention' | 'reply' | 'keyword' | 'everyone' | 'thread';

/** Something that speaks to the reader. */
export type InboxEntryView = {
  id: string;
  href: string;
  author: PersonView;
  reason: InboxReason;
  /** The reader's word that is in it; absent where it is not any more, neither in the message nor among theirs. */
  word?: string | undefined;
  room: string;
  at: number;
  /** What was said, in a line; absent where it cannot be read. */
  excerpt: string | undefined;
  isNew: boolean;
  /** It named the reader, and is urgent. */
  isUrgent?: boolean;
  /** Its room is hushed: it is here, and not counted. */
  isHushed: boolean;
};

/** What can be done with one. */
export type InboxActs = {
  onRead: (entry: InboxEntryView) => void;
  /** How loud its room is. */
  onTune: (entry: InboxEntryView) => void;
  onUnfollow: (entry: InboxEntryView) => void;
};

/** What speaks to the reader, by days, each with why it is here and how to change that. */
export function InboxList({
  entries,
  now,
  zone,
  ...acts
}: { entries: readonly InboxEntryView[]; now: number; zone?: Zone } & InboxActs) {
  const { i18n } = useLingui();
  const days = Map.groupBy(entries, ({ at }) => dayKey(at, zone));
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-labelledby={`dia-${day}`}>
          <h2 className="subhead inbox-day" id={`dia-${day}`}>
            {dayName(ofDay[0]?.at ?? now, now, i18n.locale, zone)}
          </h2>
          <ol className="inbox">
            {ofDay.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} zone={zone} {...acts} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Entry({
  entry,
  zone,
  onRead,
  onTune,
  onUnfollow,
}: { entry: InboxEntryView; zone: Zone } & InboxActs): ReactNode {
  const { i18n } = useLingui();
  const { author, reason, word, at, isNew, isHushed, excerpt, href } = entry;
  // The name stands in a sentence here, whose verb pronouns would follow
  const { pronouns: _, ...plain } = author;
  const { name } = author;
  const said = {
    mention: i18n._('{name} mencionou você', { name }),
    reply: i18n._('{name} respondeu a você', { name }),
    keyword:
      word === undefined
        ? i18n._('{name} disse uma palavra sua', { name })
        : i18n._('{name} disse “{word}”', { name, word }),
    everyone: i18n._('{name} chamou todos', { name }),
    thread: i18n._('{name} respondeu num fio que você segue', { name }),
  }[reason];
  const why = {
    mention: entry.isUrgent
      ? i18n._('Recebeu porque citaram você, com urgência.')
      : i18n._('Recebeu porque citaram você.'),
    reply: i18n._('Recebeu porque responderam a uma mensagem sua.'),
    keyword:
      word === undefined
        ? i18n._('Recebeu porque pediu para saber de uma palavra que estava aqui.')
        : i18n._('Recebeu porque pediu para saber de “{word}”.', { word }),
    everyone: i18n._('Recebeu porque chamaram todos da sala.'),
    thread: i18n._('Recebeu porque você segue este fio.'),
  }[reason];
  return (
    <article className={isNew ? 'in-item is-new' : 'in-item'}>
      <Avatar person={{ ...author, presence: undefined }} size="l" />
      <div className="in-body">
        <div className="in-top">
          <h3>
            <Link href={href}>
              {isNew && <span className="sr">{i18n._('Nova:')} </span>}
              {said}
            </Link>
          </h3>
          <RoleTag person={plain} />
          {entry.isUrgent && (
            <span className="urgent">
              <Icon name="zap" />
              {i18n._('Urgente')}
            </span>
          )}
          <When at={at} zone={zone} className="small muted">
            {clockTime(at, i18n.locale, zone)}
          </When>
        </div>
        {excerpt === undefined ? (
          <p className="in-said soft">{i18n._('Esta mensagem não pode ser lida.')}</p>
        ) : (
          <p className="in-said" dir="auto">
            {excerpt}
          </p>
        )}
        <p className="why" dir="auto">
          {entry.room}
        </p>
        <p className="why">
          <Icon name="info" />
          {why} {isHushed && i18n._('A sala está silenciada, e por isso não conta como nova.')}{' '}
          {reason === 'thread' ? (
            <button className="linkish" type="button" onClick={() => onUnfollow(entry)}>
              {i18n._('Deixar de seguir')}
            </button>
          ) : reason === 'keyword' ? (
            <Link className="linkish" href="/conta/notificacoes">
              {i18n._('Mudar suas palavras')}
            </Link>
          ) : (
            <button className="linkish" type="button" onClick={() => onTune(entry)}>
              {i18n._('Mudar avisos desta sala')}
            </button>
          )}
        </p>
      </div>
      <div className="in-acts">
        {isNew && (
          <Button small emphasis="quiet" onClick={() => onRead(entry)}>
            {i18n._('Marcar como lida')}
          </Button>
        )}
      </div>
    </article>
  );
}
