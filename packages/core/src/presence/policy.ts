/** Who may know that a person is here. */

/** What presence needs of a person. */
export interface Visibility {
  readonly minor: boolean;
  /** Courses the person is enrolled in, in whichever way. */
  readonly courses: readonly string[];
  /** Those the person is staff of. */
  readonly staffOf: readonly string[];
  /** Wants to be shown to nobody. */
  readonly invisible?: boolean;
}

/** Minors are present to each other and to the staff of their courses, not to other adults; who wants to be invisible, to nobody. */
export const maySeePresent = (viewer: Visibility, person: Visibility): boolean =>
  !person.invisible &&
  (!person.minor || viewer.minor || viewer.staffOf.some((course) => person.courses.includes(course)));
