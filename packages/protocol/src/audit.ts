/** The record of privileged acts: who did what, when, to whom. Never what anybody said. */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Id, Instant } from './ids.ts';

const closed = { additionalProperties: false } as const;

/** One privileged act. */
export const AuditEntry = Type.Object({
  /** Higher is later. */
  number: Type.Integer({ minimum: 1 }),
  at: Instant,
  /** Who did it; null for whoever runs the server, by its command line. */
  actor: Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()]),
  /** What was done, as the command is called: `school.update`. New ones come with new releases. */
  act: Type.String(),
  /** To whom or what, where there is one. */
  target: Type.Union([Id, Type.Null()]),
  /** What exactly: for settings, roles and ages from what to what; of names and addresses `changed`. */
  detail: Type.Record(Type.String(), Type.Unknown()),
});
export type AuditEntry = Static<typeof AuditEntry>;

/** Newest first, in pages. */
export const list = command('audit.list', {
  summary: 'Privileged acts, newest first (administrators).',
  kind: 'read',
  quota: 'read',
  input: Type.Object(
    {
      /** Only acts whose name begins so, as in `school.`. */
      act: Type.Optional(Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z.]+$' })),
      before: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  output: Type.Object({ entries: Type.Array(AuditEntry), next: Type.Union([Type.Integer(), Type.Null()]) }),
  problems: ['not-allowed'],
  http: { method: 'GET', path: '/api/admin/audit' },
});
