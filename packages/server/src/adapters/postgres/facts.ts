/** Reading the facts of a batch: the locks, then a statement a kind of row, all sent at once (contract, "The write path" steps 2 and 3). */
import {
  type DoneFact,
  type Facts,
  type FactsFor,
  key,
  type MemberFact,
  type PairFact,
  type PriorFact,
  type ThreadFact,
} from '@recreio/core/ports.ts';
import type { RoomKind, RoomRole, Role, RestrictionKind } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { all } from './all.ts';
import { uuidArray } from './arrays.ts';
import { BETWEEN, type BetweenRow, betweenOf } from './between.ts';
import { readCallsToAll } from './calls-to-all.ts';
import { readCircles } from './circles.ts';
import type { Queryable } from './connect.ts';
import { readInvitations } from './invitations.ts';
import { lockUrgents, readUrgents } from './escalation.ts';
import { forwardOf, readForwards } from './forwards.ts';
import { readHearers } from './hearers.ts';
import { KnownHearers } from './known-hearers.ts';
import type { KnownMembers } from './known.ts';
import { countRequired } from './notices.ts';
import { type SettingsRow, settingsOf } from './rows.ts';

interface RoomRow extends SettingsRow {
  readonly id: string;
  readonly kind: RoomKind | 'direct' | 'group';
  readonly course: string | null;
  readonly archived: boolean;
  readonly low: string | null;
  readonly high: string | null;
  readonly hearing: number;
  readonly head: number;
  readonly ordinal: number;
  readonly last_at: number;
  readonly owners: number;
  readonly members: number;
}

interface MemberRow {
  readonly room: string;
  readonly account: string;
  readonly role: RoomRole;
  readonly from_seq: number | null;
  readonly to_seq: number | null;
}

/** How facts are read: whether the rooms are locked first, and what is known of them from the flush before. */
export interface Reading {
  readonly lock: boolean;
  readonly known: KnownMembers | null;
  readonly hearers: KnownHearers;
}

/**
 * What was read: with locks, `facts.rooms` has the rooms that nobody else held, nor the author of what is urgent in them; the others may
 * be there or not.
 */
export interface ReadFacts {
  readonly facts: Facts;
  /** The memberships that were looked at, as [room, account]. */
  readonly looked: readonly (readonly [string, string])[];
}

const unique = (ids: Iterable<string>): string[] => [...new Set(ids)];
const ms = (instant: string): number => Date.parse(instant);
const nothing = <T>(): Promise<{ rows: T[] }> => Promise.resolve({ rows: [] });

const ROOM = `id, kind, title, description, emoji, colour, access, posting, past, category, language,
  archived_at IS NOT NULL AS archived, course, low, high, hearing, head, ordinal,
  floor(extract(epoch FROM last_at) * 1000)::bigint AS last_at, owners, members`;

/**
 * A room's own row comes with its lock, since a locked row is read again as it stands after waiting (PostgreSQL, "Read
 * Committed"); whatever else the lock protects is read by the statements behind it.
 */
const readRooms = (db: Queryable, rooms: readonly string[], lock: boolean) =>
  db.query<RoomRow>(
    lock
      ? {
          name: 'lock-rooms',
          text: `SELECT ${ROOM} FROM room WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`,
          values: [uuidArray(rooms)],
        }
      : {
          name: 'facts-rooms',
          text: `SELECT ${ROOM} FROM room WHERE id = ANY ($1::uuid[])`,
          values: [uuidArray(rooms)],
        },
  );

/** The memberships of these pairs, of the authors of these messages, and of everybody in each private conversation among these rooms. */
const readMembers = (
  db: Queryable,
  pairs: readonly (readonly [string, string])[],
  messages: readonly string[],
  rooms: readonly string[],
) => {
  if (pairs.length === 0 && messages.length === 0 && rooms.length === 0) return nothing<MemberRow>();
  const given = 'SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t (room, account)';
  const members = (wanted: string) => `SELECT m.room, m.account, m.role, s.from_seq, s.to_seq FROM (${wanted}) w
    JOIN member m ON m.room = w.room AND m.account = w.account LEFT JOIN span s ON s.room = m.room AND s.account = m.account`;
  const values = [uuidArray(pairs.map(([room]) => room)), uuidArray(pairs.map(([, account]) => account))];
  return messages.length === 0 && rooms.length === 0
    ? db.query<MemberRow>({ name: 'facts-members', text: members(given), values })
    : db.query<MemberRow>({
        name: 'facts-members-too',
        text: members(`${given} UNION SELECT room, author FROM message WHERE id = ANY ($3::uuid[])
                       UNION SELECT id, unnest(ARRAY[low, high]) FROM room WHERE id = ANY ($4::uuid[]) AND kind = 'direct'
                       UNION SELECT g.room, g.account FROM member g JOIN room r ON r.id = g.room WHERE r.id = ANY ($4::uuid[]) AND r.kind = 'group'`),
        values: [...values, uuidArray(messages), uuidArray(rooms)],
      });
};

/** Who has blocked these people. */
const readBlocks = (db: Queryable, people: readonly string[]) =>
  db.query<{ blocker: string; blocked: string }>({
    name: 'facts-blocks',
    text: 'SELECT blocker, blocked FROM block WHERE blocked = ANY ($1::uuid[])',
    values: [uuidArray(people)],
  });

/** A row for each stretch that somebody may see, as memberships. */
const membersOf = (rows: readonly MemberRow[]): Map<string, MemberFact> => {
  const found = new Map<string, { role: RoomRole; spans: [number, number][] }>();
  for (const { room, account, role, from_seq, to_seq } of rows) {
    const name = key(room, account);
    const member = found.get(name) ?? { role, spans: [] };
    found.set(name, member);
    if (from_seq !== null) member.spans.push([from_seq, to_seq ?? Infinity]);
  }
  for (const { spans } of found.values()) if (spans.length > 1) spans.sort(([a], [b]) => a - b);
  return found;
};

/**
 * Reads everything the requests name, in one pipe. Empty lists cost no statement. With `lock` the caller has begun a
 * transaction and passed the gate; a room that somebody else holds, or that is not there, is not among `facts.rooms`. Nor is one in
 * which somebody says that something is urgent while that is counted elsewhere: what comes behind it there waits as well (contract D9).
 */
export const readFacts = async (
  db: Queryable,
  vault: Vault,
  requests: readonly FactsFor[],
  { lock, known, hearers: listening }: Reading = { lock: false, known: null, hearers: new KnownHearers() },
): Promise<ReadFacts> => {
  const rooms = unique(requests.map(({ request }) => request.room)).sort();
  const actors = unique(requests.map(({ actor }) => actor));
  const owners = new Map(requests.map(({ session, actor }) => [session, actor]));
  const people = unique(requests.flatMap(({ actor, request }) => [actor, ...(request.people ?? [])]));
  const messages = unique(requests.flatMap(({ request }) => request.messages ?? []));
  const threads = unique(requests.flatMap(({ request }) => request.thread ?? []));
  const priors = requests.flatMap(({ actor, request }) =>
    request.prior === undefined ? [] : [{ room: request.room, author: actor, clientId: request.prior }],
  );
  const dones = requests.flatMap(({ actor, request }) =>
    request.done === undefined ? [] : [{ actor, clientId: request.done }],
  );
  /** Of a room that is not known, or that is a private conversation, more is read than was asked for. */
  const maybeDirect = rooms.filter((room) => known?.isThemed(room) !== true);
  const pairs = new Map<string, readonly [string, string]>();
  for (const { actor, request } of requests) {
    pairs.set(key(request.room, actor), [request.room, actor]);
    for (const person of request.people ?? []) pairs.set(key(request.room, person), [request.room, person]);
  }
  const asked = [...pairs.values()].filter(([room, account]) => known?.has(room, account) !== true);
  const others = requests.some(
    ({ request }) => (request.people ?? []).length > 0 || (request.messages ?? []).length > 0,
  );
  const boards = unique(requests.flatMap(({ request }) => (request.pins ? [request.room] : [])));
  const noticed = unique(requests.flatMap(({ request }) => (request.notices ? [request.room] : [])));
  const callers = requests.flatMap(({ actor, request }) =>
    request.callsToAll ? [[request.room, actor] as const] : [],
  );
  const pressing = unique(requests.flatMap(({ actor, request }) => (request.urgents ? [actor] : [])));
  const passing = requests.flatMap(({ actor, request: { forward } }) => (forward ? [{ actor, forward }] : []));
  const wantedCategories = unique(requests.flatMap(({ request }) => request.category ?? []));
  const enrolment = requests.some(({ request }) => request.enrolment);
  const when = <T>(wanted: boolean, query: () => Promise<{ rows: T[] }>): Promise<{ rows: T[] }> =>
    wanted ? query() : nothing<T>();
  // The locks go first: what comes behind them in the pipe has a snapshot of its own, taken when they are held
  const roomsRead = readRooms(db, rooms, lock);
  const pressingLocked = when(lock && pressing.length > 0, () => lockUrgents(db, pressing));

  const [
    roomRows,
    lockedRows,
    accounts,
    sessions,
    members,
    restrictions,
    messageRows,
    reactions,
    priorRows,
    doneRows,
    between,
    circles,
    enrolled,
    blocks,
    pinned,
    invitations,
    categories,
    threadRows,
    callRows,
    noticeRows,
    forwards,
    urgentRows,
  ] = await all([
    roomsRead,
    pressingLocked,
    readAccounts(db, people, messages, maybeDirect),
    db.query<{ id: string; account: string }>({
      name: 'facts-sessions',
      text: 'SELECT id, account FROM session WHERE id = ANY ($1::uuid[]) AND ended_at IS NULL AND expires_at > clock_timestamp()',
      values: [uuidArray([...owners.keys()])],
    }),
    readMembers(db, asked, messages, maybeDirect),
    db.query<{ room: string | null; account: string; kind: RestrictionKind; until: string | null }>({
      name: 'facts-restrictions',
      text: 'SELECT room, account, kind, until FROM restriction WHERE account = ANY ($1::uuid[]) AND (room = ANY ($2::uuid[]) OR room IS NULL)',
      values: [uuidArray(people), uuidArray(rooms)],
    }),
    when(messages.length > 0, () =>
      db.query<{
        id: string;
        room: string;
        seq: number;
        ordinal: number;
        author: string;
        client_id: string;
        reply_to: string | null;
        thread: string | null;
        thread_ordinal: number | null;
        everyone: boolean | null;
        urgent: boolean | null;
        forward: string[] | null;
        edit_no: number;
        removed: boolean;
        pinned: boolean;
        required: boolean;
      }>({
        name: 'facts-messages',
        text: `SELECT id, room, seq, ordinal, author, client_id, reply_to, thread, thread_ordinal, room = ANY (mentions) AS everyone, id = ANY (mentions) AS urgent, forward, edit_no, removed_at IS NOT NULL AS removed,
                 pinned_at IS NOT NULL AS pinned, required_at IS NOT NULL AS required FROM message WHERE id = ANY ($1::uuid[])`,
        values: [uuidArray(messages)],
      }),
    ),
    when(messages.length > 0, () =>
      db.query<{ message: string; account: string; emoji: string }>({
        name: 'facts-reactions',
        text: 'SELECT message, account, emoji FROM reaction WHERE message = ANY ($1::uuid[]) AND account = ANY ($2::uuid[])',
        values: [uuidArray(messages), uuidArray(actors)],
      }),
    ),
    when(priors.length > 0, () =>
      db.query<{
        id: string;
        room: string;
        author: string;
        client_id: string;
        seq: number;
        ordinal: number;
        at: string;
        removed: boolean;
        payload_mac: Buffer | null;
      }>({
        name: 'facts-priors',
        // OFFSET 0: one look into the index for each that is asked for, also where the planner takes the table for an empty one
        text: `SELECT m.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS t (room, author, client_id), LATERAL (
               SELECT x.id, x.room, x.author, x.client_id, x.seq, x.ordinal, x.at, x.removed_at IS NOT NULL AS removed, x.payload_mac
               FROM message x WHERE x.room = t.room AND x.author = t.author AND x.client_id = t.client_id OFFSET 0) m`,
        values: [
          uuidArray(priors.map((p) => p.room)),
          uuidArray(priors.map((p) => p.author)),
          uuidArray(priors.map((p) => p.clientId)),
        ],
      }),
    ),
    when(dones.length > 0, () =>
      db.query<{
        actor: string;
        client_id: string;
        command: string;
        room: string;
        payload_mac: Buffer | null;
        output: Record<string, unknown>;
      }>({
        name: 'facts-done',
        text: `SELECT d.* FROM unnest($1::uuid[], $2::uuid[]) AS t (actor, client_id), LATERAL (
               SELECT x.actor, x.client_id, x.command, x.room, x.payload_mac, x.output
               FROM done_command x WHERE x.actor = t.actor AND x.client_id = t.client_id OFFSET 0) d`,
        values: [uuidArray(dones.map((d) => d.actor)), uuidArray(dones.map((d) => d.clientId))],
      }),
    ),
    readPairs(
      db,
      maybeDirect,
      requests.flatMap(({ actor, request }) =>
        request.between ? (request.people ?? []).map((person) => [actor, person] as const) : [],
      ),
    ),
    readCircles(
      db,
      maybeDirect,
      requests.flatMap(({ request }) =>
        request.between ? (request.people ?? []).map((person) => [request.room, person] as const) : [],
      ),
    ),
    when(enrolment, () =>
      db.query<{ room: string; account: string; staff: boolean; runs: boolean }>({
        name: 'facts-enrolled',
        text: `SELECT r.id AS room, e.account, e.staff, c.archived_at IS NULL AS runs
               FROM room r JOIN course c ON c.id = r.course JOIN enrolment e ON e.course = c.id
               WHERE r.id = ANY ($1::uuid[]) AND e.account = ANY ($2::uuid[])`,
        values: [uuidArray(rooms), uuidArray(people)],
      }),
    ),
    when(others, () => readBlocks(db, actors)),
    when(boards.length > 0, () =>
      db.query<{ room: string; pins: number }>({
        name: 'facts-pins',
        text: `SELECT room, count(*)::int AS pins FROM message
               WHERE room = ANY ($1::uuid[]) AND pinned_at IS NOT NULL AND removed_at IS NULL GROUP BY room`,
        values: [uuidArray(boards)],
      }),
    ),
    readInvitations(
      db,
      requests.flatMap(({ actor, request: { invitation } }) =>
        invitation === undefined ? [] : [{ actor, secret: invitation }],
      ),
    ),
    when(wantedCategories.length > 0, () =>
      db.query<{ id: string }>({
        name: 'facts-categories',
        text: 'SELECT id FROM category WHERE id = ANY ($1::uuid[])',
        values: [uuidArray(wantedCategories)],
      }),
    ),
    when(threads.length > 0, () => readThreads(db, threads)),
    when(callers.length > 0, () => readCallsToAll(db, callers)),
    when(noticed.length > 0, () => countRequired(db, noticed)),
    readForwards(db, passing),
    when(pressing.length > 0, () => readUrgents(db, pressing)),
    vault.load(db, { rooms, authors: actors }),
  ]);

  const [time] = accounts.rows;
  if (!time) throw new Error('the installation has no row: migrations ran, the first start did not');
  // What is remembered of a room holds while its log has not moved on elsewhere (contract D25: a membership is an event)
  const moved = roomRows.rows.filter((row) => known !== null && known.headOf(row.id) !== row.head).map(({ id }) => id);
  const again = new Set(moved);
  const unasked =
    known === null ? [] : [...pairs.values()].filter(([room, account]) => again.has(room) && known.has(room, account));
  const sayings = requests.flatMap(({ actor: author, request: { room, prior: clientId, says: text } }) =>
    text === undefined || clientId === undefined ? [] : [{ room, author, clientId, text }],
  );
  const hearers = await readHearers(db, vault, listening, sayings, roomRows.rows);
  // Whose words are in it was not known when the others were asked for
  for (const { room, author, clientId } of sayings)
    for (const account of hearers.get(key(room, author, clientId)) ?? []) {
      const pair = [room, account] as const;
      if (pairs.has(key(...pair))) continue;
      pairs.set(key(...pair), pair);
      if (again.has(room) || known?.has(room, account) !== true) unasked.push(pair);
    }
  const [late, lateBlocks] = await all([
    readMembers(db, unasked, [], []),
    when(hearers.size > 0 && !others, () => readBlocks(db, actors)),
  ]);
  const memberFacts = membersOf([...members.rows, ...late.rows]);
  if (known !== null)
    for (const [name, [room, account]] of pairs) {
      const member = again.has(room) ? null : known.get(room, account);
      if (member && !memberFacts.has(name)) memberFacts.set(name, member);
    }

  const mine = new Set(lockedRows.rows.map(({ author }) => author));
  const countedElsewhere = new Set(
    requests.flatMap(({ actor, request }) => (lock && request.urgents && !mine.has(actor) ? [request.room] : [])),
  );
  const held = roomRows.rows.filter(({ id }) => !countedElsewhere.has(id));

  const facts: Facts = {
    epoch: time.epoch,
    clock: time.clock,
    doneForgottenTo: time.forgotten ?? 0,
    rooms: new Map(
      held.map((r) => [
        r.id,
        {
          id: r.id,
          kind: r.kind,
          settings: r.kind === 'direct' ? null : settingsOf(r),
          archived: r.archived,
          course: r.course,
          pair: r.low && r.high ? ([r.low, r.high] as const) : null,
          head: r.head,
          ordinal: r.ordinal,
          lastAt: r.last_at,
          owners: r.owners,
          members: r.members,
        },
      ]),
    ),
    members: memberFacts,
    restrictions: new Map(
      restrictions.rows.map((r) => [
        key(r.room ?? '*', r.account, r.kind),
        { until: r.until === null ? null : ms(r.until) },
      ]),
    ),
    accounts: new Map(
      accounts.rows.flatMap(({ id, role, minor, disabled, asks_first }) =>
        id === null ? [] : [[id, { role, minor, disabled, asksFirst: asks_first }] as const],
      ),
    ),
    sessions: new Set(sessions.rows.flatMap(({ id, account }) => (owners.get(id) === account ? [id] : []))),
    messages: new Map(
      messageRows.rows.map((m) => [
        m.id,
        {
          id: m.id,
          room: m.room,
          seq: m.seq,
          ordinal: m.ordinal,
          author: m.author,
          clientId: m.client_id,
          replyTo: m.reply_to,
          thread: m.thread && m.thread_ordinal ? { root: m.thread, ordinal: m.thread_ordinal } : null,
          everyone: m.everyone === true,
          urgent: m.urgent === true,
          forward: forwardOf(m.forward),
          editNo: m.edit_no,
          removed: m.removed,
          pinned: m.pinned && !m.removed,
          required: m.required && !m.removed,
        },
      ]),
    ),
    threads: new Map(
      threadRows.rows.map(({ root, ordinal, follows }): [string, ThreadFact] => [
        root,
        { ordinal: ordinal ?? 0, follows: new Map(follows ?? []) },
      ]),
    ),
    reactions: new Set(reactions.rows.map((r) => key(r.message, r.account, r.emoji))),
    priors: new Map(
      priorRows.rows.map((p): [string, PriorFact] => [
        key(p.room, p.author, p.client_id),
        {
          id: p.id,
          seq: p.seq,
          ordinal: p.ordinal,
          at: ms(p.at),
          removed: p.removed,
          matches: matcher(vault, { room: p.room, author: p.author, clientId: p.client_id }, p.payload_mac),
        },
      ]),
    ),
    hearers,
    done: new Map(
      doneRows.rows.map((d): [string, DoneFact] => [
        key(d.actor, d.client_id),
        {
          command: d.command,
          room: d.room,
          output: d.output,
          matches: matcher(vault, { room: d.room, author: d.actor, clientId: d.client_id }, d.payload_mac),
        },
      ]),
    ),
    pairs: between,
    circles,
    enrolled: new Map(
      enrolled.rows.map((e) => [key(e.room, e.account), e.staff ? ('staff' as const) : ('student' as const)]),
    ),
    tied: new Set(enrolled.rows.flatMap(({ room, account, runs }) => (runs ? [key(room, account)] : []))),
    pins: new Map(pinned.rows.map((p) => [p.room, p.pins])),
    notices: new Map(noticeRows.rows.map((n) => [n.room, n.notices])),
    forwards,
    urgents: new Map(urgentRows.rows.map(({ author, times }) => [author, times])),
    callsToAll: new Map(callRows.rows.map((c) => [key(c.room, c.author), c.times])),
    invitations,
    categories: new Set(categories.rows.map(({ id }) => id)),
    blocks: new Set([...blocks.rows, ...lateBlocks.rows].map((b) => key(b.blocker, b.blocked))),
  };
  return { facts, looked: [...pairs.values()] };
};

interface AccountRow {
  readonly epoch: string;
  readonly clock: number;
  readonly forgotten: number | null;
  readonly id: string | null;
  readonly role: Role;
  readonly minor: boolean;
  readonly disabled: boolean;
  readonly asks_first: boolean;
}

/** The installation's epoch and the time, and the accounts of these people, of these messages' authors, and of everybody in each private conversation. */
const readAccounts = (
  db: Queryable,
  people: readonly string[],
  messages: readonly string[],
  rooms: readonly string[],
) => {
  const text = (
    wanted: string,
  ) => `SELECT i.epoch, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS clock,
    floor(extract(epoch FROM i.done_forgotten_to) * 1000)::bigint AS forgotten,
    a.id, a.role, a.minor, a.disabled_at IS NOT NULL AS disabled, a.asks_first FROM installation i LEFT JOIN account a ON ${wanted}`;
  return messages.length === 0 && rooms.length === 0
    ? db.query<AccountRow>({
        name: 'facts-accounts',
        text: text('a.id = ANY ($1::uuid[])'),
        values: [uuidArray(people)],
      })
    : db.query<AccountRow>({
        name: 'facts-accounts-too',
        text: text(`a.id IN (SELECT unnest($1::uuid[]) UNION SELECT author FROM message WHERE id = ANY ($2::uuid[])
                     UNION SELECT unnest(ARRAY[low, high]) FROM room WHERE id = ANY ($3::uuid[]) AND kind = 'direct'
                     UNION SELECT g.account FROM member g JOIN room r ON r.id = g.room WHERE r.id = ANY ($3::uuid[]) AND r.kind = 'group')`),
        values: [uuidArray(people), uuidArray(messages), uuidArray(rooms)],
      });
};

/** The number of the newest reply of each thread, and who has come to follow it or said not to, of the members who see what it hangs from. */
const readThreads = (db: Queryable, threads: readonly string[]) =>
  db.query<{ root: string; ordinal: number | null; follows: [string, boolean][] | null }>({
    name: 'facts-threads',
    text: `SELECT x.id AS root, (SELECT y.thread_ordinal FROM message y WHERE y.thread = x.id ORDER BY y.seq DESC LIMIT 1) AS ordinal,
             (SELECT json_agg(json_build_array(f.account, f.following) ORDER BY f.seq DESC, f.account)
              FROM thread_follow f JOIN member m ON m.room = x.room AND m.account = f.account
              WHERE f.root = x.id AND f.following IS NOT NULL AND EXISTS (
                SELECT 1 FROM span s WHERE s.room = x.room AND s.account = f.account AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))) AS follows
           FROM message x WHERE x.id = ANY ($1::uuid[])`,
    values: [uuidArray(threads)],
  });

/** Compares a payload with what was kept of the first one; null when it went away with the body. */
const matcher =
  (vault: Vault, of: { room: string; author: string; clientId: string }, mac: Buffer | null) =>
  (payload: string): boolean | null =>
    mac === null ? null : vault.sameMac(of, Buffer.from(payload), mac);

const readPairs = async (
  db: Queryable,
  rooms: readonly string[],
  asked: readonly (readonly [string, string])[],
): Promise<Map<string, PairFact>> => {
  const [direct, people] = await all([
    rooms.length === 0
      ? nothing<BetweenRow & { id: string }>()
      : db.query<BetweenRow & { id: string }>({
          name: 'facts-pairs',
          text: `SELECT p.id, ${BETWEEN} FROM room p WHERE p.id = ANY ($1::uuid[]) AND p.kind = 'direct'`,
          values: [uuidArray(rooms)],
        }),
    asked.length === 0
      ? nothing<BetweenRow & { low: string; high: string }>()
      : db.query<BetweenRow & { low: string; high: string }>({
          name: 'facts-between',
          text: `SELECT p.low, p.high, ${BETWEEN} FROM unnest($1::uuid[], $2::uuid[]) AS p (low, high)`,
          values: [uuidArray(asked.map(([actor]) => actor)), uuidArray(asked.map(([, person]) => person))],
        }),
  ]);
  return new Map([
    ...direct.rows.map((row): [string, PairFact] => [row.id, betweenOf(row)]),
    ...people.rows.map((row): [string, PairFact] => [key(row.low, row.high), betweenOf(row)]),
  ]);
};
