/** `recreio admin school`, `set-school`, `rooms` and `record`: the school as a whole. */
import type { AuditEntry, RoomRecord, School } from '@recreio/protocol';
import { type Configured, type Given, type Option, Refusal, UsageError, type Verb } from '../command.ts';
import type { Opened } from '../house.ts';
import { EMBEDDED, inside, json, oneOf, operated, optional, tell } from './inside.ts';

/** The policies that can be set, by the name of their option: in the protocol, and which words they take. */
const CHOICES = {
  joining: { policy: 'joining', words: ['closed', 'domain', 'approval'] },
  'private-talk': { policy: 'privateTalk', words: ['everyone', 'with-staff', 'nobody'] },
  receipts: { policy: 'receipts', words: ['off', 'private', 'small'] },
  push: { policy: 'push', words: ['off', 'places', 'words'] },
  minors: { policy: 'minorByDefault', words: ['students', 'nobody'] },
} as const;

const choice = (help: string, words: readonly string[]): Option => ({
  type: 'string',
  placeholder: words.join('|'),
  help,
});

const school: Verb = {
  name: 'admin school',
  summary: 'Show the settings of the school.',
  help: [EMBEDDED],
  options: { json },
  run: (given, around) =>
    inside(around, async ({ world }) => show(around, given, await operated(world, 'school.get', {}))),
};

const setSchool: Verb = {
  name: 'admin set-school',
  summary: 'Change settings of the school; what is not given stays as it is.',
  help: ['Open pages follow within seconds, and it stays on record. Shows the settings as they are then.', EMBEDDED],
  options: {
    name: { type: 'string', placeholder: 'NAME', help: 'What the school is called.' },
    joining: choice('Who may come in uninvited.', CHOICES.joining.words),
    domains: {
      type: 'string',
      placeholder: 'DOMAIN,…',
      help: 'The school’s own domains, with commas between them; empty for none.',
    },
    'private-talk': choice('Who may talk in private.', CHOICES['private-talk'].words),
    receipts: choice('Where people see who has read.', CHOICES.receipts.words),
    push: choice(
      'Whether devices are called when no page is open, and whether it says where or what.',
      CHOICES.push.words,
    ),
    minors: choice('Who is taken for under age when nobody said.', CHOICES.minors.words),
    json,
  },
  run: (given, around) => {
    for (const [name, { words }] of Object.entries(CHOICES)) oneOf(given, name, words);
    const domains = given['domains'];
    const policies = {
      ...Object.entries(CHOICES).reduce(
        (all, [name, { policy }]) => ({ ...all, ...optional(given, name, policy) }),
        {},
      ),
      ...(typeof domains === 'string' ? { joiningDomains: domains.split(/[\s,]+/u).filter((one) => one !== '') } : {}),
    };
    const changes = { ...optional(given, 'name'), ...(Object.keys(policies).length === 0 ? {} : { policies }) };
    if (Object.keys(changes).length === 0)
      throw new UsageError('admin set-school: nothing to change; see `recreio help admin set-school`.');
    return inside(around, async ({ world }) => {
      const { version } = await operated(world, 'school.get', {});
      show(around, given, await operated(world, 'school.update', { version, ...changes }));
    });
  },
};

const rooms: Verb = {
  name: 'admin rooms',
  summary: 'List the rooms of the school: id, archived or not, members, title, who owns it.',
  help: ['Never what is said in them. A room is put away by who is in it, in the app.', EMBEDDED],
  options: {
    text: { type: 'string', placeholder: 'TEXT', help: 'Only those with this in their title or description.' },
    state: choice('Only these.', ['living', 'archived']),
    json,
  },
  run: (given, around) => {
    oneOf(given, 'state', ['living', 'archived']);
    return inside(around, async ({ world }) => {
      let after: string | null = null;
      do {
        const page: { readonly rooms: readonly RoomRecord[]; readonly next: string | null } = await operated(
          world,
          'rooms.all',
          {
            limit: 200,
            ...optional(given, 'text'),
            ...(given['state'] === undefined ? {} : { archived: given['state'] === 'archived' }),
            ...(after === null ? {} : { after }),
          },
        );
        for (const room of page.rooms) {
          const owners = room.owners.map(({ name }) => name).join(', ');
          const state = room.archivedAt === null ? 'living' : 'archived';
          tell(around, given, room, [room.id, state, room.members, room.title, owners]);
        }
        after = page.next;
      } while (after !== null);
    });
  },
};

const record: Verb = {
  name: 'admin record',
  summary: 'Show the newest privileged acts: number, when, who, what, to whom, details.',
  help: [
    'Who is empty: whoever ran this command.',
    'Each entry carries a hash of itself and of the one before. Keep what --verify prints where who runs the database cannot write: given back with --expect it shows that nothing before it was touched, nor the end cut off.',
    EMBEDDED,
  ],
  options: {
    act: { type: 'string', placeholder: 'TEXT', help: 'Only acts whose name begins so, as in `school.`.' },
    verify: {
      type: 'boolean',
      help: 'Whether anything was changed, left out or put in between; prints the newest hash.',
    },
    expect: {
      type: 'string',
      placeholder: 'HASH',
      help: 'With --verify: this hash must be there, as it was printed before.',
    },
    'older-release-wrote': {
      type: 'boolean',
      help: 'With --verify: an older release, of before there were hashes, was writing beside this one during an upgrade; its entries among the others are not called changed.',
    },
    json,
  },
  run: (given, around) => {
    if (given['expect'] !== undefined && !/^[\da-f]{64}$/u.test(String(given['expect'])))
      throw new UsageError('--expect must be 64 hexadecimal digits, as --verify prints them.');
    if (given['verify'] === true) return inside(around, ({ world }) => verify(given, around, world));
    return inside(around, async ({ world }) => {
      const { entries } = await operated(world, 'audit.list', { limit: 100, ...optional(given, 'act') });
      for (const entry of entries) tell(around, given, entry, columnsOf(entry));
    });
  },
};

/** All of them. */
export const schoolVerbs: readonly Verb[] = [school, setSchool, rooms, record];

/** Looks at the chain of the record; refuses where it does not hold. */
const verify = async (given: Given, around: Configured, world: Opened['world']): Promise<void> => {
  const chain = await world.memory.audit.chain();
  tell(around, given, chain, [chain.head ?? 'none', chain.chained]);
  if (chain.unchained > 0)
    around.terminal.err(
      `${chain.unchained} entries have no hash: a release before there were hashes wrote them, or a hand.\n`,
    );
  if (chain.broken !== null) throw new Refusal(`The record was changed: entry ${chain.broken} does not fit.`);
  if (chain.bare !== null && given['older-release-wrote'] !== true)
    throw new Refusal(
      `The record was changed: entry ${chain.bare} has no hash, after others that have one. If an older release was writing meanwhile: --older-release-wrote.`,
    );
  const expected = given['expect'];
  if (typeof expected === 'string' && (await world.memory.audit.numbered(expected)) === null)
    throw new Refusal('The record was cut off or written anew: the hash that was expected is not in it.');
  around.terminal.err('The record is whole.\n');
};

const columnsOf = ({ number, at, actor, act, target, detail }: AuditEntry): readonly unknown[] => [
  number,
  at,
  actor?.name,
  act,
  target,
  JSON.stringify(detail),
];

const show = (around: Configured, given: Given, whole: School): void => {
  if (given['json'] === true) return tell(around, given, whole, []);
  const { policies, version: _version, ...look } = whole;
  for (const [name, value] of Object.entries({ ...look, ...policies }))
    tell(around, given, whole, [name, typeof value === 'string' ? value : JSON.stringify(value)]);
};
