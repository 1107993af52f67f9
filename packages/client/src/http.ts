/** Commands over HTTP, built from their declarations ([R13], [R14]): no address is written by hand. */
import { type Command, COMMANDS, type CommandName, type Problem } from '@recreio/protocol';
import type { Clock } from './clock.ts';
import { NoAnswerError, ProblemError } from './errors.ts';

/** The part of `fetch` that the SDK uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request, before an address and credentials are put to it. */
export interface HttpRequest {
  readonly method: string;
  /** With its query, from `/`. */
  readonly path: string;
  /** Absent where the method has none. */
  readonly body?: string;
}

type Members = Readonly<Record<string, unknown>>;

/** The query or path form of a member: strings as they are, numbers and booleans as JSON writes them ([R13]). */
const inAddress = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * The request for a command: members named in the path go there, for GET and DELETE the others to the query
 * (a list as a repeated key), for other methods to the JSON body ([R13]).
 */
export const requestFor = (command: Command, input: Members): HttpRequest => {
  const left = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = command.http.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = left.get(name);
    if (value === undefined) throw new TypeError(`${command.name} needs the member "${name}"`);
    left.delete(name);
    return encodeURIComponent(inAddress(value));
  });
  const { method } = command.http;
  if (method !== 'GET' && method !== 'DELETE') return { method, path, body: JSON.stringify(Object.fromEntries(left)) };
  const query = new URLSearchParams();
  for (const [name, value] of left) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, inAddress(one));
  }
  return { method, path: query.size === 0 ? path : `${path}?${query}` };
};

/** What an HTTP caller needs. */
export interface HttpOptions {
  /** Where the server is, without a path. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** The bearer token of a program; undefined in a browser with a cookie. */
  token(): string | undefined;
  readonly cookies: boolean;
  /** Whom the requests are meant for, once it is known ([R56]): another tab may have signed somebody else in. */
  account(): string | undefined;
}

/** Longer than the 10 s in which the server answers whatever its database does (contract D30). */
const ANSWER_MS = 20_000;

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && 'retry' in value;

/** Sends a command over HTTP once. Refusals are `ProblemError`, everything without an answer is `NoAnswerError`. */
export const createHttp =
  (options: HttpOptions) =>
  async (name: CommandName, input: Members): Promise<unknown> => {
    const { method, path, body } = requestFor(COMMANDS[name], input);
    const token = options.token();
    const account = options.account();
    const headers: Record<string, string> = { accept: 'application/json, application/problem+json' };
    // DELETE carries the type too, though it has no body: with a cookie the server insists on it ([R10])
    if (method !== 'GET') headers['content-type'] = 'application/json';
    if (account !== undefined) headers['recreio-account'] = account;
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const stop = new AbortController();
    const timer = options.clock.after(ANSWER_MS, () => stop.abort());
    let response: Response;
    let text: string;
    try {
      response = await options.fetch(options.url + path, {
        method,
        headers,
        credentials: options.cookies ? 'include' : 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: stop.signal,
        ...(body === undefined ? {} : { body }),
      });
      text = await response.text();
    } catch (cause) {
      throw new NoAnswerError(`${name} had no answer`, { cause });
    } finally {
      options.clock.cancel(timer);
    }
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch (cause) {
      throw new NoAnswerError(`${name} was answered by something else with status ${response.status}`, { cause });
    }
    if (response.ok) return answer;
    if (isProblem(answer)) throw new ProblemError(answer);
    throw new NoAnswerError(`${name} was answered by something else with status ${response.status}`);
  };
