import type { Course, Lesson } from '@recreio/protocol';
import { useEffect, useRef } from 'react';
import { useAnswers, useAsked } from './asked.ts';
import { useMe } from './client.tsx';

const none: readonly Course[] = [];

/** My courses with their lessons; none until the server has told. */
export function useCourses(): readonly Course[] {
  return useAsked('lessons.courses', {}).data?.courses ?? none;
}

/** A lesson of one of these courses. */
export const lessonIn = (courses: readonly Course[], id: string): Lesson | undefined =>
  courses.flatMap(({ lessons }) => lessons).find((lesson) => lesson.id === id);

/** Asks anew for courses, who is in the one that is shown, and for the rooms that can be found, when something of the person has changed: who is in which course is told so ([R108]). */
export function useCoursesAnew(): void {
  const me = useMe();
  const answers = useAnswers();
  const before = useRef(me);
  useEffect(() => {
    const isTold = before.current !== null && me !== null && before.current !== me && before.current.id === me.id;
    before.current = me;
    if (!isTold) return;
    for (const name of ['lessons.courses', 'rooms.directory', 'courses.get', 'courses.people'] as const)
      void answers.again(name);
  }, [me, answers]);
}
