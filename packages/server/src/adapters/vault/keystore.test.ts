import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newMaster, type Nodes, openKeyStore, placeIn, startNodes } from '../../testing/vault.ts';
import { fingerprintInDatabase } from './fingerprint.ts';
import { openVault, type Place, type Sealed } from './vault.ts';

let nodes: Nodes;
beforeAll(async () => {
  nodes = await startNodes();
});
afterAll(() => nodes.close());

describe('the key store', () => {
  test('[E1] a wrapped key that was changed or copied from another row does not open, and alone', async () => {
    const school = await nodes.school();
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
      const client = await nodes.pool.connect();
      await client.query('BEGIN');
      await client.query(sql, [school.ana, school.bruno]);
      const node2 = await nodes.open();
      await node2.load(client, { rooms: [school.room], authors: [school.ana, school.bruno] });
      expect(node2.open(place, sealed)).toEqual({ verdict: 'integrity', damage: 'damaged-key' });
      expect(() => node2.seal(place, { body: 'x' })).toThrow(/damaged/);
      expect(node2.open(others, kept)).toEqual({ verdict: 'opened', body: 'dele' });
      await client.query('ROLLBACK');
      client.release();
    }
  });

  test('[E1] a row of the key store that is gone is an integrity error, not an erasure', async () => {
    const school = await nodes.school();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    await nodes.pool.query('DELETE FROM keys.key WHERE owner = $1', [school.ana]);
    const node2 = await nodes.open();
    await node2.load(nodes.pool, { rooms: [school.room], authors: [school.ana] });
    expect(node2.open(place, sealed)).toEqual({ verdict: 'integrity', damage: 'unknown-key' });
  });

  test('[E1] a rolled-back key is never used again, even for the same room', async () => {
    const vault = await nodes.open();
    const [room, author] = [randomUUID(), randomUUID()];
    await vault.createAuthorKey(nodes.pool, author);
    const place: Place = {
      room,
      message: randomUUID(),
      editNo: 0,
      author,
      kind: 1,
      replyTo: null,
      thread: null,
      mentions: [],
    };
    const client = await nodes.pool.connect();
    await client.query('BEGIN');
    await vault.createRoomKey(client, room);
    await vault.load(client, { rooms: [room], authors: [author] });
    // The first message may be sealed in the transaction that makes the room.
    expect(vault.open(place, vault.seal(place, { body: 'oi' })).verdict).toBe('opened');
    await client.query('ROLLBACK');
    client.release();
    await vault.createRoomKey(nodes.pool, room);
    await vault.load(nodes.pool, { rooms: [room], authors: [author] });
    const sealed = vault.seal(place, { body: 'oi' });
    const node2 = await nodes.open();
    await node2.load(nodes.pool, { rooms: [room], authors: [author] });
    expect(node2.open(place, sealed)).toEqual({ verdict: 'opened', body: 'oi' });
  });

  test('[E1] a new version of a room key seals only when every node has had time to read it; both open', async () => {
    const school = await nodes.school();
    await nodes.age(school.room, 10);
    const want = { rooms: [school.room], authors: [school.ana] };
    const place = placeIn(school);
    const old = school.vault.seal(place, { body: 'antes' });
    await school.vault.rotateRoomKey(nodes.pool, school.room);
    const node2 = await nodes.open();
    await node2.load(nodes.pool, want);
    expect(node2.seal(place, { body: 'x' }).rkVersion).toBe(1);
    await nodes.age(school.room, 3);
    nodes.nowMs += 60_001;
    await node2.load(nodes.pool, want);
    const fresh = node2.seal(place, { body: 'depois' });
    expect(fresh.rkVersion).toBe(2);
    await school.vault.load(nodes.pool, want);
    expect(school.vault.open(place, fresh)).toEqual({ verdict: 'opened', body: 'depois' });
    expect(school.vault.open(place, old)).toEqual({ verdict: 'opened', body: 'antes' });
  });

  test('[E1] one owner gets one first key, however many ask', async () => {
    const vault = await nodes.open();
    const room = randomUUID();
    const made = await Promise.allSettled([1, 2, 3].map(() => vault.createRoomKey(nodes.pool, room)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('opening the vault', () => {
  test('[E1] with another master key it refuses and writes nothing', async () => {
    await nodes.open();
    const before = await nodes.pool.query('SELECT * FROM keys.key ORDER BY kind, owner, version');
    expect(before.rows.length).toBeGreaterThan(0);
    await expect(openVault(nodes.pool, newMaster())).rejects.toMatchObject({
      name: 'MasterKeyError',
      trouble: 'wrong',
    });
    const after = await nodes.pool.query('SELECT * FROM keys.key ORDER BY kind, owner, version');
    expect(after.rows).toEqual(before.rows);
  });

  test('[E1] the database remembers which master key it was made with', async () => {
    await nodes.open();
    expect(await fingerprintInDatabase(nodes.pool).recorded()).toBe(nodes.master.fingerprint);
    expect(await fingerprintInDatabase(nodes.pool).established()).toBe(true);
  });

  test('[E1] a lost school key is not replaced by a new one that opens nothing', async () => {
    await nodes.school();
    const client = await nodes.pool.connect();
    await client.query('BEGIN');
    await client.query("DELETE FROM keys.key WHERE kind = 'school'");
    await expect(openVault(client, nodes.master)).rejects.toMatchObject({ trouble: 'school-key-lost' });
    await client.query('ROLLBACK');
    client.release();
  });

  test('[E1] nodes that start together on an empty key store share one school key', async () => {
    const { pool: empty, close } = await openKeyStore();
    expect(await fingerprintInDatabase(empty).recorded()).toBeNull();
    const four = await Promise.all([1, 2, 3, 4].map(() => openVault(empty, nodes.master)));
    const { rows } = await empty.query("SELECT count(*)::int AS n FROM keys.key WHERE kind = 'school'");
    expect(rows).toEqual([{ n: 1 }]);
    const [room, author] = [randomUUID(), randomUUID()];
    await four[0]?.createRoomKey(empty, room);
    await four[0]?.createAuthorKey(empty, author);
    const place: Place = {
      room,
      message: randomUUID(),
      editNo: 0,
      author,
      kind: 1,
      replyTo: null,
      thread: null,
      mentions: [],
    };
    const seals: Sealed[] = [];
    for (const node of four) {
      await node.load(empty, { rooms: [room], authors: [author] });
      seals.push(node.seal(place, { body: 'oi' }));
    }
    for (const node of four) for (const sealed of seals) expect(node.open(place, sealed).verdict).toBe('opened');
    await close();
  });
});
