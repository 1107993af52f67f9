/**
 * How a mail program leaves the mails of what was missed by one press (RFC 8058), as its person: without a session, a cookie or a
 * page. The address is named in the mail's header; it opens nothing but this way out, and what is logged of it is its pattern.
 */
import { deny, execute, problemOf, type World } from '@recreio/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identification } from './identify.ts';
import type { Problem } from '@recreio/protocol';

/** What the door is made with. */
export interface LeavingParts {
  readonly world: World;
  readonly identification: Identification;
  readonly sendProblem: (reply: FastifyReply, problem: Problem) => FastifyReply;
}

const ADDRESS = '/api/digest/leave/:token';
/** What a mail program sends is one pair, as a form or as parts of one (§3.2). */
const BODY_BYTES = 2048;
const ONE_CLICK = /List-Unsubscribe"?(?:=|\r?\n\r?\n)One-Click/u;

const tokenOf = (request: FastifyRequest): string => (request.params as { readonly token: string }).token;

/** Opens the door beside those of the commands. */
export const openLeaving = (app: FastifyInstance, { world, identification, sendProblem }: LeavingParts): void => {
  void app.register(async (door) => {
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
      door.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body));

    door.post(ADDRESS, { bodyLimit: BODY_BYTES }, async (request, reply) => {
      // Whoever only opens addresses, to look at what is there, leaves nobody
      if (typeof request.body !== 'string' || !ONE_CLICK.test(request.body))
        return sendProblem(reply, problemOf(deny('malformed', { detail: 'List-Unsubscribe=One-Click is expected' })));
      const caller = { actor: null, address: identification.addressOf(request.raw), device: '' };
      const outcome = await execute(world, caller, 'digest.leave', { token: tokenOf(request) });
      if (!outcome.ok) return sendProblem(reply, outcome.problem);
      return reply.code(200).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('');
    });

    // A program that knows nothing of one press opens it: the page asks the person, and the token is in no address it asks for
    door.get(ADDRESS, async (request, reply) =>
      reply.header('cache-control', 'no-store').redirect(`/sem-emails#${encodeURIComponent(tokenOf(request))}`, 303),
    );
  });
};
