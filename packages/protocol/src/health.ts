/** How the installation is, for those who administer it: versions, database, disk, bus, what waits, what went wrong. No content. */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Instant } from './ids.ts';

const Count = Type.Integer({ minimum: 0 });

/** One class of faults of the server that answers, since its start. */
export const FaultClass = Type.Object({
  /** Which part met it: `database`, `door`, `bus`. New ones come with new releases. */
  where: Type.String(),
  /** The class or the system's code, never a message. */
  kind: Type.String(),
  count: Count,
  lastAt: Instant,
});

/** The installation as the server that answers sees it. */
export const Health = Type.Object({
  version: Type.String(),
  protocol: Type.Integer(),
  node: Type.String(),
  startedAt: Instant,
  database: Type.Object({
    kind: Type.Union([Type.Literal('embedded'), Type.Literal('server')]),
    version: Type.String(),
    bytes: Count,
    busy: Count,
    idle: Count,
    waiting: Count,
  }),
  /** The disk of the embedded database; null where it is another machine's. */
  disk: Type.Union([Type.Object({ freeBytes: Count, reserveBytes: Count }), Type.Null()]),
  bus: Type.Object({
    kind: Type.Union([Type.Literal('in-process'), Type.Literal('notify'), Type.Literal('nats')]),
    up: Type.Boolean(),
  }),
  sockets: Count,
  /** Commands that wait for their flush, or are in it. */
  inLine: Count,
  /** The longest the process stood still in the last second or two, in ms. */
  loopLagMs: Type.Number({ minimum: 0 }),
  /** What goes on in spite of: `bus`, `disk`, `key-file`, `strain`, as /readyz says it. */
  degraded: Type.Array(Type.String()),
  /** The newest first. */
  faults: Type.Array(FaultClass),
});
export type Health = Static<typeof Health>;

/** How the installation is. */
export const get = command('health.get', {
  summary: 'How the installation is (administrators).',
  kind: 'read',
  quota: 'search',
  input: Type.Object({}, { additionalProperties: false }),
  output: Health,
  problems: ['not-allowed'],
  http: { method: 'GET', path: '/api/admin/health' },
});
