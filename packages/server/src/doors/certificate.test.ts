import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepCertificate, type Pair, readPair } from './certificate.ts';

describe('a certificate that is renewed', () => {
  let folder: string;
  let files: { certFile: string; keyFile: string };
  const write = (cert: string, key: string) => {
    writeFileSync(files.certFile, cert);
    writeFileSync(files.keyFile, key);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recreio-tls-'));
    files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
    write('one', 'one');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A server that takes only a key with its own certificate. */
  const keeping = () => {
    const used: string[] = [];
    const troubles: unknown[] = [];
    const use = ({ cert, key }: Pair) => {
      if (!cert.equals(key)) throw new Error('key values mismatch');
      used.push(cert.toString());
    };
    const keeper = keepCertificate({ files, use, trouble: (error) => troubles.push(error) }, readPair(files));
    return { used, troubles, keeper };
  };

  it('is used as soon as it is seen, once', () => {
    const { used, troubles, keeper } = keeping();
    keeper.check();
    expect(used).toEqual([]);
    write('two', 'two');
    keeper.check();
    keeper.check();
    expect([used, troubles]).toEqual([['two'], []]);
    keeper.stop();
  });

  it('half-way through, the old one stays in use, and that is said once', () => {
    const { used, troubles, keeper } = keeping();
    write('two', 'one');
    keeper.check();
    keeper.check();
    expect([used, troubles.length]).toEqual([[], 1]);
    write('two', 'two');
    keeper.check();
    expect(used).toEqual(['two']);
    keeper.stop();
  });

  it('a file that is gone takes nothing down', () => {
    const { used, troubles, keeper } = keeping();
    rmSync(files.keyFile);
    keeper.check();
    expect([used, troubles.length]).toEqual([[], 1]);
    keeper.stop();
  });
});
