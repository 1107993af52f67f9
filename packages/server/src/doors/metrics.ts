/** The door for monitoring: a port of its own, never the one that people reach, and a token where others could reach it (security S70). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** What the door is made of. */
export interface MetricsParts {
  readonly port: number;
  readonly host: string;
  /** A file whose first line is the token; null where only this machine can ask. */
  readonly tokenFile: string | null;
  readonly text: () => string;
}

/** RFC 6750 §2.1. A token that is guessed needs entropy: shorter ones are refused at the start. */
const TOKEN_CHARACTERS = 16;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const readToken = (file: string): Buffer => {
  const token = readFileSync(file, 'utf8').split('\n', 1)[0]?.trim() ?? '';
  if (token.length < TOKEN_CHARACTERS)
    throw new Error(`METRICS_TOKEN_FILE: ${file} must begin with a line of at least ${TOKEN_CHARACTERS} characters.`);
  return digest(token);
};

/** Listens; resolves with the port. `close` at the end. */
export const metricsDoor = async ({ port, host, tokenFile, text }: MetricsParts) => {
  const wanted = tokenFile === null ? null : readToken(tokenFile);
  const isAllowed = (authorization: string | undefined): boolean => {
    if (wanted === null) return true;
    const given = /^Bearer (\S+)$/u.exec(authorization ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given), wanted);
  };
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 10_000 }, (request, response) => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    if (request.url?.split('?', 1)[0] !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    if (!isAllowed(request.headers.authorization)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text());
  });
  server.listen({ port, host });
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async (): Promise<void> => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
