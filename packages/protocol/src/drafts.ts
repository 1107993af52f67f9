/** Drafts: what a person has begun to write in a room or a thread, the same on all their devices, and for nobody else. */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Id, Instant } from './ids.ts';
import { DRAFTS } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** Counts the changes of one draft, over all devices; 0 where there was never one. */
const Version = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });

/** A draft as it stands. Without `body` it was sent or cleared. */
export const SyncedDraft = Type.Object({
  room: Id,
  /** The message whose thread it is written in. */
  thread: Type.Optional(Id),
  body: Type.Optional(Type.String()),
  /** The message that it answers. */
  replyTo: Type.Optional(Id),
  version: Version,
  at: Instant,
});
export type SyncedDraft = Static<typeof SyncedDraft>;

/** Puts a draft down on top of the version that the device knows; if there is a newer one, it is `stale`, and nothing is written. Without `body` it is cleared. */
export const put = command('drafts.put', {
  summary: 'Keep what I have begun to write.',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      room: Id,
      thread: Type.Optional(Id),
      body: Type.Optional(Type.String({ minLength: 1, maxLength: 16 * 1024 })),
      replyTo: Type.Optional(Id),
      /** The version that this one is written over. */
      base: Version,
    },
    closed,
  ),
  output: Type.Object({ version: Version }),
  problems: ['not-found', 'stale', 'too-large', 'too-many'],
  http: { method: 'PUT', path: '/api/rooms/:room/draft' },
});

/** My drafts, what was written last first: those with words, and for thirty days those that were cleared. */
export const mine = command('drafts.mine', {
  summary: 'Read what I have begun to write.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Type.Object({ drafts: Type.Array(SyncedDraft, { maxItems: 4 * DRAFTS }) }),
  problems: [],
  http: { method: 'GET', path: '/api/me/drafts' },
});

/** One of my drafts has changed, on whichever device; the highest version is the truth. */
export const DraftFrame = Type.Object({ t: Type.Literal('draft'), ...SyncedDraft.properties });
