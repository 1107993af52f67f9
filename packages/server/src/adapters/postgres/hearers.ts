/**
 * Who of a room is called by a word in what is said there, asked while the body is known: at rest it is sealed, and so are the words.
 * A room in which nobody has words costs the one number in its row; one in which nobody's have changed costs no statement either.
 */
import { KEYWORD } from '@recreio/protocol';
import { type Facts, key } from '@recreio/core/ports.ts';
import type { Vault } from '../vault/vault.ts';
import { all } from './all.ts';
import { int8Array, uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { keywordsOf, SEALED } from './keywords.ts';
import type { Found, KnownHearers } from './known-hearers.ts';

/** Something that somebody is about to say. */
export interface Saying {
  readonly room: string;
  readonly author: string;
  readonly clientId: string;
  readonly text: string;
}

/** What is asked of a room, from its row. */
interface RoomRow {
  readonly id: string;
  readonly kind: string;
  readonly hearing: number;
}

interface FoundRow extends Found {
  readonly room: string;
}

/** Everybody's words in rooms of which nothing is known. */
const readAll = async (db: Queryable, rooms: readonly string[]): Promise<readonly FoundRow[]> => {
  if (rooms.length === 0) return [];
  const { rows } = await db.query<FoundRow>({
    name: 'facts-listening',
    text: `SELECT m.room, m.account, l.sealed FROM member m JOIN keyword_list l ON l.account = m.account
           WHERE m.room = ANY ($1::uuid[]) AND ${SEALED} IS NOT NULL`,
    values: [uuidArray(rooms)],
  });
  return rows;
};

/** The words of those who came with some, or named others, since the numbers at which these rooms were read. */
const readChanged = async (
  db: Queryable,
  rooms: readonly { readonly id: string; readonly since: number }[],
): Promise<readonly FoundRow[]> => {
  if (rooms.length === 0) return [];
  const { rows } = await db.query<FoundRow>({
    name: 'facts-heard-anew',
    text: `SELECT m.room, m.account, ${SEALED} AS sealed FROM unnest($1::uuid[], $2::bigint[]) AS t (room, since)
           JOIN member m ON m.room = t.room AND m.hearing > t.since AND m.hearing > 0
           LEFT JOIN keyword_list l ON l.account = m.account`,
    values: [uuidArray(rooms.map(({ id }) => id)), int8Array(rooms.map(({ since }) => since))],
  });
  return rows;
};

/** Has what is listened for in these rooms as it stands behind their locks. */
const listen = async (db: Queryable, vault: Vault, known: KnownHearers, rooms: readonly RoomRow[]): Promise<void> => {
  const stale = rooms.filter(({ id, hearing }) => known.hearingOf(id) !== hearing);
  const found = await all([
    readAll(
      db,
      stale.flatMap(({ id }) => (known.hearingOf(id) === undefined ? [id] : [])),
    ),
    readChanged(
      db,
      stale.flatMap(({ id }) => {
        const since = known.hearingOf(id);
        return since === undefined ? [] : [{ id, since }];
      }),
    ),
  ]);
  const byRoom = Map.groupBy(found.flat(), ({ room }) => room);
  for (const { id, hearing } of stale)
    known.keep(id, hearing, byRoom.get(id) ?? [], (account, sealed) => keywordsOf(vault, account, sealed));
};

/** These people of rooms, who read there last first. */
const byReading = async (
  db: Queryable,
  people: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  if (people.size === 0) return new Map();
  const pairs = [...people].flatMap(([room, accounts]) => [...accounts].map((account) => [room, account] as const));
  const { rows } = await db.query<{ room: string; account: string }>({
    name: 'facts-last-readers',
    text: `SELECT m.room, m.account FROM unnest($1::uuid[], $2::uuid[]) AS t (room, account)
           JOIN member m ON m.room = t.room AND m.account = t.account
           LEFT JOIN read_marker k ON k.room = m.room AND k.account = m.account ORDER BY k.seq DESC NULLS LAST, m.account`,
    values: [uuidArray(pairs.map(([room]) => room)), uuidArray(pairs.map(([, account]) => account))],
  });
  return new Map(
    [...Map.groupBy(rows, ({ room }) => room)].map(([room, some]) => [room, some.map(({ account }) => account)]),
  );
};

/**
 * Whose words are in what is said, by key(room, author, clientId): members as they are remembered, the author not among them, and where
 * they are more than `most` those who read there last. `rooms` are those of the flush; in private conversations everything calls, and
 * no word is looked for.
 */
export const readHearers = async (
  db: Queryable,
  vault: Vault,
  known: KnownHearers,
  sayings: readonly Saying[],
  rooms: readonly RoomRow[],
  most: number = KEYWORD.called,
): Promise<Facts['hearers']> => {
  const spoken = new Set(sayings.map(({ room }) => room));
  const hearing = rooms.filter(
    ({ id, kind, hearing }) => hearing > 0 && kind !== 'direct' && kind !== 'group' && spoken.has(id),
  );
  if (hearing.length === 0) return new Map();
  await listen(db, vault, known, hearing);
  const heard = new Set(hearing.map(({ id }) => id));
  const called = new Map<string, { readonly room: string; readonly people: ReadonlySet<string> }>();
  for (const { room, author, clientId, text } of sayings) {
    const name = key(room, author, clientId);
    // Of two with one client id the first is sent, or neither
    if (!heard.has(room) || called.has(name)) continue;
    const people = known.heard(room, text);
    people.delete(author);
    if (people.size > 0) called.set(name, { room, people });
  }
  known.trim();

  const crowds = new Map<string, Set<string>>();
  for (const { room, people } of called.values())
    if (people.size > most) crowds.set(room, (crowds.get(room) ?? new Set()).union(people));
  const ranked = await byReading(db, crowds);
  return new Map(
    [...called].map(([name, { room, people }]): [string, readonly string[]] => [
      name,
      people.size > most
        ? (ranked.get(room) ?? []).filter((account) => people.has(account)).slice(0, most)
        : [...people],
    ]),
  );
};
