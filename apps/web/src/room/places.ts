/** The rooms and lessons that somebody can refer to in what they write. */
import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { Course, MyRoom } from '@recreio/protocol';
import { kindWords, type PlaceView } from '@recreio/ui';
import { useCallback } from 'react';
import { useRooms } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { courseName, leafOf, lessonHref, roomHref } from '../side/groups.ts';

/**
 * Rooms of mine, never private conversations, and the lessons of my courses in whose rooms I am not. Whoever is in no room by
 * invitation does not learn its name: it is reserved. Pure; addresses are whole ones, below `origin`.
 */
export function placesOf(i18n: I18n, list: readonly MyRoom[], courses: readonly Course[], origin: string): PlaceView[] {
  const lessons = courses.flatMap((course) => course.lessons.map((lesson) => ({ ...lesson, of: courseName(course) })));
  const titleOf = (lesson: (typeof lessons)[number]): string =>
    i18n._('Aula {lesson}: {title}', { lesson: lesson.number, title: lesson.title });
  const rooms = list.flatMap(({ room }) => (room.kind === 'direct' || room.kind === 'group' ? [] : [room]));
  const inRooms = new Set(rooms.map(({ lesson }) => lesson));
  return [
    ...rooms.map((room): PlaceView => {
      const lesson = lessons.find(({ id }) => id === room.lesson);
      const course = courses.find(({ id }) => id === room.course);
      return {
        id: room.id,
        name: room.title,
        note: course ? courseName(course) : kindWords(i18n, room.kind),
        also: lesson ? titleOf(lesson) : '',
        leaf: leafOf(room, lesson?.number),
        href: new URL(roomHref(room.id), origin).href,
        isReserved: room.access === 'invite',
      };
    }),
    ...lessons
      .filter(({ id }) => !inRooms.has(id))
      .map(
        (lesson): PlaceView => ({
          id: lesson.id,
          name: titleOf(lesson),
          note: lesson.of,
          also: '',
          leaf: { kind: 'lesson', lessonNumber: lesson.number },
          href: new URL(lessonHref(lesson.id), origin).href,
          isReserved: false,
        }),
      ),
  ];
}

/** Them, as they are when they are asked for. */
export function usePlaces(): () => PlaceView[] {
  const { i18n } = useLingui();
  const { list } = useRooms();
  const courses = useCourses();
  return useCallback(() => placesOf(i18n, list, courses, location.origin), [i18n, list, courses]);
}
