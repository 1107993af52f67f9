import type { RoomView } from '@recreio/client';
import type { PersonView } from '@recreio/ui';
import { useEffect, useMemo } from 'react';
import { useAnswers, useAsked } from '../asked.ts';
import { useMe } from '../client.tsx';
import { personView } from '../people.ts';

const nobody: readonly PersonView[] = [];

/** Who can be mentioned in an open room: its members, asked for again when somebody came or went. */
export function useMentionable({ id, membersVersion }: RoomView, isWanted: boolean): readonly PersonView[] {
  const me = useMe()?.id;
  const answers = useAnswers();
  const { data } = useAsked('members.list', { room: id }, { enabled: isWanted });
  useEffect(() => {
    if (membersVersion > 0) void answers.again('members.list');
  }, [membersVersion, answers]);
  return useMemo(
    () => (isWanted ? data?.members.map(({ profile }) => personView(profile, me)) : undefined) ?? nobody,
    [data, me, isWanted],
  );
}
