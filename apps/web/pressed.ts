/** Lays compressed copies beside what the server hands out, once, as small as it gets: a phone on a school's network fetches a third. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const press = { '.br': promisify(brotliCompress), '.gz': promisify(gzip) };

/** Text; pictures and fonts are compressed as they are. */
const isText = (name: string): boolean => /\.(?:js|css|html)$/u.test(name);

/** A packet's worth: below it nothing is saved. */
const LEAST_BYTES = 1_400;

/** The copies of a file, by the end of their name: only those that are smaller. */
export const copiesOf = async (content: Buffer): Promise<ReadonlyMap<string, Buffer>> => {
  if (content.length < LEAST_BYTES) return new Map();
  const [br, gz] = await Promise.all([
    press['.br'](content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    press['.gz'](content, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  return new Map([['.br', br] as const, ['.gz', gz] as const].filter(([, copy]) => copy.length < content.length));
};

/** The plugin. */
export const pressed = (): Plugin => ({
  name: 'recreio:pressed',
  apply: 'build',
  async writeBundle({ dir }, bundle) {
    if (dir === undefined) throw new Error('the build has a folder');
    const files = Object.keys(bundle).filter(isText);
    await Promise.all(
      files.map(async (file) => {
        const path = join(dir, file);
        for (const [end, copy] of await copiesOf(await readFile(path))) await writeFile(`${path}${end}`, copy);
      }),
    );
  },
});
