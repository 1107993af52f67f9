import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Nodes, placeIn, startNodes } from '../../testing/vault.ts';

let nodes: Nodes;
beforeAll(async () => {
  nodes = await startNodes();
});
afterAll(() => nodes.close());

describe('destruction', () => {
  test('[E1] when an author key is destroyed, everything that person wrote is gone in every room, and nothing else', async () => {
    const school = await nodes.school();
    const { vault, ana } = school;
    const places = [placeIn(school), placeIn(school, { room: school.otherRoom })];
    const mine = places.map((place) => ({ place, sealed: vault.seal(place, { body: 'meu' }) }));
    const theirs = placeIn(school, { author: school.bruno });
    const kept = vault.seal(theirs, { body: 'dele' });
    await vault.shred(nodes.pool, { author: ana });
    const node2 = await nodes.open();
    for (const node of [vault, node2]) {
      await node.load(nodes.pool, { rooms: [school.room, school.otherRoom], authors: [ana, school.bruno] });
      for (const { place, sealed } of mine)
        expect(node.open(place, sealed)).toEqual({ verdict: 'destroyed', key: 'author' });
      expect(node.open(theirs, kept)).toEqual({ verdict: 'opened', body: 'dele' });
      expect(() => node.seal(placeIn(school), { body: 'de novo' })).toThrow(/destroyed/);
    }
    const { rows } = await nodes.pool.query('SELECT wrapped, nonce FROM keys.key WHERE owner = $1', [ana]);
    expect(rows).toEqual([{ wrapped: null, nonce: null }]);
  });

  test('[E1] a node that held the key forgets it within a minute, at once when told', async () => {
    const school = await nodes.school();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    const want = { rooms: [school.room], authors: [school.ana] };
    const [slow, told] = [await nodes.open(), await nodes.open()];
    await slow.load(nodes.pool, want);
    await told.load(nodes.pool, want);
    await school.vault.shred(nodes.pool, { room: school.room });
    told.forget({ room: school.room });
    await told.load(nodes.pool, want);
    expect(told.open(place, sealed)).toEqual({ verdict: 'destroyed', key: 'room' });
    await slow.load(nodes.pool, want);
    expect(slow.open(place, sealed).verdict).toBe('opened');
    nodes.nowMs += 60_001;
    await slow.load(nodes.pool, want);
    expect(slow.open(place, sealed)).toEqual({ verdict: 'destroyed', key: 'room' });
  });

  test('[E1] a destruction that is rolled back destroys nothing', async () => {
    const school = await nodes.school();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    const client = await nodes.pool.connect();
    await client.query('BEGIN');
    await school.vault.shred(client, { author: school.ana });
    await client.query('ROLLBACK');
    client.release();
    school.vault.forget({ author: school.ana });
    await school.vault.load(nodes.pool, { rooms: [school.room], authors: [school.ana] });
    expect(school.vault.open(place, sealed)).toEqual({ verdict: 'opened', body: 'meu' });
  });

  test('[E1] an answer that was on its way while a key was destroyed does not bring it back', async () => {
    const school = await nodes.school();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'meu' });
    const node2 = await nodes.open();
    let first = true;
    await node2.load(
      {
        query: async (statement, values) => {
          const answer = await nodes.pool.query(statement as string, values);
          if (first) {
            first = false;
            await node2.shred(nodes.pool, { author: school.ana });
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
