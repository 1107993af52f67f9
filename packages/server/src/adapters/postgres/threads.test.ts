import { threadsContract, type ThreadsUnderTest } from '@recreio/core/testing/contracts/threads.ts';
import { openSchoolhouse } from '../../testing/world.ts';

threadsContract('PostgreSQL', async (): Promise<ThreadsUnderTest> => {
  const house = await openSchoolhouse();
  const { school, world } = await house.node();
  return { threads: world.memory.threads, school, close: house.close };
});
