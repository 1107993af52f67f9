import { useLingui } from '@lingui/react';
import { Banner, Invitations, ListSkeleton } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { troubleWords } from '../../problems.ts';

/** The links into a room, for those who may make them. The address of a new one is kept by this page alone, while it is open. */
export function Inviting({ roomId }: { roomId: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const now = useServerNow();
  const tell = useTell();
  const act = useAct();
  const list = useAsked('invitations.list', { room: roomId });
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
      {list.data === undefined ? (
        !list.isError && <ListSkeleton count={2} />
      ) : (
        <Invitations
          invitations={list.data.invitations.map(({ id, role, by, expiresAt, uses, most }) => ({
            id,
            role,
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
