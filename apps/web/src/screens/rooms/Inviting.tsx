import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { AnyRoom, Member, Role } from '@recreio/protocol';
import { Banner, Invitations, ListSkeleton } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { troubleWords } from '../../problems.ts';

const staffRoles: ReadonlySet<Role> = new Set(['teacher', 'monitor', 'moderator', 'administrator']);

/** Whether a room is one of the staff among themselves; where somebody is alone yet, nobody knows whom it is for. */
const isStaffOnly = (members: readonly Member[]): boolean =>
  members.length > 1 && members.every(({ profile }) => staffRoles.has(profile.role));

/** What a link for everybody means in this room: who gets in by it, and what they read there. */
function warningOf(i18n: I18n, room: AnyRoom): string {
  if (!('course' in room)) return '';
  if (room.course !== null) return i18n._('Entra quem tem o link e está no curso desta sala.');
  return room.past === 'all'
    ? i18n._('Entra qualquer pessoa da escola que tenha o link, estudantes também, e lê tudo o que já foi dito aqui.')
    : i18n._('Entra qualquer pessoa da escola que tenha o link, estudantes também, e lê o que for dito a partir daí.');
}

/** The links into a room, for those who may make them. The address of a new one is kept by this page alone, while it is open. */
export function Inviting({ roomId }: { roomId: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const now = useServerNow();
  const tell = useTell();
  const act = useAct();
  const list = useAsked('invitations.list', { room: roomId });
  const members = useAsked('members.list', { room: roomId });
  const { room } = useAsked('rooms.get', { room: roomId }).data ?? {};
  const [urls, setUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const error = act.error ?? (list.isError ? troubleWords(i18n, list.error, now) : undefined);
  return (
    <section className="settings-part">
      <h2>{i18n._('Convites')}</h2>
      <p className="soft">
        {i18n._(
          'Um link leva à sala quem o recebe, depois de entrar no Recreio. Quem cuida da sala pode revogar quando quiser.',
        )}
      </p>
      {error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      {list.data === undefined || members.data === undefined || room === undefined ? (
        !list.isError && <ListSkeleton count={2} />
      ) : (
        <Invitations
          isStaffOnly={isStaffOnly(members.data.members)}
          warning={warningOf(i18n, room)}
          invitations={list.data.invitations.map(({ id, role, audience = 'everybody', by, expiresAt, uses, most }) => ({
            id,
            role,
            audience,
            by: by.name,
            expiresAt: Date.parse(expiresAt),
            uses,
            most,
            url: urls.get(id),
          }))}
          busy={act.busy}
          now={now}
          onMake={(draft) =>
            void act.run(
              async () => {
                const { invitation, url } = await client.call('invitations.make', { room: roomId, ...draft });
                setUrls((before) => new Map(before).set(invitation.id, url));
                await answers.again('invitations.list');
              },
              { 'too-many': i18n._('Já valem 50 links nesta sala. Revogue um antes de criar outro.') },
            )
          }
          onRevoke={(invitation) =>
            void act.run(
              async () => {
                await client.call('invitations.revoke', { room: roomId, invitation });
                await answers.again('invitations.list');
                tell(i18n._('O link não vale mais. Quem já entrou continua na sala.'));
              },
              { 'not-found': i18n._('Este link já não valia mais.') },
            )
          }
        />
      )}
    </section>
  );
}
