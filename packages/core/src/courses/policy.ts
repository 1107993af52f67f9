/** Who looks after courses, and where a lesson comes to stand. No memory. */
import type { Role } from '@recreio/protocol';
import { isStaff, mayAdminister } from '../accounts/policy.ts';
import type { LessonLine } from './port.ts';

/** Who puts the lessons of a course in order and sees who is in it: administrators, and the staff of the course. */
export const mayTend = (role: Role, enrolled: 'student' | 'staff' | null): boolean =>
  mayAdminister(role) || (isStaff(role) && enrolled === 'staff');

/** The lessons with one put: new and last unless `number` says where, or changed where it stands, or moved to its new place. */
export const withLesson = (
  lessons: readonly LessonLine[],
  { id, title, number }: LessonLine & { readonly number: number | undefined },
): LessonLine[] => {
  const before = lessons.findIndex((one) => one.id === id);
  const others = lessons.filter((one) => one.id !== id);
  const place = number === undefined ? (before < 0 ? others.length : before) : number - 1;
  return others.toSpliced(place, 0, { id, title });
};
