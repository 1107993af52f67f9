import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendPage, serveFiles, wantsPage } from './pages.ts';

const asks = (method: string, url: string, accept?: string) =>
  wantsPage({ method, url, headers: accept === undefined ? {} : { accept } } as FastifyRequest);

it.each([
  ['a browser at the root', 'GET', '/', 'text/html,*/*;q=0.8', true],
  ['a browser at an address of the app', 'GET', '/sala/a', 'text/html,*/*;q=0.8', true],
  ['curl at the root', 'GET', '/', '*/*', true],
  ['a probe at the root, which says nothing', 'GET', '/', undefined, true],
  ['the root with a query', 'GET', '/?utm=1', '*/*', true],
  ['a script of an older release', 'GET', '/assets/index-a1.js', '*/*', false],
  ['a program that wants JSON', 'GET', '/', 'application/json', false],
  ['the API', 'GET', '/api/nothing', 'text/html', false],
  ['anything but reading', 'POST', '/', '*/*', false],
])('a page for %s: %s %s', (_, method, url, accept, wanted) => {
  expect(asks(method, url, accept)).toBe(wanted);
});

describe('the files of the app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recreio-pages-'));
  const files = {
    'index.html': '<!doctype html><title>Recreio</title>',
    'sw.js': 'addEventListener("push", () => {});',
    'assets/talk-a1.js': 'export const sala = 1;',
  };
  let app: FastifyInstance;

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), content);
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
      writeFileSync(join(folder, `${name}.gz`), gzipSync(content));
    }
    writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    app = Fastify();
    serveFiles(app, folder);
    app.get('/', (_request, reply) => sendPage(reply));
    await app.ready();
  });
  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true });
  });

  const get = (url: string, encoding?: string) =>
    app.inject({ url, headers: encoding === undefined ? {} : { 'accept-encoding': encoding } });

  it.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
  ] as const)('come compressed to who takes %s', async (accepted, encoding, open) => {
    for (const [path, name, type] of [
      ['/', 'index.html', 'text/html'],
      ['/sw.js', 'sw.js', 'javascript'],
      ['/assets/talk-a1.js', 'assets/talk-a1.js', 'javascript'],
    ] as const) {
      const { headers, rawPayload } = await get(path, accepted);
      expect(headers['content-encoding'], path).toBe(encoding);
      expect(headers.vary, path).toMatch(/accept-encoding/iu);
      expect(headers['content-type'], path).toContain(type);
      expect(open(rawPayload).toString(), path).toBe(files[name]);
    }
  });

  it.each([['br'], ['identity'], [undefined]])('keep their policy and how long they last (%s)', async (accepted) => {
    const worker = await get('/sw.js', accepted);
    expect(worker.headers['content-security-policy']).toContain("default-src 'none'; connect-src 'self'");
    expect(worker.headers['cache-control']).toBe('no-cache');
    expect((await get('/assets/talk-a1.js', accepted)).headers['cache-control']).toContain('immutable');
  });

  it('come as they are to who takes nothing else, or where there is no copy', async () => {
    const plain = await get('/assets/talk-a1.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe(files['assets/talk-a1.js']);
    const picture = await get('/icon.svg', 'br');
    expect(picture.statusCode).toBe(200);
    expect(picture.headers['content-encoding']).toBeUndefined();
  });

  it('are not to be had under the names of their copies', async () => {
    for (const end of ['br', 'gz']) expect((await get(`/assets/talk-a1.js.${end}`)).statusCode).toBe(404);
  });
});
