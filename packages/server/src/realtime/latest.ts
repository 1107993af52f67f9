/**
 * What of a person is latest-wins, kept equal on all their sockets: the own account, read markers, threads followed, how loud rooms are, what is saved or confirmed, drafts (contract D33). Told at once
 * by word between nodes; and since each change has a revision, which the poll reads, also where no word arrives.
 */
import type { Marker, RoomTuned, StandingIn, ThreadMoved, TunedRoom, Visibility } from '@recreio/core';
import type { Me, SyncedDraft } from '@recreio/protocol';
import type { Connection } from './connection.ts';
import { encode } from './frames.ts';
import type { Hub } from './hub.ts';
import type { Whisper } from './news.ts';

/** What it is made of. */
export interface LatestParts {
  readonly hub: Pick<Hub, 'connectionsOf'>;
  /** The own account over a connection; null when its session has ended. */
  readonly meOf: (connection: Connection) => Promise<Me | null>;
  readonly visibilityOf: (account: string) => Promise<Visibility>;
  readonly markersAfter: (
    account: string,
    revision: number,
  ) => Promise<readonly (Marker & { readonly revision: number })[]>;
  readonly threadsAfter: (account: string, revision: number) => Promise<readonly ThreadMoved[]>;
  /** Whether what the person has saved has changed since a revision. */
  readonly savedAfter: (account: string, revision: number) => Promise<boolean>;
  /** Whether the person has confirmed something since a revision. */
  readonly confirmedAfter: (account: string, revision: number) => Promise<boolean>;
  readonly tunedAfter: (account: string, revision: number) => Promise<readonly RoomTuned[]>;
  readonly draftsAfter: (account: string, revision: number) => Promise<readonly SyncedDraft[]>;
  /** What presence shows of the person follows from what has changed. */
  readonly changed: (account: string) => void;
  readonly whisper: (whisper: Whisper) => void;
  readonly trouble: (where: string, error: unknown) => void;
}

interface Known {
  /** Everything up to this revision was told to the sockets here, and these beyond it. */
  revision: number;
  readonly ahead: Set<number>;
  /** How far each marker was told, and at which revision: words overtake each other, markers never go back (docs/protocol.md R37). */
  readonly stood: Map<string, { readonly seq: number; readonly revision: number }>;
  /** The revision at which each thread was told last. */
  readonly threads: Map<string, number>;
  /** The revision at which each room's loudness was told last. */
  readonly tunings: Map<string, number>;
  reading: boolean;
}

/** Makes the latest of a node. */
export const makeLatest = (parts: LatestParts) => {
  const { hub, whisper } = parts;
  const people = new Map<string, Known>();

  /** One may stop following: the higher revision stands, whichever comes first. */
  const tellThread = (account: string, { threads }: Known, standing: StandingIn, revision: number): void => {
    if (revision < (threads.get(standing.thread) ?? 0)) return;
    threads.set(standing.thread, revision);
    const frame = encode({ t: 'thread', ...standing });
    for (const connection of hub.connectionsOf(account)) connection.outbound.push(frame);
  };

  /** As with threads: it may become louder or quieter. */
  const tellTuning = (account: string, { tunings }: Known, tuning: TunedRoom, revision: number): void => {
    if (revision < (tunings.get(tuning.room) ?? 0)) return;
    tunings.set(tuning.room, revision);
    const frame = encode({ t: 'tuning', ...tuning });
    for (const connection of hub.connectionsOf(account)) connection.outbound.push(frame);
  };

  /** What is shown as unread before a marker comes and goes while that stands: there the revision decides. */
  const tell = (account: string, { stood }: Known, marker: Marker, revision: number | undefined): void => {
    const before = stood.get(marker.room) ?? { seq: 0, revision: 0 };
    if (marker.seq < before.seq || (revision ?? before.revision) < before.revision) return;
    stood.set(marker.room, { seq: marker.seq, revision: revision ?? before.revision });
    const frame = encode({ t: 'marker', ...marker });
    for (const connection of hub.connectionsOf(account)) connection.outbound.push(frame);
  };

  /** The list is asked for by those who show it. */
  const tellList = (account: string, t: 'saved' | 'notices'): void => {
    const frame = encode({ t });
    for (const connection of hub.connectionsOf(account)) connection.outbound.push(frame);
  };

  /** The highest version is the truth: whoever hears of it looks for that ([R87]). Words go to sockets, never over the bus. */
  const tellDraft = (account: string, draft: SyncedDraft): void => {
    const frame = encode({ t: 'draft', ...draft });
    for (const connection of hub.connectionsOf(account)) connection.outbound.push(frame);
  };

  /** What has a revision; what was told is not told again. Without one, of an older release, it is told. */
  const take = (account: string, revision: number | undefined, told: (known: Known) => void): void => {
    const known = people.get(account);
    if (!known || (revision !== undefined && (revision <= known.revision || known.ahead.has(revision)))) return;
    told(known);
    // Where one is missing in between, the poll sees the higher number and reads what was missed
    if (revision !== undefined) known.ahead.add(revision);
    while (known.ahead.delete(known.revision + 1)) known.revision += 1;
  };
  const takeMarker = (account: string, marker: Marker, revision: number | undefined): void =>
    take(account, revision, (known) => tell(account, known, marker, revision));
  const takeThread = (account: string, standing: StandingIn, revision: number): void =>
    take(account, revision, (known) => tellThread(account, known, standing, revision));
  const takeTuning = (account: string, tuning: TunedRoom, revision: number): void =>
    take(account, revision, (known) => tellTuning(account, known, tuning, revision));

  const readMe = async (account: string): Promise<void> => {
    const connections = [...hub.connectionsOf(account)];
    if (connections.length === 0) return;
    try {
      const visibility = await parts.visibilityOf(account);
      for (const connection of connections) connection.visibility = visibility;
      parts.changed(account);
      for (const connection of connections) {
        const me = await parts.meOf(connection);
        if (me && !connection.closed) connection.send({ t: 'me', me });
      }
    } catch (error) {
      parts.trouble('me', error);
      throw error;
    }
  };

  /** Reads what was missed. */
  const catchUp = async (account: string, known: Known, revision: number): Promise<void> => {
    if (known.reading) return;
    known.reading = true;
    try {
      for (const { revision: at, ...marker } of await parts.markersAfter(account, known.revision))
        tell(account, known, marker, at);
      for (const { standing, revision: at } of await parts.threadsAfter(account, known.revision))
        tellThread(account, known, standing, at ?? 0);
      if (await parts.savedAfter(account, known.revision)) tellList(account, 'saved');
      if (await parts.confirmedAfter(account, known.revision)) tellList(account, 'notices');
      for (const { tuning, revision: at } of await parts.tunedAfter(account, known.revision))
        tellTuning(account, known, tuning, at ?? 0);
      for (const draft of await parts.draftsAfter(account, known.revision)) tellDraft(account, draft);
      await readMe(account);
      known.revision = Math.max(known.revision, revision);
      for (const told of known.ahead) if (told <= known.revision) known.ahead.delete(told);
    } catch (error) {
      // The poll comes by within a second and tries again
      parts.trouble('latest', error);
    } finally {
      known.reading = false;
    }
  };

  const look = (account: string, revision: number): void => {
    const known = people.get(account);
    if (known && revision > known.revision) void catchUp(account, known, revision);
  };

  return {
    /** Reading moved a marker on this node. */
    marker: (account: string, marker: Marker, revision: number): void => {
      takeMarker(account, marker, revision);
      whisper({ w: 'marker', account, marker, revision });
    },
    /** How a person stands to a thread was changed on this node. */
    thread: (account: string, standing: StandingIn, revision: number): void => {
      takeThread(account, standing, revision);
      whisper({ w: 'thread', account, standing, revision });
    },
    /** What the person has saved was changed on this node. */
    saved: (account: string, revision: number): void => {
      take(account, revision, () => tellList(account, 'saved'));
      whisper({ w: 'moved', account, revision });
    },
    /** The person has confirmed something on this node. */
    notices: (account: string, revision: number): void => {
      take(account, revision, () => tellList(account, 'notices'));
      whisper({ w: 'moved', account, revision });
    },
    /** How loud a room is for a person was changed on this node. */
    tuning: (account: string, tuning: TunedRoom, revision: number): void => {
      takeTuning(account, tuning, revision);
      whisper({ w: 'tuning', account, tuning, revision });
    },
    /** A draft of the person's was changed on this node. */
    draft: (account: string, draft: SyncedDraft, revision: number): void => {
      take(account, revision, () => tellDraft(account, draft));
      whisper({ w: 'moved', account, revision });
    },
    /** The account was changed on this node. */
    me: (account: string): void => {
      readMe(account).catch(() => undefined); // it has said so, and the poll does it again
      whisper({ w: 'me', account });
    },
    /** From another node. */
    heard: (message: Extract<Whisper, { w: 'marker' | 'thread' | 'tuning' | 'moved' | 'me' }>): void => {
      if (message.w === 'marker') takeMarker(message.account, message.marker, message.revision);
      else if (message.w === 'thread') takeThread(message.account, message.standing, message.revision);
      else if (message.w === 'tuning') takeTuning(message.account, message.tuning, message.revision);
      else if (message.w === 'moved') look(message.account, message.revision);
      else readMe(message.account).catch(() => undefined);
    },
    /** A person has come who was welcomed with at least what this revision holds. */
    came: (account: string, revision: number): void => {
      if (!people.has(account))
        people.set(account, {
          revision,
          ahead: new Set(),
          stood: new Map(),
          threads: new Map(),
          tunings: new Map(),
          reading: false,
        });
    },
    /** The person's last connection is gone. */
    left: (account: string): void => void people.delete(account),
    /** What the poll has read: where a number is higher than what was told, something was missed. */
    polled: (revisions: ReadonlyMap<string, number>): void => {
      for (const [account, revision] of revisions) look(account, revision);
    },
  };
};

/** The latest of a node. */
export type Latest = ReturnType<typeof makeLatest>;
