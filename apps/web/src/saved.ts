/** What one saved for later. Its part of the SDK is fetched beside the page: nothing of the first picture waits for it. */
import { useLingui } from '@lingui/react';
import { type Client, NoAnswerError, ProblemError } from '@recreio/client';
import type { Saved, SavedView } from '@recreio/client/saved';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useClient } from './client.tsx';
import { useGo } from './going.tsx';
import { useTell } from './notices.tsx';
import { troubleWords } from './problems.ts';

const load = async (client: Client): Promise<Saved> => (await import('@recreio/client/saved')).savedOf(client);
const unfollowed = () => () => undefined;
const none: ReadonlySet<string> = new Set();

/** The list; undefined while its part is on its way, or could not be had, which a reload of the page mends. */
function useList(): Saved | undefined {
  const client = useClient();
  const [list, setList] = useState<Saved>();
  useEffect(() => {
    let isWanted = true;
    load(client).then(
      (found) => {
        if (isWanted) setList(found);
        return undefined;
      },
      // Without the network there is nothing to show either
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [client]);
  return list;
}

/** The list as it is now, for those who look at it, and its next page. */
export function useSavedList(): { view: SavedView | undefined; list: Saved | undefined } {
  const list = useList();
  useEffect(() => list?.look(), [list]);
  return { view: useSyncExternalStore(list?.subscribe ?? unfollowed, () => list?.getSnapshot()), list };
}

/** Which messages are on the list; the same set until that changes. */
export function useSavedIds(): ReadonlySet<string> {
  const list = useList();
  return useSyncExternalStore(list?.subscribe ?? unfollowed, () => list?.getSnapshot().ids ?? none);
}

/** How messages are put on the list and taken off, with what is said of it. */
export function useSaving() {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const go = useGo();
  return useMemo(() => {
    const run = async (work: (list: Saved) => Promise<void>): Promise<boolean> => {
      const list = await load(client).catch(() => undefined);
      if (list === undefined) {
        tell(i18n._('Sem conexão. Tente de novo daqui a pouco.'), { tone: 'danger' });
        return false;
      }
      try {
        await work(list);
        return true;
      } catch (error) {
        if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
        const words = troubleWords(i18n, error, client.serverNow(), {
          'too-many': i18n._('Você já guardou 1000 mensagens. Tire algumas da lista antes de guardar outra.'),
          removed: i18n._('A mensagem foi removida. Não há o que guardar.'),
        });
        tell(words, { tone: 'danger' });
        return false;
      }
    };
    return {
      async save(room: string, message: string): Promise<void> {
        if (await run((list) => list.save(room, message)))
          tell(i18n._('Guardada. Só você vê.'), {
            action: { label: i18n._('Ver guardadas'), onSelect: () => go('/guardadas') },
          });
      },
      async unsave(message: string): Promise<void> {
        if (await run((list) => list.unsave(message))) tell(i18n._('Tirada das guardadas.'));
      },
    };
  }, [i18n, client, tell, go]);
}
