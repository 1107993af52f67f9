import { DEFAULT_POLICIES, type School } from '@recreio/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from './connection.ts';
import type { Whisper } from './news.ts';
import { followSchool } from './school.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const at = (version: number): School => ({
  version,
  name: `Escola ${version}`,
  accent: null,
  logo: null,
  languages: { offered: ['pt-BR'], default: 'pt-BR' },
  policies: DEFAULT_POLICIES,
});

/** A node with one connection, over a memory that a test turns. */
const node = () => {
  const memory = { school: at(1), isAway: false };
  const told: string[] = [];
  const whispers: Whisper[] = [];
  const troubles: string[] = [];
  const connection = {
    outbound: { push: (bytes: Buffer) => void told.push(bytes.toString('utf8')) },
  } as unknown as Connection;
  const school = followSchool({
    first: at(1),
    read: async () => {
      if (memory.isAway) throw new Error('away');
      return memory.school;
    },
    hub: {
      connections: function* () {
        yield connection;
      },
    },
    whisper: (whisper) => whispers.push(whisper),
    trouble: (where) => troubles.push(where),
  });
  return { memory, told, whispers, troubles, school };
};

test('[R57] a change is told here at once, and to the other nodes by its version', async () => {
  const { school, told, whispers } = node();
  school.changed(at(2));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('"name":"Escola 2"');
  expect(whispers).toEqual([{ w: 'school', version: 2 }]);
  expect(school.current().version).toBe(2);
  await school.stop();
});

test('[R57] a word from elsewhere makes it look, once; an old word does nothing', async () => {
  const { school, told, memory } = node();
  memory.school = at(3);
  school.heard(1);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([]);
  school.heard(3);
  school.heard(3);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveLength(1);
  school.changed(at(2));
  expect(school.current().version).toBe(3);
  await school.stop();
});

test('[R57] a change that no word brought is found within two seconds, also after the database was away', async () => {
  const { school, told, memory, troubles } = node();
  memory.isAway = true;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(troubles).toEqual(['school']);
  Object.assign(memory, { isAway: false, school: at(2) });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told).toHaveLength(1);
  await school.stop();
});
