/** Which release this is. */
import { readFile } from 'node:fs/promises';
import { PROTOCOL_VERSION } from '@recreio/protocol';

/** `recreio 0.1.0 (protocol 1)`. */
export const version = async (): Promise<string> => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return `recreio ${manifest.version} (protocol ${PROTOCOL_VERSION})`;
};
