/** Reading by commands: what was answered is kept by command, input and person, and asked for again when it may have changed. */
import type { CallInput, CallOutput } from '@recreio/client';
import type { CommandName } from '@recreio/protocol';
import {
  type InfiniteData,
  QueryClient,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { useClient, useMe } from './client.tsx';

/** Younger answers are shown without asking again when one comes back to a screen. */
const FRESH_MS = 5_000;

/**
 * Answers of the server. The SDK repeats what may be repeated, so nothing is repeated here; it works without `navigator.onLine`,
 * which is wrong on many school networks. `clear()` when a person signs out.
 */
export const answers = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: FRESH_MS, networkMode: 'always' } },
});

const keyOf = (account: string | undefined, name: CommandName, input?: unknown) =>
  input === undefined ? [account, name] : [account, name, input];

/**
 * The answer of a reading command for this person. With `keep`, the answer to the input before stays while another is asked for,
 * as in a search; without, nothing of another room or person is ever shown.
 */
export function useAsked<N extends CommandName>(
  name: N,
  input: CallInput<N>,
  { enabled = true, keep = false }: { enabled?: boolean; keep?: boolean } = {},
): UseQueryResult<CallOutput<N>> {
  const client = useClient();
  const me = useMe();
  return useQuery<CallOutput<N>>(
    {
      queryKey: keyOf(me?.id, name, input),
      queryFn: () => client.call(name, input),
      enabled: enabled && me !== null,
      ...(keep ? { placeholderData: mine(me?.id) } : {}),
    },
    answers,
  );
}

/**
 * What was shown before, if it was this person's. `never`: the library guards against data that is a function by a conditional
 * type, which stays open for a command that is not known yet.
 */
const mine = (account: string | undefined) =>
  ((before: unknown, query: { queryKey: readonly unknown[] } | undefined) =>
    query?.queryKey[0] === account ? before : undefined) as never;

/** The commands that answer in pages: `after` continues, `next` says where, null at the end. */
type PagedName = 'rooms.directory' | 'accounts.list';

/** All pages asked for so far of a reading command. */
export function usePages<N extends PagedName>(
  name: N,
  input: Omit<CallInput<N>, 'after'>,
): UseInfiniteQueryResult<InfiniteData<CallOutput<N>>> {
  const client = useClient();
  const me = useMe();
  return useInfiniteQuery<CallOutput<N>, Error, InfiniteData<CallOutput<N>>, unknown[], string | undefined>(
    {
      queryKey: [...keyOf(me?.id, name, input), 'pages'],
      queryFn: ({ pageParam }) => client.call(name, { ...input, after: pageParam } as CallInput<N>),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      enabled: me !== null,
      placeholderData: mine(me?.id),
    },
    answers,
  );
}

/** Changes, and forgets, what was answered to this person. */
export function useAnswers() {
  const me = useMe();
  const account = me?.id;
  return useMemo(
    () => ({
      /** Asks again for every answer of a command that is on the screen. */
      again: (name: CommandName) => answers.invalidateQueries({ queryKey: keyOf(account, name) }),
      /** Puts what will be true in place of an answer, and gives back the way to undo it. */
      expect<N extends CommandName>(name: N, input: CallInput<N>, change: (before: CallOutput<N>) => CallOutput<N>) {
        const queryKey = keyOf(account, name, input);
        const before = answers.getQueryData<CallOutput<N>>(queryKey);
        if (before !== undefined) answers.setQueryData(queryKey, change(before));
        return () => {
          if (before !== undefined) answers.setQueryData(queryKey, before);
        };
      },
    }),
    [account],
  );
}
