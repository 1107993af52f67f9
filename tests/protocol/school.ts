/** The school of the run, and people for one test file. Only the raw client talks to it. */
import { inject } from 'vitest';
import '../process/school.setup.ts';
import type { Answer } from '../raw/http.ts';
import {
  as,
  connect as connectTo,
  createRoom as createRoomAt,
  done as doneAt,
  enrol as enrolAt,
  type Person,
  say as sayAt,
} from '../raw/person.ts';
import type { WireCursor } from '../raw/wire.ts';
import { uuidv7 } from '../raw/uuid.ts';

type Input = Readonly<Record<string, unknown>>;

/** Address and allowed origin of the server, and its administrator. */
export const { base, origin, administrator } = inject('school');

/** A new person: a student, unless said otherwise. */
export const enrol = (name: string, role = 'student', minor = role === 'student'): Promise<Person> =>
  enrolAt(base, administrator, { name, role, minor });
/** A command over HTTP, whatever comes of it. */
export const tryTo = (person: Person, name: string, input: Input): Promise<Answer> => as(base, person, name, input);
/** A command over HTTP that must be done. */
export const done = (person: Person, name: string, input: Input): Promise<Answer['body']> =>
  doneAt(base, person, name, input);
export const say = (person: Person, room: string, body: string, more: Input = {}) =>
  sayAt(base, person, room, body, more);
export const createRoom = (person: Person, settings: Input = {}) => createRoomAt(base, person, settings);
export const connect = (person: Person, cursor?: WireCursor) => connectTo(base, person, cursor);

/** Puts people into a room. */
export async function add(owner: Person, room: string, ...people: readonly Person[]): Promise<void> {
  for (const { account } of people) await done(owner, 'members.add', { room, account, clientId: uuidv7() });
}

/** A room with its owner and others in it. */
export async function roomOf(owner: Person, people: readonly Person[], settings: Input = {}): Promise<string> {
  const room = await createRoom(owner, settings);
  await add(owner, room, ...people);
  return room;
}

/** The refusal's code, or `done`. */
export const codeOf = ({ status, body }: Answer): string => (status === 200 ? 'done' : (body.code ?? String(status)));
