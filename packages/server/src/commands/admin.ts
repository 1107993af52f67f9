/** `recreio admin …`: what administrators do in the app, for who runs the server: when nobody can sign in, or from a script. */
import { courseVerbs } from './admin/courses.ts';
import { deviceVerbs } from './admin/devices.ts';
import { newcomerVerbs } from './admin/newcomers.ts';
import { peopleVerbs } from './admin/people.ts';
import { roomVerbs } from './admin/rooms.ts';
import { schoolVerbs } from './admin/school.ts';
import type { Verb } from './command.ts';

/** The operator's commands, in the order of the help. */
export const admin: readonly Verb[] = [
  ...peopleVerbs,
  ...deviceVerbs,
  ...newcomerVerbs,
  ...courseVerbs,
  ...roomVerbs,
  ...schoolVerbs,
];
