/** The HTTP door: a route for each declared command, derived; no hand-written controllers. It never says whether somebody may. */
import type { Socket } from 'node:net';
import { deny, execute, isDenial, problemOf, type World } from '@recreio/core';
import { type Command, type CommandName, COMMANDS, type Problem } from '@recreio/protocol';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { answerHeaders, lastAnswer } from './headers.ts';
import type { Identification } from './identify.ts';
import { PROBES } from './health.ts';
import { inputOf } from './input.ts';
import { openLeaving } from './leaving.ts';
import { sendPage, serveFiles, wantsPage } from './pages.ts';
import { problemOfError, type Report, type Watch } from './problems.ts';

/** What the HTTP door is made of. */
export interface HttpParts {
  readonly world: World;
  readonly identification: Identification;
  readonly cookie: { readonly name: string; readonly secure: boolean };
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** The built web app; null serves the API alone. */
  readonly webFolder: string | null;
  readonly report: Report;
  readonly watch: Watch;
  /** One line for a finished request: the route's pattern, never the address that was asked for. */
  readonly logged: (line: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly ms: number;
  }) => void;
}

/** Largest JSON body; a CSV of people is the only larger one. */
const BODY_BYTES = 64 * 1024;
const CSV_BYTES = 1_200_000;

/** How long a browser keeps the cookie, in seconds; the session's own end is the server's matter. */
const COOKIE_SECONDS = 400 * 24 * 3600;

const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply => {
  if (problem.retryAfterMs !== undefined)
    reply.header('retry-after', Math.max(1, Math.ceil(problem.retryAfterMs / 1000)));
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem));
};

/** Fastify's own refusals before a handler runs, as problems. */
const problemOfFastify = (error: unknown): Problem | null => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || status === 413) return problemOf(deny('too-large'));
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || status === 415) return problemOf(deny('unsupported-media-type'));
  if (status >= 400 && status < 500)
    return problemOf(deny('malformed', { detail: 'the body is not JSON, or the address not well-formed' }));
  return null;
};

/** Makes the door; it listens when main says so. */
export const httpDoor = ({
  world,
  identification,
  cookie,
  tls,
  webFolder,
  report,
  watch: { refused, turnedAway },
  logged,
}: HttpParts): FastifyInstance => {
  const headers = answerHeaders(cookie.secure);
  // Slow headers are cut (security S62); Node's own limits on size and number stand
  const slow = { headersTimeout: 10_000, maxHeaderSize: 16 * 1024 };
  const app = fastify({
    ...(tls ? { https: { ...slow, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' } } : { http: slow }),
    logger: false,
    trustProxy: false,
    bodyLimit: BODY_BYTES,
    routerOptions: { maxParamLength: 100, ignoreTrailingSlash: false },
    requestTimeout: 60_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    // What is being answered is answered; only what is idle is cut
    forceCloseConnections: 'idle',
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // What the router refuses passes no hook: an address that cannot be decoded, an id that is no id
    frameworkErrors: (error: unknown, _request: FastifyRequest, reply: FastifyReply) => {
      reply.headers(headers);
      sendProblem(reply, problemOfFastify(error) ?? problemOf(deny('malformed')));
    },
    // What is no HTTP: answered without a word of what it was (security S20)
    clientErrorHandler: (_error: unknown, socket: Socket) => {
      if (socket.writable) socket.end(lastAnswer('400 Bad Request', cookie.secure));
      else socket.destroy();
    },
    exposeHeadRoutes: false,
  } as Parameters<typeof fastify>[0]) as unknown as FastifyInstance;

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    // A probe asks by the address of a machine, past the proxy, and learns nothing of the school
    if (PROBES.has(request.routeOptions.url ?? '')) return undefined;
    if (!identification.isAllowedHost(request.headers.host) || !identification.isAllowedPeer(request.raw)) {
      turnedAway('http', 'misdirected');
      return sendProblem(reply, problemOf(deny('misdirected')));
    }
    return undefined;
  });
  app.addHook('onResponse', async (request, reply) => {
    logged({
      method: request.method,
      route: request.routeOptions.url ?? '(none)',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  app.setErrorHandler((error, _request, reply) => {
    const problem = problemOfFastify(error) ?? problemOfError(error, world.newId, report);
    // Indeterminate: no answer at all; the client repeats with its client id
    if (!problem) return reply.hijack().raw.destroy();
    return sendProblem(reply, problem);
  });
  if (webFolder !== null) serveFiles(app, webFolder);
  app.setNotFoundHandler((request, reply) =>
    webFolder !== null && wantsPage(request) ? sendPage(reply) : sendProblem(reply, problemOf(deny('not-found'))),
  );
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if (text === '') return done(null, undefined);
    return app.getDefaultJsonParser('error', 'error')(request, text, done);
  });

  openLeaving(app, { world, identification, sendProblem });
  for (const [name, declared] of Object.entries(COMMANDS)) {
    const command: Command = declared;
    app.route({
      method: command.http.method,
      url: command.http.path,
      bodyLimit: command.name === 'accounts.import' ? CSV_BYTES : BODY_BYTES,
      handler: async (request, reply) => await answer(name as CommandName, command, request, reply),
    });
  }

  const answer = async (
    name: CommandName,
    command: Command,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const caller = await identification.identify(request.raw);
    const changes = command.http.method !== 'GET';
    // What a page of another site can make a browser send with our cookie is refused before it is read (security S10)
    const { origin, 'sec-fetch-site': site } = request.headers;
    const foreign = (origin !== undefined && !identification.isAllowedOrigin(origin)) || site === 'cross-site';
    if (changes && (foreign || (caller.byCookie && origin === undefined))) {
      turnedAway('http', 'not-allowed-origin');
      return sendProblem(reply, problemOf(deny('not-allowed-origin')));
    }
    const query = new URL(request.raw.url ?? '/', 'http://localhost').searchParams;
    const input = inputOf(command, { path: request.params as Record<string, string>, query, body: request.body });
    if (isDenial(input)) return sendProblem(reply, problemOf(input));
    const outcome = await execute(world, caller, name, input);
    if (!outcome.ok) {
      refused(name, outcome.problem, caller.actor?.account ?? null);
      return sendProblem(reply, outcome.problem);
    }
    const keepsToken = (input as { keep?: unknown }).keep === 'token';
    if (outcome.sessionToken !== undefined && !keepsToken) {
      reply.header(
        'set-cookie',
        `${cookie.name}=${outcome.sessionToken}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${COOKIE_SECONDS}${cookie.secure ? '; Secure' : ''}`,
      );
    }
    if (name === 'accounts.signOut') {
      reply.header(
        'set-cookie',
        `${cookie.name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${cookie.secure ? '; Secure' : ''}`,
      );
      reply.header('clear-site-data', '"cache", "storage"');
    }
    return reply
      .code(200)
      .header('cache-control', 'no-store')
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify(outcome.output));
  };
  return app;
};
