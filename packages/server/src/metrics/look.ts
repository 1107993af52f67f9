/** How the installation is, put together from what the server's parts tell of themselves: for `health.get`. */
import type { LookAtHealth } from '@recreio/core';
import { type Health, PROTOCOL_VERSION } from '@recreio/protocol';
import type { Fault } from './faults.ts';
import type { Standing } from './measures.ts';

/** What it is put together from. */
export interface LookParts extends Standing {
  readonly databaseKind: Health['database']['kind'];
  /** Version and size, as the database says them. */
  readonly askDatabase: () => Promise<{ readonly version: string; readonly bytes: number }>;
  readonly reserveBytes: number;
  readonly busKind: Health['bus']['kind'];
  readonly inLine: () => number;
  readonly degraded: () => readonly string[];
  readonly faults: () => readonly Fault[];
}

/** Looks when it is asked. */
export const lookAtHealth = (parts: LookParts): LookAtHealth => {
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  return async () => {
    const { version, bytes } = await parts.askDatabase();
    const { total, idle, waiting } = parts.pool();
    const freeBytes = parts.freeBytes();
    return {
      version: parts.version,
      protocol: PROTOCOL_VERSION,
      node: process.versions.node,
      startedAt,
      database: { kind: parts.databaseKind, version, bytes, busy: total - idle, idle, waiting },
      disk: freeBytes === null ? null : { freeBytes, reserveBytes: parts.reserveBytes },
      bus: { kind: parts.busKind, up: parts.isBusUp() },
      sockets: parts.sockets(),
      inLine: parts.inLine(),
      loopLagMs: Math.round(parts.loopLagMs()),
      degraded: [...parts.degraded()],
      faults: parts.faults().map(({ lastAt, ...fault }) => ({ ...fault, lastAt: new Date(lastAt).toISOString() })),
    };
  };
};
