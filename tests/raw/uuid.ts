import { randomBytes } from 'node:crypto';

let last = 0;

/**
 * A UUIDv7 (RFC 9562 §5.7) of now; later ones sort after earlier ones.
 * @param random gives so many bytes; a seeded one makes the ids of a story the same each time but for the clock's part
 */
export function uuidv7(random: (bytes: number) => Uint8Array = randomBytes): string {
  last = Math.max(Date.now(), last + 1);
  const bytes = random(16);
  const byte = (at: number) => bytes[at] ?? 0;
  const tail = Array.from({ length: 10 }, (_, nth) => {
    if (nth === 0) return (byte(6) & 0x0f) | 0x70;
    if (nth === 2) return (byte(8) & 0x3f) | 0x80;
    return byte(6 + nth);
  });
  const hex = last.toString(16).padStart(12, '0') + tail.map((value) => value.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
