import type {
  Client,
  ConnectionState,
  KeepingState,
  PeopleSnapshot,
  RoomHandle,
  RoomsSnapshot,
  RoomView,
} from '@recreio/client';
import type { Me, School } from '@recreio/protocol';
import {
  createContext,
  Fragment,
  use,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';

const ClientContext = createContext<Client | undefined>(undefined);

/**
 * Gives the page its one client. When somebody else signs in (in this tab or another of the browser), everything on the page
 * is put up anew: what one person has typed is not for the next to send.
 */
export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  const id = useReadable(client.me)?.id;
  const [whose, setWhose] = useState<{ id: string | undefined; nth: number }>({ id, nth: 0 });
  if (id !== undefined && id !== whose.id) setWhose({ id, nth: whose.id === undefined ? whose.nth : whose.nth + 1 });
  return (
    <ClientContext value={client}>
      <Fragment key={whose.nth}>{children}</Fragment>
    </ClientContext>
  );
}

/** The page's client: every command of the protocol by `call`, and what can be read. */
export function useClient(): Client {
  const client = use(ClientContext);
  if (client === undefined) throw new Error('useClient outside a ClientProvider');
  return client;
}

/** Something of the SDK as it is now; drawn again when it changes. */
function useReadable<T>(readable: { getSnapshot(): T; subscribe(listener: () => void): () => void }): T {
  return useSyncExternalStore(readable.subscribe, readable.getSnapshot);
}

/** My rooms and private conversations, the newest first, with what is unread. */
export function useRooms(): RoomsSnapshot {
  return useReadable(useClient().rooms);
}

/** The handle of a room: what can be done in it. */
export function useRoomHandle(id: string): RoomHandle {
  return useClient().room(id);
}

/** A room as it is now. It does not open it: `useOpenRoom` does, once for the screen that shows the conversation. */
export function useRoom(id: string): RoomView {
  return useReadable(useRoomHandle(id));
}

/** Follows a room for as long as the caller is on the screen. */
export function useOpenRoom(id: string): void {
  const room = useRoomHandle(id);
  useEffect(() => {
    room.open();
    return () => room.close();
  }, [room]);
}

/** The person, null while nobody is signed in or it is not known yet. */
export function useMe(): Me | null {
  return useReadable(useClient().me);
}

/** The school's settings as they stand, null until the first welcome of the socket. */
export function useSchool(): School | null {
  return useReadable(useClient().school);
}

/** Profiles by id; those of `ids` that are not known are asked for. Ids that the server does not tell of stay absent. */
export function usePeople(ids: Iterable<string>): PeopleSnapshot {
  const { people } = useClient();
  const snapshot = useReadable(people);
  const key = [...new Set(ids)].sort().join(' ');
  const wanted = useMemo(() => (key === '' ? [] : key.split(' ')), [key]);
  useEffect(() => people.want(wanted), [people, wanted]);
  return snapshot;
}

/** Where the connection stands. */
export function useConnection(): ConnectionState {
  return useReadable(useClient().connection);
}

/** The ids of the rooms that have a draft. */
export function useDrafts(): ReadonlySet<string> {
  return useReadable(useClient().drafts);
}

/** Whether what is not sent outlives the page, and how much of it there is. */
export function useKeeping(): KeepingState {
  return useReadable(useClient().keeping);
}
