import { useLingui } from '@lingui/react';
import type { Member } from '@recreio/protocol';
import {
  Banner,
  ListSkeleton,
  MembersPanel,
  type MemberPowers,
  type MemberView,
  Navigate,
  type Presence,
  Trouble,
} from '@recreio/ui';
import { use, useEffect, useState } from 'react';
import { useAct, useServerNow } from '../acting.ts';
import { useAnswers, useAsked } from '../asked.ts';
import { useClient, useMe, useOpenRoom, useRoom } from '../client.tsx';
import { useLastHere } from '../here.ts';
import { useTell } from '../notices.tsx';
import { personView } from '../people.ts';
import { troubleWords } from '../problems.ts';
import Bans from './members/Bans.tsx';
import { MemberDialog, type Asking } from './members/MemberDialog.tsx';
import { mayGiveRole, powersIn, standingOf, standsAbove } from './members/powers.ts';

/** Who is in a room, and what I may do with each. */
export default function Members({ roomId }: { roomId: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const now = useServerNow();
  const navigate = use(Navigate);
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const view = useRoom(roomId);
  const { here, isPast } = useLastHere(view);
  const [asking, setAsking] = useState<Asking>();
  useOpenRoom(roomId);
  const list = useAsked('members.list', { room: roomId });
  const { membersVersion } = view;
  useEffect(() => {
    if (membersVersion > 0) void answers.again('members.list');
  }, [answers, membersVersion]);
  const blocks = useAsked('accounts.blocks', {});
  // Groups have a panel of their own
  const room = view.my?.room.kind === 'group' ? undefined : view.my?.room;
  if (list.isError && list.data === undefined)
    return (
      <Trouble
        title={i18n._('Não deu para buscar as pessoas')}
        words={troubleWords(i18n, list.error, now)}
        onRetry={() => void list.refetch()}
      />
    );
  if (list.data === undefined || me === null) return <ListSkeleton />;
  const { members } = list.data;
  const mine = members.find(({ profile }) => profile.id === me.id);
  const my = mine && standingOf(mine);
  const powers = my && room?.kind !== 'direct' ? powersIn(my) : { moderate: false, own: false };
  const hereIds = new Set(here?.people);
  // Up to 60 are told by name: who is not among them is away only where those are all
  const isWhole = here !== null && here.people.length >= here.count;
  const presenceOf = (id: string): Presence | undefined => {
    // Of oneself one knows it without being told, while one is connected
    if (hereIds.has(id) || (id === me.id && view.status === 'live')) return 'here';
    return isWhole ? 'gone' : undefined;
  };
  const seen = (member: Member): MemberView => ({
    person: personView(member.profile, me.id, presenceOf(member.profile.id)),
    roomRole: member.role,
    ...(member.muted ? { mutedUntil: member.muted.until === null ? null : Date.parse(member.muted.until) } : {}),
  });
  const views = new Map(members.map((member) => [member.profile.id, seen(member)]));
  const refresh = () => {
    void answers.again('members.list');
    void answers.again('members.bans');
  };
  const blocked = new Set(blocks.data?.blocked.map(({ id }) => id));

  /** Shown at once, and taken back when it is refused. */
  async function change(account: string, changed: (before: Member) => Member, work: () => Promise<unknown>) {
    const undo = answers.expect('members.list', { room: roomId }, (before) => ({
      members: before.members.map((one) => (one.profile.id === account ? changed(one) : one)),
    }));
    const isDone = await act.run(work, {
      'last-owner': i18n._('A sala precisa de alguém que cuide dela. Passe esse papel a outra pessoa primeiro.'),
      'not-found': i18n._('Esta pessoa não está mais na sala.'),
    });
    if (!isDone) undo();
    refresh();
    return isDone;
  }
  const setRole = (person: MemberView['person'], role: Member['role']) =>
    change(
      person.id,
      (before) => ({ ...before, role }),
      async () => {
        await client.call('members.setRole', { room: roomId, account: person.id, role });
        tell(i18n._('O papel de {name} na sala mudou.', { name: person.name }));
      },
    );
  const unmute = (person: MemberView['person']) =>
    void change(
      person.id,
      (before) => {
        const { muted: _, ...rest } = before;
        return rest;
      },
      async () => {
        await client.call('members.unmute', { room: roomId, account: person.id });
        tell(i18n._('{name} pode escrever de novo.', { name: person.name }));
      },
    );
  const talk = (account: string) =>
    void act.run(
      async () => {
        const direct = await client.call('rooms.openDirect', { account });
        navigate?.(`/sala/${direct.room.id}`);
      },
      { 'not-found': i18n._('Esta pessoa não divide mais nenhuma sala com você.') },
    );
  function powersOf({ person, roomRole, mutedUntil }: MemberView): MemberPowers {
    const member = members.find(({ profile }) => profile.id === person.id);
    if (!my || !member) return {};
    const other = standingOf(member);
    const isOther = person.id !== my.id;
    const above = room?.kind !== 'direct' && standsAbove(my, other);
    const mayWrite = isOther && !person.disabled && room?.kind !== 'direct' && me?.role !== 'guardian';
    return {
      ...(mayWrite && other.school !== 'guardian' && !blocked.has(person.id)
        ? { onMessage: () => talk(person.id) }
        : {}),
      ...(room?.kind !== 'direct' && mayGiveRole(my, other)
        ? {
            onRole: () => setAsking({ kind: 'role', person, role: roomRole, change: (role) => setRole(person, role) }),
          }
        : {}),
      ...(above && mutedUntil === undefined ? { onMute: () => setAsking({ kind: 'mute', person }) } : {}),
      ...(above && mutedUntil !== undefined ? { onUnmute: () => unmute(person) } : {}),
      ...(above
        ? { onRemove: () => setAsking({ kind: 'remove', person }), onBan: () => setAsking({ kind: 'ban', person }) }
        : {}),
      ...(isOther && !blocked.has(person.id) ? { onBlock: () => setAsking({ kind: 'block', person }) } : {}),
    };
  }
  const wall = here && {
    here: here.people.flatMap((id) => views.get(id)?.person ?? []),
    hereCount: here.count,
    memberCount: members.length,
    isPast,
  };
  return (
    <>
      {act.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <MembersPanel
        wall={wall ?? undefined}
        members={[...views.values()]}
        powersOf={powersOf}
        now={now}
        {...(powers.moderate ? { onAdd: () => setAsking({ kind: 'add' }) } : {})}
      />
      {powers.moderate && <Bans roomId={roomId} />}
      {asking && (
        <MemberDialog
          asking={asking}
          roomId={roomId}
          members={members}
          isOfCourse={room !== undefined && room.kind !== 'direct' && room.course !== null}
          onClose={() => setAsking(undefined)}
          onDone={refresh}
        />
      )}
    </>
  );
}
