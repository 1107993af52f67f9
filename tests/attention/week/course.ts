/** A course of 300 in ten classes, at a living school: who is in it, with which devices and habits, and where they talk. */
import type { Person } from '@recreio/core/testing/world.ts';
import type { Random } from '../../fuzz/random.ts';
import type { Stage } from './stage.ts';
import type { Kind, Talk } from './talk.ts';

/** So many take the course, unless it is told otherwise. */
export const PUPILS = 300;
const CLASS = 30;
const TEACHERS = 10;
/** In each lesson room are those who have looked in: of 300, so many. */
const IN_LESSON = 120 / 300;
const LESSONS = 5;

/** Most live by the time of Brasília; of a distance course some do not. */
const ZONES = ['America/Manaus', 'America/Rio_Branco', 'America/Noronha'];

/** Somebody who takes the course. */
export interface Pupil {
  readonly person: Person;
  /** The number by which they are known in the plan of what is said. */
  readonly number: number;
  readonly isMinor: boolean;
  readonly timeZone: string;
  /** What they are called at: none, a telephone, or a computer as well. */
  readonly devices: readonly Person[];
  /** How often they look in a day, of their own accord. */
  readonly looks: number;
  /** Days on which they do not look at all: from, until before. */
  readonly away: readonly [number, number];
  /** Never disturbed for two hours of the afternoon. */
  readonly rests: boolean;
}

/** A room at the school. */
export interface Place extends Talk {
  readonly id: string;
  /** By which it is known in the story. */
  readonly title: string;
}

/** The course. */
export interface Course {
  /** Everybody by number: pupils, then those who teach. */
  readonly people: readonly Person[];
  /** Those who are looked at: whole classes, with all their private talk. */
  readonly watched: readonly Pupil[];
  readonly places: readonly Place[];
}

/** So many ask at once: fewer than wait for a connection. */
const AT_ONCE = 60;
const each = async <T, R>(items: readonly T[], work: (item: T, nth: number) => Promise<R>): Promise<R[]> => {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    done.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map((item, nth) => work(item, at + nth)))));
  return done;
};

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, nth) => from + nth);
/** Seven of ten are under age. */
const isMinor = (number: number): boolean => number % 10 < 7;

/** Opens it for so many pupils, in the first `classes` of which private talk and devices are looked at; teachers stand after the pupils. */
export const openCourse = async (
  school: Stage['school'],
  random: Random,
  { classes, size }: { readonly classes: number; readonly size: number },
): Promise<Course> => {
  const pupils = await each(numbers(0, size), (number) =>
    school.person(`Aluno ${number + 1}`, { minor: isMinor(number) }),
  );
  const teachers = await each(numbers(0, TEACHERS), (nth) => school.person(`Docente ${nth + 1}`, { role: 'teacher' }));
  const people = [...pupils, ...teachers];
  const known = (number: number): Person => {
    const person = people[number];
    if (!person) throw new Error(`nobody has the number ${number}`);
    return person;
  };

  const places: Place[] = [];
  const open = async (kind: Kind, teacher: number, members: readonly number[], posting = {}): Promise<void> => {
    const title = `Sala ${places.length + 1}`;
    const id = await school.room(known(teacher), [], { title, ...posting });
    await each(members, (number) => school.tend(known(teacher), 'members.add', id, known(number).id));
    places.push({ kind, teacher, people: kind === 'board' ? [teacher] : members, id, title });
  };
  const all = numbers(0, size);
  await open('board', size, all, { posting: 'moderators' });
  await open('square', size + 1, all);
  for (let nth = 0; nth < LESSONS; nth += 1) {
    const some = all.filter(() => random.chance(IN_LESSON));
    await open('lesson', size + 2 + nth, some);
  }
  for (let nth = 0; nth < classes; nth += 1) await open('class', size + nth, numbers(nth * CLASS, (nth + 1) * CLASS));

  const inClasses = numbers(0, classes * CLASS);
  /** Others of the same class and age: children and adults do not meet in private. */
  const peersOf = (number: number): readonly number[] =>
    inClasses.filter(
      (other) =>
        other !== number &&
        Math.floor(other / CLASS) === Math.floor(number / CLASS) &&
        isMinor(other) === isMinor(number),
    );
  const drawn = (number: number, count: number): number[] => {
    const peers = [...peersOf(number)];
    return Array.from({ length: Math.min(count, peers.length) }).flatMap(() =>
      peers.splice(random.below(peers.length), 1),
    );
  };
  // Each has a friend to write to, or some, and most are in a group or two
  const pairs = new Map(
    inClasses.flatMap((number) =>
      drawn(number, 1).map((other) => {
        const two = [Math.min(number, other), Math.max(number, other)] as const;
        return [two.join(), two] as const;
      }),
    ),
  );
  const made = await each([...pairs.values()], async ([one, other]): Promise<Place> => {
    const { room } = await school.does(known(one), 'rooms.openDirect', { account: known(other).id });
    return { kind: 'pair', teacher: null, people: [one, other], id: room.id, title: `Conversa ${one} ${other}` };
  });
  places.push(...made);
  const groups = inClasses.filter((number) => number % 10 === 0 || number % 10 === 3 || number % 10 === 8);
  const grouped = await each(groups, async (number): Promise<Place> => {
    const others = drawn(number, 4);
    const accounts = others.map((other) => known(other).id);
    const title = `Grupo ${number}`;
    const { room } = await school.does(known(number), 'rooms.openGroup', { accounts, title });
    for (const other of others) await school.does(known(other), 'members.join', { room: room.id });
    return { kind: 'group', teacher: null, people: [number, ...others], id: room.id, title };
  });
  places.push(...grouped);

  const watched = await each(inClasses, async (number): Promise<Pupil> => {
    const person = known(number);
    const lot = random.next();
    const count = lot < 0.1 ? 0 : lot < 0.75 ? 1 : 2;
    const from = random.below(6);
    const isAway = random.chance(0.1);
    // All that is drawn is drawn before anybody waits for the school: the same seed is the same course
    const habits: Omit<Pupil, 'devices'> = {
      person,
      number,
      isMinor: isMinor(number),
      timeZone: random.chance(0.8) ? 'America/Sao_Paulo' : (ZONES[number % ZONES.length] ?? ''),
      looks: random.pick([1.5, 4, 4, 6, 6, 12]) ?? 4,
      away: isAway ? [from, from + 2 + random.below(4)] : [0, 0],
      rests: random.chance(0.1),
    };
    return { ...habits, devices: await Promise.all(numbers(0, count).map(() => school.device(person))) };
  });
  return { people, watched, places };
};
