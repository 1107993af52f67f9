import { beforeAll, expect, it } from 'vitest';
import { ask, type Answer } from '../raw/http.ts';
import { type Person, signIn } from '../raw/person.ts';
import { RawSocket } from '../raw/socket.ts';
import { administrator, base, codeOf, connect, done, enrol, origin, tryTo } from './school.ts';

let ana: Person;
beforeAll(async () => {
  ana = await enrol('Ana');
});

const enter = (keep?: string): Promise<Answer> =>
  ask(base, 'POST', '/api/sessions', { body: { email: ana.email, password: ana.password, ...(keep ? { keep } : {}) } });
const cookieOf = ({ headers }: Answer): string => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';

it('[R8] signing in sets an HttpOnly cookie and no token, or brings a token and sets no cookie', async () => {
  const withCookie = await enter();
  expect(withCookie.status).toBe(200);
  expect(withCookie.headers.get('set-cookie')).toMatch(/HttpOnly/i);
  expect(withCookie.headers.get('set-cookie')).toMatch(/SameSite=(Lax|Strict)/i);
  expect(withCookie.body.token).toBeUndefined();
  expect((await ask(base, 'GET', '/api/me', { cookie: cookieOf(withCookie) })).status).toBe(200);
  const withToken = await enter('token');
  expect(withToken.headers.get('set-cookie')).toBeNull();
  expect((await ask(base, 'GET', '/api/me', { token: withToken.body.token ?? '' })).status).toBe(200);
  expect(
    codeOf(await ask(base, 'POST', '/api/sessions', { body: { email: ana.email, password: 'não é esta senha' } })),
  ).toBe('wrong-credentials');
});

it('[R8] a browser has one person: with a new cookie the session of the old one ends, also when somebody else signs in', async () => {
  const bruno = await enrol('Bruno');
  const enterAgain = ({ email, password }: Person, cookie: string, keep = 'cookie') =>
    ask(base, 'POST', '/api/sessions', { cookie, origin, body: { email, password, keep } });
  const knows = async (cookie: string) => (await ask(base, 'GET', '/api/me', { cookie })).status;
  const first = cookieOf(await enter());
  // A token beside it takes the place of nothing
  expect((await enterAgain(bruno, first, 'token')).status).toBe(200);
  expect(await knows(first)).toBe(200);
  const second = cookieOf(await enterAgain(bruno, first));
  expect([await knows(first), await knows(second)]).toEqual([401, 200]);
  expect((await ask(base, 'GET', '/api/me', { token: ana.token })).status).toBe(200);
  // Nor is a script's session in the way of a cookie that it has made
  const { token = '' } = (await enter('token')).body;
  const { email, password } = bruno;
  expect((await ask(base, 'POST', '/api/sessions', { token, body: { email, password } })).status).toBe(200);
  expect((await ask(base, 'GET', '/api/me', { token })).status).toBe(200);
});

it('[R9] no credential is accepted in a URL', async () => {
  for (const name of ['token', 'access_token', 'authorization', 'session']) {
    const answer = await ask(base, 'GET', `/api/me?${name}=${ana.token}`);
    expect(answer.status, name).not.toBe(200);
    expect(answer.text).not.toContain(ana.token);
  }
  const { ticket = '' } = await done(ana, 'accounts.ticket', {});
  // Nor beside the subprotocol, where some put it
  const socket = await RawSocket.open(base, { protocols: ['recreio.v1', ticket] });
  socket.send({ t: 'hello', protocol: 1 });
  expect((await socket.end()).code).toBe(4401);
});

it('[R10] a change with the cookie needs an allowed Origin and JSON; a bearer token comes without', async () => {
  const cookie = cookieOf(await enter());
  const patch = (asking: { origin?: string; type?: string }) =>
    ask(base, 'PATCH', '/api/me', { cookie, body: { language: 'en' }, ...asking });
  expect(codeOf(await patch({}))).toBe('not-allowed-origin');
  expect(codeOf(await patch({ origin: 'http://evil.example' }))).toBe('not-allowed-origin');
  expect(codeOf(await patch({ origin: `${origin}0` }))).toBe('not-allowed-origin');
  expect(codeOf(await patch({ origin: 'null' }))).toBe('not-allowed-origin');
  expect(codeOf(await patch({ origin, type: 'text/plain' }))).toBe('unsupported-media-type');
  const before = await ask(base, 'GET', '/api/me', { cookie });
  expect(before.text).toContain('"language":"pt-BR"');
  expect(codeOf(await patch({ origin }))).toBe('done');
  expect(codeOf(await ask(base, 'PATCH', '/api/me', { token: ana.token, body: { language: 'pt-BR' } }))).toBe('done');
});

it('[R11] a ticket opens one socket, however many try at once', async () => {
  const { ticket = '' } = await done(ana, 'accounts.ticket', {});
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const socket = await RawSocket.open(base);
      const welcome = await socket.hello({ ticket }).catch(() => null);
      const code = welcome ? 0 : (await socket.end()).code;
      socket.close();
      return code;
    }),
  );
  expect(outcomes.filter((code) => code === 0)).toHaveLength(1);
  expect(outcomes.filter((code) => code === 4401)).toHaveLength(7);
});

it('[R12] after a session is revoked its requests are refused and its sockets closed with 4401 within 2 s', async () => {
  const other = { ...ana, ...(await signIn(base, ana.email, ana.password)) };
  const { socket } = await connect(other);
  expect((await tryTo(other, 'accounts.me', {})).status).toBe(200);
  await done(ana, 'accounts.revokeSession', { session: other.session });
  const answered = performance.now();
  expect(codeOf(await tryTo(other, 'accounts.me', {}))).toBe('not-signed-in');
  expect((await socket.end()).code).toBe(4401);
  expect(performance.now() - answered).toBeLessThan(2_000);
});

it('[R12] after an account is disabled its requests are refused and its sockets closed with 4401', async () => {
  const gone = await enrol('Gone');
  const { socket } = await connect(gone);
  await done(administrator, 'accounts.disable', { account: gone.account, reason: 'ensaio' });
  expect(codeOf(await tryTo(gone, 'accounts.me', {}))).toBe('not-signed-in');
  expect((await socket.end()).code).toBe(4401);
  expect(
    codeOf(await ask(base, 'POST', '/api/sessions', { body: { email: gone.email, password: gone.password } })),
  ).toBe('wrong-credentials');
});
