/** `recreio admin school`, `set-school`, `set-logo` and `record`: the school as a whole. */
import type { AuditEntry, School } from '@recreio/protocol';
import { type Configured, type Given, Refusal, UsageError, type Verb } from '../command.ts';
import type { Opened } from '../house.ts';
import { contentOf, done, EMBEDDED, inside, json, operated, optional, tell } from './inside.ts';
import { listed, policiesIn, policyOptions } from './policies.ts';

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
    accent: { type: 'string', placeholder: '#RRGGBB', help: 'Its colour; contrast is corrected where it is shown.' },
    languages: {
      type: 'string',
      placeholder: 'LANGUAGE,…',
      help: 'What it speaks, with commas between them; the first is that of who has chosen none.',
    },
    ...policyOptions,
    json,
  },
  run: (given, around) => {
    const policies = policiesIn(given);
    const languages = listed(given['languages']);
    const changes = {
      ...optional(given, 'name'),
      ...optional(given, 'accent'),
      ...(languages.length > 0 ? { languages: { default: languages[0], offered: languages } } : {}),
    };
    if (Object.keys(changes).length === 0 && !Object.keys(policyOptions).some((name) => given[name] !== undefined))
      throw new UsageError('admin set-school: nothing to change; see `recreio help admin set-school`.');
    return inside(around, async ({ world }) => {
      const before = await operated(world, 'school.get', {});
      const { version } = before;
      const asked = { version, ...changes, policies: policies(before.policies) };
      show(around, given, await operated(world, 'school.update', asked));
    });
  },
};

const setLogo: Verb = {
  name: 'admin set-logo',
  summary: 'Give the school a picture, or take it away.',
  help: [
    'A PNG of 8 bits a channel, RGB or RGBA, not interlaced, of 16 to 256 pixels a side, and at most 32 KiB: it is drawn anew, and nothing but pixels is kept. (The app makes one of any picture.)',
    EMBEDDED,
  ],
  options: {
    file: { type: 'string', placeholder: 'FILE', help: 'The picture.' },
    none: { type: 'boolean', help: 'No picture.' },
  },
  run: async (given, around) => {
    if ((given['file'] === undefined) === (given['none'] === undefined))
      throw new UsageError('admin set-logo needs --file or --none.');
    const png = given['none'] === true ? null : (await contentOf(given)).toString('base64');
    return await inside(around, async ({ world }) => {
      const { version } = await operated(world, 'school.get', {});
      await operated(world, 'school.setLogo', { version, png });
      done(around);
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
export const schoolVerbs: readonly Verb[] = [school, setSchool, setLogo, record];

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
