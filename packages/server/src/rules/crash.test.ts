/**
 * The room's rules with a crash at every await of a flush: before and behind each of its steps the connection breaks or the
 * process dies, on a real database, and what stands in the log, on the page and in the answers is what the model says.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Indeterminate } from '@recreio/core';
import { answerLost, watchedLog } from '../testing/flush.ts';
import { type Crash, STEPS } from '../testing/mortal.ts';
import { type Company, companyOf, modelledRoom } from '../testing/modelled-room.ts';
import type { Deed } from '../testing/room-model.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let company: Company;

beforeAll(async () => {
  house = await openSchoolhouse();
  company = await companyOf(house);
});
afterAll(() => house.close());

const crashes = STEPS.flatMap((step): Crash[] =>
  step === 'ring'
    ? [{ step, how: 'dies' }]
    : [
        { step, how: 'breaks' },
        { step, how: 'dies' },
      ],
);

/** Ana and Bruno are in, Ana has said something, Helena has answered it with a sign. */
const before: readonly Deed[] = [
  { does: 'join', by: 'Ana' },
  { does: 'add', by: 'Helena', id: 'a', whom: 'Bruno' },
  { does: 'send', by: 'Ana', id: 'oi', body: 'Oi, gente' },
  { does: 'react', by: 'Helena', of: 'oi', emoji: '👍' },
];

/** Every command that changes a room, let happen or not, each with what must be so before. */
const commands: readonly (readonly [Deed, ...Deed[]])[] = [
  [{ does: 'send', by: 'Bruno', id: 'x', body: 'Boa tarde' }],
  [{ does: 'send', by: 'Caio', id: 'x', body: 'estou fora' }],
  [{ does: 'edit', by: 'Ana', id: 'x', of: 'oi', body: 'Oi, pessoal' }],
  [{ does: 'edit', by: 'Bruno', id: 'x', of: 'oi', body: 'não é meu' }],
  [{ does: 'remove', by: 'Ana', id: 'x', of: 'oi' }],
  [{ does: 'remove', by: 'Helena', id: 'x', of: 'oi' }],
  [{ does: 'react', by: 'Bruno', of: 'oi', emoji: '🎉' }],
  [{ does: 'unreact', by: 'Helena', of: 'oi', emoji: '👍' }],
  [{ does: 'pin', by: 'Helena', of: 'oi' }],
  [{ does: 'pin', by: 'Bruno', of: 'oi' }],
  [
    { does: 'unpin', by: 'Helena', of: 'oi' },
    { does: 'pin', by: 'Helena', of: 'oi' },
  ],
  [{ does: 'join', by: 'Caio' }],
  [{ does: 'leave', by: 'Ana' }],
  [{ does: 'leave', by: 'Caio' }],
  [{ does: 'add', by: 'Helena', id: 'x', whom: 'Caio' }],
  [{ does: 'expel', by: 'Helena', id: 'x', whom: 'Bruno' }],
  [{ does: 'mute', by: 'Helena', id: 'x', whom: 'Ana' }],
  [
    { does: 'unmute', by: 'Helena', id: 'x', whom: 'Ana' },
    { does: 'mute', by: 'Helena', id: 'm', whom: 'Ana' },
  ],
  [{ does: 'ban', by: 'Helena', id: 'x', whom: 'Bruno' }],
  [
    { does: 'unban', by: 'Helena', id: 'x', whom: 'Caio' },
    { does: 'ban', by: 'Helena', id: 'b', whom: 'Caio' },
  ],
  [{ does: 'promote', by: 'Helena', id: 'x', whom: 'Ana' }],
  [
    { does: 'demote', by: 'Helena', id: 'x', whom: 'Ana' },
    { does: 'promote', by: 'Helena', id: 'p', whom: 'Ana' },
  ],
  [{ does: 'rename', by: 'Helena', id: 'x', title: 'Outro clube' }],
];

describe.each(crashes)('a flush whose $step meets this: it $how', (crash) => {
  test('[D3] [D4] [D5] every command that changes a room takes effect once or not at all, and its author is told which', async () => {
    let struck = 0;
    for (const [deed, ...first] of commands) {
      const { act, agrees } = await modelledRoom(company);
      for (const earlier of [...before, ...first]) await act(earlier, null);
      if (await act(deed, crash)) struck += 1;
      // What follows finds the room as it was left
      await act({ does: 'send', by: 'Helena', id: 'z', body: 'e agora?' }, null, 1);
      await agrees();
    }
    // Refused commands roll back and the others commit; every flush passes the other steps
    expect(struck).toBeGreaterThanOrEqual(crash.step.startsWith('rollback') ? 3 : commands.length - 4);
  });
});

const students = fc.constantFrom('Ana', 'Bruno', 'Caio');
const anybody = fc.constantFrom('Helena', 'Ana', 'Bruno', 'Caio');
/** Messages by the ids they are sent with: two of each person. */
const ids = fc.record({ by: anybody, nth: fc.constantFrom(1, 2) }).map(({ by, nth }) => `${by} ${nth}`);

/** Deeds of few people about few messages, so that they get in each other's way; an id always means the same. */
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ by: anybody, nth: fc.constantFrom(1, 2) })
      .map(({ by, nth }) => ({ does: 'send' as const, by, id: `${by} ${nth}`, body: `diz ${nth}` })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ by: anybody, of: ids })
      .map(({ by, of }) => ({ does: 'edit' as const, by, of, id: `edit ${of}`, body: `corrige ${of}` })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ by: anybody, of: ids })
      .map(({ by, of }) => ({ does: 'remove' as const, by, of, id: `remove ${of}` })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('react' as const, 'unreact' as const),
      by: anybody,
      of: ids,
      emoji: fc.constantFrom('👍', '🎉'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constantFrom('pin' as const, 'unpin' as const), by: anybody, of: ids }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('join' as const, 'leave' as const), by: students }) },
  {
    weight: 4,
    arbitrary: fc
      .record({
        does: fc.constantFrom(
          'add' as const,
          'expel' as const,
          'mute' as const,
          'unmute' as const,
          'ban' as const,
          'unban' as const,
          'promote' as const,
          'demote' as const,
        ),
        whom: students,
        nth: fc.nat(2),
      })
      .map(({ does, whom, nth }) => ({ does, by: 'Helena', whom, id: `${does} ${whom} ${nth}` })),
  },
  {
    weight: 1,
    arbitrary: fc
      .nat(2)
      .map((nth) => ({ does: 'rename' as const, by: 'Helena', id: `rename ${nth}`, title: `Clube ${nth % 2}` })),
  },
);
const scene = fc.record({
  deed: deeds,
  crash: fc.option(fc.constantFrom(...crashes), { freq: 2 }),
  on: fc.constantFrom(0 as const, 1 as const),
});

test('[D3] [D4] [D5] [D6] [D12] [D25] any story of a room, with a crash in every second flush, is the story that the model tells', async () => {
  let struck = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(scene, { minLength: 10, maxLength: 24, size: 'max' }), async (scenes) => {
      const { act, agrees } = await modelledRoom(company);
      for (const { deed, crash, on } of scenes) if (await act(deed, crash, on)) struck += 1;
      await agrees();
    }),
    { numRuns: 15 },
  );
  expect(struck).toBeGreaterThan(25);
});

test('[D4] who is signed out while the answer to COMMIT is lost is not told that nothing happened', async () => {
  const log = watchedLog();
  const { school } = await house.node({ log: log.wrap });
  const helena = await school.person('Helena', { role: 'teacher' });
  const phone = await school.device(helena);
  const room = await school.room(helena);
  log.commit = async (real, tx) => {
    log.commit = null;
    await real();
    await school.does(helena, 'accounts.revokeSession', { session: phone.caller.actor?.session });
    return await answerLost(false)(real, tx);
  };
  await expect(school.say(phone, room, 'antes do fim')).rejects.toBeInstanceOf(Indeterminate);
  expect((await school.log(helena, room)).events.at(-1)?.type).toBe('message.sent');
  // Whoever asks now is told how it is: the session has ended
  expect((await school.refuses(phone, 'messages.page', { room })).code).toBe('not-signed-in');
});
