/** Reading the facts of a batch: a statement a kind of row, all sent at once, after the locks (contract, "The write path" step 3). */
import {
  type DoneFact,
  type Facts,
  type FactsFor,
  key,
  type MemberFact,
  type PairFact,
  type PriorFact,
} from '@recreio/core/ports.ts';
import type { RoomKind, RoomRole, Role, RestrictionKind } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import type { Queryable } from './connect.ts';
import { type SettingsRow, settingsOf } from './rows.ts';

interface RoomRow extends SettingsRow {
  readonly id: string;
  readonly kind: RoomKind | 'direct';
  readonly course: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly head: number;
  readonly ordinal: number;
  readonly last_at: string;
  readonly owners: number;
  readonly members: number;
}

const unique = (ids: Iterable<string>): string[] => [...new Set(ids)];
const ms = (instant: string): number => Date.parse(instant);

/** Reads everything the requests name. Empty lists cost no statement. */
export const readFacts = async (db: Queryable, vault: Vault, requests: readonly FactsFor[]): Promise<Facts> => {
  const rooms = unique(requests.map(({ request }) => request.room));
  const actors = unique(requests.map(({ actor }) => actor));
  const people = unique(requests.flatMap(({ actor, request }) => [actor, ...(request.people ?? [])]));
  const messages = unique(requests.flatMap(({ request }) => request.messages ?? []));
  const priors = requests.flatMap(({ actor, request }) =>
    request.prior === undefined ? [] : [{ room: request.room, author: actor, clientId: request.prior }],
  );
  const dones = requests.flatMap(({ actor, request }) =>
    request.done === undefined ? [] : [{ actor, clientId: request.done }],
  );
  const pairs = requests.flatMap(({ actor, request }) =>
    [actor, ...(request.people ?? [])].map((account) => ({ room: request.room, account })),
  );
  const others = requests.some(
    ({ request }) => (request.people ?? []).length > 0 || (request.messages ?? []).length > 0,
  );
  const enrolment = requests.some(({ request }) => request.enrolment);
  const when = <T>(wanted: boolean, query: () => Promise<{ rows: T[] }>): Promise<{ rows: T[] }> =>
    wanted ? query() : Promise.resolve({ rows: [] });

  const [
    clock,
    roomRows,
    accounts,
    sessions,
    members,
    restrictions,
    messageRows,
    reactions,
    priorRows,
    doneRows,
    between,
    enrolled,
    blocks,
  ] = await Promise.all([
    db.query<{ clock: number; epoch: string }>({
      name: 'facts-clock',
      text: 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS clock, epoch FROM installation',
    }),
    db.query<RoomRow>({
      name: 'facts-rooms',
      text: 'SELECT id, kind, title, description, emoji, colour, access, posting, past, course, low, high, head, ordinal, last_at, owners, members FROM room WHERE id = ANY ($1::uuid[])',
      values: [rooms],
    }),
    db.query<{ id: string; role: Role; minor: boolean; disabled: boolean }>({
      name: 'facts-accounts',
      text: `SELECT a.id, a.role, a.minor, a.disabled_at IS NOT NULL AS disabled
             FROM (SELECT unnest($1::uuid[]) AS id UNION SELECT author FROM message WHERE id = ANY ($2::uuid[])
                   UNION SELECT unnest(ARRAY[low, high]) FROM room WHERE id = ANY ($3::uuid[]) AND kind = 'direct') w JOIN account a USING (id)`,
      values: [people, messages, rooms],
    }),
    db.query<{ id: string }>({
      name: 'facts-sessions',
      text: `SELECT s.id FROM unnest($1::uuid[], $2::uuid[]) AS t (id, account) JOIN session s ON s.id = t.id AND s.account = t.account
             WHERE s.ended_at IS NULL AND s.expires_at > clock_timestamp()`,
      values: [requests.map(({ session }) => session), requests.map(({ actor }) => actor)],
    }),
    db.query<{ room: string; account: string; role: RoomRole; spans: [number, number | null][] }>({
      name: 'facts-members',
      text: `SELECT m.room, m.account, m.role, (SELECT json_agg(json_build_array(s.from_seq, s.to_seq) ORDER BY s.from_seq) FROM span s WHERE s.room = m.room AND s.account = m.account) AS spans
             FROM (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t (room, account)
                   UNION SELECT room, author FROM message WHERE id = ANY ($3::uuid[])
                   UNION SELECT id, unnest(ARRAY[low, high]) FROM room WHERE id = ANY ($4::uuid[]) AND kind = 'direct') w
             JOIN member m ON m.room = w.room AND m.account = w.account`,
      values: [pairs.map((p) => p.room), pairs.map((p) => p.account), messages, rooms],
    }),
    db.query<{ room: string | null; account: string; kind: RestrictionKind; until: string | null }>({
      name: 'facts-restrictions',
      text: 'SELECT room, account, kind, until FROM restriction WHERE account = ANY ($1::uuid[]) AND (room = ANY ($2::uuid[]) OR room IS NULL)',
      values: [people, rooms],
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
        edit_no: number;
        removed: boolean;
      }>({
        name: 'facts-messages',
        text: 'SELECT id, room, seq, ordinal, author, client_id, reply_to, edit_no, removed_at IS NOT NULL AS removed FROM message WHERE id = ANY ($1::uuid[])',
        values: [messages],
      }),
    ),
    when(messages.length > 0, () =>
      db.query<{ message: string; account: string; emoji: string }>({
        name: 'facts-reactions',
        text: 'SELECT message, account, emoji FROM reaction WHERE message = ANY ($1::uuid[]) AND account = ANY ($2::uuid[])',
        values: [messages, actors],
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
        text: `SELECT m.id, m.room, m.author, m.client_id, m.seq, m.ordinal, m.at, m.removed_at IS NOT NULL AS removed, m.payload_mac
             FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS t (room, author, client_id) JOIN message m ON m.room = t.room AND m.author = t.author AND m.client_id = t.client_id`,
        values: [priors.map((p) => p.room), priors.map((p) => p.author), priors.map((p) => p.clientId)],
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
        text: 'SELECT d.actor, d.client_id, d.command, d.room, d.payload_mac, d.output FROM unnest($1::uuid[], $2::uuid[]) AS t (actor, client_id) JOIN done_command d ON d.actor = t.actor AND d.client_id = t.client_id',
        values: [dones.map((d) => d.actor), dones.map((d) => d.clientId)],
      }),
    ),
    readPairs(
      db,
      rooms,
      requests.flatMap(({ actor, request }) =>
        request.between ? (request.people ?? []).map((person) => [actor, person] as const) : [],
      ),
    ),
    when(enrolment, () =>
      db.query<{ room: string; account: string; staff: boolean }>({
        name: 'facts-enrolled',
        text: 'SELECT r.id AS room, e.account, e.staff FROM room r JOIN enrolment e ON e.course = r.course WHERE r.id = ANY ($1::uuid[]) AND e.account = ANY ($2::uuid[])',
        values: [rooms, people],
      }),
    ),
    when(others, () =>
      db.query<{ blocker: string; blocked: string }>({
        name: 'facts-blocks',
        text: 'SELECT blocker, blocked FROM block WHERE blocked = ANY ($1::uuid[])',
        values: [actors],
      }),
    ),
    vault.load(db, { rooms, authors: actors }),
  ]);

  const [time] = clock.rows;
  if (!time) throw new Error('the installation has no row: migrations ran, the first start did not');
  return {
    epoch: time.epoch,
    clock: time.clock,
    rooms: new Map(
      roomRows.rows.map((r) => [
        r.id,
        {
          id: r.id,
          kind: r.kind,
          settings: r.kind === 'direct' ? null : settingsOf(r),
          course: r.course,
          pair: r.low && r.high ? ([r.low, r.high] as const) : null,
          head: r.head,
          ordinal: r.ordinal,
          lastAt: ms(r.last_at),
          owners: r.owners,
          members: r.members,
        },
      ]),
    ),
    members: new Map(
      members.rows.map((m): [string, MemberFact] => [
        key(m.room, m.account),
        { role: m.role, spans: (m.spans ?? []).map(([from, to]) => [from, to ?? Infinity] as const) },
      ]),
    ),
    restrictions: new Map(
      restrictions.rows.map((r) => [
        key(r.room ?? '*', r.account, r.kind),
        { until: r.until === null ? null : ms(r.until) },
      ]),
    ),
    accounts: new Map(accounts.rows.map(({ id, ...account }) => [id, account])),
    sessions: new Set(sessions.rows.map(({ id }) => id)),
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
          editNo: m.edit_no,
          removed: m.removed,
        },
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
    enrolled: new Map(
      enrolled.rows.map((e) => [key(e.room, e.account), e.staff ? ('staff' as const) : ('student' as const)]),
    ),
    blocks: new Set(blocks.rows.map((b) => key(b.blocker, b.blocked))),
  };
};

/** Compares a payload with what was kept of the first one; null when it went away with the body. */
const matcher =
  (vault: Vault, of: { room: string; author: string; clientId: string }, mac: Buffer | null) =>
  (payload: string): boolean | null =>
    mac === null ? null : vault.sameMac(of, Buffer.from(payload), mac);

/** What is between two people: a shared themed room, who of them teaches the other, a block either way. */
export const BETWEEN = `
  EXISTS (SELECT 1 FROM member x JOIN member y ON y.room = x.room JOIN room q ON q.id = x.room AND q.kind <> 'direct' WHERE x.account = p.low AND y.account = p.high) AS share,
  ARRAY(SELECT DISTINCT e.account FROM enrolment e JOIN enrolment f ON f.course = e.course AND f.account <> e.account
        WHERE e.staff AND e.account IN (p.low, p.high) AND f.account IN (p.low, p.high)) AS staff,
  EXISTS (SELECT 1 FROM block b WHERE (b.blocker = p.low AND b.blocked = p.high) OR (b.blocker = p.high AND b.blocked = p.low)) AS blocked`;

/** The columns of `BETWEEN`. */
export interface BetweenRow {
  readonly share: boolean;
  readonly staff: string[];
  readonly blocked: boolean;
}

/** As the rules take it. */
export const betweenOf = ({ share, staff, blocked }: BetweenRow): PairFact => ({ shareRoom: share, staff, blocked });

const readPairs = async (
  db: Queryable,
  rooms: readonly string[],
  asked: readonly (readonly [string, string])[],
): Promise<Map<string, PairFact>> => {
  const [direct, people] = await Promise.all([
    db.query<BetweenRow & { id: string }>({
      name: 'facts-pairs',
      text: `SELECT p.id, ${BETWEEN} FROM room p WHERE p.id = ANY ($1::uuid[]) AND p.kind = 'direct'`,
      values: [rooms],
    }),
    asked.length === 0
      ? { rows: [] }
      : db.query<BetweenRow & { low: string; high: string }>({
          name: 'facts-between',
          text: `SELECT p.low, p.high, ${BETWEEN} FROM unnest($1::uuid[], $2::uuid[]) AS p (low, high)`,
          values: [asked.map(([actor]) => actor), asked.map(([, person]) => person)],
        }),
  ]);
  return new Map([
    ...direct.rows.map((row): [string, PairFact] => [row.id, betweenOf(row)]),
    ...people.rows.map((row): [string, PairFact] => [key(row.low, row.high), betweenOf(row)]),
  ]);
};
