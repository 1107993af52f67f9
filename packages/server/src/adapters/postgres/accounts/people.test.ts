import { randomUUID } from 'node:crypto';
import { mayTalk } from '@recreio/core/accounts/policy.ts';
import type { PrivateTalk, Role } from '@recreio/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccountsWorld, openAccounts, type SignedIn } from '../../../testing/accounts.ts';

let school: AccountsWorld;
beforeAll(async () => {
  school = await openAccounts();
});
afterAll(() => school.close());

const found = async (who: SignedIn, text: string, limit?: number): Promise<string[]> =>
  (await school.does(who, 'accounts.find', { text, ...(limit === undefined ? {} : { limit }) })).people.map(
    ({ name }) => name,
  );

it('[R52] whom one finds is exactly whom one may write to, in any school', async () => {
  const roles: Role[] = ['student', 'teacher', 'monitor', 'moderator', 'administrator', 'guardian'];
  const SIZE = 6;
  const some = fc.uniqueArray(fc.nat(SIZE - 1), { minLength: 2, maxLength: SIZE });
  const generated = fc.record({
    people: fc.array(fc.record({ role: fc.constantFrom(...roles), minor: fc.boolean() }), {
      minLength: SIZE,
      maxLength: SIZE,
    }),
    disabled: fc.option(fc.nat(SIZE - 1), { nil: null, freq: 2 }),
    rooms: fc.array(fc.record({ direct: fc.boolean(), people: some }), { maxLength: 4 }),
    courses: fc.array(fc.array(fc.constantFrom('staff', 'student', null), { minLength: SIZE, maxLength: SIZE }), {
      maxLength: 2,
    }),
    blocks: fc.array(
      fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1)).filter(([a, b]) => a !== b),
      { maxLength: 3 },
    ),
    allowed: fc.constantFrom<PrivateTalk>('everyone', 'everyone', 'with-staff', 'nobody'),
  });
  const seen = { yes: 0, no: 0 };
  await fc.assert(
    fc.asyncProperty(generated, async ({ people, disabled, rooms, courses, blocks, allowed }) => {
      await school.pool.query('UPDATE school SET settings = $1', [
        JSON.stringify({ policies: { privateTalk: allowed } }),
      ]);
      // Colleagues of the schools generated before are found, too: these are told apart by their name
      const name = `gente ${randomUUID()}`;
      const made = await Promise.all(people.map((who) => school.somebody({ ...who, name })));
      const id = (i: number) => made[i]?.id ?? '';
      if (disabled !== null)
        await school.pool.query('UPDATE account SET disabled_at = now() WHERE id = $1', [id(disabled)]);
      for (const room of rooms)
        await school
          .room(room.direct ? 'direct' : 'topic', (room.direct ? room.people.slice(0, 2) : room.people).map(id))
          .catch(ignoreSecondOfPair);
      for (const enrolled of courses)
        await school.course(
          'Matemática',
          '9º B',
          Object.fromEntries(enrolled.flatMap((as, i) => (as ? [[id(i), as]] : []))),
        );
      for (const [a, b] of blocks) await school.world.memory.accounts.block(id(a), id(b));

      const fact = (i: number) => ({
        id: id(i),
        role: people[i]?.role ?? 'student',
        minor: people[i]?.minor ?? false,
        disabled: disabled === i,
      });
      const may = (a: number, b: number) =>
        mayTalk(fact(a), fact(b), {
          shareRoom: rooms.some((room) => !room.direct && room.people.includes(a) && room.people.includes(b)),
          staff: [
            [a, b],
            [b, a],
          ].flatMap(([x = a, y = b]) =>
            courses.some((enrolled) => enrolled[x] === 'staff' && enrolled[y] !== null) ? [id(x)] : [],
          ),
          blocked: blocks.some(([x, y]) => (x === a && y === b) || (x === b && y === a)),
          allowed,
        }) === null;
      for (let a = 0; a < SIZE; a++) {
        const { role, minor } = fact(a);
        const viewer = {
          id: id(a),
          name: 'Ana',
          role,
          tone: 1,
          version: 1,
          email: 'ana@escola.example',
          language: 'pt-BR' as const,
          minor,
          ...(disabled === a ? { disabled: true as const } : {}),
        };
        const answer = (await school.world.memory.accounts.talkable(viewer, name, 50)).map((profile) => profile.id);
        const expected = [0, 1, 2, 3, 4, 5].filter((b) => b !== a && may(a, b)).map(id);
        seen.yes += expected.length;
        seen.no += SIZE - 1 - expected.length;
        expect(answer.toSorted()).toEqual(expected.toSorted());
      }
    }),
    { numRuns: 40 },
  );
  await school.pool.query("UPDATE school SET settings = '{}'");
  expect(seen.yes).toBeGreaterThan(20);
  expect(seen.no).toBeGreaterThan(20);
});

/** SQLSTATE 23505: a pair has one conversation; generated schools may ask for a second. */
const ignoreSecondOfPair = (error: unknown): void => {
  if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error;
};

it('[S33] finds by a part of the name without accents, words that begin so first; one letter finds nobody, and signs are no wildcards', async () => {
  const me = await school.somebody({ name: 'Eu Mesma' });
  const names = ['Conceição Lima', 'Maria Conceição', 'Incon Ceu', '100% Ana_Paula', 'Bento'];
  const others = await Promise.all(names.map((name) => school.somebody({ name })));
  const outside = await school.somebody({ name: 'Conceição de Fora' });
  await school.room('topic', [me.id, ...others.map(({ id }) => id)]);
  expect(await found(me, 'CONCEICAO')).toEqual(['Conceição Lima', 'Maria Conceição']);
  expect(await found(me, 'con')).toEqual(['Conceição Lima', 'Maria Conceição', 'Incon Ceu']);
  expect(await found(me, 'c')).toEqual([]);
  expect(await found(me, '%%')).toEqual([]);
  expect(await found(me, '__')).toEqual([]);
  expect(await found(me, '0%')).toEqual(['100% Ana_Paula']);
  expect(await found(me, "' OR true --")).toEqual([]);
  expect(await found(me, '', 2)).toHaveLength(2);
  expect(await found(outside, 'con')).toEqual([]);
});

it('without a text come those of the own courses first', async () => {
  const [me, zoe, ana] = [
    await school.somebody({ name: 'Eu' }),
    await school.somebody({ name: 'Zoé' }),
    await school.somebody({ name: 'Abel' }),
  ];
  await school.room('topic', [me.id, zoe.id, ana.id]);
  await school.course('Biologia', '9º B', { [me.id]: 'student', [zoe.id]: 'student' });
  expect(await found(me, '')).toEqual(['Zoé', 'Abel']);
});

it('[R5] profiles are of people one meets in a room, or has met in one where one still is; others and unknown ids are left out', async () => {
  const [me, mate, left, stranger, gone] = await Promise.all([1, 2, 3, 4, 5].map(() => school.somebody()));
  if (!me || !mate || !left || !stranger || !gone) throw new Error('five people');
  const room = await school.room('topic', [me.id, mate.id, left.id]);
  const other = await school.room('topic', [me.id, gone.id]);
  await school.pool.query('DELETE FROM member WHERE room = $1 AND account = $2', [room, left.id]);
  await school.pool.query('DELETE FROM member WHERE room = $1 AND account = $2', [other, me.id]);
  const ids = [me, mate, left, stranger, gone].map(({ id }) => id);
  const { profiles } = await school.does(me, 'accounts.profiles', { ids: [...ids, crypto.randomUUID()] });
  expect(profiles.map(({ id }) => id).toSorted()).toEqual([me.id, mate.id, left.id].toSorted());
  expect(Object.keys(profiles[0] ?? {}).toSorted()).toEqual(['id', 'name', 'role', 'tone', 'version']);
});

it('blocks are listed, can be repeated and taken back; nobody blocks themselves or whom they cannot know', async () => {
  const [me, mate, stranger] = [
    await school.somebody(),
    await school.somebody({ name: 'Mateus' }),
    await school.somebody(),
  ];
  await school.room('topic', [me.id, mate.id]);
  await school.does(me, 'accounts.block', { account: mate.id });
  await school.does(me, 'accounts.block', { account: mate.id });
  expect((await school.does(me, 'accounts.blocks', {})).blocked.map(({ name }) => name)).toEqual(['Mateus']);
  expect((await school.does(mate, 'accounts.blocks', {})).blocked).toEqual([]);
  expect(await found(mate, '')).toEqual([]);
  expect(await school.refuses(me, 'accounts.block', { account: me.id })).toBe('not-allowed');
  expect(await school.refuses(me, 'accounts.block', { account: stranger.id })).toBe('not-found');
  await school.does(me, 'accounts.unblock', { account: mate.id });
  await school.does(me, 'accounts.unblock', { account: mate.id });
  expect((await school.does(me, 'accounts.blocks', {})).blocked).toEqual([]);
  expect(await found(mate, '')).toHaveLength(1);
});

it('changes the own language, and says who one is', async () => {
  const ana = await school.somebody({ name: 'Ana', minor: true });
  expect(await school.does(ana, 'accounts.updateMe', { language: 'en' })).toMatchObject({
    id: ana.id,
    language: 'en',
    minor: true,
  });
  expect(await school.does(ana, 'accounts.me', {})).toMatchObject({ language: 'en' });
});
