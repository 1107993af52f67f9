import { useLingui } from '@lingui/react';
import { Avatar, Button, RoleTag } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { personView } from '../../people.ts';

/** Whom one has blocked, with the way back; while it is nobody, how that is done. Nothing before it is known. */
export default function Blocked() {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const act = useAct();
  const [freeing, setFreeing] = useState<string>();
  const blocks = useAsked('accounts.blocks', {});
  const people = (blocks.data?.blocked ?? []).map((profile) => personView(profile, undefined));
  if (blocks.data === undefined) return null;
  function unblock(account: string) {
    setFreeing(account);
    void act
      .run(() => client.call('accounts.unblock', { account }))
      .finally(() => {
        setFreeing(undefined);
        void answers.again('accounts.blocks');
      });
  }
  return (
    <section className="shelf">
      <h2>{i18n._('Pessoas bloqueadas')}</h2>
      <p className="small soft">
        {people.length === 0
          ? i18n._(
              'Ninguém. Para bloquear alguém, abra o menu da pessoa na lista de uma sala, ou o da conversa com ela.',
            )
          : i18n._('Vocês não se escrevem em particular. Ninguém fica sabendo.')}
      </p>
      {act.error && (
        <p className="field-error" role="alert">
          {act.error}
        </p>
      )}
      <ul className="cards" hidden={people.length === 0}>
        {people.map((person) => (
          <li key={person.id} className="card-row">
            <Avatar person={person} size="l" />
            <div className="card-words">
              <h3 dir="auto">{person.name}</h3>
              <RoleTag person={person} />
            </div>
            <Button
              small
              busy={freeing === person.id}
              aria-label={i18n._('Desbloquear {name}', { name: person.name })}
              onClick={() => unblock(person.id)}
            >
              {i18n._('Desbloquear')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
