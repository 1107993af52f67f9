/** The web app's pages: static files, and the same page for every address of it. Its Content-Security-Policy is exact (security S12, S13). */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where the built web app is, or null when it is not built. */
export const builtPages = (): string | null => {
  const folder = fileURLToPath(new URL('../../../../apps/web/dist/', import.meta.url));
  return existsSync(`${folder}index.html`) ? folder : null;
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  // The app's one policy (packages/ui/src/runnable.ts): it lets through addresses of the app's own files
  'trusted-types recreio',
].join('; ');

/** The service worker fetches what the app is made of, tells us that something was read, and shows notifications with our pictures; it loads no code. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'; img-src 'self'";

/**
 * Serves the files of the app, to who takes it the compressed copy that the build laid beside a file. Hashed assets may be kept for
 * good, everything else is asked for again.
 */
export const serveFiles = (app: FastifyInstance, folder: string): void => {
  void app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    globIgnore: ['**/*.br', '**/*.gz'],
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      if (/\/sw\.js(?:\.br|\.gz)?$/u.test(path)) reply.header('content-security-policy', WORKER_POLICY);
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};

/**
 * Whether a request that no route answers wants a page of the app. At the root that is who takes anything, too: `curl` and the
 * probes of proxies ask so. Elsewhere a script or a picture of an older release asks so, and must not be given a page.
 */
export const wantsPage = ({ method, url, headers: { accept = '*/*' } }: FastifyRequest): boolean =>
  method === 'GET' &&
  !url.startsWith('/api/') &&
  (accept.includes('text/html') || (accept.includes('*/*') && /^\/(?:\?|$)/u.test(url)));

/** The page. */
export const sendPage = (reply: FastifyReply): FastifyReply =>
  reply
    .header('content-security-policy', POLICY)
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .sendFile('index.html');
