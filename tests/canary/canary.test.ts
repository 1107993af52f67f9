import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SharedPostgres, startPostgres } from '../process/postgres.ts';
import { type Folder, makeFolder } from '../process/folder.ts';
import { type ServerProcess, startServer } from '../process/server.ts';
import { connect, createRoom, done, type Person, say, setUpSchool } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';

let postgres: SharedPostgres | undefined;
let folder: Folder | undefined;
let server: ServerProcess | undefined;
let ana: Person;
beforeAll(async () => {
  postgres = await startPostgres();
  folder = makeFolder('canary');
  server = await startServer({
    dataDir: `${folder.path}/data`,
    databaseUrl: postgres.url,
    masterKeyFile: `${folder.path}/keys/master.key`,
    env: { RECREIO_PRODUCTION: '1', RECREIO_QUOTA_FACTOR: '1000', LOG_LEVEL: 'debug' },
  });
  ana = await setUpSchool(server.url, server.setUpToken ?? '');
});
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
  folder?.remove();
});

/** A text of 24 bytes that occurs nowhere by chance. */
const canary = (): string => `canario${randomBytes(9).toString('hex').slice(0, 17)}`;

/** The forms in which a text may lie somewhere; base64 at each of the three offsets it can start at. */
const formsOf = (text: string): Buffer[] => {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last letters mix with their neighbours' bits
    return encoded.slice(offset === 0 ? 0 : 4, -2);
  });
  return [
    bytes,
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    ...base64.map((form) => Buffer.from(form)),
    ...base64.map((form) => Buffer.from(form.replaceAll('+', '-').replaceAll('/', '_'))),
  ];
};

/** The files below folders in which a text lies in any form, and how many were searched. */
const search = (folders: readonly string[], text: string): { found: string[]; files: number } => {
  const forms = formsOf(text);
  const found: string[] = [];
  let files = 0;
  for (const base of folders)
    for (const name of readdirSync(base, { recursive: true })) {
      const path = join(base, String(name));
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
      files += 1;
      const content = readFileSync(path);
      if (forms.some((form) => content.includes(form))) found.push(path.slice(base.length));
    }
  return { found, files };
};

const flushed = async (): Promise<string[]> => {
  await postgres?.query('CHECKPOINT');
  return [postgres?.dataDir ?? '', folder?.path ?? ''];
};

it('[E1] a text sent, edited and replied with lies nowhere: not in the data, the log of writes, our own log or what a crash says', async () => {
  if (!server || !postgres) throw new Error('there is no server');
  const base = server.url;
  const title = canary();
  const room = await createRoom(base, ana, { title });
  const [sent, edited, replied, long] = [canary(), canary(), canary(), canary()];
  const { socket } = await connect(base, ana);
  await socket.subscribe(room);
  const first = await say(base, ana, room, sent);
  await done(base, ana, 'messages.edit', { room, message: first.id, clientId: uuidv7(), body: edited });
  await say(base, ana, room, replied, { replyTo: first.id });
  await say(base, ana, room, long.repeat(300));
  // Refused, repeated and in conflict: the ways in which a text might get into an error
  await done(base, ana, 'messages.send', { room, clientId: uuidv7(), body: `${sent} ${sent}` });
  const answer = await socket.do('messages.send', { room, clientId: uuidv7(), body: sent, replyTo: uuidv7() });
  expect(answer.t).toBe('refused');
  await done(base, ana, 'messages.page', { room });
  const begun = canary();
  await done(base, ana, 'drafts.put', { room, body: begun, base: 0 });

  const places = await flushed();
  // The premise: a title, which is not sealed, is found by the same search
  const premise = search(places, title);
  expect(premise.files).toBeGreaterThan(100);
  expect(premise.found.length).toBeGreaterThan(0);
  for (const text of [sent, edited, replied, long, begun]) expect(search(places, text).found).toEqual([]);

  const wasSaid = server.output();
  expect(wasSaid).toMatch(/"level":"debug"/);
  server.kill('SIGABRT');
  await server.gone;
  socket.close();
  const all = Buffer.from(wasSaid + server.output());
  for (const text of [sent, edited, replied, long])
    expect(formsOf(text).some((form) => all.includes(form))).toBe(false);
  for (const text of [sent, edited, replied, long]) expect(search(await flushed(), text).found).toEqual([]);
});

it('[E1] the search finds each form it looks for', () => {
  const text = canary();
  const bytes = Buffer.from(text);
  const forms = [
    text,
    bytes.toString('hex'),
    bytes.toString('base64'),
    Buffer.from(`x${text}`).toString('base64'),
    Buffer.from(`xy${text}`).toString('base64url'),
  ];
  for (const form of [...forms.map((one) => Buffer.from(one)), Buffer.from(text, 'utf16le')])
    expect(
      formsOf(text).some((known) => form.includes(known)),
      form.toString('latin1'),
    ).toBe(true);
  expect(Buffer.byteLength(text)).toBe(24);
});
