/** What a school decides about its talk, as words on the command line: the options, and how they are read. */
import type { SchoolPolicies } from '@recreio/protocol';
import { type Given, type Option, UsageError } from '../command.ts';
import { choice, oneOf, optional } from './inside.ts';

/** The policies that are one of a few words, by the name of their option: in the protocol, and which words they take. */
const CHOICES = {
  joining: { policy: 'joining', words: ['closed', 'domain', 'approval'] },
  'private-talk': { policy: 'privateTalk', words: ['everyone', 'with-staff', 'nobody'] },
  receipts: { policy: 'receipts', words: ['off', 'private', 'small'] },
  push: { policy: 'push', words: ['off', 'places', 'words'] },
  digest: { policy: 'digest', words: ['off', 'places', 'words'] },
  minors: { policy: 'minorByDefault', words: ['students', 'nobody'] },
} as const;
const YES_OR_NO = ['yes', 'no'];
/** ISO 8601: 1 Monday … 7 Sunday. */
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const SPAN = /^(\d{1,5})([mhd])$/u;
const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/u;

const span = (help: string): Option => ({ type: 'string', placeholder: 'TIME', help: `${help} As in 15m, 4h, 2d.` });

/** The options of `recreio admin set-school` that are policies. */
export const policyOptions: Readonly<Record<string, Option>> = {
  joining: choice('Who may come in uninvited.', CHOICES.joining.words),
  domains: {
    type: 'string',
    placeholder: 'DOMAIN,…',
    help: 'The school’s own domains, with commas between them; empty for none.',
  },
  'private-talk': choice('Who may talk in private.', CHOICES['private-talk'].words),
  receipts: choice('Where people see who has read.', CHOICES.receipts.words),
  'receipts-with-minors': choice('Whether they see it also where somebody under age is.', YES_OR_NO),
  push: choice(
    'Whether devices are called when no page is open, and whether it says where or what.',
    CHOICES.push.words,
  ),
  digest: choice(
    'Whether people are mailed what they missed, and whether it says where or what.',
    CHOICES.digest.words,
  ),
  'digest-after': span('How long it stays unread before it is mailed.'),
  'urgent-after': {
    type: 'string',
    placeholder: 'TIME|off',
    help: 'How long an urgent message stays unread before who is named in it is told once more. As in 15m, 4h.',
  },
  minors: choice('Who is taken for under age when nobody said.', CHOICES.minors.words),
  'quiet-hours': {
    type: 'string',
    placeholder: 'HH:MM-HH:MM|none',
    help: 'When nothing sounds for people under age; on which days stays as it is.',
  },
  'late-after': span('A message that waited longer than this to be sent is asked about first.'),
};

/** What stands between commas or spaces. */
export const listed = (list: unknown): string[] =>
  typeof list === 'string' ? list.split(/[\s,]+/u).filter((one) => one !== '') : [];

/** The policies that were given; `before` has the days on which there are quiet hours. Refuses words that mean none. */
export const policiesIn = (given: Given): ((before: SchoolPolicies) => Partial<SchoolPolicies>) => {
  for (const [name, { words }] of Object.entries(CHOICES)) oneOf(given, name, words);
  oneOf(given, 'receipts-with-minors', YES_OR_NO);
  const withMinors = given['receipts-with-minors'];
  const fixed = {
    ...Object.entries(CHOICES).reduce((all, [name, { policy }]) => ({ ...all, ...optional(given, name, policy) }), {}),
    ...(typeof given['domains'] === 'string' ? { joiningDomains: listed(given['domains']) } : {}),
    ...(withMinors === undefined ? {} : { receiptsWithMinors: withMinors === 'yes' }),
    ...msOf(given, 'digest-after', 'digestAfterMs'),
    ...(given['urgent-after'] === 'off' ? { urgentAfterMs: null } : msOf(given, 'urgent-after', 'urgentAfterMs')),
    ...msOf(given, 'late-after', 'lateAfterMs'),
  };
  const hours = hoursOf(given);
  if (hours === undefined) return () => fixed;
  return ({ quietHours }) => ({ ...fixed, quietHours: hours && { ...hours, days: quietHours?.days ?? EVERY_DAY } });
};

const msOf = (given: Given, option: string, policy: string): Readonly<Record<string, number>> => {
  const value = given[option];
  if (value === undefined) return {};
  const [, count, unit] = SPAN.exec(String(value)) ?? [];
  if (unit === undefined) throw new UsageError(`--${option} must be a number and m, h or d, as in 15m.`);
  return { [policy]: Number(count) * (UNITS[unit] ?? 0) };
};

/** From and to, in minutes since midnight; null for none. */
const hoursOf = (given: Given): { readonly from: number; readonly to: number } | null | undefined => {
  const value = given['quiet-hours'];
  if (value === undefined) return undefined;
  if (value === 'none') return null;
  const [fromHour, fromMinute, toHour, toMinute] = (HOURS.exec(String(value)) ?? []).slice(1).map(Number);
  if (fromHour === undefined || fromMinute === undefined || toHour === undefined || toMinute === undefined)
    throw new UsageError('--quiet-hours must be as in 21:00-06:30, or none.');
  return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
};
