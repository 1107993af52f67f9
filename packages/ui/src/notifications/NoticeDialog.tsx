import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { ListSkeleton } from '../controls/Empty.tsx';
import { fullTime, nearTime, type Zone } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';

/** Somebody's yes; `isOlder`: to what the message said before it was edited. */
export type ConfirmedView = { person: PersonView; at: number; isOlder: boolean };

/** The lists as text, to be taken elsewhere. */
function listText(i18n: I18n, confirmed: readonly ConfirmedView[], waiting: readonly PersonView[], zone: Zone): string {
  const heads = headsOf(i18n, confirmed.length, waiting.length);
  return [
    heads.waiting,
    ...waiting.map(({ name }) => `- ${name}`),
    '',
    heads.confirmed,
    ...confirmed.map(({ person, at }) => `- ${person.name}, ${fullTime(at, i18n.locale, zone)}`),
    '',
  ].join('\n');
}

const headsOf = (i18n: I18n, confirmed: number, waiting: number) => ({
  confirmed: i18n._(
    '{count, plural, =0 {Ninguém confirmou ainda} one {# pessoa confirmou} other {# pessoas confirmaram}}',
    {
      count: confirmed,
    },
  ),
  waiting: i18n._('{count, plural, =0 {Ninguém falta} one {Falta # pessoa} other {Faltam # pessoas}}', {
    count: waiting,
  }),
});

/** Who has confirmed that they read a message and who has not: for who moderates the room. */
export function NoticeDialog({
  confirmed,
  waiting,
  isLoading,
  error,
  now,
  zone,
  busy,
  onCopy,
  onWithdraw,
  onClose,
}: {
  confirmed: readonly ConfirmedView[];
  waiting: readonly PersonView[];
  isLoading: boolean;
  error: string | undefined;
  now: number;
  zone?: Zone;
  busy: boolean;
  onCopy: (text: string) => void;
  /** Asks no more that it be read. */
  onWithdraw: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const heads = headsOf(i18n, confirmed.length, waiting.length);
  return (
    <Dialog
      title={i18n._('Quem confirmou')}
      onClose={onClose}
      footer={
        <>
          <Button emphasis="quiet" busy={busy} onClick={onWithdraw}>
            {i18n._('Deixar de pedir')}
          </Button>
          <Button icon="copy" onClick={() => onCopy(listText(i18n, confirmed, waiting, zone))}>
            {i18n._('Copiar lista')}
          </Button>
        </>
      }
    >
      {error && <p role="alert">{error}</p>}
      {isLoading ? (
        <ListSkeleton count={3} />
      ) : (
        // Names alone have nothing to stop at: who has no mouse scrolls the list from here
        <div className="stack" role="region" aria-label={i18n._('Quem confirmou')} tabIndex={0}>
          <h3 className="subhead">{heads.waiting}</h3>
          <ul className="notice-people">
            {waiting.map((person) => (
              <li key={person.id}>
                <Avatar person={person} size="s" />
                <span className="cut">{person.name}</span>
                <RoleTag person={person} />
              </li>
            ))}
          </ul>
          <h3 className="subhead">{heads.confirmed}</h3>
          <ul className="notice-people">
            {confirmed.map(({ person, at, isOlder }) => (
              <li key={person.id}>
                <Avatar person={person} size="s" />
                <span className="cut">{person.name}</span>
                <RoleTag person={person} />
                <When at={at} zone={zone} className="small muted">
                  {isOlder
                    ? i18n._('antes da edição, {when}', { when: nearTime(at, now, i18n.locale, zone) })
                    : nearTime(at, now, i18n.locale, zone)}
                </When>
              </li>
            ))}
          </ul>
          <p className="small soft">
            {i18n._('Só quem cuida da sala vê isto. Deixar de pedir apaga as confirmações.')}
          </p>
        </div>
      )}
    </Dialog>
  );
}
