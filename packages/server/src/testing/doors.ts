import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accounts, administer, type Command, type Problem, PROTOCOL_VERSION, SUBPROTOCOL } from '@recreio/protocol';
import WebSocket from 'ws';
import type { Running } from '../commands/house.ts';
import { type Environment, isWrong, readConfig } from '../config.ts';
import { openLog } from '../logs.ts';
import { start } from '../main.ts';
import { clientId } from './accounts.ts';
import type { TestConnection } from './administer.ts';
import { cloneDatabase } from './database.ts';

/** The input of a command. */
export type Input = Readonly<Record<string, unknown>>;
/** What came of a command, by whatever door. */
export type Outcome = { readonly done: unknown } | { readonly refused: Problem };

/** A signed-in person with one socket. */
export interface Visitor {
  readonly account: string;
  readonly token: string;
  readonly socket: WebSocket;
}

/** A whole server on a database of its own. */
export interface OpenDoors {
  /** Origin of the server. */
  readonly base: string;
  /** The first administrator. */
  readonly administrator: Visitor;
  /** Invites a student and lets them in. */
  student(name: string): Promise<Visitor>;
  /** Starts one more server on the same database, and gives its origin; ends with the others. */
  another(): Promise<string>;
  close(): Promise<void>;
}

/** A command as its declaration says it goes over HTTP (docs/protocol.md R13). Rejects when status line and problem disagree. */
export const overHttp = async (
  base: string,
  token: string | null,
  { http }: Command,
  input: Input,
): Promise<Outcome> => {
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
  if (refused.status !== answer.status) throw new Error(`${refused.code} came with status ${answer.status}`);
  return { refused };
};

let lastId = 0;

/** A command as a `do` frame; the answer is the frame with its id (R20). */
export const overSocket = ({ socket }: Visitor, name: string, input: Input): Promise<Outcome> =>
  new Promise((resolve) => {
    const id = (lastId += 1);
    const hear = (data: WebSocket.RawData): void => {
      const frame: { id?: number; t: string; output?: unknown; problem?: Problem } = JSON.parse(String(data));
      if (frame.id !== id) return;
      socket.off('message', hear);
      resolve(frame.problem ? { refused: frame.problem } : { done: frame.output });
    };
    socket.on('message', hear);
    socket.send(JSON.stringify({ t: 'do', id, command: name, input }));
  });

/** What a command gave that must not be refused. */
export const outputOf = (outcome: Outcome): Record<string, unknown> => {
  if ('refused' in outcome) throw new Error(`refused with ${outcome.refused.code}: ${outcome.refused.detail}`);
  return outcome.done as Record<string, unknown>;
};

/** A socket that has said hello; the first frame that comes back is given along. */
export const greet = async (
  base: string,
  ticket?: string,
): Promise<{ readonly socket: WebSocket; readonly first: { readonly t: string } }> => {
  const socket = new WebSocket(`${base.replace(/^http/u, 'ws')}/socket`, SUBPROTOCOL);
  const first = new Promise<{ t: string }>((resolve, reject) => {
    socket.once('message', (data) => resolve(JSON.parse(String(data)))).once('error', reject);
  });
  socket.once('open', () => socket.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION, ticket })));
  return { socket, first: await first };
};

/** As DATABASE_URL takes it. The folder of a Unix socket goes into the query: an address must have a host. */
export const urlOf = ({ host, port, user, password, database }: TestConnection): string => {
  const url = new URL(`postgres://localhost/${database}`);
  url.username = user;
  if (password !== undefined) url.password = password;
  if (host.startsWith('/')) url.searchParams.set('host', host);
  else url.host = `${host}:${port ?? 5432}`;
  return url.href;
};

/** Starts the server as `recreio start` does, in this process: one per test file, in `beforeAll`; `close` it in `afterAll`. */
export const openDoors = async (quotaFactor = 1000, env: Environment = {}): Promise<OpenDoors> => {
  const folder = mkdtempSync(join(tmpdir(), 'recreio-doors-'));
  const database = await cloneDatabase();
  const config = readConfig(
    {
      PORT: '0',
      DATABASE_URL: urlOf(database.connection),
      RECREIO_MASTER_KEY_FILE: join(folder, 'school.key'),
      RECREIO_QUOTA_FACTOR: String(quotaFactor),
      LOG_LEVEL: 'silent',
      ...env,
    },
    false,
  );
  if (isWrong(config)) throw new Error(config.errors.join(' '));
  const startOne = () => start(config, openLog(config.log, { write: () => undefined }, false));
  const originOf = ({ address }: Running) => address.replace('localhost', '127.0.0.1');
  const running = await startOne();
  const others: Running[] = [];
  const base = originOf(running);

  const enter = async (link: string, email: string, setUp: Input = {}): Promise<Visitor> => {
    const password = `${randomUUID()} no recreio`;
    const token = new URL(link).hash.slice(1);
    outputOf(await overHttp(base, null, accounts.redeemLink, { token, password, ...setUp }));
    const session = outputOf(await overHttp(base, null, accounts.signIn, { email, password, keep: 'token' }));
    const bearer = String(session['token']);
    const { ticket } = outputOf(await overHttp(base, bearer, accounts.ticket, {}));
    const { socket, first } = await greet(base, String(ticket));
    if (first.t !== 'welcome') throw new Error(`greeted with ${first.t}`);
    return { account: (session['me'] as { id: string }).id, token: bearer, socket };
  };

  const address = () => `${randomUUID()}@escola.example`;
  const email = address();
  const administrator = await enter(running.setUpUrl ?? '', email, { name: 'Helena', email, school: 'Escola Aurora' });
  return {
    base,
    administrator,
    student: async (name) => {
      const person = { clientId: clientId(), name, email: address(), role: 'student' };
      const { link } = outputOf(await overHttp(base, administrator.token, administer.invite, person));
      return await enter((link as { url: string }).url, person.email);
    },
    another: async () => {
      const other = await startOne();
      others.push(other);
      return originOf(other);
    },
    close: async () => {
      for (const other of others) await other.stop();
      await running.stop();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
};
