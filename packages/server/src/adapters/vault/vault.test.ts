import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Nodes, placeIn, startNodes } from '../../testing/vault.ts';
import { KeyUnavailable, openVault, type Place, type Sealed } from './vault.ts';

let nodes: Nodes;
beforeAll(async () => {
  nodes = await startNodes();
});
afterAll(() => nodes.close());

describe('seal and open', () => {
  test('[E1] what one node sealed, another opens', async () => {
    const school = await nodes.school();
    const place = placeIn(school, { replyTo: randomUUID(), mentions: [school.bruno, school.ana] });
    const sealed = school.vault.seal(place, { body: 'Bom dia!' });
    const node2 = await nodes.open();
    await node2.load(nodes.pool, { rooms: [place.room], authors: [place.author] });
    expect(node2.open({ ...place, mentions: [school.ana, school.bruno] }, sealed)).toEqual({
      verdict: 'opened',
      body: 'Bom dia!',
    });
  });

  test('[E1] a sealed message in any other place is an integrity error, never a text', async () => {
    const school = await nodes.school();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'Nota 10' });
    const others: Record<string, Place> = {
      message: { ...place, message: randomUUID() },
      room: { ...place, room: school.otherRoom },
      author: { ...place, author: school.bruno },
      edit: { ...place, editNo: 1 },
      kind: { ...place, kind: 2 },
      reply: { ...place, replyTo: randomUUID() },
      thread: { ...place, thread: randomUUID() },
      mention: { ...place, mentions: [school.bruno] },
    };
    expect(school.vault.open(place, sealed).verdict).toBe('opened');
    for (const [name, other] of Object.entries(others))
      expect([name, school.vault.open(other, sealed)]).toEqual([name, { verdict: 'integrity', damage: 'commitment' }]);
  });

  test('[E1] parts of two seals of the same place do not mix', async () => {
    const school = await nodes.school();
    const place = placeIn(school);
    const a = school.vault.seal(place, { body: 'sim' });
    const b = school.vault.seal(place, { body: 'não' });
    for (const field of ['salt', 'nonce', 'commitment', 'ct'] as const)
      expect(school.vault.open(place, { ...a, [field]: b[field] }).verdict).toBe('integrity');
  });

  test('[E1] versions that do not exist or were swapped are integrity errors', async () => {
    const school = await nodes.school();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'sim' });
    await school.vault.rotateRoomKey(nodes.pool, school.room);
    const node2 = await nodes.open();
    await node2.load(nodes.pool, { rooms: [school.room], authors: [school.ana] });
    expect(node2.open(place, { ...sealed, rkVersion: 2 })).toEqual({ verdict: 'integrity', damage: 'commitment' });
    for (const version of [0, -1, 3, 2 ** 31 - 1]) {
      const unknown = { verdict: 'integrity', damage: 'unknown-key' };
      expect(node2.open(place, { ...sealed, rkVersion: version })).toEqual(unknown);
      expect(node2.open(place, { ...sealed, akVersion: version })).toEqual(unknown);
    }
  });

  test('[E1] keys that were not loaded are a mistake that is told, not a verdict', async () => {
    const school = await nodes.school();
    const place = placeIn(school);
    const sealed = school.vault.seal(place, { body: 'sim' });
    const node2 = await nodes.open();
    expect(() => node2.open(place, sealed)).toThrow(KeyUnavailable);
    expect(() => node2.seal(place, { body: 'sim' })).toThrow(/not-loaded/);
  });

  test('[E1] few keys in memory do not mean few rooms', async () => {
    const vault = await openVault(nodes.pool, nodes.master, { owners: 2, pairs: 2 });
    const author = randomUUID();
    await vault.createAuthorKey(nodes.pool, author);
    const kept: { place: Place; sealed: Sealed; body: string }[] = [];
    for (let n = 0; n < 6; n += 1) {
      const room = randomUUID();
      await vault.createRoomKey(nodes.pool, room);
      await vault.load(nodes.pool, { rooms: [room], authors: [author] });
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
      kept.push({ place, sealed: vault.seal(place, { body: `${n}` }), body: `${n}` });
    }
    for (const { place, sealed, body } of kept) {
      await vault.load(nodes.pool, { rooms: [place.room], authors: [author] });
      expect(vault.open(place, sealed)).toEqual({ verdict: 'opened', body });
    }
    await expect(
      vault.load(nodes.pool, { rooms: [randomUUID(), randomUUID(), randomUUID()], authors: [] }),
    ).rejects.toThrow(RangeError);
  });
});

describe('payload MACs', () => {
  const payload = Buffer.from('{"body":"sim"}');

  test('[E1] the same payload has another MAC in another room, of another author, under another client id', async () => {
    const school = await nodes.school();
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
    const school = await nodes.school();
    await nodes.age(school.room, 10);
    const of = { room: school.room, author: school.ana, clientId: randomUUID() };
    const stored = school.vault.mac(of, payload);
    await school.vault.rotateRoomKey(nodes.pool, school.room);
    await nodes.age(school.room, 10);
    const node2 = await nodes.open();
    await node2.load(nodes.pool, { rooms: [school.room], authors: [] });
    expect(node2.mac(of, payload).readUInt32BE()).toBe(2);
    expect(node2.sameMac(of, payload, stored)).toBe(true);
    expect(node2.sameMac(of, Buffer.from('{"body":"não"}'), stored)).toBe(false);
    expect(node2.sameMac({ ...of, room: school.room, clientId: randomUUID() }, payload, stored)).toBe(false);
    expect(node2.sameMac(of, payload, stored.subarray(1))).toBe(false);
  });
});
