import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { redraw } from './png.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
};

interface Drawing {
  readonly side?: number;
  readonly header?: readonly number[];
  readonly lines?: Buffer;
  readonly extra?: readonly Buffer[];
  readonly behind?: Buffer;
}

/** A red square, with what a test wants to be wrong or too much in it. */
const draw = ({
  side = 16,
  header = [8, 6, 0, 0, 0],
  lines = Buffer.alloc(side * (1 + side * 4)),
  extra = [],
  behind = Buffer.alloc(0),
}: Drawing = {}): string => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  Buffer.from(header).copy(head, 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    ...extra,
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
    behind,
  ]).toString('base64');
};

describe('a picture of the school', () => {
  it('[R58] comes out with its pixels and nothing else that was in the file', () => {
    const script = Buffer.from('<script>alert(1)</script>');
    const plain = redraw(draw());
    const laden = redraw(draw({ extra: [chunk('tEXt', script), chunk('eXIf', script)], behind: script }));
    expect(plain?.png).toBeDefined();
    expect(laden).toEqual(plain);
    expect(Buffer.from(laden?.png ?? '', 'base64').includes(script)).toBe(false);
    expect(redraw(plain?.png ?? '')).toEqual(plain);
  });

  it('another picture has another name', () => {
    const red = Buffer.alloc(16 * 65).fill(0);
    red[1] = 255;
    expect(redraw(draw({ lines: red }))?.name).not.toBe(redraw(draw())?.name);
    expect(redraw(draw())?.name).toMatch(/^[0-9a-f]{32}$/u);
  });

  const bomb = deflateSync(Buffer.alloc(8_000_000));
  it.each([
    ['no base64', '!!!!'],
    ['base64 written another way', `${draw()}\n`],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]).toString('base64')],
    ['a file that is cut off', draw().slice(0, 60)],
    ['a chunk whose sum is wrong', Buffer.from(draw(), 'base64').fill(7, 30, 32).toString('base64')],
    ['a side of no pixels', draw({ side: 0 })],
    ['a side that is too long', draw({ side: 257 })],
    ['16 bits a channel', draw({ header: [16, 6, 0, 0, 0] })],
    ['a palette', draw({ header: [8, 3, 0, 0, 0] })],
    ['interlacing', draw({ header: [8, 6, 0, 0, 1] })],
    ['too few pixels', draw({ lines: Buffer.alloc(10) })],
    ['too many', draw({ lines: Buffer.alloc(16 * 65 + 1) })],
    ['a filter there is none of', draw({ lines: Buffer.alloc(16 * 65).fill(5) })],
    [
      'a bomb',
      Buffer.concat([
        Buffer.from(draw(), 'base64').subarray(0, 33),
        chunk('IDAT', bomb),
        chunk('IEND', Buffer.alloc(0)),
      ]).toString('base64'),
    ],
    ['a file that is too large', draw({ extra: [chunk('tEXt', Buffer.alloc(40_000))] })],
  ])('[R58] is not made of %s', (_, png) => {
    expect(redraw(draw())).not.toBeNull();
    expect(redraw(png)).toBeNull();
  });
});
