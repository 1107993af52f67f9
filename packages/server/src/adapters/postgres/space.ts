/**
 * Whether there is space for new messages (contract D31). The disk of the embedded database is looked at every few seconds; of a
 * database elsewhere one learns only from its refusals (SQLSTATE 53100), each of which counts for a while.
 */
import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** What the watch is made of. */
export interface SpaceParts {
  /** A folder on the disk; null where the disk is another machine's. */
  readonly dir: string | null;
  /** Less than this free is too little; 0: no disk is ever too full, until it is. */
  readonly reserveBytes: number;
  readonly monotonic: () => number;
  /** Called when that changes. */
  readonly changed: (hasSpace: boolean) => void;
  readonly freeBytes?: (dir: string) => Promise<number>;
}

/** How full the disk is, as the rules and a probe ask. */
export interface Space {
  hasSpace(): boolean;
  /** A write was refused for want of space. */
  refused(): void;
  /** Looks now. */
  look(): Promise<void>;
  stop(): void;
}

const LOOK_MS = 2_000;
/** A refusal counts for this long: then one write tries again. */
const REFUSED_MS = 10_000;
/** Beyond the reserve, so that a disk on the edge does not change its mind with each message. */
const MARGIN = 1 / 16;

/** Bytes that an ordinary user may still write on the disk of a folder. */
export const freeBytesOf = async (dir: string): Promise<number> => {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
};

/** The same at once, for a gauge; null where the disk cannot be asked. */
export const freeBytesNow = (dir: string): number | null => {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  } catch {
    return null; // the watch says so when it matters
  }
};

/** Begins to watch; the first look has been taken when it resolves. */
export const watchSpace = async (parts: SpaceParts): Promise<Space> => {
  const { dir, reserveBytes, monotonic, changed, freeBytes = freeBytesOf } = parts;
  let isLow = false;
  let refusedUntil = Number.NEGATIVE_INFINITY;
  let said = true;

  const hasSpace = (): boolean => !isLow && monotonic() >= refusedUntil;
  const say = (): void => {
    if (hasSpace() === said) return;
    said = !said;
    changed(said);
  };
  const look = async (): Promise<void> => {
    try {
      if (dir !== null && reserveBytes > 0) {
        const free = await freeBytes(dir);
        isLow = free < reserveBytes * (isLow ? 1 + MARGIN : 1);
      }
    } catch {
      // A disk that cannot be asked is no reason to refuse: the database says so itself when it is full
      isLow = false;
    }
    say();
  };
  const refused = (): void => {
    refusedUntil = monotonic() + REFUSED_MS;
    say();
    void look();
  };
  await look();
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  return { hasSpace, refused, look, stop: () => clearInterval(timer) };
};
