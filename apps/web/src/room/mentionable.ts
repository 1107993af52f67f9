import type { RoomView } from '@recreio/client';
import { useLingui } from '@lingui/react';
import { peopleWords, type PersonView } from '@recreio/ui';
import { useEffect, useMemo } from 'react';
import { useAnswers, useAsked } from '../asked.ts';
import { useMe } from '../client.tsx';
import { personView } from '../people.ts';
import { TO_ALL } from './to-all.ts';

const nobody: readonly PersonView[] = [];

/**
 * Who can be mentioned in an open room: its members, asked for again when somebody came or went; and first, by whoever may call
 * them, all of the others (`others`: how many; 0 for who may not).
 */
export function useMentionable({ id, membersVersion }: RoomView, isWanted: boolean, others = 0): readonly PersonView[] {
  const { i18n } = useLingui();
  const { locale } = i18n;
  const me = useMe()?.id;
  const answers = useAnswers();
  const { data } = useAsked('members.list', { room: id }, { enabled: isWanted });
  useEffect(() => {
    if (membersVersion > 0) void answers.again('members.list');
  }, [membersVersion, answers]);
  return useMemo(() => {
    if (!isWanted || data === undefined) return nobody;
    const people = data.members.map(({ profile }) => personView(profile, me));
    const word = TO_ALL[locale === 'en' ? 1 : 0];
    if (others === 0 || word === undefined) return people;
    return [{ id: word, name: word, roleTitle: peopleWords(i18n, others) }, ...people];
  }, [data, me, isWanted, others, i18n, locale]);
}
