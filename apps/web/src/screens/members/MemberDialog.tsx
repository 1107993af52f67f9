import { useLingui } from '@lingui/react';
import type { Member, Room, RoomRole } from '@recreio/protocol';
import { Banner, Confirm, Navigate, type PersonView, RestrictDialog, RoleDialog, shortName } from '@recreio/ui';
import { use } from 'react';
import { type Act, useAct, useServerNow } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import AddPerson from './AddPerson.tsx';

/** What is being asked before it is done. */
export type Asking =
  | { kind: 'add' }
  | { kind: 'mute' | 'ban' | 'remove' | 'block'; person: PersonView }
  | { kind: 'role'; person: PersonView; role: RoomRole; change: (role: RoomRole) => Promise<boolean> }
  | { kind: 'leave'; room: Room };

type Rest = { roomId: string; onClose: () => void; onDone: () => void };

/** The dialog of one thing that can be done in the list of a room's people. */
export function MemberDialog({
  asking,
  members,
  isOfCourse,
  ...rest
}: Rest & { asking: Asking; members: readonly Member[]; isOfCourse: boolean }) {
  switch (asking.kind) {
    case 'add':
      return <AddPerson {...rest} members={members} isOfCourse={isOfCourse} />;
    case 'mute':
    case 'ban':
      return <Restrict {...rest} kind={asking.kind} person={asking.person} />;
    case 'role':
      return <Role {...rest} {...asking} />;
    case 'remove':
      return <Remove {...rest} person={asking.person} />;
    case 'block':
      return <Block {...rest} person={asking.person} />;
    case 'leave':
      return <Leave {...rest} room={asking.room} />;
  }
}

/** The words of a dialog that asks, and below them why the last try failed. */
function Words({ children, act }: { children: string; act: Act }) {
  return (
    <div className="stack">
      <p>{children}</p>
      {act.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
    </div>
  );
}

function Restrict({ kind, person, roomId, onClose, onDone }: Rest & { kind: 'mute' | 'ban'; person: PersonView }) {
  const { i18n } = useLingui();
  const now = useServerNow();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  return (
    <RestrictDialog
      kind={kind}
      person={person}
      now={now}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={(restriction) =>
        void act.run(async () => {
          await client.call(kind === 'mute' ? 'members.mute' : 'members.ban', {
            room: roomId,
            account: person.id,
            ...restriction,
          });
          onDone();
          onClose();
          tell(
            kind === 'mute'
              ? i18n._('{name} está em silêncio nesta sala.', { name: person.name })
              : i18n._('{name} saiu, e não volta enquanto durar o banimento.', { name: person.name }),
          );
        })
      }
    />
  );
}

function Role({
  person,
  role,
  change,
  onClose,
}: Rest & { person: PersonView; role: RoomRole; change: (role: RoomRole) => Promise<boolean> }) {
  // What comes of it is said in the list, where it shows at once
  return (
    <RoleDialog
      person={person}
      role={role}
      onClose={onClose}
      onConfirm={(next) => {
        onClose();
        void change(next);
      }}
    />
  );
}

function Remove({ person, roomId, onClose, onDone }: Rest & { person: PersonView }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  return (
    <Confirm
      title={i18n._('Tirar {name} da sala?', { name: person.name })}
      words={
        <Words act={act}>
          {i18n._('{name} deixa de ver a sala na hora. Se a sala for aberta, pode entrar de novo.', {
            name: shortName(person.name),
          })}
        </Words>
      }
      action={i18n._('Tirar da sala')}
      busy={act.busy}
      onClose={onClose}
      onConfirm={() =>
        void act.run(
          async () => {
            await client.call('members.remove', { room: roomId, account: person.id });
            onDone();
            onClose();
            tell(i18n._('{name} não está mais na sala.', { name: person.name }));
          },
          { 'not-found': i18n._('Esta pessoa não está mais na sala.') },
        )
      }
    />
  );
}

function Block({ person, onClose }: Rest & { person: PersonView }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  return (
    <Confirm
      title={i18n._('Bloquear {name}?', { name: person.name })}
      words={
        <Words act={act}>
          {i18n._(
            'Vocês deixam de se escrever em particular, e as menções dessa pessoa não avisam você. Nas salas, tudo continua igual, e ninguém fica sabendo. Para desfazer, abra Meus aparelhos.',
          )}
        </Words>
      }
      action={i18n._('Bloquear')}
      busy={act.busy}
      onClose={onClose}
      onConfirm={() =>
        void act.run(
          async () => {
            await client.call('accounts.block', { account: person.id });
            void answers.again('accounts.blocks');
            onClose();
            tell(i18n._('Você bloqueou {name}.', { name: person.name }));
          },
          { 'not-allowed': i18n._('A equipe que responde pelas suas aulas não pode ser bloqueada.') },
        )
      }
    />
  );
}

function Leave({ room, roomId, onClose }: Rest & { room: Room }) {
  const { i18n } = useLingui();
  const client = useClient();
  const navigate = use(Navigate);
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  return (
    <Confirm
      title={i18n._('Sair de {room}?', { room: room.title })}
      words={
        <Words act={act}>
          {room.access === 'open'
            ? i18n._('O que você escreveu fica. Para voltar, procure a sala em Encontrar salas.')
            : i18n._('O que você escreveu fica. Para voltar, alguém da sala precisa convidar você de novo.')}
        </Words>
      }
      action={i18n._('Sair da sala')}
      busy={act.busy}
      onClose={onClose}
      onConfirm={() =>
        void act.run(
          async () => {
            await client.call('members.leave', { room: roomId });
            void answers.again('rooms.directory');
            onClose();
            navigate?.('/salas');
            tell(i18n._('Você saiu de {room}.', { room: room.title }));
          },
          {
            'last-owner': i18n._(
              'Você é quem cuida da sala. Antes de sair, passe esse papel a outra pessoa, no menu ao lado do nome dela.',
            ),
          },
        )
      }
    />
  );
}
