/**
 * The school's settings as this node tells them: in `welcome`, and in a frame to everybody when they change. Latest wins: told
 * at once by word between nodes, and since each change has a version, which is looked at every two seconds, also where no word arrives.
 */
import type { School } from '@recreio/protocol';
import { encode } from './frames.ts';
import type { Hub } from './hub.ts';
import type { Whisper } from './news.ts';

/** What it is made of. */
export interface SchoolParts {
  readonly first: School;
  readonly read: () => Promise<School>;
  readonly hub: Pick<Hub, 'connections'>;
  readonly whisper: (whisper: Whisper) => void;
  readonly trouble: (where: string, error: unknown) => void;
}

const LOOK_MS = 2_000;

/** Follows the school from what is known of it; `stop` at the end. */
export const followSchool = ({ first, read, hub, whisper, trouble }: SchoolParts) => {
  let current = first;
  let looking: Promise<void> | null = null;

  const take = (school: School): void => {
    if (school.version <= current.version) return;
    current = school;
    const frame = encode({ t: 'school', school });
    for (const connection of hub.connections()) connection.outbound.push(frame);
  };
  const look = (): Promise<void> =>
    (looking ??= read()
      .then(take, (error: unknown) => trouble('school', error))
      .finally(() => {
        looking = null;
      }));
  const timer = setInterval(() => void look(), LOOK_MS);

  return {
    /** As it stands. */
    current: (): School => current,
    /** It was changed on this node. */
    changed: (school: School): void => {
      take(school);
      whisper({ w: 'school', version: school.version });
    },
    /** Another node says that it stands at this version. */
    heard: (version: number): void => {
      if (version > current.version) void look();
    },
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await looking;
    },
  };
};
