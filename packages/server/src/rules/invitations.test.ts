import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CommandName } from '@recreio/protocol';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let school: School;
let there: School;
let helena: Person;
let rui: Person;
let ana: Person;
let room: string;

beforeAll(async () => {
  house = await openSchoolhouse();
  school = (await house.node()).school;
  there = (await house.node()).school;
  helena = await school.person('Helena', { role: 'teacher' });
  rui = await school.person('Rui', { role: 'teacher' });
});
afterAll(() => house.close());
beforeEach(async () => {
  ana = await school.person('Ana', { minor: true });
  room = await school.room(helena, [], { access: 'invite' });
});

const code = async (who: Person, name: CommandName, input: unknown) => (await school.refuses(who, name, input)).code;
const invite = async (who = helena, more: object = {}, into = room) => {
  const { url, invitation } = await school.does(who, 'invitations.make', { room: into, ...more });
  return { secret: new URL(url).hash.slice(1), invitation, url };
};
const until = (invitation: string) =>
  house.pool.query('UPDATE room_invitation SET expires_at = clock_timestamp() WHERE id = $1', [invitation]);

describe('making', () => {
  test('[R63] who moderates makes them; members, outsiders and unknown rooms get what a stranger gets', async () => {
    const bia = await school.person('Bia');
    await school.tend(helena, 'members.add', room, bia.id);
    expect(await code(bia, 'invitations.make', { room })).toBe('not-allowed');
    expect(await code(bia, 'invitations.list', { room })).toBe('not-allowed');
    for (const name of ['invitations.make', 'invitations.list'] as const) {
      expect(await code(rui, name, { room })).toBe('not-found');
      expect(await code(rui, name, { room: school.intention() })).toBe('not-found');
    }
  });

  test('[S34] the secret has 128 bits, stands behind the #, and is nowhere at rest', async () => {
    const { secret, url } = await invite();
    expect(url).toBe(`https://recreio.escola.example/convite/sala#${secret}`);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(16);
    const { rows } = await house.pool.query<{ all: string }>(
      'SELECT row_to_json(i)::text AS all FROM room_invitation i',
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.all).not.toContain(secret);
      expect(row.all).not.toContain(Buffer.from(secret).toString('hex'));
    }
    expect(JSON.stringify(await school.does(helena, 'invitations.list', { room }))).not.toContain(secret);
  });

  test('[S34] the role is one of the two, the term at most a month, the uses at most a thousand', async () => {
    for (const wrong of [
      { role: 'moderator' },
      { role: 'owner' },
      { days: 31 },
      { most: 1001 },
      { most: 0 },
      { days: 0 },
    ])
      expect([wrong, await code(helena, 'invitations.make', { room, ...wrong })]).toEqual([wrong, 'malformed']);
    const { invitation } = await invite(helena, { role: 'reader', days: 30, most: 1000 });
    expect(invitation).toMatchObject({ role: 'reader', most: 1000, uses: 0, by: { id: helena.id } });
    const days = (Date.parse(invitation.expiresAt) - Date.parse(invitation.createdAt)) / 86_400_000;
    expect(days).toBeCloseTo(30, 3);
  });

  test('[R63] [R64] a link for the staff lets in who works at the school, and nobody else, not even to look', async () => {
    const { secret, invitation } = await invite(helena, { audience: 'staff', most: 5 });
    expect(invitation.audience).toBe('staff');
    const davi = await school.person('Davi');
    expect(await code(davi, 'invitations.read', { secret })).toBe('not-allowed');
    expect(await code(davi, 'invitations.redeem', { room, secret })).toBe('not-allowed');
    await school.does(rui, 'invitations.read', { secret });
    await school.does(rui, 'invitations.redeem', { room, secret });
    const { invitations } = await school.does(helena, 'invitations.list', { room });
    expect(invitations.map(({ audience, uses }) => [audience, uses])).toEqual([['staff', 1]]);
    // Unless said otherwise, as ever
    const open = await invite();
    expect(open.invitation.audience).toBe('everybody');
    await school.does(davi, 'invitations.redeem', { room, secret: open.secret });
  });

  test('[R63] there are at most fifty that work in a room; a revoked one makes place', async () => {
    const all = [];
    for (let n = 0; n < 50; n += 1) all.push((await invite()).invitation.id);
    expect(await code(helena, 'invitations.make', { room })).toBe('too-many');
    await school.does(helena, 'invitations.revoke', { room, invitation: all[0] });
    await invite();
  });
});

describe('coming by one', () => {
  test('[R64] it shows the room before, lets in as it says, and counts', async () => {
    const bia = await school.person('Bia');
    const { secret, invitation } = await invite(helena, { role: 'reader', most: 2 });
    expect(await school.does(bia, 'invitations.read', { secret })).toMatchObject({
      room: { id: room, title: 'Clube de leitura' },
      by: { name: 'Helena' },
      role: 'reader',
      joined: false,
      rules: '',
    });
    await school.does(bia, 'invitations.redeem', { room, secret });
    await school.does(bia, 'invitations.redeem', { room, secret });
    expect((await school.does(bia, 'rooms.get', { room })).mine?.role).toBe('reader');
    expect((await school.does(helena, 'invitations.list', { room })).invitations).toMatchObject([
      { id: invitation.id, uses: 1, most: 2 },
    ]);
  });

  test('[S32] of two hundred at once over two nodes a single-use link lets in exactly one', async () => {
    const { secret } = await invite();
    const people = await Promise.all(Array.from({ length: 200 }, (_, n) => school.person(`Pessoa ${n}`)));
    const outcomes = await Promise.all(
      people.map((person, n) => (n % 2 ? school : there).tries(person, 'invitations.redeem', { room, secret })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem.code])));
    expect([...refused]).toEqual(['link-used']);
    expect((await school.does(helena, 'members.list', { room })).members).toHaveLength(2);
  });

  test('[R64] revoked, over, used and invented ones are alike', async () => {
    const [revoked, over, used] = await Promise.all([invite(), invite(), invite()]);
    await school.does(helena, 'invitations.revoke', { room, invitation: revoked.invitation.id });
    await until(over.invitation.id);
    await school.does(await school.person('Bia'), 'invitations.redeem', { room, secret: used.secret });
    const caio = await school.person('Caio');
    for (const { secret } of [revoked, over, used]) {
      expect(await code(caio, 'invitations.read', { secret })).toBe('link-used');
      expect(await code(caio, 'invitations.redeem', { room, secret })).toBe('link-used');
    }
    const secret = 'A'.repeat(22);
    expect(await code(caio, 'invitations.read', { secret })).toBe('link-used');
    expect(await code(caio, 'invitations.redeem', { room, secret })).toBe('not-found');
    expect(await code(caio, 'invitations.redeem', { room: school.intention(), secret })).toBe('not-found');
    expect((await school.does(helena, 'invitations.list', { room })).invitations).toEqual([]);
    expect(await code(helena, 'invitations.revoke', { room, invitation: revoked.invitation.id })).toBe('not-found');
  });

  test('[R64] a link of one room opens no other', async () => {
    const other = await school.room(rui, [], { access: 'invite' });
    const { secret, invitation } = await invite();
    const bia = await school.person('Bia');
    expect(await code(bia, 'invitations.redeem', { room: other, secret })).toBe('not-found');
    expect(await code(rui, 'invitations.revoke', { room: other, invitation: invitation.id })).toBe('not-found');
  });

  test('[R64] it ends with the power of who made it', async () => {
    await school.tend(helena, 'members.add', room, rui.id, { role: 'moderator' });
    const { secret } = await invite(rui);
    await school.tend(helena, 'members.remove', room, rui.id);
    const bia = await school.person('Bia');
    expect(await code(bia, 'invitations.read', { secret })).toBe('link-used');
    expect(await code(bia, 'invitations.redeem', { room, secret })).toBe('link-used');
  });

  test('[R64] who is banned stays out, and is not counted', async () => {
    const bia = await school.person('Bia');
    await school.tend(helena, 'members.ban', room, bia.id);
    const { secret } = await invite();
    expect(await code(bia, 'invitations.redeem', { room, secret })).toBe('banned');
    expect((await school.does(helena, 'invitations.list', { room })).invitations).toMatchObject([{ uses: 0 }]);
  });

  test('[R64] a minor and an adult are not brought together by a link either, unless a course does', async () => {
    const { secret } = await invite(helena, { most: 9 });
    expect(await code(ana, 'invitations.read', { secret })).toBe('protected-minor');
    expect(await code(ana, 'invitations.redeem', { room, secret })).toBe('protected-minor');
    await house.course('Matemática', { [helena.id]: 'staff', [ana.id]: 'student' });
    await school.does(ana, 'invitations.redeem', { room, secret });
    const bia = await school.person('Bia');
    await school.room(helena, [bia]);
    await school.does(helena, 'accounts.block', { account: bia.id });
    expect(await code(bia, 'invitations.redeem', { room, secret })).toBe('not-allowed');
  });

  test('[R64] into a room of a course only those enrolled in it', async () => {
    const course = await house.course('Física', { [helena.id]: 'staff', [ana.id]: 'student' });
    const ofCourse = await school.room(helena, [], { kind: 'subject', access: 'invite', course });
    const { secret } = await invite(helena, { most: 9 }, ofCourse);
    const bia = await school.person('Bia');
    expect(await code(bia, 'invitations.read', { secret })).toBe('not-allowed');
    expect(await code(bia, 'invitations.redeem', { room: ofCourse, secret })).toBe('not-allowed');
    await school.does(ana, 'invitations.redeem', { room: ofCourse, secret });
  });

  test('[R64] a guardian reads along, whatever the link says', async () => {
    const marta = await school.person('Marta', { role: 'guardian' });
    const { secret } = await invite(helena, { role: 'member' });
    await school.does(marta, 'invitations.redeem', { room, secret });
    expect((await school.does(marta, 'rooms.get', { room })).mine?.role).toBe('reader');
  });
});
