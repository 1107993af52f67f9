/**
 * A PNG (W3C PNG, third edition) taken apart to its pixels and put together anew: whatever else a file carried (text, profiles,
 * a second file behind the end) is not in what comes out, and what a browser is given was written here.
 */
import { createHash } from 'node:crypto';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Redraw } from '@recreio/core/ports.ts';
import { school } from '@recreio/protocol';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** §5.3: length, type, data, CRC. */
const AROUND = 12;
const HEADER_BYTES = 13;
/** Pixels a side: what is smaller cannot be recognised, what is larger is never shown. */
const SIDE = { min: 16, max: 256 } as const;
/** §11.2.1: colour types with 8 bits a channel, and how many channels they have: what every canvas writes. */
const CHANNELS: ReadonlyMap<number, number> = new Map([
  [2, 3],
  [6, 4],
]);
/** §9: a line begins with one of five filters. */
const FILTERS = 5;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly colour: number;
}

/** Takes it apart; null when it is not of the form that `school.setLogo` asks for. */
export const redraw: Redraw = (base64) => {
  const file = Buffer.from(base64, 'base64');
  // Node skips what is no base64: then the two differ
  if (file.toString('base64') !== base64 || file.length > school.LOGO_BYTES) return null;
  const chunks = chunksOf(file);
  const header = chunks && headerOf(chunks[0]);
  if (!chunks || !header) return null;
  const lines = linesOf(Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : []))), header);
  if (!lines) return null;
  const head = chunks[0]?.data ?? Buffer.alloc(0);
  const png = Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  const name = createHash('sha256').update(head).update(lines).digest('hex').slice(0, 32);
  return { png: png.toString('base64'), name };
};

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** All chunks up to the end, each with its right sum; null when one is not whole, or the end does not come. */
const chunksOf = (file: Buffer): Chunk[] | null => {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + AROUND <= file.length; ) {
    const length = file.readUInt32BE(at);
    const end = at + AROUND + length;
    if (end > file.length || file.readUInt32BE(end - 4) !== crc32(file.subarray(at + 4, end - 4))) return null;
    const type = file.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: file.subarray(at + 8, end - 4) });
    if (type === 'IEND') return chunks;
    at = end;
  }
  return null;
};

const headerOf = (first: Chunk | undefined): Header | null => {
  if (first?.type !== 'IHDR' || first.data.length !== HEADER_BYTES) return null;
  const [width, height] = [first.data.readUInt32BE(0), first.data.readUInt32BE(4)];
  const [depth, colour = 0, ...methods] = first.data.subarray(8);
  // Compression, filter and interlace method: 0, the first two because there is no other
  const isPlain = depth === 8 && CHANNELS.has(colour) && methods.every((method) => method === 0);
  const fits = [width, height].every((side) => side >= SIDE.min && side <= SIDE.max);
  return isPlain && fits ? { width, height, colour } : null;
};

/** The filtered lines, exactly as many bytes as the header says; a bomb ends at that number. */
const linesOf = (packed: Buffer, { width, height, colour }: Header): Buffer | null => {
  const line = 1 + width * (CHANNELS.get(colour) ?? 0);
  let lines: Buffer;
  try {
    lines = inflateSync(packed, { maxOutputLength: line * height });
  } catch {
    return null; // no zlib stream, or more than it may be
  }
  if (lines.length !== line * height) return null;
  for (let at = 0; at < lines.length; at += line) if ((lines[at] ?? FILTERS) >= FILTERS) return null;
  return lines;
};

const chunk = (type: string, data: Buffer): Buffer => {
  const whole = Buffer.alloc(AROUND + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  data.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
  return whole;
};
