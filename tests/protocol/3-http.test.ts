import { beforeAll, expect, it } from 'vitest';
import { ask } from '../raw/http.ts';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { base, codeOf, createRoom, enrol, say } from './school.ts';

let ana: Person;
let room: string;
beforeAll(async () => {
  ana = await enrol('Ana');
  room = await createRoom(ana);
  for (const text of ['um', 'dois', 'três']) await say(ana, room, text);
});
const get = (path: string) => ask(base, 'GET', path, { token: ana.token });

it('[R13] members come from the path, the query or the body, each from its own place and once', async () => {
  const page = await get(`/api/rooms/${room}/messages?limit=2`);
  expect(page.body.messages).toHaveLength(2);
  expect(codeOf(await get(`/api/rooms/${room}/messages?limit=2&limit=3`))).toBe('malformed');
  expect(codeOf(await get(`/api/rooms/${room}/messages?limit=two`))).toBe('malformed');
  expect(codeOf(await get(`/api/rooms/${room}/messages?room=${room}`))).toBe('malformed');
  const post = (path: string, body: object) => ask(base, 'POST', path, { token: ana.token, body });
  expect(codeOf(await post(`/api/rooms/${room}/messages`, { room, clientId: uuidv7(), body: 'oi' }))).toBe('malformed');
  expect(codeOf(await post(`/api/rooms/${room}/messages?body=oi`, { clientId: uuidv7() }))).toBe('malformed');
  expect(codeOf(await post(`/api/rooms/${room}/messages`, { clientId: uuidv7(), body: 'oi' }))).toBe('done');
});

it('[R14] success is 200 with JSON, a refusal its status with application/problem+json', async () => {
  const fine = await get('/api/me');
  expect(fine.status).toBe(200);
  expect(fine.headers.get('content-type')).toMatch(/^application\/json/);
  const refused = await get(`/api/rooms/${uuidv7()}`);
  expect(refused.status).toBe(404);
  expect(refused.body.status).toBe(404);
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const nowhere = await get('/api/nowhere');
  expect(nowhere.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect((await ask(base, 'GET', '/api/me')).status).toBe(401);
});

it('[R15] answers are not to be stored', async () => {
  for (const path of ['/api/me', `/api/rooms/${room}/messages`, `/api/rooms/${uuidv7()}`, '/api/welcome'])
    expect((await get(path)).headers.get('cache-control'), path).toContain('no-store');
});

it('[R56] a request that is meant for somebody else than its credential is nobody’s', async () => {
  const davi = await enrol('Davi');
  const send = (meant: string) =>
    ask(base, 'POST', `/api/rooms/${room}/messages`, {
      token: ana.token,
      headers: { 'recreio-account': meant },
      body: { clientId: uuidv7(), body: 'de quem?' },
    });
  expect(codeOf(await send(davi.account))).toBe('not-signed-in');
  expect(codeOf(await send('not an id'))).toBe('not-signed-in');
  expect(codeOf(await send(ana.account))).toBe('done');
  const bodies = (await get(`/api/rooms/${room}/messages?limit=50`)).body.messages?.map(({ body }) => body);
  expect(bodies?.filter((body) => body === 'de quem?')).toHaveLength(1);
});
