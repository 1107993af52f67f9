/** Telling once more of what is urgent, as a job, on real SQL: how many mails it hands over beside one another. */
import type { Person } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { HOUR, type MailingSchool, openMailingSchool } from '../testing/mailing.ts';
import { escalateUrgent } from './escalating.ts';

let mailing: MailingSchool;
let people: Person[];

beforeAll(async () => {
  mailing = await openMailingSchool();
  await mailing.anew();
  people = await Promise.all(Array.from({ length: 6 }, (_, nth) => mailing.school.person(`Aluno ${nth}`)));
});
afterAll(() => mailing.close());

test('[D28] [R120] no more are taken at once than are handed over beside one another', async () => {
  const { school, helena, node } = mailing;
  const room = await school.room(helena, people);
  await school.say(helena, room, 'já', { mentions: people.map(({ id }) => id), urgent: true });
  let [now, most, all] = [0, 0, 0];
  const both = Promise.withResolvers<void>();
  const job = escalateUrgent({
    ...mailing.partsOf(node, HOUR),
    counted: () => undefined,
    world: {
      ...node.world,
      mail: {
        atOnce: 2,
        hand: async () => {
          most = Math.max(most, ++now);
          if (now === 2) both.resolve();
          await both.promise;
          await new Promise(setImmediate);
          now--;
          all++;
          return { outcome: 'sent' };
        },
      },
    },
    everyMs: 1,
    random: () => 0,
  });
  await vi.waitFor(() => expect(all).toBe(6), { timeout: 10_000, interval: 10 });
  await job.stop();
  expect(most).toBe(2);
});
