/** The certificate and its key, read again when the files change: renewing one is no reason to close the school. */
import { readFileSync } from 'node:fs';

/** PEM, as files hold it. */
export interface Pair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** What keeps a certificate current. */
export interface CertificateParts {
  readonly files: { readonly certFile: string; readonly keyFile: string };
  /** Takes a new pair for connections from now on; throws when the two do not belong together. */
  readonly use: (pair: Pair) => void;
  /** Told once for each pair that cannot be used; the one before stays in use. */
  readonly trouble: (error: unknown) => void;
}

/** Renewals come weeks before the end; a minute is soon enough, and a poll sees a changed symbolic link, too. */
const EVERY_MS = 60_000;

/** Reads the pair, or throws with the name of the file that cannot be read. */
export const readPair = ({ certFile, keyFile }: CertificateParts['files']): Pair => ({
  cert: readFileSync(certFile),
  key: readFileSync(keyFile),
});

/** Watches the files of the pair that is in use; `check` looks now. */
export const keepCertificate = (
  { files, use, trouble }: CertificateParts,
  inUse: Pair,
): { check(): void; stop(): void } => {
  let last = inUse;
  let failure = '';
  const check = (): void => {
    try {
      const pair = readPair(files);
      if (pair.cert.equals(last.cert) && pair.key.equals(last.key)) return;
      // Half-way through a renewal the two do not match yet: the next look finds them whole
      use(pair);
      last = pair;
      failure = '';
    } catch (error) {
      const now = error instanceof Error ? error.message : String(error);
      if (now !== failure) trouble(error);
      failure = now;
    }
  };
  const timer = setInterval(check, EVERY_MS);
  timer.unref();
  return { check, stop: () => clearInterval(timer) };
};
