import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase } from '../../testing/database.ts';
import { fingerprintInDatabase } from './fingerprint.ts';
import { fingerprintOf, type MasterKey } from './master.ts';
import { KeyUnavailable, openVault, type Place, type Sealed, type Vault } from './vault.ts';

let pool: pg.Pool;
let drop: () => Promise<void>;

const newMaster = (): MasterKey => {
  const key = randomBytes(32);
  return { key, fingerprint: fingerprintOf(key), path: '/keys/school.key', made: true };
};
const master = newMaster();

/** A school of its own for each test: rooms and people are new, the school key is shared. */
interface School {
  vault: Vault;
  room: string;
  otherRoom: string;
  ana: string;
  bruno: string;
}

/** A clock that a test moves. */
let nowMs = 0;
const openHere = (): Promise<Vault> => openVault(pool, master, { monotonicMs: () => nowMs });

const newSchool = async (): Promise<School> => {
  const vault = await openHere();
  const [room, otherRoom, ana, bruno] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await vault.createRoomKey(pool, room);
  await vault.createRoomKey(pool, otherRoom);
  await vault.createAuthorKey(pool, ana);
  await vault.createAuthorKey(pool, bruno);
  await vault.load(pool, { rooms: [room, otherRoom], authors: [ana, bruno] });
  return { vault, room, otherRoom, ana, bruno };
};
const placeIn = (school: School, changes: Partial<Place> = {}): Place => ({
  room: school.room,
  message: randomUUID(),
  editNo: 0,
  author: school.ana,
  kind: 1,
  replyTo: null,
  mentions: [],
  ...changes,
});
/** As if time had passed in the database: keys are older than they are. */
const age = (owner: string, minutes: number): Promise<unknown> =>
  pool.query("UPDATE keys.key SET created_at = created_at - $2 * interval '1 minute' WHERE owner = $1", [
    owner,
    minutes,
  ]);

const layKeyStore = async (db: pg.Pool): Promise<void> => {
  const { rows } = await db.query("SELECT to_regclass('keys.key') AS there");
  if (rows[0].there === null)
    await db.query(readFileSync(new URL('../../../migrations/0001_keys.sql', import.meta.url), 'utf8'));
};

beforeAll(async () => {
  const database = await cloneDatabase();
  pool = new pg.Pool({ ...database.connection, max: 4 });
  await layKeyStore(pool);
  drop = database.drop;
});
afterAll(async () => {
  await pool.end();
  await drop();
});

describe('seal and open', () => {
  test('[E1] what one node sealed, another opens', async () => {
    const school = await newSchool();
    const place = placeIn(school, { replyTo: randomUUID(), mentions: [school.bruno, school.ana] });
    const sealed = school.vault.seal(place, { body: 'Bom dia!' });
    const node2 = await openHere();
    await node2.load(pool, { rooms: [place.room], authors: [place.author] });
    expect(node2.open({ ...place, mentions: [school.ana, school.bruno] }, sealed)).toEqual({
      verdict: 'opened',
      body: 'Bom dia!',
    });
  });

  test('[E1] a sealed message in any other place is an integrity error, never a text', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'Nota 10' });
    const others: Record<string, Place> = {
      message: { ...place, message: randomUUID() },
      room: { ...place, room: school.otherRoom },
      author: { ...place, author: school.bruno },
      edit: { ...place, editNo: 1 },
      kind: { ...place, kind: 2 },
      reply: { ...place, replyTo: randomUUID() },
      mention: { ...place, mentions: [school.bruno] },
    };
    expect(school.vault.open(place, sealed).verdict).toBe('opened');
    for (const [name, other] of Object.entries(others))
      expect([name, school.vault.open(other, sealed)]).toEqual([name, { verdict: 'integrity', damage: 'commitment' }]);
  });

  test('[E1] parts of two seals of the same place do not mix', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const a = school.vault.seal(place, { body: 'sim' });
    const b = school.vault.seal(place, { body: 'não' });
    for (const field of ['salt', 'nonce', 'commitment', 'ct'] as const)
      expect(school.vault.open(place, { ...a, [field]: b[field] }).verdict).toBe('integrity');
  });

  test('[E1] versions that do not exist or were swapped are integrity errors', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'sim' });
    await school.vault.rotateRoomKey(pool, school.room);
    const node2 = await openHere();
    await node2.load(pool, { rooms: [school.room], authors: [school.ana] });
    expect(node2.open(place, { ...sealed, rkVersion: 2 })).toEqual({ verdict: 'integrity', damage: 'commitment' });
    for (const version of [0, -1, 3, 2 ** 31 - 1]) {
      const unknown = { verdict: 'integrity', damage: 'unknown-key' };
      expect(node2.open(place, { ...sealed, rkVersion: version })).toEqual(unknown);
      expect(node2.open(place, { ...sealed, akVersion: version })).toEqual(unknown);
    }
  });

  test('[E1] keys that were not loaded are a mistake that is told, not a verdict', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'sim' });
    const node2 = await openHere();
    expect(() => node2.open(place, sealed)).toThrow(KeyUnavailable);
    expect(() => node2.seal(place, { body: 'sim' })).toThrow(/not-loaded/);
  });

  test('[E1] few keys in memory do not mean few rooms', async () => {
    const vault = await openVault(pool, master, { owners: 2, pairs: 2 });
    const author = randomUUID();
    await vault.createAuthorKey(pool, author);
    const kept: { place: Place; sealed: Sealed; body: string }[] = [];
    for (let n = 0; n < 6; n += 1) {
      const room = randomUUID();
      await vault.createRoomKey(pool, room);
      await vault.load(pool, { rooms: [room], authors: [author] });
      const place: Place = { room, message: randomUUID(), editNo: 0, author, kind: 1, replyTo: null, mentions: [] };
      kept.push({ place, sealed: vault.seal(place, { body: `${n}` }), body: `${n}` });
    }
    for (const { place, sealed, body } of kept) {
      await vault.load(pool, { rooms: [place.room], authors: [author] });
      expect(vault.open(place, sealed)).toEqual({ verdict: 'opened', body });
    }
    await expect(vault.load(pool, { rooms: [randomUUID(), randomUUID(), randomUUID()], authors: [] })).rejects.toThrow(
      RangeError,
    );
  });
});

describe('destruction', () => {
  test('[E1] when an author key is destroyed, everything that person wrote is gone in every room, and nothing else', async () => {
    const school = await newSchool();
    const { vault, ana } = school;
    const places = [placeIn(school), placeIn(school, { room: school.otherRoom })];
    const mine = places.map((place) => ({ place, sealed: vault.seal(place, { body: 'meu' }) }));
    const theirs = placeIn(school, { author: school.bruno });
    const kept = vault.seal(theirs, { body: 'dele' });
    await vault.shred(pool, { author: ana });
    const node2 = await openHere();
    for (const node of [vault, node2]) {
      await node.load(pool, { rooms: [school.room, school.otherRoom], authors: [ana, school.bruno] });
      for (const { place, sealed } of mine)
        expect(node.open(place, sealed)).toEqual({ verdict: 'destroyed', key: 'author' });
      expect(node.open(theirs, kept)).toEqual({ verdict: 'opened', body: 'dele' });
      expect(() => node.seal(placeIn(school), { body: 'de novo' })).toThrow(/destroyed/);
    }
    const { rows } = await pool.query('SELECT wrapped, nonce FROM keys.key WHERE owner = $1', [ana]);
    expect(rows).toEqual([{ wrapped: null, nonce: null }]);
  });

  test('[E1] a node that held the key forgets it within a minute, at once when told', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    const want = { rooms: [school.room], authors: [school.ana] };
    const [slow, told] = [await openHere(), await openHere()];
    await slow.load(pool, want);
    await told.load(pool, want);
    await school.vault.shred(pool, { room: school.room });
    told.forget({ room: school.room });
    await told.load(pool, want);
    expect(told.open(place, sealed)).toEqual({ verdict: 'destroyed', key: 'room' });
    await slow.load(pool, want);
    expect(slow.open(place, sealed).verdict).toBe('opened');
    nowMs += 60_001;
    await slow.load(pool, want);
    expect(slow.open(place, sealed)).toEqual({ verdict: 'destroyed', key: 'room' });
  });

  test('[E1] a destruction that is rolled back destroys nothing', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    const client = await pool.connect();
    await client.query('BEGIN');
    await school.vault.shred(client, { author: school.ana });
    await client.query('ROLLBACK');
    client.release();
    school.vault.forget({ author: school.ana });
    await school.vault.load(pool, { rooms: [school.room], authors: [school.ana] });
    expect(school.vault.open(place, sealed)).toEqual({ verdict: 'opened', body: 'meu' });
  });

  test('[E1] an answer that was on its way while a key was destroyed does not bring it back', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    const node2 = await openHere();
    let first = true;
    await node2.load(
      {
        query: async (statement, values) => {
          const answer = await pool.query(statement as string, values);
          if (first) {
            first = false;
            await node2.shred(pool, { author: school.ana });
          }
          return answer;
        },
      },
      { rooms: [school.room], authors: [school.ana] },
    );
    expect(first).toBe(false);
    expect(node2.open(place, sealed)).toEqual({ verdict: 'destroyed', key: 'author' });
  });
});

describe('the key store', () => {
  test('[E1] a wrapped key that was changed or copied from another row does not open, and alone', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    const others = placeIn(school, { author: school.bruno });
    const kept = school.vault.seal(others, { body: 'dele' });
    const tampering = [
      'UPDATE keys.key SET wrapped = set_byte(wrapped, 0, get_byte(wrapped, 0) # 1) WHERE owner = $1 AND $2::uuid IS NOT NULL',
      'UPDATE keys.key SET nonce = set_byte(nonce, 11, get_byte(nonce, 11) # 128) WHERE owner = $1 AND $2::uuid IS NOT NULL',
      'UPDATE keys.key SET (wrapped, nonce) = (SELECT wrapped, nonce FROM keys.key WHERE owner = $2) WHERE owner = $1',
      'UPDATE keys.key SET parent_version = 2 WHERE owner = $1 AND $2::uuid IS NOT NULL',
    ];
    for (const sql of tampering) {
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query(sql, [school.ana, school.bruno]);
      const node2 = await openHere();
      await node2.load(client, { rooms: [school.room], authors: [school.ana, school.bruno] });
      expect(node2.open(place, sealed)).toEqual({ verdict: 'integrity', damage: 'damaged-key' });
      expect(() => node2.seal(place, { body: 'x' })).toThrow(/damaged/);
      expect(node2.open(others, kept)).toEqual({ verdict: 'opened', body: 'dele' });
      await client.query('ROLLBACK');
      client.release();
    }
  });

  test('[E1] a row of the key store that is gone is an integrity error, not an erasure', async () => {
    const school = await newSchool();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    await pool.query('DELETE FROM keys.key WHERE owner = $1', [school.ana]);
    const node2 = await openHere();
    await node2.load(pool, { rooms: [school.room], authors: [school.ana] });
    expect(node2.open(place, sealed)).toEqual({ verdict: 'integrity', damage: 'unknown-key' });
  });

  test('[E1] a rolled-back key is never used again, even for the same room', async () => {
    const vault = await openHere();
    const [room, author] = [randomUUID(), randomUUID()];
    await vault.createAuthorKey(pool, author);
    const place: Place = { room, message: randomUUID(), editNo: 0, author, kind: 1, replyTo: null, mentions: [] };
    const client = await pool.connect();
    await client.query('BEGIN');
    await vault.createRoomKey(client, room);
    await vault.load(client, { rooms: [room], authors: [author] });
    // The first message may be sealed in the transaction that makes the room.
    expect(vault.open(place, vault.seal(place, { body: 'oi' })).verdict).toBe('opened');
    await client.query('ROLLBACK');
    client.release();
    await vault.createRoomKey(pool, room);
    await vault.load(pool, { rooms: [room], authors: [author] });
    const sealed = vault.seal(place, { body: 'oi' });
    const node2 = await openHere();
    await node2.load(pool, { rooms: [room], authors: [author] });
    expect(node2.open(place, sealed)).toEqual({ verdict: 'opened', body: 'oi' });
  });

  test('[E1] a new version of a room key seals only when every node has had time to read it; both open', async () => {
    const school = await newSchool();
    await age(school.room, 10);
    const want = { rooms: [school.room], authors: [school.ana] };
    const place = placeIn(school);
    const old = school.vault.seal(place, { body: 'antes' });
    await school.vault.rotateRoomKey(pool, school.room);
    const node2 = await openHere();
    await node2.load(pool, want);
    expect(node2.seal(place, { body: 'x' }).rkVersion).toBe(1);
    await age(school.room, 3);
    nowMs += 60_001;
    await node2.load(pool, want);
    const fresh = node2.seal(place, { body: 'depois' });
    expect(fresh.rkVersion).toBe(2);
    await school.vault.load(pool, want);
    expect(school.vault.open(place, fresh)).toEqual({ verdict: 'opened', body: 'depois' });
    expect(school.vault.open(place, old)).toEqual({ verdict: 'opened', body: 'antes' });
  });

  test('[E1] one owner gets one first key, however many ask', async () => {
    const vault = await openHere();
    const room = randomUUID();
    const made = await Promise.allSettled([1, 2, 3].map(() => vault.createRoomKey(pool, room)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('payload MACs', () => {
  const payload = Buffer.from('{"body":"sim"}');

  test('[E1] the same payload has another MAC in another room, of another author, under another client id', async () => {
    const school = await newSchool();
    const of = { room: school.room, author: school.ana, clientId: randomUUID() };
    const macs = [
      of,
      { ...of, room: school.otherRoom },
      { ...of, author: school.bruno },
      { ...of, clientId: randomUUID() },
    ].map((each) => school.vault.mac(each, payload).toString('hex'));
    expect(new Set(macs).size).toBe(4);
    expect(macs[0]).toHaveLength(2 * 36);
  });

  test('[D12] a repeated payload is recognised, also after a rotation; another one is not', async () => {
    const school = await newSchool();
    await age(school.room, 10);
    const of = { room: school.room, author: school.ana, clientId: randomUUID() };
    const stored = school.vault.mac(of, payload);
    await school.vault.rotateRoomKey(pool, school.room);
    await age(school.room, 10);
    const node2 = await openHere();
    await node2.load(pool, { rooms: [school.room], authors: [] });
    expect(node2.mac(of, payload).readUInt32BE()).toBe(2);
    expect(node2.sameMac(of, payload, stored)).toBe(true);
    expect(node2.sameMac(of, Buffer.from('{"body":"não"}'), stored)).toBe(false);
    expect(node2.sameMac({ ...of, room: school.room, clientId: randomUUID() }, payload, stored)).toBe(false);
    expect(node2.sameMac(of, payload, stored.subarray(1))).toBe(false);
  });
});

describe('opening the vault', () => {
  test('[E1] with another master key it refuses and writes nothing', async () => {
    await openHere();
    const before = await pool.query('SELECT * FROM keys.key ORDER BY kind, owner, version');
    expect(before.rows.length).toBeGreaterThan(0);
    await expect(openVault(pool, newMaster())).rejects.toMatchObject({ name: 'MasterKeyError', trouble: 'wrong' });
    const after = await pool.query('SELECT * FROM keys.key ORDER BY kind, owner, version');
    expect(after.rows).toEqual(before.rows);
  });

  test('[E1] the database remembers which master key it was made with', async () => {
    await openHere();
    expect(await fingerprintInDatabase(pool).recorded()).toBe(master.fingerprint);
    expect(await fingerprintInDatabase(pool).established()).toBe(true);
  });

  test('[E1] a lost school key is not replaced by a new one that opens nothing', async () => {
    await newSchool();
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query("DELETE FROM keys.key WHERE kind = 'school'");
    await expect(openVault(client, master)).rejects.toMatchObject({ trouble: 'school-key-lost' });
    await client.query('ROLLBACK');
    client.release();
  });

  test('[E1] nodes that start together on an empty key store share one school key', async () => {
    const database = await cloneDatabase();
    const empty = new pg.Pool({ ...database.connection, max: 4 });
    await layKeyStore(empty);
    expect(await fingerprintInDatabase(empty).recorded()).toBeNull();
    const nodes = await Promise.all([1, 2, 3, 4].map(() => openVault(empty, master)));
    const { rows } = await empty.query("SELECT count(*)::int AS n FROM keys.key WHERE kind = 'school'");
    expect(rows).toEqual([{ n: 1 }]);
    const [room, author] = [randomUUID(), randomUUID()];
    await nodes[0]?.createRoomKey(empty, room);
    await nodes[0]?.createAuthorKey(empty, author);
    const place: Place = { room, message: randomUUID(), editNo: 0, author, kind: 1, replyTo: null, mentions: [] };
    const seals: Sealed[] = [];
    for (const node of nodes) {
      await node.load(empty, { rooms: [room], authors: [author] });
      seals.push(node.seal(place, { body: 'oi' }));
    }
    for (const node of nodes) for (const sealed of seals) expect(node.open(place, sealed).verdict).toBe('opened');
    await empty.end();
    await database.drop();
  });
});
