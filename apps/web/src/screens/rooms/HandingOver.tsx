import { useLingui } from '@lingui/react';
import type { Room } from '@recreio/protocol';
import { Banner, Button, Confirm, SelectField } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient, useMe } from '../../client.tsx';
import { useTell } from '../../notices.tsx';

/** Giving the room to another member; the one who gives it moderates it from then on. */
export function HandingOver({ room }: { room: Room }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const list = useAsked('members.list', { room: room.id });
  const [chosen, setChosen] = useState('');
  const [asking, setAsking] = useState(false);
  const others = (list.data?.members ?? []).filter(
    ({ profile }) => profile.id !== me?.id && profile.role !== 'guardian' && profile.disabled === undefined,
  );
  const name = others.find(({ profile }) => profile.id === chosen)?.profile.name;
  return (
    <section className="settings-part">
      <h2>{i18n._('Passar a sala')}</h2>
      <p className="soft">{i18n._('Outra pessoa passa a cuidar da sala, e você continua como quem modera.')}</p>
      {act.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      {list.data !== undefined && others.length === 0 ? (
        <p className="small soft">{i18n._('Ainda não há mais ninguém na sala a quem passar.')}</p>
      ) : (
        <form
          className="invite-make"
          onSubmit={(event) => {
            event.preventDefault();
            if (name !== undefined) setAsking(true);
          }}
        >
          <SelectField
            label={i18n._('Para quem')}
            value={chosen}
            onChange={(event) => setChosen(event.target.value)}
            options={[
              { value: '', label: i18n._('Escolha uma pessoa') },
              ...others.map(({ profile }) => ({ value: profile.id, label: profile.name })),
            ]}
          />
          <Button type="submit" icon="users" disabled={name === undefined}>
            {i18n._('Passar a sala')}
          </Button>
        </form>
      )}
      {asking && name !== undefined && (
        <Confirm
          title={i18n._('Passar {room} a {name}?', { room: room.title, name })}
          words={i18n._('{name} passa a cuidar da sala e dos ajustes dela. Só {name} pode devolver.', { name })}
          action={i18n._('Passar a sala')}
          emphasis="pen"
          busy={act.busy}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            void act.run(
              async () => {
                await client.call('members.transfer', { room: room.id, account: chosen });
                setAsking(false);
                setChosen('');
                void answers.again('members.list');
                tell(i18n._('{name} agora cuida da sala.', { name }));
              },
              { 'not-found': i18n._('Esta pessoa não está mais na sala.') },
            )
          }
        />
      )}
    </section>
  );
}
