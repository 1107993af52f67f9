/** Ids made by the server. */
import { randomUUIDv7 } from 'node:crypto';

/** A new UUIDv7 (RFC 9562 §5.7): increasing in time, so that indexes grow at their end. */
export const newId = (): string => randomUUIDv7();
