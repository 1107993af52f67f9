import { type LogUnderTest, logContract } from '@recreio/core/testing/contracts/log.ts';
import type { LogMemory } from '@recreio/core';
import { openSchoolhouse } from '../../testing/world.ts';

logContract('PostgreSQL', async (): Promise<LogUnderTest> => {
  const house = await openSchoolhouse();
  const logs: LogMemory[] = [];
  const keep = (log: LogMemory): LogMemory => {
    logs.push(log);
    return log;
  };
  // The school writes through a third node, so that the two under test stand alone
  await house.node({ log: keep });
  await house.node({ log: keep });
  const { school, world } = await house.node();
  const [one, other] = logs;
  if (!one || !other) throw new Error('two nodes were opened');
  return { one, other, streams: world.memory.streams, school, close: house.close };
});
