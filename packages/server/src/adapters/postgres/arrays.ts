/**
 * Arrays as PostgreSQL takes them in binary: what a batch of messages says goes over as bytes, not as quoted text that
 * this process would have to write and the database to read. `pg` sends a Buffer in binary, so the statement casts it.
 * Source: PostgreSQL's array_recv and the recv functions of the element types.
 */

const OID = { bool: 16, bytea: 17, int8: 20, int4: 23, text: 25, timestamptz: 1184, uuid: 2950, jsonb: 3802 } as const;
/** Dimensions, whether there are nulls, the element type, the length, the lower bound. */
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;
/** 2000-01-01, from which PostgreSQL counts microseconds. */
const POSTGRES_EPOCH_MS = 946_684_800_000;

/** An array of `count` elements that take at most `bytes`; `fill` writes each with its length and returns where it ends. */
const build = (
  oid: number,
  count: number,
  bytes: number,
  fill: (into: Buffer, at: number, nth: number) => number,
): Buffer => {
  const into = Buffer.allocUnsafe(HEADER_BYTES + count * LENGTH_BYTES + bytes);
  // An array of nothing has no dimension (array_recv)
  into.writeInt32BE(count === 0 ? 0 : 1, 0);
  into.writeInt32BE(1, 4);
  into.writeInt32BE(oid, 8);
  if (count === 0) return into.subarray(0, 12);
  into.writeInt32BE(count, 12);
  into.writeInt32BE(1, 16);
  let at = HEADER_BYTES;
  for (let nth = 0; nth < count; nth += 1) at = fill(into, at, nth);
  return into.subarray(0, at);
};

const none = (into: Buffer, at: number): number => into.writeInt32BE(NULL_LENGTH, at);

/** What each character code is worth as a hexadecimal digit; 16 for others. */
const NIBBLES = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return digit < 0 ? 16 : digit;
});
const UUID_BYTES = 16;
const DASH = 45;

const writeUuid = (into: Buffer, at: number, id: string): number => {
  let to = at;
  let wrong = id.length - 36;
  for (let from = 0; from < 36; from += 2) {
    if (from === 8 || from === 13 || from === 18 || from === 23) {
      wrong |= id.charCodeAt(from) ^ DASH;
      from += 1;
    }
    const high = NIBBLES[id.charCodeAt(from)] ?? 16;
    const low = NIBBLES[id.charCodeAt(from + 1)] ?? 16;
    wrong |= (high | low) & 16;
    into[to] = (high << 4) | low;
    to += 1;
  }
  if (wrong !== 0) throw new RangeError('An id is not a UUID.');
  return to;
};

/** A `uuid[]`. Throws RangeError for what is no UUID; null stays null. */
export const uuidArray = (ids: readonly (string | null)[]): Buffer =>
  build(OID.uuid, ids.length, ids.length * UUID_BYTES, (into, at, nth) => {
    const id = ids[nth] ?? null;
    return id === null ? none(into, at) : writeUuid(into, into.writeInt32BE(UUID_BYTES, at), id);
  });

/** An `int8[]` of safe integers. */
export const int8Array = (values: readonly (number | null)[]): Buffer =>
  build(OID.int8, values.length, values.length * 8, (into, at, nth) => {
    const value = values[nth] ?? null;
    return value === null ? none(into, at) : writeInt8(into, into.writeInt32BE(8, at), value);
  });

/** Two halves, because a BigInt for each would cost more than all else (values are below 2^53 either way). */
const writeInt8 = (into: Buffer, at: number, value: number): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError('A number is no safe integer.');
  const high = Math.floor(value / 0x1_0000_0000);
  return into.writeUInt32BE(value - high * 0x1_0000_0000, into.writeInt32BE(high, at));
};

/** An `int4[]`. */
export const int4Array = (values: readonly number[]): Buffer =>
  build(OID.int4, values.length, values.length * 4, (into, at, nth) =>
    into.writeInt32BE(values[nth] ?? 0, into.writeInt32BE(4, at)),
  );

/** A `boolean[]`. */
export const boolArray = (values: readonly boolean[]): Buffer =>
  build(OID.bool, values.length, values.length, (into, at, nth) =>
    into.writeUInt8(values[nth] === true ? 1 : 0, into.writeInt32BE(1, at)),
  );

/** A `timestamptz[]` of milliseconds since the Unix epoch. */
export const instantArray = (times: readonly number[]): Buffer =>
  build(OID.timestamptz, times.length, times.length * 8, (into, at, nth) =>
    writeInt8(into, into.writeInt32BE(8, at), ((times[nth] ?? 0) - POSTGRES_EPOCH_MS) * 1000),
  );

/** A `bytea[]`. */
export const bytesArray = (values: readonly (Uint8Array | null)[]): Buffer =>
  build(
    OID.bytea,
    values.length,
    values.reduce((sum, value) => sum + (value?.length ?? 0), 0),
    (into, at, nth) => {
      const value = values[nth] ?? null;
      if (value === null) return none(into, at);
      into.set(value, into.writeInt32BE(value.length, at));
      return at + LENGTH_BYTES + value.length;
    },
  );

const textLike = (oid: number, prefix: number | null, values: readonly (string | null)[]): Buffer =>
  build(
    oid,
    values.length,
    values.reduce((sum, value) => sum + (value === null ? 0 : 1 + Buffer.byteLength(value)), 0),
    (into, at, nth) => {
      const value = values[nth] ?? null;
      if (value === null) return none(into, at);
      const start = prefix === null ? at + LENGTH_BYTES : into.writeUInt8(prefix, at + LENGTH_BYTES);
      const end = start + into.write(value, start);
      into.writeInt32BE(end - at - LENGTH_BYTES, at);
      return end;
    },
  );

/** A `text[]`. */
export const textArray = (values: readonly (string | null)[]): Buffer => textLike(OID.text, null, values);

/** A `jsonb[]` of JSON texts; its binary form begins with the version 1 (jsonb_recv). */
export const jsonArray = (values: readonly (string | null)[]): Buffer => textLike(OID.jsonb, 1, values);
