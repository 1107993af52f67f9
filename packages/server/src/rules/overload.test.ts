import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Strain } from '@recreio/core';
import { type Person, type School, school } from '@recreio/core/testing/world.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let under: School;
let strain: Strain;
let helena: Person;
let ana: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  const { world } = await house.node();
  strain = 'none';
  under = school({ ...world, strain: () => strain });
  helena = await under.person('Helena', { role: 'teacher' });
  ana = await under.person('Ana');
});
afterAll(() => house.close());

test('[D32] under strain newcomers are given up first, then history, then sends; acknowledged messages and moderation never', async () => {
  const room = await under.room(helena, [ana]);
  const said = { room, clientId: under.intention(), body: 'antes' };
  const first = await under.does(ana, 'messages.send', said);
  /** What of these is refused as busy now. */
  const refused = async (): Promise<string[]> => {
    const tried = await Promise.all(
      [
        ['accounts.ticket', {}],
        ['presence.typing', { room }],
        ['messages.page', { room, limit: 10 }],
        ['messages.send', said],
        ['messages.get', { room, ids: [first.id] }],
        ['rooms.mine', {}],
      ].map(async ([name, input]) => {
        const outcome = await under.tries(ana, name as 'messages.send', input);
        if (outcome.ok) return [];
        expect(outcome.problem).toMatchObject({ code: 'busy', status: 503, retry: 'later' });
        expect(outcome.problem.retryAfterMs).toBeGreaterThan(0);
        return [String(name)];
      }),
    );
    return tried.flat();
  };
  const moderates = async (reason: string) => {
    await under.tend(helena, 'members.mute', room, ana.id, { reason, seconds: 60 });
    await under.tend(helena, 'members.unmute', room, ana.id);
  };

  expect(await refused()).toEqual([]);
  const steps: [Strain, string[]][] = [
    ['arrivals', ['accounts.ticket', 'presence.typing']],
    ['history', ['accounts.ticket', 'presence.typing', 'messages.page']],
    ['sends', ['accounts.ticket', 'presence.typing', 'messages.page', 'messages.send']],
  ];
  for (const [step, given] of steps) {
    strain = step;
    expect(await refused()).toEqual(given);
    await moderates(step);
  }
  await under.does(helena, 'messages.remove', { room, message: first.id, clientId: under.intention() });
  // What was acknowledged is what it was: its repeat is put off, and then has its one answer
  strain = 'none';
  expect(await under.does(ana, 'messages.send', said)).toMatchObject({ id: first.id, seq: first.seq, duplicate: true });
});
