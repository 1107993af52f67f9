import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { LinkField } from '../accounts/LinkField.tsx';
import { Button } from '../controls/Button.tsx';
import { SelectField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { useTakenOff } from '../controls/taken-off.ts';
import { fullTime, nearTime, type Zone } from '../i18n/dates.ts';
import { Icon } from '../icons/Icon.tsx';

/** A link into a room that works. Times in ms. */
export type InvitationView = {
  id: string;
  role: 'member' | 'reader';
  audience: 'everybody' | 'staff';
  /** Who made it. */
  by: string;
  expiresAt: number;
  uses: number;
  most: number;
  /** The address, known only where it was just made. */
  url?: string | undefined;
};

/** What a new link is to be. */
export type InvitationDraft = {
  role: 'member' | 'reader';
  audience: 'everybody' | 'staff';
  days: number;
  most: number;
};

const DAYS = [1, 7, 30];
const MOST = [1, 10, 50, 1000];

/** The links into a room, and making another. */
export function Invitations({
  invitations,
  isStaffOnly,
  warning,
  busy,
  now,
  zone,
  onMake,
  onRevoke,
}: {
  invitations: readonly InvitationView[];
  /** Only who works at the school is in the room: links are proposed for them alone. */
  isStaffOnly: boolean;
  /** What follows from a link for everybody, in words. */
  warning: string;
  busy: boolean;
  /** The time in ms. */
  now: number;
  zone?: Zone;
  onMake: (draft: InvitationDraft) => void;
  onRevoke: (id: string) => void;
}) {
  const { i18n } = useLingui();
  const [draft, setDraft] = useState<InvitationDraft>({
    role: 'member',
    audience: isStaffOnly ? 'staff' : 'everybody',
    days: 7,
    most: 50,
  });
  const { list, takes } = useTakenOff(invitations.length, '.invite > .btn', (all) =>
    all?.querySelector<HTMLElement>('.invite-make > .btn'),
  );
  return (
    <div className="stack" ref={list}>
      <form
        className="invite-make"
        onSubmit={(event) => {
          event.preventDefault();
          onMake(draft);
        }}
      >
        <SelectField
          label={i18n._('Vale por')}
          value={String(draft.days)}
          onChange={(event) => setDraft({ ...draft, days: Number(event.target.value) })}
          options={DAYS.map((days) => ({
            value: String(days),
            label: i18n._('{days, plural, one {# dia} other {# dias}}', { days }),
          }))}
        />
        <SelectField
          label={i18n._('Para quantas pessoas')}
          value={String(draft.most)}
          onChange={(event) => setDraft({ ...draft, most: Number(event.target.value) })}
          options={MOST.map((most) => ({
            value: String(most),
            label:
              most === 1
                ? i18n._('Uma só')
                : i18n._('{most, plural, one {Até # pessoa} other {Até # pessoas}}', { most }),
          }))}
        />
        <SelectField
          label={i18n._('Quem pode usar')}
          value={draft.audience}
          onChange={(event) => setDraft({ ...draft, audience: event.target.value as InvitationDraft['audience'] })}
          options={[
            { value: 'everybody', label: i18n._('Toda a escola') },
            { value: 'staff', label: i18n._('Só a equipe') },
          ]}
        />
        <SelectField
          label={i18n._('Quem entra')}
          value={draft.role}
          onChange={(event) => setDraft({ ...draft, role: event.target.value as InvitationDraft['role'] })}
          options={[
            { value: 'member', label: i18n._('Participa') },
            { value: 'reader', label: i18n._('Só lê e reage') },
          ]}
        />
        <Button type="submit" icon="plus" busy={busy}>
          {i18n._('Criar link')}
        </Button>
      </form>
      {draft.audience === 'everybody' && (
        <Banner tone={isStaffOnly ? 'marker' : 'plain'} icon={isStaffOnly ? 'triangle-alert' : 'info'}>
          {warning}
        </Banner>
      )}
      {invitations.length === 0 ? (
        <p className="small soft">{i18n._('Nenhum link vale agora.')}</p>
      ) : (
        <ul className="invites">
          {invitations.map((invitation, nth) => (
            <Row
              key={invitation.id}
              invitation={invitation}
              now={now}
              zone={zone}
              onRevoke={(id) => {
                takes(nth);
                onRevoke(id);
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({
  invitation,
  now,
  zone,
  onRevoke,
}: {
  invitation: InvitationView;
  now: number;
  zone?: Zone | undefined;
  onRevoke: (id: string) => void;
}) {
  const { i18n } = useLingui();
  const { uses, most, expiresAt, role, audience, by, url } = invitation;
  const until = nearTime(expiresAt, now, i18n.locale, zone);
  return (
    <li className="invite">
      <Icon name="user-plus" />
      <div className="invite-words">
        <p>
          {most === 1
            ? i18n._('Para uma pessoa, até {until}', { until })
            : i18n._('{uses} de {most} pessoas entraram, até {until}', { uses, most, until })}
        </p>
        <p className="small soft">
          {role === 'member'
            ? i18n._('Feito por {by}; quem entra participa.', { by })
            : i18n._('Feito por {by}; quem entra só lê e reage.', { by })}{' '}
          {audience === 'staff' && i18n._('Só para a equipe da escola.')}
        </p>
        {url !== undefined && (
          <LinkField
            label={i18n._('Link do convite')}
            url={url}
            hint={i18n._(
              'Aparece só agora; vale até {until}. Quem tem o link entra, então entregue por um caminho seguro.',
              { until: fullTime(expiresAt, i18n.locale, zone) },
            )}
          />
        )}
      </div>
      <Button
        small
        emphasis="danger-quiet"
        aria-label={i18n._('Revogar o link feito por {by}, que vale até {until}', { by, until })}
        onClick={() => onRevoke(invitation.id)}
      >
        {i18n._('Revogar')}
      </Button>
    </li>
  );
}
