import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accounts,
  type Command,
  type CommandName,
  COMMANDS,
  members,
  messages,
  type Problem,
  PROTOCOL_VERSION,
  rooms,
  streams,
  SUBPROTOCOL,
} from '@recreio/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { isWrong, readConfig } from '../config.ts';
import type { Running } from '../commands/house.ts';
import { openLog } from '../logs.ts';
import { start } from '../main.ts';
import { clientId } from '../testing/accounts.ts';
import { cloneDatabase } from '../testing/database.ts';

type Input = Readonly<Record<string, unknown>>;
type Outcome = { readonly done: unknown } | { readonly refused: Problem };
type Door = (who: Person, command: Command, input: Input) => Promise<Outcome>;

/** A person of the test with a session, and one socket of it. */
interface Person {
  readonly account: string;
  readonly token: string;
  readonly socket: WebSocket;
}

let base: string;
let helena: Person;
let ana: Person;
let bruno: Person;
const closing: (() => Promise<void> | void)[] = [];

/** A command as its declaration says it goes over HTTP (docs/protocol.md R13). */
const overHttp = async (token: string | null, { http }: Command, input: Input): Promise<Outcome> => {
  const inPath = new Set<string>();
  const path = http.path.replace(/:(\w+)/gu, (_, name: string) => {
    inPath.add(name);
    return encodeURIComponent(String(input[name]));
  });
  const rest = Object.entries(input).filter(([name]) => !inPath.has(name));
  const inQuery = http.method === 'GET' || http.method === 'DELETE';
  const query = new URLSearchParams(inQuery ? rest.map(([name, value]) => [name, String(value)]) : []);
  const answer = await fetch(`${base}${path}${query.size > 0 ? `?${query}` : ''}`, {
    method: http.method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(inQuery ? {} : { 'content-type': 'application/json' }),
    },
    ...(inQuery ? {} : { body: JSON.stringify(Object.fromEntries(rest)) }),
  });
  const body: unknown = await answer.json();
  if (answer.status === 200) return { done: body };
  const refused = body as Problem;
  expect(refused.status, 'the status line and the problem agree').toBe(answer.status);
  return { refused };
};

let lastId = 0;
/** A command as a `do` frame; the answer is the frame with its id (R20). */
const overSocket = ({ socket }: Person, name: string, input: Input): Promise<Outcome> =>
  new Promise((resolve) => {
    const id = (lastId += 1);
    const hear = (data: WebSocket.RawData): void => {
      const frame = JSON.parse(String(data)) as { t: string; id?: number; output?: unknown; problem?: Problem };
      if (frame.id !== id) return;
      socket.off('message', hear);
      resolve(frame.t === 'done' ? { done: frame.output } : { refused: frame.problem as Problem });
    };
    socket.on('message', hear);
    socket.send(JSON.stringify({ t: 'do', id, command: name, input }));
  });

const DOORS: Readonly<Record<'HTTP' | 'the socket', Door>> = {
  HTTP: (who, command, input) => overHttp(who.token, command, input),
  'the socket': (who, command, input) => overSocket(who, command.name, input),
};

const outputOf = (outcome: Outcome): Record<string, unknown> => {
  if ('refused' in outcome) throw new Error(`refused with ${outcome.refused.code}: ${outcome.refused.detail}`);
  return outcome.done as Record<string, unknown>;
};

/** Prepares a scene: what is done here is not what is compared. */
const does = async (who: Person, command: Command, input: Input): Promise<Record<string, unknown>> =>
  outputOf(await overHttp(who.token, command, input));

const greeted = async (token: string): Promise<WebSocket> => {
  const { ticket } = outputOf(await overHttp(token, accounts.ticket, {}));
  const socket = new WebSocket(`${base.replace(/^http/u, 'ws')}/socket`, SUBPROTOCOL);
  closing.push(() => socket.terminate());
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const welcome = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)).t)));
  socket.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION, ticket }));
  expect(await welcome).toBe('welcome');
  return socket;
};

const enter = async (link: string, email: string, name?: string): Promise<Person> => {
  const password = `${randomUUID()} no recreio`;
  const token = new URL(link).hash.slice(1);
  const chosen = name === undefined ? {} : { name, email, school: 'Escola Aurora' };
  outputOf(await overHttp(null, accounts.redeemLink, { token, password, ...chosen }));
  const session = outputOf(await overHttp(null, accounts.signIn, { email, password, keep: 'token' }));
  const bearer = String(session['token']);
  return { account: (session['me'] as { id: string }).id, token: bearer, socket: await greeted(bearer) };
};

const invited = async (name: string): Promise<Person> => {
  const email = `${randomUUID()}@escola.example`;
  const { link } = await does(helena, accounts.invite, { clientId: clientId(), name, email, role: 'student' });
  return enter((link as { url: string }).url, email);
};

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recreio-parity-'));
  const { connection, drop } = await cloneDatabase();
  const { host, port, user, password = '', database } = connection;
  const secret = password === '' ? '' : `:${encodeURIComponent(password)}`;
  // The folder of a Unix socket goes into the query: an address must have a host
  const server = host.startsWith('/') ? 'localhost' : `${host}:${port ?? 5432}`;
  const socket = host.startsWith('/') ? `?host=${encodeURIComponent(host)}` : '';
  const config = readConfig(
    {
      PORT: '0',
      DATABASE_URL: `postgres://${encodeURIComponent(user)}${secret}@${server}/${database}${socket}`,
      RECREIO_MASTER_KEY_FILE: join(folder, 'school.key'),
      RECREIO_QUOTA_FACTOR: '1000',
      LOG_LEVEL: 'silent',
    },
    false,
  );
  if (isWrong(config)) throw new Error(config.errors.join(' '));
  const running: Running = await start(
    config,
    openLog(config.log, { out: () => undefined, err: () => undefined }, false),
  );
  base = running.address.replace('localhost', '127.0.0.1');
  closing.unshift(
    () => running.stop(),
    () => drop(),
    () => rmSync(folder, { recursive: true }),
  );
  helena = await enter(running.setUpUrl ?? '', `${randomUUID()}@escola.example`, 'Helena');
  ana = await invited('Ana');
  bruno = await invited('Bruno');
});

afterAll(async () => {
  for (const close of closing) await close();
});

/** A room of Helena's with Ana in it, made anew for each door; Bruno is not in it. */
const room = async (settings: Input = {}): Promise<string> => {
  const made = await does(helena, rooms.create, { clientId: clientId(), kind: 'topic', title: 'Frações', ...settings });
  const { id } = made['room'] as { id: string };
  await does(helena, members.add, { room: id, account: ana.account, clientId: clientId() });
  return id;
};

const said = async (who: Person, where: string, body = 'Oi'): Promise<string> =>
  String((await does(who, messages.send, { room: where, clientId: clientId(), body }))['id']);

interface Scene {
  readonly who: Person;
  readonly command: Command;
  readonly input: Input;
}

/** What is tried, and what must come of it: `done`, or a problem's code. Each door gets a scene of its own. */
const SCENES: readonly (readonly [string, string, () => Promise<Scene>])[] = [
  [
    'done',
    'a member sends',
    async () => ({ who: ana, command: messages.send, input: { room: await room(), clientId: clientId(), body: 'Oi' } }),
  ],
  [
    'done',
    'a send is repeated',
    async () => {
      const input = { room: await room(), clientId: clientId(), body: 'Oi' };
      await does(ana, messages.send, input);
      return { who: ana, command: messages.send, input };
    },
  ],
  [
    'idempotency-conflict',
    'a client id is used for something else',
    async () => {
      const input = { room: await room(), clientId: clientId(), body: 'Oi' };
      await does(ana, messages.send, input);
      return { who: ana, command: messages.send, input: { ...input, body: 'Tchau' } };
    },
  ],
  [
    'not-a-member',
    'an outsider writes in an open room',
    async () => ({
      who: bruno,
      command: messages.send,
      input: { room: await room({ access: 'open' }), clientId: clientId(), body: 'Oi' },
    }),
  ],
  [
    'not-found',
    'an outsider writes in a room by invitation',
    async () => ({
      who: bruno,
      command: messages.send,
      input: { room: await room({ access: 'invite' }), clientId: clientId(), body: 'Oi' },
    }),
  ],
  [
    'not-found',
    'somebody writes in a room that there is not',
    async () => ({ who: ana, command: messages.send, input: { room: clientId(), clientId: clientId(), body: 'Oi' } }),
  ],
  [
    'muted',
    'a silenced member writes',
    async () => {
      const where = await room();
      await does(helena, members.mute, { room: where, account: ana.account, reason: 'Barulho', clientId: clientId() });
      return { who: ana, command: messages.send, input: { room: where, clientId: clientId(), body: 'Oi' } };
    },
  ],
  [
    'malformed',
    'the body is missing',
    async () => ({ who: ana, command: messages.send, input: { room: await room(), clientId: clientId() } }),
  ],
  [
    'malformed',
    'there is a member that the command does not know',
    async () => ({
      who: ana,
      command: messages.send,
      input: { room: await room(), clientId: clientId(), body: 'Oi', colour: 'pen' },
    }),
  ],
  [
    'malformed',
    'an id is none',
    async () => ({ who: ana, command: messages.send, input: { room: 'a-room', clientId: clientId(), body: 'Oi' } }),
  ],
  [
    'bad-text',
    'there is nothing to read',
    async () => ({
      who: ana,
      command: messages.send,
      input: { room: await room(), clientId: clientId(), body: '\u200b \n' },
    }),
  ],
  [
    'too-large',
    'a message has too many bytes',
    async () => ({
      who: ana,
      command: messages.send,
      input: { room: await room(), clientId: clientId(), body: 'é'.repeat(9_000) },
    }),
  ],
  [
    'not-allowed',
    "a member edits another's message",
    async () => {
      const where = await room();
      return {
        who: ana,
        command: messages.edit,
        input: { room: where, message: await said(helena, where), clientId: clientId(), body: 'Outra coisa' },
      };
    },
  ],
  [
    'done',
    'an author removes a message',
    async () => {
      const where = await room();
      return {
        who: ana,
        command: messages.remove,
        input: { room: where, message: await said(ana, where), clientId: clientId() },
      };
    },
  ],
  [
    'done',
    'a member reacts twice',
    async () => {
      const where = await room();
      const input = { room: where, message: await said(helena, where), emoji: '👍' };
      await does(ana, messages.react, input);
      return { who: ana, command: messages.react, input };
    },
  ],
  [
    'not-allowed',
    'a member silences another',
    async () => ({
      who: ana,
      command: members.mute,
      input: { room: await room(), account: helena.account, reason: 'Não', clientId: clientId() },
    }),
  ],
  [
    'last-owner',
    'the last owner leaves',
    async () => ({ who: helena, command: members.leave, input: { room: await room() } }),
  ],
  [
    'done',
    'a page of history is read',
    async () => {
      const where = await room();
      await said(helena, where, 'Quanto é ½ + ⅓?');
      await said(ana, where, '⅚');
      return { who: ana, command: messages.page, input: { room: where, limit: 1 } };
    },
  ],
  [
    'done',
    'the log is read',
    async () => {
      const where = await room();
      await said(helena, where);
      return { who: ana, command: streams.read, input: { room: where, after: 1, limit: 10 } };
    },
  ],
  [
    'not-found',
    'an outsider reads the log',
    async () => ({ who: bruno, command: streams.read, input: { room: await room(), after: 0 } }),
  ],
  [
    'done',
    'a member says how far they have read',
    async () => {
      const where = await room();
      await said(helena, where);
      return { who: ana, command: messages.markRead, input: { room: where, seq: 3 } };
    },
  ],
  [
    'done',
    'two people open their conversation',
    async () => {
      await room();
      return { who: helena, command: rooms.openDirect, input: { account: ana.account } };
    },
  ],
  ['not-allowed', 'a student lists everybody', async () => ({ who: ana, command: accounts.list, input: {} })],
  [
    'already-taken',
    'an administrator invites somebody who is there',
    async () => {
      const email = `${randomUUID()}@escola.example`;
      const person = { name: 'Caio', email, role: 'student' };
      await does(helena, accounts.invite, { clientId: clientId(), ...person });
      return { who: helena, command: accounts.invite, input: { clientId: clientId(), ...person } };
    },
  ],
];

/** An outcome without what differs in any two scenes: ids by the order in which they appear, instants by there being one. */
const shapeOf = (outcome: Outcome): unknown => {
  const ids = new Map<string, string>();
  const text = JSON.stringify(outcome)
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, (id) => {
      ids.set(id, ids.get(id) ?? `<id ${ids.size + 1}>`);
      return ids.get(id) ?? '';
    })
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/gu, '<at>');
  return JSON.parse(text);
};

describe('the doors', () => {
  test.each(SCENES)('[R20] [R14] %s by every door: %s', async (expected, _, prepare) => {
    const outcomes = [];
    for (const door of Object.values(DOORS)) {
      const { who, command, input } = await prepare();
      outcomes.push(await door(who, command, input));
    }
    expect(outcomes.map((outcome) => ('refused' in outcome ? outcome.refused.code : 'done'))).toEqual([
      expected,
      expected,
    ]);
    const [first, ...others] = outcomes.map(shapeOf);
    for (const other of others) expect(other).toEqual(first);
  });

  test('[house] the scenes are of many commands, and most of them are refused', () => {
    expect(SCENES.length).toBeGreaterThan(20);
    expect(SCENES.filter(([expected]) => expected !== 'done').length).toBeGreaterThan(10);
  });

  const notOnSockets = (Object.keys(COMMANDS) as CommandName[]).filter((name) => !COMMANDS[name].socket);

  test.each([...notOnSockets, 'messages.shout', '__proto__', 'constructor'])(
    '[R5] %s cannot be sent over a socket',
    async (name) => {
      expect(await overSocket(ana, name, {})).toMatchObject({ refused: { code: 'not-found' } });
    },
  );

  test('[R18] nobody gets in without saying who they are, and both doors say the same', async () => {
    const { refused } = (await overHttp(null, accounts.me, {})) as { refused: Problem };
    const socket = new WebSocket(`${base.replace(/^http/u, 'ws')}/socket`, SUBPROTOCOL);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const heard = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
    socket.once('open', () => socket.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION })));
    expect(refused.code).toBe('not-signed-in');
    expect(await heard).toEqual({ t: 'problem', problem: refused });
    expect(await closed).toBe(4401);
  });
});
