/** Which release this is. */
import { readFile } from 'node:fs/promises';
import { PROTOCOL_VERSION } from '@recreio/protocol';

/** `0.1.0`. */
export const release = async (): Promise<string> => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
};

/** `recreio 0.1.0 (protocol 1)`. */
export const version = async (): Promise<string> => `recreio ${await release()} (protocol ${PROTOCOL_VERSION})`;
