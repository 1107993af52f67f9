/** Messages that are not sent yet, kept in the browser: a page that is closed without a network sends them when it comes back. */
import type { Intention, OutboxStorage } from '@recreio/client';

const prefix = 'recreio:unsent:';

const parse = (text: string | null): Intention | undefined => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return undefined;
    const { clientId, room, body, createdAt } = value as Record<string, unknown>;
    const isWhole = [clientId, room, body, createdAt].every((member) => typeof member === 'string');
    return isWhole ? (value as Intention) : undefined;
  } catch {
    return undefined; // cut off or not ours: nothing that could be sent
  }
};

/** Keeps unsent messages in `storage`, by person. What it refuses is told by the SDK as `storage-failed`. */
export function unsentIn(storage: Storage): OutboxStorage {
  return {
    async load(account) {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
      return keys
        .filter((key) => key?.startsWith(`${prefix}${account}:`))
        .flatMap((key) => parse(storage.getItem(key ?? '')) ?? []);
    },
    async put(account, intention) {
      storage.setItem(`${prefix}${account}:${intention.clientId}`, JSON.stringify(intention));
    },
    async remove(account, clientId) {
      storage.removeItem(`${prefix}${account}:${clientId}`);
    },
  };
}

/** The browser's own storage, or undefined where it is denied: unsent messages live as long as the page then. */
export function ownUnsent(): OutboxStorage | undefined {
  try {
    return unsentIn(localStorage);
  } catch {
    return undefined;
  }
}
