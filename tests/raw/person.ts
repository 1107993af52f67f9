import { type Answer, type Asking, ask, command } from './http.ts';
import { RawSocket } from './socket.ts';
import { uuidv7 } from './uuid.ts';
import type { WireCursor, WireFrame } from './wire.ts';

/** A signed-in person of a test. */
export interface Person {
  readonly account: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly session: string;
}

/** The token behind `#` in a one-time link. */
export function tokenOf(url: string): string {
  const token = new URL(url).hash.slice(1);
  if (token === '') throw new Error(`no token in the link ${url.replace(/#.*/, '#…')}`);
  return token;
}

/** The answer's body if it is 200; otherwise an error that says which problem it was. */
export function mustBeDone({ status, body, text }: Answer): Answer['body'] {
  if (status !== 200) throw new Error(`answered ${status} ${body.code ?? text.slice(0, 200)} ${body.detail ?? ''}`);
  return body;
}

/** Signs in as a program does. */
export async function signIn(
  base: string,
  email: string,
  password: string,
): Promise<{ token: string; session: string; account: string }> {
  const body = mustBeDone(await ask(base, 'POST', '/api/sessions', { body: { email, password, keep: 'token' } }));
  if (!body.token || !body.session || !body.me)
    throw new Error('a sign-in with keep: token brings a token, the session and me');
  return { token: body.token, session: body.session, account: body.me.id };
}

/** Redeems the set-up link: the first administrator. */
export async function setUpSchool(base: string, linkToken: string): Promise<Person> {
  const given = {
    name: 'Diretora Helena',
    email: `helena.${uuidv7()}@school.example`,
    password: 'um recreio bem longo 42',
  };
  const body = { token: linkToken, ...given, school: 'Escola de Ensaio' };
  mustBeDone(await ask(base, 'POST', '/api/links/redeem', { body }));
  return { ...given, ...(await signIn(base, given.email, given.password)) };
}

/** Invites a person and redeems the link for them. */
export async function enrol(
  base: string,
  administrator: Person,
  { name, role = 'student', minor }: { name: string; role?: string; minor?: boolean },
): Promise<Person> {
  const email = `p.${uuidv7()}@school.example`;
  const password = `senha ${uuidv7()}`;
  const input = { clientId: uuidv7(), name, email, role, ...(minor === undefined ? {} : { minor }) };
  const { link } = mustBeDone(await as(base, administrator, 'accounts.invite', input));
  if (!link) throw new Error('an invitation brings a link');
  mustBeDone(await ask(base, 'POST', '/api/links/redeem', { body: { token: tokenOf(link.url), password } }));
  return { name, email, password, ...(await signIn(base, email, password)) };
}

/** A command over HTTP by a person, who proves who they are when they are asked to and know how ([R71]). */
export async function as(
  base: string,
  person: Pick<Person, 'token'> & { readonly password?: string },
  name: string,
  input: Readonly<Record<string, unknown>>,
  asking: Asking = {},
): Promise<Answer> {
  const { token, password } = person;
  const answer = await command(base, name, input, { token, ...asking });
  if (answer.body.code !== 'step-up-required' || password === undefined) return answer;
  mustBeDone(await command(base, 'accounts.stepUp', { password }, { token }));
  return await command(base, name, input, { token, ...asking });
}

/** A command that must be done; its output. */
export async function done(
  base: string,
  person: Pick<Person, 'token'>,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Answer['body']> {
  const answer = await as(base, person, name, input);
  try {
    return mustBeDone(answer);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** A person's socket: ticket, upgrade, hello, welcome. */
export async function connect(
  base: string,
  person: Pick<Person, 'token'>,
  cursor?: WireCursor,
): Promise<{ socket: RawSocket; welcome: WireFrame }> {
  const { ticket } = await done(base, person, 'accounts.ticket', {});
  if (!ticket) throw new Error('a ticket is a text');
  const socket = await RawSocket.open(base);
  const welcome = await socket.hello({ ticket, ...(cursor ? { cursor } : {}) });
  return { socket, welcome };
}

/** A themed room; resolves with its id. */
export async function createRoom(
  base: string,
  person: Person,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { room } = await done(base, person, 'rooms.create', {
    clientId: uuidv7(),
    kind: 'topic',
    title: `Sala ${uuidv7()}`,
    ...settings,
  });
  if (!room) throw new Error('a room that was created is there');
  return room.id;
}

/** Says something; resolves with id, seq and the rest of the answer. */
export async function say(
  base: string,
  person: Person,
  room: string,
  body: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Answer['body'] & { id: string; seq: number }> {
  const output = await done(base, person, 'messages.send', { room, clientId: uuidv7(), body, ...more });
  if (!output.id || !output.seq) throw new Error('a sent message has an id and a seq');
  return { ...output, id: output.id, seq: output.seq };
}
