import { beforeAll, expect, it } from 'vitest';
import { ask } from '../raw/http.ts';
import type { Person } from '../raw/person.ts';
import { administrator, base, codeOf, connect, createRoom, done, enrol, tryTo } from './school.ts';

let ana: Person;
beforeAll(async () => {
  ana = await enrol('Ana');
});

it('[R57] welcome and school.get tell the school; a change by an administrator reaches open sockets, others’ are refused', async () => {
  const { socket, welcome } = await connect(ana);
  const before = await done(ana, 'school.get', {});
  expect(welcome.school).toEqual(before);
  const accent = before.accent === '#005533' ? '#553300' : '#005533';
  expect(codeOf(await tryTo(ana, 'school.update', { version: before.version, accent }))).toBe('not-allowed');
  const after = await done(administrator, 'school.update', { version: before.version, accent });
  expect(after).toEqual({ ...before, version: (before.version ?? 0) + 1, accent });
  const { school } = await socket.until(({ t }) => t === 'school');
  expect(school).toEqual(after);
  expect(codeOf(await tryTo(administrator, 'school.update', { version: before.version, accent: null }))).toBe('stale');
  const { body } = await ask(base, 'GET', '/api/welcome');
  expect(body.look?.accent).toBe(accent);
  socket.close();
});

it('[R57] who wishes so is spoken to in each language that is offered, and in no other', async () => {
  const { text } = await ask(base, 'GET', '/api/welcome');
  expect(text).toContain('"offered":["pt-BR","en","es"]');
  for (const language of ['es', 'en', 'pt-BR'])
    expect((await tryTo(ana, 'accounts.updateMe', { language })).text).toContain(`"language":"${language}"`);
  const { version } = await done(ana, 'school.get', {});
  for (const language of ['fr', 'ES', 'es-MX', '']) {
    expect(codeOf(await tryTo(ana, 'accounts.updateMe', { language }))).toBe('malformed');
    const languages = { offered: ['pt-BR', language], default: 'pt-BR' };
    expect(codeOf(await tryTo(administrator, 'school.update', { version, languages }))).toBe('malformed');
  }
});

it('[R58] a picture that is none is refused, and who is at the door may see the one there is', async () => {
  const { version } = await done(ana, 'school.get', {});
  for (const png of ['AAAA', Buffer.from('<svg onload="alert(1)"/>').toString('base64')])
    expect(codeOf(await tryTo(administrator, 'school.setLogo', { version, png }))).toBe('bad-picture');
  const { status, body } = await ask(base, 'GET', '/api/school/logo');
  expect([status, body.png]).toEqual([200, null]);
});

it('[R59] the record of privileged acts is for administrators, and says who changed what from what to what', async () => {
  expect(codeOf(await tryTo(ana, 'audit.list', {}))).toBe('not-allowed');
  const school = await done(ana, 'school.get', {});
  await done(administrator, 'school.update', { version: school.version, name: `${school.name} II` });
  const { entries = [], next } = await done(administrator, 'audit.list', { act: 'school.', limit: 1 });
  expect(entries[0]).toMatchObject({
    act: 'school.update',
    actor: { id: administrator.account },
    detail: { name: { from: school.name, to: `${school.name} II` } },
  });
  expect(next).toBe(entries[0]?.number);
  await done(administrator, 'school.update', { version: (school.version ?? 0) + 1, name: school.name });
});

it('[R121] administrators list rooms without their talk, end people’s devices, and see how the installation is; others do not', async () => {
  const davi = await enrol('Davi');
  for (const [name, input] of [
    ['rooms.all', {}],
    ['health.get', {}],
    ['accounts.sessionsOf', { account: ana.account }],
    ['accounts.endSessionsOf', { account: ana.account }],
  ] as const)
    expect(codeOf(await tryTo(davi, name, input)), name).toBe('not-allowed');
  const room = await createRoom(davi, { title: 'Sala do Davi' });
  const { rooms = [] } = await done(administrator, 'rooms.all', { text: 'sala do davi' });
  expect(rooms.map((one) => Reflect.get(one, 'id'))).toEqual([room]);
  expect(codeOf(await tryTo(administrator, 'messages.page', { room }))).toBe('not-found');
  const { text } = await tryTo(administrator, 'health.get', {});
  expect(JSON.parse(text)).toMatchObject({ protocol: 1, bus: { up: true } });
  expect(text).not.toContain('Sala do Davi');
  const { socket } = await connect(davi);
  const { sessions = [] } = await done(administrator, 'accounts.sessionsOf', { account: davi.account });
  expect(sessions.map(({ id }) => id)).toContain(davi.session);
  expect(codeOf(await tryTo(administrator, 'accounts.endSessionsOf', { account: davi.account }))).toBe('done');
  expect((await socket.end()).code).toBe(4401);
  expect(codeOf(await tryTo(davi, 'accounts.me', {}))).toBe('not-signed-in');
});
