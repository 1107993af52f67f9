import { coursesContract, type CoursesUnderTest } from '@recreio/core/testing/contracts/courses.ts';
import { openSchoolhouse } from '../../testing/world.ts';

coursesContract('PostgreSQL', async (): Promise<CoursesUnderTest> => {
  const house = await openSchoolhouse();
  const { school, world } = await house.node();
  return { courses: world.memory.courses, school, close: house.close };
});
