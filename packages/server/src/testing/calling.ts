/** A school that calls devices, for tests: real SQL, a real push service on this machine, and time that passes when it is told to. */
import { type CallingParts, lookThrough } from '@recreio/core';
import type { DueSpan } from '@recreio/core/ports.ts';
import { sendAll, takeAway } from '@recreio/core/testing/turns.ts';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { type Browser, openPushService, type PushService } from '../../../../tests/raw/push-service.ts';
import { countOf, openTellingSchool, type TellingSchool } from './telling.ts';
import type { Node } from './world.ts';

/** The school. */
export interface CallingSchool extends TellingSchool {
  readonly service: PushService;
  /** Of whom something was found read while it waited to be pushed. */
  readonly readers: string[];
  /** Nobody is called any more, and from now on people are again; nothing of before is left. */
  anew(): Promise<void>;
  /** Somebody with a device that is called. */
  reachable(
    name: string,
    kind?: { readonly minor?: boolean },
  ): Promise<{ readonly who: Person; readonly browser: Browser }>;
  partsOf(of: Node, now?: number): CallingParts;
  /** As if all the time had passed that things wait for. */
  due(): Promise<void>;
  /** Everything that was written is looked through. */
  look(of?: Node): Promise<void>;
  /** What is due is sent. `now` in ms: the hour of the day that it is then. */
  send(of?: Node, now?: number): Promise<void>;
  /** What a node takes of what is due, and does nothing with; `taken`: the places that its devices have. */
  take(of: Node, taken?: ReadonlyMap<string, number>): Promise<readonly DueSpan[]>;
  /** Who has read something has their other devices told. */
  away(who: Person, more?: Partial<CallingParts>): Promise<void>;
  mention(who: Person, room: string, body?: string): ReturnType<School['say']>;
  /** How many wait for their time. */
  waiting(): Promise<number>;
}

/** Opens it: one per test file, in `beforeAll`; `close` it in `afterAll`. */
export const openCallingSchool = async (): Promise<CallingSchool> => {
  const [telling, service] = await Promise.all([openTellingSchool(), openPushService()]);
  const { house, node, school, helena, troubles, outcomes, reports, decide } = telling;
  const readers: string[] = [];
  const partsOf: CallingSchool['partsOf'] = ({ world }, now = Date.now()) => ({
    world,
    isHere: () => false,
    isOpen: () => false,
    read: (account) => readers.push(account),
    now: () => now,
    ...reports,
  });
  const due = async (): Promise<void> => {
    await house.pool.query(
      `UPDATE push_note SET due_at = clock_timestamp(), sent_at = sent_at - interval '1 day' WHERE due_at IS NOT NULL`,
    );
    await house.pool.query(`UPDATE push_device SET rang = '{}'`);
  };

  return {
    ...telling,
    service,
    readers,
    partsOf,
    due,
    anew: async () => {
      await decide({ push: 'off' });
      await decide({ push: 'places' });
      troubles.length = outcomes.length = readers.length = 0;
    },
    reachable: async (name, kind = {}) => {
      const who = await school.person(name, kind);
      const browser = service.browser();
      await school.does(who, 'push.subscribe', browser.subscription);
      return { who, browser };
    },
    look: async (of = node) => {
      await lookThrough(partsOf(of), await of.world.memory.push.behind(500));
    },
    send: async (of = node, now) => {
      await due();
      await sendAll(partsOf(of, now));
    },
    take: ({ world }, taken = new Map()) => world.transact(({ push }) => push.due({ free: 10, ofOne: 3, taken })),
    away: ({ id }, more = {}) => takeAway({ ...partsOf(node), ...more }, [id]),
    mention: (who, room, body = `olha isto, @${who.name}`) => school.say(helena, room, body, { mentions: [who.id] }),
    waiting: () => countOf(house, 'SELECT count(*)::int AS count FROM push_note WHERE due_at IS NOT NULL'),
    close: async () => {
      await telling.close();
      await service.close();
    },
  };
};
