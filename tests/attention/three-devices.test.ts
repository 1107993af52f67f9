/**
 * Three devices of one person, whatever happens: every surface shows what the one function of attention says of everything that was
 * said. Random stories and named ones, at a living node with real SQL, the SDK, and a push service on this machine.
 * RECREIO_ATTENTION_SEED tells a story again, RECREIO_ATTENTION_RUNS tells more of them.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servedNode } from '../../packages/server/src/testing/served.ts';
import { openSchoolhouse } from '../../packages/server/src/testing/world.ts';
import { openPushService } from '../raw/push-service.ts';
import type { Place } from './calls.ts';
import { begin, type Deed, type DeviceName, type RoomName, sorted, type Story } from './story.ts';

const seed = Number(process.env['RECREIO_ATTENTION_SEED'] ?? Math.floor(Date.now() / 86_400_000));
const runs = Number(process.env['RECREIO_ATTENTION_RUNS'] ?? 2);
/** Named stories, and the random ones, are told side by side: mostly they wait for frames that come once a second. */
const SPREAD = Math.random;

let place: Place;
beforeAll(async () => {
  // Whoever asks at a moment of their own asks at once
  Math.random = () => 0;
  const [house, service] = await Promise.all([openSchoolhouse(), openPushService()]);
  const node = await servedNode(house);
  const director = await node.school.person('Dora', { role: 'administrator' });
  const { version } = await node.school.does(director, 'school.get', {});
  await node.school.does(director, 'school.update', { version, policies: { push: 'places', digest: 'places' } });
  let last: Promise<unknown> = Promise.resolve();
  place = {
    house,
    node,
    service,
    alone: (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
});
afterAll(async () => {
  Math.random = SPREAD;
  await place.node.close();
  await place.service.close();
  await place.house.close();
});

/** Tells a story to its end: what every device shows then is what the model says. */
const tell = async (deeds: readonly Deed[], more: (story: Story) => void = () => undefined): Promise<void> => {
  const story = await begin(place);
  try {
    for (const deed of deeds) await story.happen(deed);
    more(story);
    await story.mail();
    const shown = await story.settle();
    const wanted = sorted(story.ana.surfaces());
    expect(shown).toEqual({ laptop: wanted, tablet: wanted, phone: wanted });
    expect(place.node.troubles).toEqual([]);
  } finally {
    story.close();
  }
};

const rooms = fc.constantFrom<RoomName>('class', 'class', 'board', 'direct');
const devices = fc.constantFrom<DeviceName>('laptop', 'tablet', 'phone');
const nth = fc.nat(5);
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      by: fc.constantFrom('helena' as const, 'helena' as const, 'bruno' as const, 'ana' as const),
      room: rooms,
      how: fc.constantFrom(
        'plain' as const,
        'mention' as const,
        'reply' as const,
        'word' as const,
        'everyone' as const,
        'thread' as const,
        'urgent' as const,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('remove' as const, 'require' as const, 'require' as const, 'release' as const),
      nth,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('confirm' as const), on: devices }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('read' as const),
      on: devices,
      room: fc.constantFrom<RoomName | 'thread'>('class', 'class', 'board', 'direct', 'thread'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('hush' as const, 'unhush' as const), room: rooms }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('level' as const),
      room: rooms,
      level: fc.constantFrom('everything' as const, 'mentions' as const, 'nothing' as const, null),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'rest' as const,
        'unrest' as const,
        'quiet' as const,
        'unquiet' as const,
        'block' as const,
        'unblock' as const,
      ),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ does: 'push' as const }) },
  { weight: 2, arbitrary: fc.constant({ does: 'escalate' as const }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('offline' as const, 'back' as const), on: devices }) },
  { weight: 1, arbitrary: fc.constant({ does: 'expel' as const }) },
);

const mention: Deed = { does: 'say', by: 'helena', room: 'class', how: 'mention' };
const push: Deed = { does: 'push' };

describe.concurrent('[R94] [R95] [R96] [R97] [R111] [R112] [R113] [R114] [R116] [R119] [R120] every surface of three devices is what the one function says', () => {
  it('a hushed room is silent on all of them, what was noted before included; it is listed, and what has to be read is seen', async () => {
    const thread: Deed = { does: 'say', by: 'helena', room: 'class', how: 'thread' };
    await tell(
      [mention, { does: 'hush', room: 'class' }, push, mention, thread, { does: 'require', nth: 0 }, push],
      (story) => {
        expect(story.shown().size).toBe(0);
        expect(story.ana.surfaces()).toMatchObject({ title: 1 });
        expect(Object.values(story.ana.surfaces().inbox)).toEqual([false, false, false]);
      },
    );
  });

  it('[D28] removed from a room: nothing of it on any, nor what was queued; the others go on', async () => {
    await tell(
      [mention, { does: 'say', by: 'helena', room: 'board', how: 'plain' }, { does: 'expel' }, push, mention, push],
      (story) => {
        expect([...story.shown().keys()]).toHaveLength(1);
        expect(Object.keys(story.ana.surfaces().rooms)).toHaveLength(2);
        expect(story.ana.surfaces().title).toBe(1);
      },
    );
  });

  it('who is blocked calls nobody, by name, to all, in a thread, where everything is wanted, before and after; a notice comes all the same', async () => {
    const bruno = (how: 'mention' | 'plain' | 'thread'): Deed => ({ does: 'say', by: 'bruno', room: 'class', how });
    await tell(
      [
        bruno('mention'),
        { does: 'level', room: 'class', level: 'everything' },
        { does: 'block' },
        bruno('mention'),
        bruno('plain'),
        bruno('thread'),
        push,
        { does: 'require', nth: 1 },
        push,
      ],
      (story) => {
        expect([...story.shown().values()]).toHaveLength(1);
        expect(story.ana.surfaces()).toMatchObject({ title: 1, inbox: {}, notices: [expect.any(String)] });
      },
    );
  });

  it('in quiet hours and at rest it is counted everywhere and pushed nowhere; when they are over it comes, if it is unread', async () => {
    await tell(
      [
        { does: 'offline', on: 'phone' },
        { does: 'quiet' },
        mention,
        { does: 'say', by: 'helena', room: 'direct', how: 'plain' },
        push,
        { does: 'rest' },
        { does: 'unquiet' },
        push,
        { does: 'read', on: 'laptop', room: 'direct' },
        { does: 'unrest' },
        push,
      ],
      (story) => {
        expect([...story.shown().keys()].map((tag) => tag.split(':')[0])).toEqual(['sala']);
        expect(story.ana.surfaces().title).toBe(1);
      },
    );
  });

  it('a word one asked to be told of calls on all of them as a mention does: not from whom one has blocked, nor in a hushed room, nor after one was removed', async () => {
    const word = (by: 'helena' | 'bruno'): Deed => ({ does: 'say', by, room: 'class', how: 'word' });
    await tell(
      [
        { does: 'offline', on: 'phone' },
        word('helena'),
        push,
        { does: 'level', room: 'class', level: 'mentions' },
        { does: 'block' },
        word('bruno'),
        { does: 'hush', room: 'class' },
        word('helena'),
        push,
        { does: 'unhush', room: 'class' },
        { does: 'remove', nth: 0 },
        { does: 'say', by: 'helena', room: 'board', how: 'word' },
        push,
        { does: 'expel' },
        word('helena'),
        push,
      ],
      (story) => {
        expect(Object.values(story.ana.surfaces().inbox)).toEqual([true]);
        expect(story.ana.surfaces().title).toBe(1);
      },
    );
  });

  it('what is urgent and stays unread is told once more, past a hush, after a rest; not what was read, removed, or of a room one is out of', async () => {
    const urgent: Deed = { does: 'say', by: 'helena', room: 'class', how: 'urgent' };
    await tell(
      [
        { does: 'offline', on: 'phone' },
        { does: 'hush', room: 'class' },
        urgent,
        { does: 'rest' },
        { does: 'escalate' },
        { does: 'unrest' },
        { does: 'escalate' },
        { does: 'escalate' },
        urgent,
        { does: 'read', on: 'laptop', room: 'class' },
        { does: 'escalate' },
        { does: 'say', by: 'helena', room: 'board', how: 'urgent' },
        { does: 'remove', nth: 2 },
        urgent,
        { does: 'expel' },
        { does: 'escalate' },
      ],
      // The first: told, then read elsewhere
      (story) => expect([...story.shown()].flatMap(([tag, seq]) => (tag.includes('!') ? [seq] : []))).toEqual([null]),
    );
  });

  it('read on one device it goes from the others: from the pages at once, from the phone as far as browsers let it', async () => {
    await tell(
      [
        { does: 'offline', on: 'phone' },
        mention,
        { does: 'say', by: 'helena', room: 'board', how: 'plain' },
        { does: 'say', by: 'helena', room: 'class', how: 'thread' },
        push,
        { does: 'read', on: 'laptop', room: 'class' },
        { does: 'read', on: 'tablet', room: 'thread' },
        push,
        { does: 'read', on: 'tablet', room: 'board' },
        push,
      ],
      (story) => expect([...story.shown().values()]).toEqual([null]),
    );
  });

  it(`[D28] whatever happens, in any order (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deeds, { minLength: 12, maxLength: 45, size: 'max' }), (story) => tell(story)),
      { seed, numRuns: runs, endOnFailure: false },
    );
  }, 600_000);
});
