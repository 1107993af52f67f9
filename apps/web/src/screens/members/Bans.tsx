import { useLingui } from '@lingui/react';
import { Avatar, Button, nearTime } from '@recreio/ui';
import { useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { personView } from '../../people.ts';

/** Who may not come back to a room, until when, and the way to take it back. Nothing while it is nobody. */
export default function Bans({ roomId }: { roomId: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const now = useServerNow();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const [freeing, setFreeing] = useState<string>();
  const bans = useAsked('members.bans', { room: roomId });
  const banned = bans.data?.banned ?? [];
  if (banned.length === 0) return null;
  function unban(account: string, name: string) {
    setFreeing(account);
    void act
      .run(async () => {
        await client.call('members.unban', { room: roomId, account });
        tell(i18n._('{name} pode voltar à sala.', { name }));
      })
      .finally(() => {
        setFreeing(undefined);
        void answers.again('members.bans');
      });
  }
  return (
    <section className="members">
      <h2 className="subhead">
        {i18n._('Fora por banimento')} <span className="num">{i18n.number(banned.length)}</span>
      </h2>
      {act.error && (
        <p className="field-error" role="alert">
          {act.error}
        </p>
      )}
      <ul>
        {banned.map(({ profile, until }) => (
          <li key={profile.id} className="member">
            <Avatar person={personView(profile, undefined)} />
            <span className="member-words">
              <b dir="auto">{profile.name}</b>
              <span className="small muted">
                {until === null
                  ? i18n._('até alguém desfazer')
                  : i18n._('até {until}', { until: nearTime(Date.parse(until), now, i18n.locale) })}
              </span>
            </span>
            <Button
              small
              busy={freeing === profile.id}
              aria-label={i18n._('Deixar voltar {name}', { name: profile.name })}
              onClick={() => unban(profile.id, profile.name)}
            >
              {i18n._('Deixar voltar')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
