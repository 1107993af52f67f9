import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { as, connect, createRoom, done, enrol, type Person, say, setUpSchool } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { makeFolder } from './folder.ts';
import { type ServerProcess, startServer } from './server.ts';

const MIB = 1024 * 1024;
const RESERVE_MIB = 48;

/** A disk of its own needs root, on Linux. */
const small = makeFolder('small-disk');
const disk = join(small.path, 'disk');
mkdirSync(disk);
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=320m,mode=0711', 'tmpfs', disk]).status === 0;
if (!isMounted) process.stderr.write('SKIPPED: [D31] on a small disk, which only root can make here.\n');

let server: ServerProcess;
let helena: Person;
let ana: Person;
let room: string;

const start = () =>
  startServer({
    dataDir: join(disk, 'data'),
    masterKeyFile: join(small.path, 'master.key'),
    env: { RECREIO_PRODUCTION: '1', RECREIO_QUOTA_FACTOR: '1000', DISK_RESERVE_MIB: String(RESERVE_MIB) },
  });

const free = (): number => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};

const ballast = join(disk, 'ballast');

/** Fills the disk until only so much is free. */
const leave = (bytes: number): void => {
  const file = openSync(ballast, 'a');
  const chunk = Buffer.alloc(64 * 1024, 1);
  try {
    while (free() > bytes) {
      const left = free() - bytes;
      if (writeSync(file, chunk.subarray(0, Math.min(chunk.length, left))) === 0) break;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
};

const readyz = async (): Promise<{ status: number; degraded: string[] | undefined }> => {
  const answer = await fetch(`${server.url}/readyz`);
  const { degraded } = (await answer.json()) as { degraded?: string[] };
  return { status: answer.status, degraded };
};

/** Sends and says what came of it: its id, or the code of the refusal. */
const tries = async (body: string): Promise<string> => {
  const answer = await as(server.url, ana, 'messages.send', { room, clientId: uuidv7(), body });
  return answer.status === 200 ? (answer.body.id ?? '') : `${answer.status} ${answer.body.code}`;
};

describe.skipIf(!isMounted)('[D31] a small disk', () => {
  beforeAll(async () => {
    chmodSync(small.path, 0o711);
    server = await start();
    helena = await setUpSchool(server.url, server.setUpToken ?? '');
    ana = await enrol(server.url, helena, { name: 'Ana' });
    room = await createRoom(server.url, helena);
    await done(server.url, helena, 'members.add', { room, account: ana.account, role: 'member', clientId: uuidv7() });
  }, 120_000);
  afterEach(() => rmSync(ballast, { force: true }));
  afterAll(async () => {
    await server.stop();
    spawnSync('umount', [disk]);
    small.remove();
  });

  test('within the reserve takes no new message, answers repeats, and lets people read, remove and moderate', async () => {
    const { id } = await say(server.url, ana, room, 'cabe');
    const repeated = { room, clientId: uuidv7(), body: 'de novo' };
    const first = await done(server.url, ana, 'messages.send', repeated);
    expect(free()).toBeGreaterThan((RESERVE_MIB + 8) * MIB); // the premise
    leave((RESERVE_MIB - 8) * MIB);
    await expect.poll(() => tries('não cabe'), { timeout: 10_000 }).toBe('507 storage-full');
    const { socket } = await connect(server.url, ana);
    const refused = await socket.do('messages.send', { room, clientId: uuidv7(), body: 'recusada' });
    expect(refused.problem).toMatchObject({ code: 'storage-full', status: 507, retry: 'later' });
    socket.socket.terminate();
    expect(await done(server.url, ana, 'messages.send', repeated)).toMatchObject({ id: first.id, duplicate: true });
    const page = await done(server.url, ana, 'messages.page', { room, limit: 50 });
    expect(page.messages?.map(({ body }) => body)).not.toContain('recusada');
    expect(
      (await done(server.url, helena, 'messages.remove', { room, message: id, clientId: uuidv7() })).seq,
    ).toBeGreaterThan(0);
    const mute = { room, account: ana.account, clientId: uuidv7(), reason: 'ensaio', seconds: 1 };
    expect((await done(server.url, helena, 'members.mute', mute)).seq).toBeGreaterThan(0);
    expect(await readyz()).toMatchObject({ status: 200, degraded: ['disk'] });

    rmSync(ballast);
    await expect.poll(() => tries('cabe de novo'), { timeout: 10_000 }).toMatch(/^[0-9a-f-]{36}$/u);
    expect((await readyz()).degraded).toBeUndefined();
  });

  test('filled to the last byte when the database dies waits for space with the database, and loses nothing that was answered', async () => {
    await expect.poll(() => tries('há espaço'), { timeout: 15_000 }).toMatch(/^[0-9a-f-]{36}$/u);
    const answered: string[] = [];
    for (let i = 0; i < 20; i++) answered.push((await say(server.url, ana, room, `e antes ${i}`)).id);
    const said = server.output().length;
    leave(0);
    const [postmaster] = readFileSync(join(disk, 'data/postgres/postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(postmaster), 'SIGKILL');
    await expect.poll(() => server.output().slice(said), { timeout: 30_000 }).toMatch(/No space left on device/u);
    await expect.poll(() => server.output().slice(said), { timeout: 30_000 }).toMatch(/The disk is full/u);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect(await tries('agora não')).toMatch(/^50[37] /u);
    rmSync(ballast);
    await expect.poll(() => tries('cabe').catch(() => 'lost'), { timeout: 30_000 }).toMatch(/^[0-9a-f-]{36}$/u);
    const page = await done(server.url, ana, 'messages.page', { room, limit: 100 });
    const there = new Set(page.messages?.map(({ id }) => id));
    expect(answered.filter((id) => !there.has(id))).toEqual([]);
  });

  test('filled to the last byte loses nothing that was answered, and goes on by itself when there is space', async () => {
    await expect.poll(() => tries('há espaço'), { timeout: 15_000 }).toMatch(/^[0-9a-f-]{36}$/u);
    const answered: string[] = [];
    for (let i = 0; i < 20; i++) answered.push((await say(server.url, ana, room, `antes ${i}`)).id);
    // What the reserve keeps others from doing, something else on the disk does. Removals write all the same
    leave(0);
    expect(free()).toBeLessThan(MIB);
    const outcomes: number[] = [];
    for (let i = 0; i < 2_000 && outcomes.at(-1) !== 507; i++) {
      const settings = { room, description: `${i} ${'x'.repeat(400)}`, clientId: uuidv7() };
      outcomes.push((await as(server.url, helena, 'rooms.update', settings)).status);
    }
    expect(outcomes.at(-1)).toBe(507);
    expect(await tries('não cabe')).not.toMatch(/^[0-9a-f-]{36}$/u);

    rmSync(ballast);
    await expect.poll(() => tries('cabe').catch(() => 'lost'), { timeout: 30_000 }).toMatch(/^[0-9a-f-]{36}$/u);
    const there = async () =>
      new Set((await done(server.url, ana, 'messages.page', { room, limit: 100 })).messages?.map(({ id }) => id));
    const now = await there();
    expect(answered.filter((id) => !now.has(id))).toEqual([]);
    await server.stop();
    expect((await server.gone).code).toBe(0);
    server = await start();
    const later = await there();
    expect(answered.filter((id) => !later.has(id))).toEqual([]);
  });
});
