/** Reading by commands: what was answered is kept by command, input and person, and asked for again when it may have changed. */
import type { CallInput, CallOutput, Client } from '@recreio/client';
import type { CommandName } from '@recreio/protocol';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type Answer, type Ask, createAnswers, unasked } from './answers.ts';
import { useClient, useMe } from './client.tsx';

/**
 * Answers of the server. The SDK repeats what may be repeated, so nothing is repeated here; it works without `navigator.onLine`,
 * which is wrong on many school networks. `clear()` when a person signs out.
 */
export const answers = createAnswers();

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') answers.refresh();
});

/** Questions of one command begin alike, whatever the input. */
const questionOf = (account: string | undefined, name: CommandName, input?: unknown): string =>
  `${account ?? ''} ${name} ${input === undefined ? '' : JSON.stringify(input)}`;

/** How a question of a screen stands: with data, without, or with the reason why there is none (or no newer one). */
export type Asked<T> = (
  | { readonly isPending: true; readonly isError: false; readonly data: undefined; readonly error: null }
  | { readonly isPending: false; readonly isError: true; readonly data: T | undefined; readonly error: unknown }
  | { readonly isPending: false; readonly isError: false; readonly data: T; readonly error: null }
) & { readonly isFetching: boolean; refetch(): Promise<void> };

function askedOf<T>({ data, error, isFetching }: Answer, before: unknown, refetch: () => Promise<void>): Asked<T> {
  if (error !== null)
    return { isPending: false, isError: true, data: data as T | undefined, error, isFetching, refetch };
  const shown = data === undefined ? before : data;
  return shown === undefined
    ? { isPending: true, isError: false, data: undefined, error: null, isFetching, refetch }
    : { isPending: false, isError: false, data: shown as T, error: null, isFetching, refetch };
}

/** Follows a question while `isWanted`. With `keep`, what was shown before stays while another question of this person is asked. */
function useAnswer(
  question: string,
  ask: Ask,
  { isWanted, keep, account }: { isWanted: boolean; keep: boolean; account: string | undefined },
): { answer: Answer; before: unknown } {
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  const follow = useCallback(
    (listener: () => void) =>
      isWanted ? answers.follow(question, (before) => latest.current(before), listener) : () => undefined,
    [question, isWanted],
  );
  const answer = useSyncExternalStore(follow, () => (isWanted ? answers.get(question) : unasked));
  const [shown, setShown] = useState<{ account: string | undefined; data: unknown }>();
  if (keep && answer.data !== undefined && (shown?.data !== answer.data || shown.account !== account))
    setShown({ account, data: answer.data });
  return { answer, before: keep && isWanted && shown?.account === account ? shown?.data : undefined };
}

/**
 * The answer of a reading command for this person. With `keep`, the answer to the input before stays while another is asked for,
 * as in a search; without, nothing of another room or person is ever shown.
 */
export function useAsked<N extends CommandName>(
  name: N,
  input: CallInput<N>,
  { enabled = true, keep = false }: { enabled?: boolean; keep?: boolean } = {},
): Asked<CallOutput<N>> {
  const client = useClient();
  const account = useMe()?.id;
  const question = questionOf(account, name, input);
  const ask = () => client.call(name, input);
  const { answer, before } = useAnswer(question, ask, { isWanted: enabled && account !== undefined, keep, account });
  return askedOf(answer, before, () => answers.ask(question, ask));
}

/** The commands that answer in pages: `after` continues, `next` says where, null at the end. */
type PagedName = 'rooms.directory' | 'rooms.all' | 'accounts.list' | 'courses.list' | 'courses.people';

/** The pages asked for so far. */
type Pages<N extends PagedName> = { readonly pages: readonly CallOutput<N>[] };

/** How a question of pages stands, and the way to one more of them. */
export type AskedPages<N extends PagedName> = Asked<Pages<N>> & {
  readonly hasNextPage: boolean;
  fetchNextPage(): Promise<void>;
};

const lastOf = <N extends PagedName>({ pages }: Pages<N>): string | undefined => pages.at(-1)?.next ?? undefined;

/** One page behind those before it. */
async function morePages<N extends PagedName>(
  client: Client,
  name: N,
  input: Omit<CallInput<N>, 'after'>,
  before: Pages<N>,
): Promise<Pages<N>> {
  const page = await client.call(name, { ...input, after: lastOf(before) } as CallInput<N>);
  return { pages: [...before.pages, page] };
}

/** All pages asked for so far of a reading command; asked again, as many as there were. */
export function usePages<N extends PagedName>(name: N, input: Omit<CallInput<N>, 'after'>): AskedPages<N> {
  const client = useClient();
  const account = useMe()?.id;
  const question = `${questionOf(account, name, input)} pages`;
  const ask = async (before: unknown): Promise<Pages<N>> => {
    const wanted = (before as Pages<N> | undefined)?.pages.length ?? 1;
    let all = await morePages(client, name, input, { pages: [] });
    while (all.pages.length < wanted && lastOf(all) !== undefined) all = await morePages(client, name, input, all);
    return all;
  };
  const { answer, before } = useAnswer(question, ask, { isWanted: account !== undefined, keep: true, account });
  const asked = askedOf<Pages<N>>(answer, before, () => answers.ask(question, ask));
  return {
    ...asked,
    hasNextPage: asked.data !== undefined && lastOf(asked.data) !== undefined,
    fetchNextPage: () =>
      answers.ask(question, (known) =>
        known === undefined ? ask(known) : morePages(client, name, input, known as Pages<N>),
      ),
  };
}

/** Changes, and forgets, what was answered to this person. */
export function useAnswers() {
  const account = useMe()?.id;
  return useMemo(
    () => ({
      /** Asks again for every answer of a command that is on the screen. */
      again: (name: CommandName) => answers.again(questionOf(account, name)),
      /** Puts what will be true in place of an answer, and gives back the way to undo it. */
      expect<N extends CommandName>(name: N, input: CallInput<N>, change: (before: CallOutput<N>) => CallOutput<N>) {
        const question = questionOf(account, name, input);
        const before = answers.get(question).data as CallOutput<N> | undefined;
        if (before !== undefined) answers.put(question, change(before));
        return () => {
          if (before !== undefined) answers.put(question, before);
        };
      },
    }),
    [account],
  );
}
