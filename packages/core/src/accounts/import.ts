/** accounts.import: many people from a file, all of them or none. */
import type { administer, InputOf, OutputOf, SchoolPolicies } from '@recreio/protocol';
import { TEXT } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { cleanLine, foldText } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';
import { type CsvRow, readCsv } from './csv.ts';
import { courseNames } from './course-names.ts';
import { cleanEmail, foldEmail } from './email.ts';
import { resembling } from './likeness.ts';
import { makeLinks } from './links.ts';
import { actorOf, isStaff, mayAdminister, minorByDefault, toneOf } from './policy.ts';
import type { NewAccount } from './port.ts';
import { ROLE_WORDS } from './role-words.ts';

type Output = OutputOf<typeof administer.importPeople>;
type Fault = Output['errors'][number];

/** More lines than this are refused as a whole: one transaction writes them all. */
const MOST_LINES = 5_000;
/** Nor does one make more courses than this: each has an entry in the record, written one after the other under its lock. */
const MOST_COURSES = 200;

const COLUMNS: ReadonlyMap<string, 'name' | 'email' | 'role' | 'minor' | 'courses'> = new Map([
  ['nome', 'name'],
  ['nombre', 'name'],
  ['name', 'name'],
  ['email', 'email'],
  ['e-mail', 'email'],
  ['correo', 'email'],
  ['papel', 'role'],
  ['rol', 'role'],
  ['role', 'role'],
  ['menor', 'minor'],
  ['minor', 'minor'],
  ['cursos', 'courses'],
  ['courses', 'courses'],
]);

const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['sim', true],
  ['si', true],
  ['s', true],
  ['yes', true],
  ['y', true],
  ['true', true],
  ['nao', false],
  ['n', false],
  ['no', false],
  ['false', false],
]);

/** One line of the file, looked at: who it is, or what is wrong with it. */
interface Line {
  readonly line: number;
  readonly person: Omit<NewAccount, 'id' | 'tone' | 'language'> | null;
  readonly faults: readonly Fault[];
}

/** What lines are looked at with. */
interface Known {
  readonly columns: readonly (keyof typeof NAMES)[];
  /** The id of a course by a name of it; null where there is none, or nobody knows which. */
  readonly courseOf: (name: string) => string | null;
  readonly minors: SchoolPolicies['minorByDefault'];
  /** Whether a name passes for one of the staff's. */
  readonly resembles: (name: string) => boolean;
}

const NAMES = { name: true, email: true, role: true, minor: true, courses: true } as const;

/** The columns of the first line; null unless each is known, none is there twice, and the first three are there. */
const columnsOf = (header: CsvRow): Known['columns'] | null => {
  const columns = header.fields.map((field) => COLUMNS.get(foldText(field)));
  const known = columns.flatMap((column) => column ?? []);
  const whole =
    known.length === columns.length &&
    new Set(known).size === known.length &&
    (['name', 'email', 'role'] as const).every((column) => known.includes(column));
  return whole ? known : null;
};

const look = ({ line, fields }: CsvRow, { columns, courseOf, minors, resembles }: Known): Line => {
  const fault = (reason: Fault['reason'], value: string): Fault => ({
    line,
    reason,
    value: [...value].slice(0, TEXT.name).join(''),
  });
  if (fields.length !== columns.length) return { line, person: null, faults: [fault('columns', fields.join(' | '))] };
  const cell = (column: keyof typeof NAMES): string => (fields[columns.indexOf(column)] ?? '').trim();
  const name = cleanLine(cell('name'));
  const email = cleanEmail(cell('email'));
  const role = ROLE_WORDS.get(foldText(cell('role')));
  const minor =
    cell('minor') === '' ? minorByDefault(role ?? 'student', minors) : YES_OR_NO.get(foldText(cell('minor')));
  const wanted = cell('courses')
    .split(/[|;]/u)
    .map((course) => course.trim())
    .filter((course) => course !== '');
  const enrolled = wanted.map(courseOf);
  const misnamed = isDenial(name) || name.length > TEXT.name || resembles(name);
  const faults = [
    ...(misnamed ? [fault('name', cell('name'))] : []),
    ...(email === null ? [fault('email', cell('email'))] : []),
    ...(role === undefined ? [fault('role', cell('role'))] : []),
    ...(minor === undefined ? [fault('minor', cell('minor'))] : []),
    ...wanted.filter((_, i) => enrolled[i] === null).map((course) => fault('course', course)),
  ];
  if (faults.length > 0 || isDenial(name) || email === null || role === undefined || minor === undefined)
    return { line, person: null, faults };
  return {
    line,
    faults,
    person: {
      name,
      nameFolded: foldText(name),
      email,
      emailFolded: foldEmail(email),
      role,
      minor,
      courses: enrolled.flatMap((course) => course ?? []),
      staff: isStaff(role),
    },
  };
};

/** The lines whose e-mail somebody has already, or a line before has. */
const emailFaults = (lines: readonly Line[], taken: ReadonlySet<string>): Fault[] => {
  const before = new Set<string>();
  return lines.flatMap(({ line, person }) => {
    if (!person) return [];
    const reason = taken.has(person.emailFolded)
      ? ('email-taken' as const)
      : before.has(person.emailFolded)
        ? ('email-twice' as const)
        : null;
    before.add(person.emailFolded);
    return reason ? [{ line, reason, value: person.email.slice(0, TEXT.name) }] : [];
  });
};

/** Looks through the whole file and tells everything that is wrong at once; writes only if nothing is, and not on a dry run. */
export const importPeople = async (
  world: World,
  { csv, dryRun, makeCourses = false }: InputOf<typeof administer.importPeople>,
  { alive }: Call,
): Promise<Output | Denial<'not-allowed' | 'malformed' | 'too-large'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const rows = readCsv(csv);
  const [header, ...body] = rows ?? [];
  if (!header)
    return deny('malformed', {
      detail: rows ? 'the file has no line' : 'a quotation mark is not closed, or something stands behind it',
    });
  if (body.length > MOST_LINES) return deny('too-large', { detail: `at most ${MOST_LINES} people at once` });
  const columns = columnsOf(header);
  if (!columns)
    return {
      created: [],
      errors: [{ line: header.line, reason: 'columns', value: header.fields.join(' | ').slice(0, TEXT.name) }],
    };
  return await world.transact(async (memory) => {
    await memory.accounts.lock('emails');
    await memory.accounts.lock('courses');
    const names = courseNames(await memory.accounts.courses(), makeCourses, world.newId);
    const { languages, policies } = await memory.school.read();
    const known: Known = {
      columns,
      minors: policies.minorByDefault,
      courseOf: names.courseOf,
      resembles: resembling(await memory.accounts.staff()),
    };
    const lines = body.map((row) => look(row, known));
    const people = lines.flatMap(({ person }) => person ?? []);
    const taken = await memory.accounts.emailsTaken(people.map(({ emailFolded }) => emailFolded));
    const errors = [...lines.flatMap(({ faults }) => faults), ...emailFaults(lines, taken)].sort(
      (a, b) => a.line - b.line,
    );
    const missing = [...names.missing.values()];
    if (makeCourses && missing.length > MOST_COURSES)
      return deny('too-large', { detail: `at most ${MOST_COURSES} new courses at once` });
    const newCourses = missing.map(({ title, group }) => ({ title, group }));
    const faulty = new Set(errors.map(({ line }) => line));
    if (dryRun || errors.length > 0) {
      const right = lines.flatMap(({ line, person }) => (person && !faulty.has(line) ? [person] : []));
      return {
        created: dryRun ? right.map(({ name, email, role }) => ({ name, email, role, link: null })) : [],
        errors,
        newCourses,
      };
    }
    if (missing.length > 0) await memory.courses.create(missing);
    const accounts = people.map((person): NewAccount => {
      const id = world.newId();
      return { ...person, id, language: languages.default, tone: toneOf(id) };
    });
    if (!(await memory.accounts.create(accounts))) throw new Error('an e-mail that was free under the lock was taken');
    const links = await makeLinks(
      world,
      memory,
      'invitation',
      accounts.map(({ id }) => id),
    );
    await memory.courses.stir({ courses: missing.map(({ id }) => id) });
    for (const { id: target, title, group } of missing)
      await memory.audit.write({ actor: actorOf(alive), act: 'courses.create', target, detail: { title, group } });
    await memory.audit.write({
      actor: actorOf(alive),
      act: 'accounts.import',
      detail: { people: accounts.length, roles: [...new Set(accounts.map(({ role }) => role))] },
    });
    const created = accounts.map(({ name, email, role }, i) => ({ name, email, role, link: links[i] ?? null }));
    return { created, errors: [], newCourses };
  });
};
