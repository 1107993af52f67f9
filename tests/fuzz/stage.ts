/** The stage of a story: one database, two servers on it, people, and the wires between all of them. */
import { makeFolder } from '../process/folder.ts';
import { type SharedPostgres, startPostgres } from '../process/postgres.ts';
import { openProxy, type Proxy } from '../process/proxy.ts';
import { type ServerProcess, startServer } from '../process/server.ts';
import { createRoom, done, enrol, type Person, setUpSchool } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { type DatabaseWire, openDatabaseWire } from './database-wire.ts';
import { randomOf } from './random.ts';
import type { Recorder } from './recorder.ts';

/** One of the servers; after a kill it is another process on the same port. */
export interface Node {
  readonly name: string;
  process: ServerProcess;
  /** All that it says to its database goes over this. */
  readonly database: DatabaseWire;
  restart(): Promise<void>;
}

/** All of it. */
export interface Stage {
  readonly postgres: SharedPostgres;
  readonly nodes: readonly [Node, Node];
  readonly administrator: Person;
  readonly staff: readonly Person[];
  readonly students: readonly Person[];
  /** A wire to each node, of one's own until it is handed back. */
  takeWires(): readonly Proxy[];
  handBack(wires: readonly Proxy[]): void;
  /** What servers said before they died, for the report of a failure. */
  outputs(): string[];
  close(): Promise<void>;
}

/** How many play. */
export interface Casting {
  readonly staff: number;
  readonly students: number;
}

/** Wires for people's second devices. */
const SPARE_PAIRS = 8;

/** So often is a server started that does not find its database. */
const MOST_STARTS = 10;

/** Builds the stage; some seconds. */
export async function buildStage({ staff, students }: Casting): Promise<Stage> {
  const folder = makeFolder('fuzz');
  const postgres = await startPostgres();
  const dead: string[] = [];
  const nodes: Node[] = [];
  // They are there before the servers, which answer only under names they know (ALLOWED_ORIGINS)
  const pairs = await Promise.all(
    Array.from({ length: staff + students + SPARE_PAIRS }, () =>
      Promise.all([0, 1].map((nth) => openProxy(() => nodes[nth]?.process.port ?? 0))),
    ),
  );
  const proxies = pairs.flat();
  const free: (readonly Proxy[])[] = [...pairs];
  const close = async () => {
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await Promise.all(nodes.map(({ process }) => process.stop()));
    await Promise.all(nodes.map(({ database }) => database.close()));
    await postgres.stop();
    folder.remove();
  };
  const launch = async (name: string, database: DatabaseWire, port = 0): Promise<ServerProcess> => {
    return await startServer({
      dataDir: `${folder.path}/${name}`,
      port,
      databaseUrl: postgres.over(database.port),
      masterKeyFile: `${folder.path}/master.key`,
      env: {
        RECREIO_QUOTA_FACTOR: '1000',
        RECREIO_PRODUCTION: '1',
        LOG_LEVEL: 'warn',
        ALLOWED_ORIGINS: proxies.map(({ url }) => url).join(','),
      },
    });
  };
  const raise = async (name: string): Promise<Node> => {
    const database = await openDatabaseWire(() => postgres.socket, randomOf(nodes.length));
    const node: Node = {
      name,
      process: await launch(name, database),
      database,
      restart: async () => {
        dead.push(node.process.output());
        // A server that finds its database in recovery ends, and whoever runs it starts it again
        for (let tries = 1; ; tries++) {
          const started = await launch(name, database, node.process.port).catch((error: unknown) => {
            if (tries === MOST_STARTS) throw error;
          });
          if (started) {
            node.process = started;
            return;
          }
        }
      },
    };
    nodes.push(node);
    return node;
  };
  try {
    // One after the other: the first migrates and makes the key, and a second's set-up link would end the first's
    const a = await raise('a');
    if (a.process.setUpToken === null) throw new Error('the first server of a new school prints a set-up link');
    const administrator = await setUpSchool(a.process.url, a.process.setUpToken);
    const b = await raise('b');
    const people = (count: number, role: string) =>
      Promise.all(
        Array.from({ length: count }, (_, nth) =>
          enrol(a.process.url, administrator, { name: `${role} ${nth + 1}`, role, minor: role === 'student' }),
        ),
      );
    return {
      postgres,
      nodes: [a, b],
      administrator,
      staff: await people(staff, 'teacher'),
      students: await people(students, 'student'),
      takeWires: () => {
        const pair = free.pop();
        if (!pair) throw new Error('no wires are left');
        return pair;
      },
      handBack: (pair) => {
        for (const wire of pair) wire.cut();
        free.push(pair);
      },
      outputs: () => [...dead, ...nodes.map(({ process }) => process.output())],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A link into a room, and how often it was tried. */
export interface PlayedLink {
  readonly id: string;
  readonly secret: string;
  tries: number;
}

/** A room of a story as its clients know it. */
export interface PlayedRoom {
  readonly id: string;
  readonly kind: 'room' | 'group';
  /** Who made it, and never goes; of a group: who was the first to tell of it. */
  readonly owner: Person;
  /** Who made it, as its log says; null until somebody has read that. */
  founder: string | null;
  /** Who is believed to own it now, and those of the staff to whom it may be handed over; of a group nobody. */
  holder: string | null;
  readonly heirs: readonly string[];
  /** To whom it is being handed over. */
  heir: string | null;
  readonly past: 'all' | 'since-joining';
  /** How much is said here, compared with the others. */
  readonly weight: number;
  /** Who was put in, or came. */
  readonly people: Person[];
  /** Of a group: whom people think of when they bring somebody. */
  readonly acquaintances: readonly Person[];
  /** The newest messages anybody saw. */
  readonly recent: { id: string; author: string; seq: number; thread: string | null }[];
  /** Those believed to be silenced, and those believed to be out. */
  readonly silenced: Set<string>;
  readonly out: Set<string>;
  /** Links that may still let somebody in. */
  readonly links: PlayedLink[];
  isArchived: boolean;
}

/** Makes the rooms of a story, with their people in them; each command is written down like any other. */
export async function openRooms(stage: Stage, recorder: Recorder, count: number): Promise<PlayedRoom[]> {
  const rooms: PlayedRoom[] = [];
  for (let nth = 0; nth < count; nth++) {
    const owner = stage.staff[nth % stage.staff.length];
    if (!owner) throw new Error('a stage has staff');
    const past = nth % 4 === 3 ? 'since-joining' : 'all';
    // Everybody is in the first, the busiest; the others overlap
    const people = [...stage.staff, ...stage.students].filter(
      (person, at) => person !== owner && (nth === 0 || (at + nth) % 3 !== 0),
    );
    rooms.push(
      await openRoom(stage, recorder, { owner, people, past, weight: nth === 0 ? 5 : 1, title: `Sala ${nth + 1}` }),
    );
  }
  return rooms;
}

/** A room in which two sleep while its owner talks without end; nobody else is in it, and nothing else happens there. */
export async function openLoudRoom(stage: Stage, recorder: Recorder): Promise<PlayedRoom> {
  const [owner] = stage.staff;
  if (!owner) throw new Error('a stage has staff');
  const people = stage.students.slice(0, 2);
  return await openRoom(stage, recorder, { owner, people, past: 'all', weight: 0, title: 'Sala barulhenta' });
}

type Opening = Pick<PlayedRoom, 'owner' | 'past' | 'weight'> & {
  readonly people: readonly Person[];
  readonly title: string;
};

async function openRoom(stage: Stage, recorder: Recorder, opening: Opening): Promise<PlayedRoom> {
  const { owner, people, past, weight, title } = opening;
  const base = stage.nodes[0].process.url;
  const id = await createRoom(base, owner, { past, access: 'open', title });
  recorder.rooms.push({ id, kind: 'room', owner: owner.account, past });
  for (const person of people) {
    const input = { room: id, account: person.account, clientId: uuidv7() };
    const attempt = recorder.attempt('members.add', owner, 'setup', input);
    recorder.settle(attempt, { kind: 'done', output: await done(base, owner, 'members.add', input) });
  }
  return {
    id,
    kind: 'room',
    owner,
    founder: owner.account,
    holder: owner.account,
    heirs: stage.staff.filter((person) => people.includes(person)).map(({ account }) => account),
    heir: null,
    past,
    weight,
    people: [...people],
    acquaintances: [],
    recent: [],
    silenced: new Set(),
    out: new Set(),
    links: [],
    isArchived: false,
  };
}
