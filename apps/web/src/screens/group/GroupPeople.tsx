import { useLingui } from '@lingui/react';
import { GROUP, type Group } from '@recreio/protocol';
import {
  AskedList,
  Banner,
  Button,
  MembersPanel,
  type MemberPowers,
  type MemberView,
  Navigate,
  type PersonView,
} from '@recreio/ui';
import { use, useState } from 'react';
import { useAct, useServerNow } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient, useMe, useOpenRoom, useRoom } from '../../client.tsx';
import { useLastHere } from '../../here.ts';
import { useTell } from '../../notices.tsx';
import { personView } from '../../people.ts';
import { MemberDialog } from '../members/MemberDialog.tsx';
import { FindMore } from './FindMore.tsx';
import GroupDialog from './GroupDialog.tsx';

/** Who is in a group, who was asked, and the ways to bring somebody, to name it and to leave. */
export default function GroupPeople({ group }: { group: Group }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const now = useServerNow();
  const navigate = use(Navigate);
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const view = useRoom(group.id);
  const { here } = useLastHere(view);
  const [blocking, setBlocking] = useState<PersonView>();
  const [dialog, setDialog] = useState<'add' | 'name' | 'leave'>();
  useOpenRoom(group.id);
  const blocks = useAsked('accounts.blocks', {});
  if (me === null) return null;
  const hereIds = new Set(here?.people);
  const presenceOf = (id: string) => {
    if (hereIds.has(id) || (id === me.id && view.status === 'live')) return 'here' as const;
    return here === null ? undefined : ('gone' as const);
  };
  const members = [me, ...group.with].map(
    (profile): MemberView => ({
      person: personView(profile, me.id, presenceOf(profile.id)),
      roomRole: 'member',
    }),
  );
  const blocked = new Set(blocks.data?.blocked.map(({ id }) => id));
  const talk = (account: string) =>
    void act.run(
      async () => {
        const direct = await client.call('rooms.openDirect', { account });
        navigate?.(`/sala/${direct.room.id}`);
      },
      { 'not-found': i18n._('Esta pessoa não divide mais nenhuma sala com você.') },
    );
  const powersOf = ({ person }: MemberView): MemberPowers =>
    person.id === me.id || blocked.has(person.id)
      ? {}
      : { onMessage: () => talk(person.id), onBlock: () => setBlocking(person) };
  const isFull = members.length + group.asked.length >= GROUP.people;
  return (
    <>
      {act.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <MembersPanel
        members={members}
        powersOf={powersOf}
        now={now}
        {...(isFull
          ? {}
          : { onAdd: () => setDialog('add'), addLabel: i18n._('Chamar'), addName: i18n._('Chamar mais gente') })}
      />
      <AskedList
        people={group.asked.map((profile) => personView(profile, me.id))}
        busy={act.busy}
        onTakeBack={(person) =>
          void act.run(
            async () => {
              await client.call('members.remove', { room: group.id, account: person.id });
              tell(i18n._('O convite a {name} foi desfeito.', { name: person.name }));
            },
            {
              'not-allowed': i18n._('Só quem fez o convite pode desfazê-lo.'),
              'not-found': i18n._('{name} já respondeu.', { name: person.name }),
            },
          )
        }
      />
      <div className="row row--wrap about-doors">
        <Button icon="pencil" onClick={() => setDialog('name')}>
          {i18n._('Nome do grupo')}
        </Button>
        <Button emphasis="danger-quiet" icon="log-out" onClick={() => setDialog('leave')}>
          {i18n._('Sair do grupo')}
        </Button>
      </div>
      {dialog === 'add' && <FindMore group={group} onClose={() => setDialog(undefined)} />}
      {(dialog === 'name' || dialog === 'leave') && (
        <GroupDialog kind={dialog} group={group} onClose={() => setDialog(undefined)} />
      )}
      {blocking && (
        <MemberDialog
          asking={{ kind: 'block', person: blocking }}
          roomId={group.id}
          members={[]}
          isOfCourse={false}
          onClose={() => setBlocking(undefined)}
          onDone={() => void answers.again('accounts.blocks')}
        />
      )}
    </>
  );
}
