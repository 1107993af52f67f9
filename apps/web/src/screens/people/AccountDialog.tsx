import { useLingui } from '@lingui/react';
import type { LeftRoom } from '@recreio/protocol';
import {
  type AccountView,
  Banner,
  Confirm,
  DisableDialog,
  EnableDialog,
  OneTimeLinkDialog,
  type OneTimeLinkView,
  PersonDialog,
  ResetFactorsDialog,
} from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { LeftRooms } from '../rooms/LeftRooms.tsx';
import { courseName } from '../rooms/making.ts';

/** What is done with an account. */
export type AskingAccount =
  | { kind: 'invite' }
  | { kind: 'change' | 'link' | 'factors' | 'disable' | 'enable'; account: AccountView };

type Rest = { onClose: () => void; onDone: () => void };

/** The dialog of one thing that administrators do with an account. */
export function AccountDialog({ asking, ...rest }: Rest & { asking: AskingAccount }) {
  switch (asking.kind) {
    case 'invite':
      return <Invite {...rest} />;
    case 'change':
      return <Change {...rest} account={asking.account} />;
    case 'link':
      return <NewLink {...rest} account={asking.account} />;
    case 'factors':
      return <ResetFactors {...rest} account={asking.account} />;
    case 'disable':
      return <Disable {...rest} account={asking.account} />;
    case 'enable':
      return <Enable {...rest} account={asking.account} />;
  }
}

function Invite({ onClose, onDone }: Rest) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const courses = useAsked('lessons.courses', {});
  const [clientId] = useState(() => client.newId());
  const [link, setLink] = useState<OneTimeLinkView>();
  if (link) return <OneTimeLinkDialog title={i18n._('Convite criado')} link={link} onClose={onClose} />;
  return (
    <PersonDialog
      courses={(courses.data?.courses ?? [])
        .filter(({ archived }) => archived !== true)
        .map((course) => ({ id: course.id, title: courseName(course) }))}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={(person) =>
        void act.run(
          async () => {
            const made = await client.call('accounts.invite', { clientId, ...person, courses: [...person.courses] });
            onDone();
            setLink({ name: made.account.name, url: made.link.url, expiresAt: Date.parse(made.link.expiresAt) });
          },
          {
            'already-taken': i18n._('Já há uma conta com este e-mail.'),
            'bad-text': i18n._('Confira o nome e o e-mail. Um nome parecido com o de alguém da equipe não é aceito.'),
            'idempotency-conflict': i18n._(
              'O convite já foi criado, com o que estava escrito antes. Procure a pessoa na lista e faça um novo convite.',
            ),
          },
        )
      }
    />
  );
}

function Change({ account, onClose, onDone }: Rest & { account: AccountView }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  const { person, email, role, minor } = account;
  return (
    <PersonDialog
      mode="change"
      initial={{ name: person.name, email, role, minor, courses: [] }}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={(draft) =>
        void act.run(
          async () => {
            await client.call('accounts.update', {
              account: person.id,
              ...(draft.name === person.name ? {} : { name: draft.name }),
              ...(draft.role === role ? {} : { role: draft.role }),
              ...(draft.minor === minor ? {} : { minor: draft.minor }),
              ...(draft.email === email ? {} : { email: draft.email }),
            });
            onDone();
            onClose();
            tell(i18n._('A conta de {name} mudou.', { name: draft.name }));
          },
          {
            'already-taken': i18n._('Já há uma conta com este e-mail.'),
            'bad-text': i18n._('Confira o nome e o e-mail. Um nome parecido com o de alguém da equipe não é aceito.'),
            'last-owner': i18n._('A escola precisa de alguém na administração. Dê esse papel a outra pessoa primeiro.'),
          },
        )
      }
    />
  );
}

function NewLink({ account, onClose, onDone }: Rest & { account: AccountView }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const [link, setLink] = useState<OneTimeLinkView>();
  const { person, state } = account;
  const isInvited = state === 'invited';
  if (link)
    return (
      <OneTimeLinkDialog
        title={isInvited ? i18n._('Novo convite') : i18n._('Link para nova senha')}
        link={link}
        onClose={onClose}
      />
    );
  return (
    <Confirm
      emphasis="pen"
      title={
        isInvited
          ? i18n._('Fazer um novo convite para {name}?', { name: person.name })
          : i18n._('Fazer um link de nova senha para {name}?', { name: person.name })
      }
      words={
        <div className="stack">
          <p>
            {isInvited
              ? i18n._('O convite anterior deixa de valer.')
              : i18n._('A senha de agora vale até a pessoa escolher outra. Links anteriores deixam de valer.')}
          </p>
          <Failure words={act.error} />
        </div>
      }
      action={i18n._('Criar link')}
      busy={act.busy}
      onClose={onClose}
      onConfirm={() =>
        void act.run(async () => {
          const made = await client.call('accounts.resetLink', { account: person.id });
          onDone();
          setLink({ name: person.name, url: made.url, expiresAt: Date.parse(made.expiresAt) });
        })
      }
    />
  );
}

function Failure({ words }: { words: string | undefined }) {
  return (
    words !== undefined && (
      <Banner tone="danger" icon="triangle-alert" role="alert">
        {words}
      </Banner>
    )
  );
}

function Disable({ account: { person }, onClose, onDone }: Rest & { account: AccountView }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  const [stays, setStays] = useState<readonly LeftRoom[]>([]);
  const words = i18n._('A conta de {name} está desativada.', { name: person.name });
  if (stays.length > 0)
    return (
      <LeftRooms
        title={i18n._('Salas sem ninguém que cuide')}
        words={`${words} ${i18n._('Estas salas eram só dessa pessoa, e ninguém que esteja nelas pode ficar no lugar. Dê cada uma a alguém.')}`}
        rooms={stays}
        onClose={onClose}
      />
    );
  return (
    <DisableDialog
      name={person.name}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={(reason) =>
        void act.run(
          async () => {
            const { stays: left = [] } = await client.call('accounts.disable', { account: person.id, reason });
            onDone();
            if (left.length > 0) return setStays(left);
            onClose();
            tell(words);
          },
          {
            'last-owner': i18n._('A escola precisa de alguém na administração. Dê esse papel a outra pessoa primeiro.'),
          },
        )
      }
    />
  );
}

function ResetFactors({ account: { person }, onClose, onDone }: Rest & { account: AccountView }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  return (
    <ResetFactorsDialog
      name={person.name}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={(reason) =>
        void act.run(async () => {
          await client.call('accounts.resetFactors', { account: person.id, reason });
          onDone();
          onClose();
          tell(i18n._('{name} entra de novo só com a senha.', { name: person.name }));
        })
      }
    />
  );
}

function Enable({ account: { person }, onClose, onDone }: Rest & { account: AccountView }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  return (
    <EnableDialog
      name={person.name}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={() =>
        void act.run(async () => {
          await client.call('accounts.enable', { account: person.id });
          onDone();
          onClose();
          tell(i18n._('A conta de {name} voltou a valer.', { name: person.name }));
        })
      }
    />
  );
}
