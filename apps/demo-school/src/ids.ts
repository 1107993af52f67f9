/** Ids that are the same in every demo school. */
import { createHash } from 'node:crypto';

/**
 * The id of a thing by its kind and key: SHA-256 of both, cut to 128 bits, with the marks of version 4 (RFC 9562 §5.4).
 * Links into the demo school, and the papers that initials stand on, so stay the same from one seeding to the next.
 */
export function idOf(kind: 'person' | 'course' | 'lesson' | 'room' | 'direct' | 'group', key: string): string {
  const hex = createHash('sha256').update(`Escola Aurora/${kind}/${key}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
