/** Who people are: profiles by id, looked up together, the highest version standing. */
import type { Profile } from '@recreio/protocol';
import type { Call } from './call.ts';
import type { Clock } from './clock.ts';
import { createView, type Readable } from './store.ts';

/** The profiles known; a new map whenever one changes. */
export type PeopleSnapshot = ReadonlyMap<string, Profile>;

/** People by id. */
export interface People extends Readable<PeopleSnapshot> {
  /** The profile if it is known; asks for it otherwise, together with others of the same turn. */
  get(id: string): Profile | undefined;
  /** Asks for those not known. */
  want(ids: Iterable<string>): void;
}

/** People with the side that feeds them. */
export interface PeopleCache extends People {
  put(profiles: Iterable<Profile>): void;
  forget(): void;
}

/** What one look-up takes (`accounts.profiles`). */
const MOST_IDS = 200;
/** Those whom the server leaves out are not asked for again so soon: every message of theirs would ask. */
const ABSENT_MS = 60_000;
/** Some four years of a large school; the oldest are let go beyond. */
const MOST_PROFILES = 5_000;

/** Lays the cache. `onFailure` is told of look-ups that had no result; the next `want` asks again. */
export const createPeople = (call: Call, clock: Clock, onFailure: (error: unknown) => void): PeopleCache => {
  let profiles = new Map<string, Profile>();
  const wanted = new Set<string>();
  const absentUntil = new Map<string, number>();
  const view = createView<PeopleSnapshot>(() => profiles);
  let isAsking = false;

  const put = (added: Iterable<Profile>): void => {
    const newer = [...added].filter(({ id, version }) => (profiles.get(id)?.version ?? 0) < version);
    if (newer.length === 0) return;
    const next = new Map(profiles);
    for (const { id, name, role, tone, version, pronouns, disabled } of newer) {
      // Me and member rows carry more than a profile; only what others may see is kept here
      next.set(id, {
        id,
        name,
        role,
        tone,
        version,
        ...(pronouns === undefined ? {} : { pronouns }),
        ...(disabled === undefined ? {} : { disabled }),
      });
    }
    for (const id of next.keys()) {
      if (next.size <= MOST_PROFILES) break;
      next.delete(id);
    }
    profiles = next;
    view.invalidate();
  };

  const ask = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) absentUntil.set(id, clock.now() + ABSENT_MS);
    try {
      const answer = await call('accounts.profiles', { ids: [...ids] });
      put(answer.profiles);
      for (const { id } of answer.profiles) absentUntil.delete(id);
    } catch (error) {
      for (const id of ids) absentUntil.delete(id);
      onFailure(error);
    }
  };

  const askAll = (): void => {
    isAsking = false;
    const ids = [...wanted];
    wanted.clear();
    for (let start = 0; start < ids.length; start += MOST_IDS) void ask(ids.slice(start, start + MOST_IDS));
  };

  const want = (ids: Iterable<string>): void => {
    for (const id of ids) {
      if (!profiles.has(id) && (absentUntil.get(id) ?? 0) <= clock.now()) wanted.add(id);
    }
    if (isAsking || wanted.size === 0) return;
    isAsking = true;
    queueMicrotask(askAll);
  };

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    get(id) {
      const profile = profiles.get(id);
      if (profile === undefined) want([id]);
      return profile;
    },
    want,
    put,
    forget() {
      profiles = new Map();
      wanted.clear();
      absentUntil.clear();
      view.invalidate();
    },
  };
};
