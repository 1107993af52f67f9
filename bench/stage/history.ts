/** A long past, quickly: sealed by the real vault and written by the write path's own statements, without the rules in front. */
import pg from 'pg';
import type { Placed, RoomFact } from '@recreio/core/ports.ts';
import { fingerprintInDatabase } from '../../packages/server/src/adapters/vault/fingerprint.ts';
import { masterKeyPlaces } from '../../packages/server/src/adapters/vault/location.ts';
import { openMasterKey } from '../../packages/server/src/adapters/vault/master.ts';
import { openVault } from '../../packages/server/src/adapters/vault/vault.ts';
import { write } from '../../packages/server/src/adapters/postgres/write.ts';
import { newId } from '../../packages/server/src/ids.ts';
import { uuidv7 } from '../../tests/raw/uuid.ts';
import { bodyOf } from './pages.ts';
import type { School } from './school.ts';

/** Messages of one statement. */
const BATCH = 2_000;

/** A room with a past. */
export interface Past {
  readonly room: string;
  /** Somebody who may read it. */
  readonly token: string;
  /** The seqs of its messages. */
  readonly from: number;
  readonly to: number;
}

interface RoomRow {
  readonly head: string;
  readonly ordinal: string;
  readonly members: number;
  readonly owners: number;
  readonly at: string;
}

/** Writes so many messages into each room of a school, by its members in turn, a second apart. */
export const seedPast = async (school: School, perRoom: number, say: (text: string) => void): Promise<Past[]> => {
  const connectionString = `${school.database.url}&options=-c%20synchronous_commit%3Doff`;
  const pool = new pg.Pool({ connectionString, max: 2 });
  const client = new pg.Client({ connectionString });
  await client.connect();
  const places = masterKeyPlaces({
    configured: school.keyFile,
    home: undefined,
    configHome: undefined,
    dataDir: undefined,
    workingDir: school.folder.path,
  });
  const vault = await openVault(pool, await openMasterKey(places, fingerprintInDatabase(pool)));
  const pasts: Past[] = [];
  try {
    for (const [nth, { id, pupils }] of school.rooms.entries()) {
      await vault.load(pool, { rooms: [id], authors: pupils.map(({ account }) => account) });
      const { rows } = await pool.query<RoomRow>(
        'SELECT head, ordinal, members, owners, extract(epoch FROM last_at) * 1000 AS at FROM room WHERE id = $1',
        [id],
      );
      const [row] = rows;
      const [reader] = pupils;
      if (!row || !reader) throw new Error('a room has a row and members');
      const first = Number(row.head) + 1;
      let before: Promise<unknown> = Promise.resolve();
      for (let done = 0; done < perRoom; done += BATCH) {
        const events = Array.from({ length: Math.min(BATCH, perRoom - done) }, (_, of): Placed<'message.sent'> => {
          const seq = first + done + of;
          return {
            type: 'message.sent',
            room: id,
            seq,
            id: newId(),
            at: Math.ceil(Number(row.at)) + seq,
            actor: pupils[seq % pupils.length]?.account ?? reader.account,
            ordinal: Number(row.ordinal) + 1 + done + of,
            message: newId(),
            clientId: uuidv7(),
            body: bodyOf(seq),
            replyTo: null,
            thread: null,
            mentions: [],
            everyone: false,
            urgent: false,
            forward: null,
            payload: String(seq),
          };
        });
        const last = events.at(-1);
        if (!last) break;
        const fact: RoomFact = {
          id,
          kind: 'topic',
          settings: null,
          archived: false,
          course: null,
          pair: null,
          head: last.seq,
          ordinal: last.ordinal,
          lastAt: last.at,
          members: row.members,
          owners: row.owners,
        };
        const written = write(client, vault, { events, rooms: [fact], users: [], done: [] }, newId);
        // The next batch is sealed while the database writes this one
        await before;
        before = Promise.all([...written.rest, written.users]);
      }
      await before;
      pasts.push({ room: id, token: reader.token, from: first, to: first + perRoom - 1 });
      say(`  ${(nth + 1) * perRoom} messages written`);
    }
    await pool.query('VACUUM ANALYZE');
    await pool.query('CHECKPOINT');
  } finally {
    await client.end();
    await pool.end();
  }
  return pasts;
};
