import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { wantsPage } from './pages.ts';

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
