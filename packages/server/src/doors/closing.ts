/** The end of the HTTP door: what is being answered is answered, and nobody can hold it open. */
import type { FastifyInstance } from 'fastify';

/**
 * Closes the door; resolves when it is closed. A server that closes enforces no timeout any more (Node stops looking at them),
 * so half a request, or an answer that nobody reads, would keep everything behind it from being put away: after `withinMs`
 * its connection is cut.
 */
export const closeWithin = async (app: FastifyInstance, withinMs: number): Promise<void> => {
  const timer = setTimeout(() => app.server.closeAllConnections(), withinMs);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
};
