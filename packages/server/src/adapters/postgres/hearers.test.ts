/** Who listens for what, as flushes read it: what has changed alone, and bounded; on real SQL where that decides (docs/decisions/0060). */
import { key } from '@recreio/core/ports.ts';
import type { Person, School } from '@recreio/core/testing/world.ts';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSchoolhouse, type Schoolhouse } from '../../testing/world.ts';
import type { Vault } from '../vault/vault.ts';
import type { Queryable } from './connect.ts';
import { readHearers } from './hearers.ts';
import { KnownHearers } from './known-hearers.ts';

describe('[R119] what is remembered of who listens for what', () => {
  const sealed = (words: string) => Buffer.from(words);
  const open = (_account: string, box: Buffer) => box.toString().split(',');
  const heard = (known: KnownHearers, room: string, text: string) => [...known.heard(room, text)].sort();

  test('is of each room alone, and a person’s words are opened once, in however many rooms they are', () => {
    const known = new KnownHearers();
    const opened: string[] = [];
    const opening = (account: string, box: Buffer) => {
      opened.push(account);
      return open(account, box);
    };
    known.keep('a', 1, [{ account: 'ana', sealed: sealed('prova,física') }], opening);
    const both = [
      { account: 'ana', sealed: sealed('prova,física') },
      { account: 'bia', sealed: sealed('prova') },
    ];
    known.keep('b', 4, both, opening);
    expect(opened).toEqual(['ana', 'bia']);
    expect([heard(known, 'a', 'a prova'), heard(known, 'b', 'a prova'), heard(known, 'c', 'a prova')]).toEqual([
      ['ana'],
      ['ana', 'bia'],
      [],
    ]);
    expect([known.hearingOf('a'), known.hearingOf('b'), known.hearingOf('c')]).toEqual([1, 4, undefined]);
  });

  test('is changed by those who changed: others stay, who has none any more goes', () => {
    const known = new KnownHearers();
    known.keep(
      'a',
      1,
      ['ana', 'bia', 'caio'].map((account) => ({ account, sealed: sealed('prova') })),
      open,
    );
    known.keep(
      'a',
      3,
      [
        { account: 'ana', sealed: sealed('física') },
        { account: 'bia', sealed: null },
      ],
      open,
    );
    expect([heard(known, 'a', 'prova'), heard(known, 'a', 'física'), known.hearingOf('a')]).toEqual([
      ['caio'],
      ['ana'],
      3,
    ]);
    known.clear();
    expect([heard(known, 'a', 'prova'), known.hearingOf('a')]).toEqual([[], undefined]);
  });

  test('is bounded: the room that was silent for longest goes first, and what is too much alone takes nobody along', () => {
    const known = new KnownHearers(4);
    const listeners = (...accounts: string[]) => accounts.map((account) => ({ account, sealed: sealed('prova') }));
    known.keep('a', 1, listeners('ana', 'bia'), open);
    known.keep('b', 1, listeners('ana', 'bia'), open);
    expect(heard(known, 'a', 'prova')).toEqual(['ana', 'bia']);
    known.keep('c', 1, listeners('ana', 'caio'), open);
    // Until it is said that this is all, nothing goes
    expect(heard(known, 'b', 'prova')).toEqual(['ana', 'bia']);
    heard(known, 'a', 'prova');
    known.trim();
    expect(['a', 'b', 'c'].map((room) => known.hearingOf(room))).toEqual([1, 1, undefined]);
    known.keep('all', 9, listeners('ana', 'bia', 'caio', 'davi', 'eva'), open);
    expect(heard(known, 'all', 'prova')).toHaveLength(5);
    known.trim();
    expect(['a', 'b', 'all'].map((room) => known.hearingOf(room))).toEqual([1, 1, undefined]);
    // Who is in none of the rooms is not remembered either
    known.keep('d', 1, [{ account: 'davi', sealed: sealed('prova') }], () => ['física']);
    expect([heard(known, 'd', 'prova'), heard(known, 'd', 'física')]).toEqual([[], ['davi']]);
  });
});

describe('[R119] what a flush reads', () => {
  let house: Schoolhouse;
  let school: School;
  let helena: Person;
  let people: readonly Person[];
  let room: string;
  beforeAll(async () => {
    house = await openSchoolhouse();
    ({ school } = await house.node());
    helena = await school.person('Helena', { role: 'teacher' });
    people = [await school.person('Ana'), await school.person('Bia'), await school.person('Caio')];
    room = await school.room(helena, people);
    for (const who of people) await school.does(who, 'notifications.setKeywords', { words: ['prova'] });
  });
  afterAll(() => house.close());

  /** A process that listens: whose words it opens is counted, the vault has tests of its own. */
  const listener = () => {
    const opened: string[] = [];
    const asked: { readonly name: string; readonly rows: number }[] = [];
    const known = new KnownHearers();
    const vault = {
      openSecret: ({ owner }: { owner: string }) => {
        opened.push(owner);
        return Buffer.from('prova');
      },
    } as unknown as Vault;
    const db = {
      query: async (query: pg.QueryConfig) => {
        const { rows } = await house.pool.query(query);
        asked.push({ name: query.name ?? '', rows: rows.length });
        return { rows };
      },
    } as unknown as Queryable;
    const hear = async (most?: number): Promise<readonly string[]> => {
      const { rows } = await house.pool.query<{ id: string; kind: string; hearing: number }>(
        'SELECT id, kind, hearing FROM room WHERE id = $1',
        [room],
      );
      const saying = { room, author: helena.id, clientId: 'um', text: 'a prova' };
      const found = await readHearers(db, vault, known, [saying], rows, most);
      return found.get(key(room, helena.id, 'um')) ?? [];
    };
    return { hear, took: () => ({ opened: opened.splice(0), asked: asked.splice(0) }) };
  };

  test('is everybody’s words once, then those that changed, then nothing', async () => {
    const { hear, took } = listener();
    const [ana, , caio] = people as readonly [Person, Person, Person];
    expect((await hear()).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
    expect(took()).toEqual({ opened: expect.any(Array), asked: [{ name: 'facts-listening', rows: 3 }] });
    await hear();
    expect(took()).toEqual({ opened: [], asked: [] });
    await school.does(caio, 'notifications.setKeywords', { words: ['prova', 'física'] });
    await hear();
    expect(took()).toEqual({ opened: [caio.id], asked: [{ name: 'facts-heard-anew', rows: 1 }] });
    await school.does(caio, 'notifications.setKeywords', { words: [] });
    expect(await hear()).not.toContain(caio.id);
    expect(took()).toEqual({ opened: [], asked: [{ name: 'facts-heard-anew', rows: 1 }] });
    // Who leaves and comes back brings theirs
    await school.tend(helena, 'members.remove', room, ana.id);
    await school.does(ana, 'notifications.setKeywords', { words: ['física', 'prova'] });
    await school.tend(helena, 'members.add', room, ana.id);
    expect(await hear()).toContain(ana.id);
    expect(took()).toEqual({ opened: [ana.id], asked: [{ name: 'facts-heard-anew', rows: 1 }] });
  });

  test('is that somebody has no words any more, who took them back while they were out of the room', async () => {
    const { hear, took } = listener();
    const [, bia] = people as readonly [Person, Person, Person];
    expect(await hear()).toContain(bia.id);
    await school.tend(helena, 'members.remove', room, bia.id);
    await school.does(bia, 'notifications.setKeywords', { words: [] });
    await school.tend(helena, 'members.add', room, bia.id);
    took();
    expect(await hear()).not.toContain(bia.id);
    expect(took()).toEqual({ opened: [], asked: [{ name: 'facts-heard-anew', rows: 1 }] });
    await school.does(bia, 'notifications.setKeywords', { words: ['prova'] });
    expect(await hear()).toContain(bia.id);
    await school.does(bia, 'notifications.setKeywords', { words: [] });
    // Whoever has none is among nobody's listeners either
    expect(await listener().hear()).not.toContain(bia.id);
    await school.does(bia, 'notifications.setKeywords', { words: ['prova'] });
  });

  test('is in which order they read there, where more are called than may be', async () => {
    const { hear, took } = listener();
    const [ana, bia] = people as readonly [Person, Person, Person];
    await school.say(ana, room, 'oi');
    await school.say(bia, room, 'oi');
    took();
    expect(await hear(1)).toEqual([bia.id]);
    expect(took().asked.map(({ name }) => name)).toEqual(['facts-listening', 'facts-last-readers']);
    await school.say(ana, room, 'oi');
    expect(await hear(1)).toEqual([ana.id]);
    expect((await hear(2)).toSorted()).toEqual([ana.id, bia.id].toSorted());
  });
});
