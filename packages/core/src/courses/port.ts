/** What courses ask of memory. Contract: core/testing/contracts/courses.ts. */
import type { CourseRecord, Enrolled, LessonRecord, Outside, Role } from '@recreio/protocol';

/** A lesson where it stands in the list of its course. */
export interface LessonLine {
  readonly id: string;
  readonly title: string;
}

/** A course as it is to be. */
interface CourseSettings {
  readonly title: string;
  readonly group: string;
  readonly archived: boolean;
}

/** Courses, their lessons, and who is enrolled. */
export interface CoursesMemory {
  /** By a part of the folded title and class, in their order. */
  list(where: {
    readonly folded: string;
    readonly archived: boolean;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<{ readonly courses: readonly CourseRecord[]; readonly total: number; readonly next: string | null }>;
  get(course: string): Promise<CourseRecord | null>;
  /** Holds a course with its lessons until the transaction ends: of two who change it at once, the second finds what the first made. */
  hold(course: string): Promise<CourseRecord | null>;
  create(courses: readonly { readonly id: string; readonly title: string; readonly group: string }[]): Promise<void>;
  change(course: string, to: CourseSettings): Promise<void>;
  /** In their order. */
  lessons(course: string): Promise<readonly LessonRecord[]>;
  /** Puts these lessons, in this order, in the place of all there are. */
  setLessons(course: string, lessons: readonly LessonLine[]): Promise<void>;
  /** The staff first, then by name. Who has left the course since still says where the page behind them begins. */
  people(
    course: string,
    where: { readonly folded: string; readonly after: string | null; readonly limit: number },
  ): Promise<{ readonly people: readonly Enrolled[]; readonly total: number; readonly next: string | null }>;
  /** Who is in rooms of a course and not in the course, in how many, by name; the first 200. */
  outside(course: string): Promise<readonly Outside[]>;
  /** What these people are in the school, held until the transaction ends; those who do not exist are left out. */
  roles(accounts: readonly string[]): Promise<ReadonlyMap<string, Role>>;
  /** Enrols people; returns those who were not in the course. */
  enrol(
    course: string,
    people: readonly { readonly account: string; readonly staff: boolean }[],
  ): Promise<readonly string[]>;
  /** False where the person was not enrolled. */
  unenrol(course: string, account: string): Promise<boolean>;
  /**
   * Makes what these people, or all who see one of these courses, are told of themselves count as changed, so that every node tells their
   * sockets. Behind the rooms and before the record, as everywhere: nobody waits in a circle.
   */
  stir(whom: { readonly accounts: readonly string[] } | { readonly courses: readonly string[] }): Promise<void>;
}
