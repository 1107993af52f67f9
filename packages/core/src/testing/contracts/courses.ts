/** What every memory of courses must do (docs/protocol.md R106–R108); runs over each implementation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CoursesMemory } from '../../courses/port.ts';
import type { School } from '../world.ts';

/** The memory, and a school over it. */
export interface CoursesUnderTest {
  readonly courses: CoursesMemory;
  readonly school: School;
  close(): Promise<void>;
}

/** The sentences of the port. */
export const coursesContract = (implementation: string, open: () => Promise<CoursesUnderTest>): void => {
  describe(`courses in ${implementation}`, () => {
    let under: CoursesUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.close());

    const make = async (title: string, group = ''): Promise<string> => {
      const id = under.school.intention();
      await under.courses.create([{ id, title, group }]);
      return id;
    };
    const numbered = async (course: string) =>
      (await under.courses.lessons(course)).map(({ number, title }) => `${number} ${title}`);

    test('[R106] a course is found without accents by title and class, in pages, those that are over apart', async () => {
      const ids = [await make('Álgebra', '1º Z'), await make('Botânica', '1º Z'), await make('Ciências', '1º Z')];
      const all = { folded: '1º z', archived: false, after: null, limit: 2 };
      const first = await under.courses.list(all);
      expect([first.courses.map(({ title }) => title), first.total]).toEqual([['Álgebra', 'Botânica'], 3]);
      const rest = await under.courses.list({ ...all, after: first.next });
      expect([rest.courses.map(({ title }) => title), rest.next]).toEqual([['Ciências'], null]);
      const found = await under.courses.list({ ...all, folded: 'algebra 1º' });
      expect(found.courses.map(({ id }) => id)).toEqual([ids[0]]);
      // What means something in a pattern means itself
      expect((await under.courses.list({ ...all, folded: '%' })).total).toBe(0);
      await under.courses.change(ids[1] ?? '', { title: 'Botânica', group: '1º Z', archived: true });
      expect((await under.courses.list(all)).total).toBe(2);
      const over = await under.courses.list({ ...all, archived: true });
      expect(over.courses.map(({ id, archivedAt }) => [id, archivedAt !== null])).toEqual([[ids[1], true]]);
    });

    test('[R107] lessons stand as they were put, numbered from 1, however they move', async () => {
      const course = await make('Física');
      const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((title) => ({ id: under.school.intention(), title }));
      if (!a || !b || !c || !d) throw new Error('four lessons');
      await under.courses.setLessons(course, [a, b, c]);
      expect(await numbered(course)).toEqual(['1 A', '2 B', '3 C']);
      await under.courses.setLessons(course, [c, a, { ...b, title: 'B!' }]);
      expect(await numbered(course)).toEqual(['1 C', '2 A', '3 B!']);
      await under.courses.setLessons(course, [b, d, c]);
      expect(await numbered(course)).toEqual(['1 B', '2 D', '3 C']);
      expect((await under.courses.get(course))?.lessons).toBe(3);
      await under.courses.setLessons(course, []);
      expect(await numbered(course)).toEqual([]);
    });

    test('[R107] a lesson of another course is left where it is', async () => {
      const [here, there] = [await make('Química'), await make('História')];
      const lesson = { id: under.school.intention(), title: 'Átomos' };
      await under.courses.setLessons(here, [lesson]);
      await under.courses.setLessons(there, [{ ...lesson, title: 'Roubada' }]);
      expect([await numbered(here), await numbered(there)]).toEqual([['1 Átomos'], []]);
    });

    test('[R108] people are enrolled once, the staff first, and taken out once', async () => {
      const course = await make('Teatro');
      const lia = await under.school.person('Lia', { role: 'teacher' });
      const bia = await under.school.person('Bia');
      const ana = await under.school.person('Ána');
      const roles = await under.courses.roles([lia.id, bia.id, under.school.intention()]);
      expect([...roles].sort()).toEqual(
        [
          [bia.id, 'student'],
          [lia.id, 'teacher'],
        ].sort(),
      );
      const coming = [
        { account: bia.id, staff: false },
        { account: lia.id, staff: true },
        { account: ana.id, staff: false },
      ];
      expect([...(await under.courses.enrol(course, coming))].sort()).toEqual([ana.id, bia.id, lia.id].sort());
      expect(await under.courses.enrol(course, coming)).toEqual([]);
      const all = { folded: '', after: null, limit: 2 };
      const first = await under.courses.people(course, all);
      expect([first.people.map(({ profile, staff }) => [profile.name, staff]), first.total]).toEqual([
        [
          ['Lia', true],
          ['Ána', false],
        ],
        3,
      ]);
      const rest = await under.courses.people(course, { ...all, after: first.next });
      expect(rest.people.map(({ profile }) => profile.name)).toEqual(['Bia']);
      expect((await under.courses.people(course, { ...all, folded: 'ana' })).total).toBe(1);
      expect(await under.courses.get(course)).toMatchObject({ staff: 1, students: 2 });
      expect([await under.courses.unenrol(course, bia.id), await under.courses.unenrol(course, bia.id)]).toEqual([
        true,
        false,
      ]);
    });

    test('[R108] who leaves the course while it is paged through takes nobody with them', async () => {
      const course = await make('Cinema');
      const people = [];
      for (const name of ['Alba', 'Bento', 'Caio']) people.push(await under.school.person(name));
      const [alba] = people;
      await under.courses.enrol(
        course,
        people.map(({ id }) => ({ account: id, staff: false })),
      );
      const first = await under.courses.people(course, { folded: '', after: null, limit: 1 });
      expect(first.next).toBe(alba?.id);
      await under.courses.unenrol(course, alba?.id ?? '');
      const rest = await under.courses.people(course, { folded: '', after: first.next, limit: 5 });
      expect(rest.people.map(({ profile }) => profile.name)).toEqual(['Bento', 'Caio']);
    });

    test('[R5] nothing is known of a course that there is not', async () => {
      const nobody = under.school.intention();
      expect([await under.courses.get(nobody), await under.courses.hold(nobody)]).toEqual([null, null]);
      expect(await under.courses.lessons(nobody)).toEqual([]);
    });
  });
};
