import type { ConnectionState, Item } from '@recreio/client';
import { ConnectionBanner, type ConnectionView } from '@recreio/ui';
import { useClient, useConnection } from '../client.tsx';
import { KeepingNotice } from '../keeping.tsx';

/** The state of the wire as people need to know it. */
function connectionView(state: ConnectionState): ConnectionView {
  switch (state.name) {
    case 'ready':
    case 'closed':
      // What is closed for good is said by the page, in the place of everything else
      return { kind: 'online' };
    case 'waiting':
      return { kind: 'waiting', retryAt: state.until };
    case 'idle':
    case 'connecting':
    case 'greeting':
      return { kind: 'connecting' };
  }
}

/** The band of a lost connection, with how many of one's own messages wait in this room; and what this browser cannot keep. */
export function Wire({ items }: { items: readonly Item[] }) {
  const client = useClient();
  const queued = items.filter((item) => item.kind === 'pending' && item.pending.state.name === 'queued').length;
  return (
    <>
      <ConnectionBanner
        connection={connectionView(useConnection())}
        queued={queued}
        onRetry={() => client.retryNow()}
      />
      <KeepingNotice />
    </>
  );
}
