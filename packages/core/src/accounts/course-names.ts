/** Courses by their names: when two are one name, and which one a file of people means. No memory. docs/protocol.md R106, R109. */
import { TEXT } from '@recreio/protocol';
import { cleanLine, foldText } from '../text.ts';
import { isDenial } from '../verdict.ts';
import type { CourseName } from './port.ts';

/** The name that tells courses apart, accents and case aside: `Matemática · 9º B` and `matematica 9º b` are one, `C` and `C++` are two. */
export const courseNameOf = ({ title, group }: Omit<CourseName, 'id'>): string => foldText(`${title} ${group}`);

/** What stands between a title and a class, in different hands. Signs such as `+` and `#` are parts of a name. */
const BETWEEN_WORDS = /[\s\p{Pd}·•|/\\.,:;()[\]_]+/gu;

/** A name for looking up alone: `Matemática - 9º B` and `Matemática (9º B)` are found where there is `Matemática · 9º B`. */
const looseKey = (text: string): string => foldText(text).replace(BETWEEN_WORDS, ' ').trim();

/** A title and a class, as a file names them in one: `Matemática · 9º B`. */
const splitName = (text: string): Omit<CourseName, 'id'> => {
  const [, title = text, group = ''] = /^(.*\S)\s*·\s*(\S.*)$/u.exec(text) ?? [];
  return { title, group };
};

/** A course that is to be, from its name; null where that can be no name. */
const newCourse = (named: Omit<CourseName, 'id'>): Omit<CourseName, 'id'> | null => {
  const title = cleanLine(named.title);
  const group = named.group === '' ? '' : cleanLine(named.group);
  if (isDenial(title) || isDenial(group)) return null;
  return title.length > TEXT.courseTitle || group.length > TEXT.courseGroup ? null : { title, group };
};

/** Ids by a key; null where two courses have it. */
const byKey = (
  courses: readonly CourseName[],
  keyOf: (course: CourseName) => readonly string[],
): Map<string, string | null> => {
  const ids = new Map<string, string | null>();
  for (const course of courses) for (const key of new Set(keyOf(course))) ids.set(key, ids.has(key) ? null : course.id);
  return ids;
};

/**
 * The courses that a file names: those there are, and those there are not, which get an id where they are to be made. A whole name
 * is sought before a title alone, and either before what only looks like it. Null: nobody knows which is meant, as with two
 * spellings of one that there is not.
 */
export const courseNames = (there: readonly CourseName[], makes: boolean, newId: () => string) => {
  const whole = byKey(there, (course) => [courseNameOf(course)]);
  const titles = byKey(there, ({ title }) => [foldText(title)]);
  const loose = byKey(there, ({ title, group }) => [looseKey(title), looseKey(`${title} ${group}`)]);
  const missing = new Map<string, CourseName>();
  /** How each of the missing was spelled first. */
  const spelled = new Map<string, string>();
  return {
    /** By `courseNameOf`. */
    missing,
    courseOf: (text: string): string | null => {
      const name = courseNameOf(splitName(text));
      const key = looseKey(text);
      if (name === '' || key === '') return null;
      for (const known of [whole.get(name), titles.get(foldText(text)), loose.get(key)])
        if (known !== undefined) return known;
      const named = newCourse(splitName(text));
      if (named === null) return null;
      const first = spelled.get(key) ?? name;
      if (first !== name) return null;
      spelled.set(key, name);
      const course = missing.get(name) ?? { id: newId(), ...named };
      missing.set(name, course);
      return makes ? course.id : null;
    },
  };
};
