/** Who is in a room and how far each has read, for those to whom it may be shown. */
import { key, type RoomsMemory } from '@recreio/core/ports.ts';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';

/** Reads it; blocks only where there is anybody to block. */
export const readReaders = async (
  db: Queryable,
  room: string,
  most: number,
): Promise<Awaited<ReturnType<RoomsMemory['readers']>>> => {
  const { rows } = await db.query<{ account: string; seq: number; minor: boolean; hides: boolean; kind: string }>({
    name: 'readers',
    text: `SELECT m.account, k.seq, a.minor, a.hides_reading AS hides, r.kind FROM room r JOIN member m ON m.room = r.id
           JOIN account a ON a.id = m.account JOIN read_marker k ON k.room = m.room AND k.account = m.account
           WHERE r.id = $1 ORDER BY a.name_folded, a.id LIMIT $2`,
    values: [room, most],
  });
  const blocks =
    rows.length < 2 || rows.length === most
      ? []
      : (
          await db.query<{ blocker: string; blocked: string }>({
            name: 'readers-blocks',
            text: 'SELECT blocker, blocked FROM block WHERE blocker = ANY ($1::uuid[]) AND blocked = ANY ($1::uuid[])',
            values: [uuidArray(rows.map(({ account }) => account))],
          })
        ).rows;
  return {
    isPrivate: rows[0]?.kind === 'direct' || rows[0]?.kind === 'group',
    people: rows.map(({ account, seq, minor, hides }) => ({ account, seq, minor, hides })),
    blocks: new Set(blocks.map(({ blocker, blocked }) => key(blocker, blocked))),
  };
};
