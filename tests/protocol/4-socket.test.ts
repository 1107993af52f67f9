import { beforeAll, expect, it } from 'vitest';
import { makeFolder } from '../process/folder.ts';
import { startServer } from '../process/server.ts';
import { ask } from '../raw/http.ts';
import { connect as connectTo, type Person, setUpSchool } from '../raw/person.ts';
import { NotUpgraded, RawSocket } from '../raw/socket.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { base, codeOf, connect, createRoom, done, enrol, origin, tryTo } from './school.ts';

let ana: Person;
let room: string;
beforeAll(async () => {
  ana = await enrol('Ana');
  room = await createRoom(ana);
});

it('[R16] an upgrade with a cookie needs an Origin of the list; then hello needs no ticket', async () => {
  const entered = await ask(base, 'POST', '/api/sessions', { body: { email: ana.email, password: ana.password } });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  for (const wrong of [{}, { origin: 'http://evil.example' }, { origin: `${origin}.evil.example` }])
    await expect(RawSocket.open(base, { cookie, ...wrong })).rejects.toMatchObject(new NotUpgraded(403));
  const socket = await RawSocket.open(base, { cookie, origin });
  expect(socket.socket.protocol).toBe('recreio.v1');
  expect((await socket.hello()).me?.id).toBe(ana.account);
  socket.close();
});

it('[R17] what is not one JSON object with t in a text message ends the connection with 4400', async () => {
  for (const wrong of ['{"t":', '[]', '"ping"', '{"kind":"ping"}', Buffer.from('{"t":"ping"}')]) {
    const { socket } = await connect(ana);
    socket.send(wrong);
    expect((await socket.end()).code, String(wrong)).toBe(4400);
    expect(socket.frames.at(-1)?.problem?.code, String(wrong)).toBe('malformed-frame');
  }
});

it('[R18] the first frame is hello, once, in a version that is served, with a right credential', async () => {
  const first = await RawSocket.open(base);
  first.send({ t: 'ping' });
  expect((await first.end()).code).toBe(4400);
  const { socket: twice } = await connect(ana);
  twice.send({ t: 'hello', protocol: 1 });
  expect((await twice.end()).code).toBe(4400);
  const { ticket = '' } = await done(ana, 'accounts.ticket', {});
  const future = await RawSocket.open(base);
  future.send({ t: 'hello', protocol: 99, ticket });
  expect((await future.end()).code).toBe(4406);
  for (const given of [{}, { ticket: 'x'.repeat(43) }]) {
    const stranger = await RawSocket.open(base);
    stranger.send({ t: 'hello', protocol: 1, ...given });
    expect((await stranger.end()).code).toBe(4401);
    expect(stranger.frames.some(({ t }) => t === 'welcome')).toBe(false);
  }
});

it('[R18] who says nothing is sent away after limits.helloMs', async () => {
  const silent = await RawSocket.open(base);
  expect((await silent.end(9_000)).code).toBe(4401); // no credential, in time
});

it('[R19] the welcome says who, the epoch, limits, the head of the user stream and every room', async () => {
  const { socket, welcome } = await connect(ana);
  socket.close();
  expect(welcome.me?.id).toBe(ana.account);
  expect(welcome.session).toBe(ana.session);
  expect(welcome.protocol).toBe(1);
  expect(welcome.user?.epoch).toBe(welcome.epoch);
  const { rooms = [] } = await done(ana, 'rooms.mine', {});
  expect(rooms.length).toBeGreaterThan(0);
  expect(welcome.rooms).toEqual(rooms);
});

it('[R20] pipelined commands of one connection to one room take effect in the order sent', async () => {
  const { socket } = await connect(ana);
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, nth) => socket.do('messages.send', { room, clientId: uuidv7(), body: `n ${nth}` })),
  );
  socket.close();
  const seqs = answers.map(({ output }) => output?.seq ?? 0);
  expect(new Set(seqs).size).toBe(30);
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
});

it('[R21] [D23] more commands without an answer than the limit are refused, and write nothing', async () => {
  const own = await createRoom(ana);
  const { socket } = await connect(ana);
  const answers = await Promise.all(
    Array.from({ length: 120 }, (_, nth) =>
      socket.do('messages.send', { room: own, clientId: uuidv7(), body: `n ${nth}` }),
    ),
  );
  socket.close();
  const refused = answers.filter(({ t }) => t === 'refused');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every(({ problem }) => problem?.code === 'too-many-commands')).toBe(true);
  const { mine } = await done(ana, 'rooms.get', { room: own });
  expect(mine?.ordinal).toBe(120 - refused.length);
});

it('[R22] [D23] a frame over the limit closes with 1009, invalid UTF-8 with 1007, a flood with 4029', async () => {
  const { socket: big, welcome } = await connect(ana);
  big.send(
    JSON.stringify({
      t: 'do',
      id: 1,
      command: 'messages.send',
      input: 'x'.repeat(welcome.limits?.['frameBytes'] ?? 0),
    }),
  );
  expect((await big.end()).code).toBe(1009);
  const { socket: broken } = await connect(ana);
  broken.socket.send(Buffer.from([0x7b, 0xff, 0xfe]), { binary: false });
  expect((await broken.end()).code).toBe(1007);
  const { socket: flood } = await connect(ana);
  for (let nth = 0; nth < 20_000 && !flood.closed; nth++) flood.send('{"t":"ping"}');
  expect((await flood.end()).code).toBe(4029);
});

it('[R23] ping is answered with pong', async () => {
  const { socket } = await connect(ana);
  socket.send({ t: 'ping' });
  expect((await socket.until(({ t }) => t === 'pong')).t).toBe('pong');
  socket.close();
});

it('[R24] [R25] a server that ends says goaway, answers what it was asked, and closes with a code that means come back', async () => {
  const folder = makeFolder('goaway');
  const server = await startServer({
    dataDir: `${folder.path}/data`,
    masterKeyFile: `${folder.path}/key`,
    env: { RECREIO_PRODUCTION: '1', RECREIO_QUOTA_FACTOR: '1000' },
  });
  try {
    const administrator = await setUpSchool(server.url, server.setUpToken ?? '');
    const { socket } = await connectTo(server.url, administrator);
    const created = await socket.do('rooms.create', { clientId: uuidv7(), kind: 'topic', title: 'Sala' });
    const sends = Array.from({ length: 20 }, (_, nth) =>
      socket
        .do('messages.send', { room: created.output?.room?.id, clientId: uuidv7(), body: `n ${nth}` })
        .catch(() => null),
    );
    server.kill('SIGTERM');
    expect((await socket.until(({ t }) => t === 'goaway')).retryAfterMs).toBeGreaterThanOrEqual(0);
    // What a busy server has not read when it closes was not asked of it: that is the end of the row, and nothing is refused
    const answers = (await Promise.all(sends)).map((answer) => answer?.t);
    const answered = answers.filter((t) => t !== undefined);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered).toEqual(answered.map(() => 'done'));
    expect(answers.slice(0, answered.length)).toEqual(answered);
    const { code } = await socket.end(40_000);
    expect(code === 1001 || code === 1012 || (code >= 4000 && code < 4400)).toBe(true);
    expect(await server.gone).toEqual({ code: 0, signal: null });
  } finally {
    await server.stop();
    folder.remove();
  }
});

it('[R24] who is signed out is closed with a code that means do not come back', async () => {
  const guest = await enrol('Visita');
  const { socket } = await connect(guest);
  expect(codeOf(await tryTo(guest, 'accounts.revokeSession', { session: guest.session }))).toBe('done');
  const { code } = await socket.end();
  expect(code).toBeGreaterThanOrEqual(4400);
});
