/** UUIDs version 7: what a client id is made of. */

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A generator of UUIDv7 in canonical lower-case form, strictly increasing as text, also within one millisecond
 * and when the clock is set back (RFC 9562 §6.2, method 1: 12 bits of counter, seeded below its middle).
 */
export const uuidGenerator = (now: () => number): (() => string) => {
  const bytes = new Uint8Array(16);
  let lastMs = -1;
  let counter = 0;
  return () => {
    crypto.getRandomValues(bytes);
    const ms = now();
    if (ms > lastMs) {
      lastMs = ms;
      counter = (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0);
    } else if (counter < 0xfff) {
      counter += 1;
    } else {
      // The counter is full: borrow a millisecond rather than go back (RFC 9562 §6.2, "counter rollover")
      lastMs += 1;
      counter = 0;
    }
    for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(lastMs / 2 ** (8 * (5 - index))) % 256;
    bytes[6] = 0x70 | (counter >> 8);
    bytes[7] = counter & 0xff;
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    const text = Array.from(bytes, (byte) => hex[byte]).join('');
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
  };
};

/** When a UUIDv7 was made, in milliseconds since the epoch (RFC 9562 §5.7). */
export const madeAtMs = (uuid: string): number => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
