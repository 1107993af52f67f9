/** The living half of a node: the hub, what is latest-wins and ephemeral of people, the clockwork, and its end of the bus. */
import type { Bell, Memory, OpenBus, Presence, Visibility } from '@recreio/core';
import { type Limits, READERS, type School } from '@recreio/protocol';
import { clockwork, type ClockworkParts } from './clockwork.ts';
import type { Connection } from './connection.ts';
import { makeHub } from './hub.ts';
import { makeLatest } from './latest.ts';
import { newsOf } from './news.ts';
import { makePresence } from './presence.ts';
import { makeReading } from './reading.ts';
import { followSchool } from './school.ts';

/** What it is made of. */
export interface RealtimeParts {
  /** This node's own name among the others. */
  readonly node: string;
  readonly memory: Memory;
  readonly openBus: OpenBus;
  /** As it stands at the start. */
  readonly school: School;
  readonly visibilityOf: (account: string) => Promise<Visibility>;
  /** Sessions that ended lately, on whichever node. */
  readonly revocations: ClockworkParts['revocations'];
  readonly limits: Limits;
  /** Whether it is hard to keep up: then who is here is not told for now (contract D32). */
  readonly isStrained?: () => boolean;
  readonly monotonic: () => number;
  /** As `monotonic`, and counts while the machine is asleep; left out: it never is. */
  readonly sleepless?: () => number;
  readonly trouble: (where: string, error: unknown) => void;
}

/** Puts it together; it runs until it is closed. */
export const makeRealtime = (parts: RealtimeParts) => {
  const { memory, limits, monotonic, trouble } = parts;
  const hub = makeHub({
    memory: memory.streams,
    limits,
    monotonic,
    publish: (doorbell) => bus.publish(doorbell),
    polled: (revisions) => latest.polled(revisions),
    presenceChanged: (room) => here.changed(room),
    trouble,
  });
  const here = makePresence({
    hub,
    limits,
    monotonic,
    whisper: (whisper) => bus.publish(whisper),
    ...(parts.isStrained ? { isSilent: parts.isStrained } : {}),
  });
  const latest = makeLatest({
    hub,
    meOf: async ({ actor }) => (await memory.accounts.alive(actor))?.me ?? null,
    visibilityOf: parts.visibilityOf,
    markersAfter: (account, revision) => memory.rooms.markersAfter(account, revision),
    threadsAfter: (account, revision) => memory.threads.movedAfter(account, revision),
    savedAfter: (account, revision) => memory.saved.changedAfter(account, revision),
    confirmedAfter: (account, revision) => memory.notifications.confirmedAfter(account, revision),
    tunedAfter: (account, revision) => memory.notifications.tunedAfter(account, revision),
    draftsAfter: (account, revision) => memory.drafts.changedAfter(account, revision),
    changed: (account) => here.shown(account),
    whisper: (whisper) => bus.publish(whisper),
    trouble,
  });
  const school = followSchool({
    first: parts.school,
    read: () => memory.school.read(),
    hub,
    whisper: (whisper) => bus.publish(whisper),
    trouble,
  });
  const { revocations, sleepless = monotonic } = parts;
  const reading = makeReading({
    hub,
    readers: (room) => memory.rooms.readers(room, READERS + 1),
    policies: () => school.current().policies,
    isSilent: parts.isStrained,
    monotonic,
    trouble,
  });
  const tick = (): void => {
    here.tick();
    reading.tick();
  };
  const clock = clockwork({ hub, here: { tick }, revocations, monotonic: sleepless, trouble });

  const heard = (message: Record<string, unknown>, from: string): void => {
    const news = newsOf(message);
    if (!news) return;
    if ('w' in news) {
      if (news.w === 'marker') reading.moved(news.marker.room, news.account);
      if (news.w === 'marker' || news.w === 'thread' || news.w === 'tuning' || news.w === 'moved' || news.w === 'me')
        latest.heard(news);
      else if (news.w === 'school') school.heard(news.version);
      else here.heard(news, from);
      return;
    }
    hub.heard(news);
    if (news.revoked) void clock.checkRevocations();
    if (news.poll) void clock.poll();
  };
  const bus = parts.openBus({
    node: parts.node,
    heard,
    up: () => {
      // What was told while nobody listened is looked for at once
      void clock.poll();
      void clock.checkRevocations();
      here.up();
    },
    trouble: (error) => trouble('bus', error),
  });

  const bell: Bell = { ring: (...committed) => hub.bell.ring(...committed) };
  const presence: Presence = {
    ...here.presence,
    marker: (account, marker, revision) => {
      latest.marker(account, marker, revision);
      reading.moved(marker.room, account);
    },
    thread: latest.thread,
    saved: latest.saved,
    notices: latest.notices,
    tuning: latest.tuning,
    draft: latest.draft,
    me: latest.me,
    school: school.changed,
  };
  return {
    hub,
    bell,
    presence,
    /** The school's settings, as they stand. */
    school: school.current,
    /** A person has come, who was welcomed with at least what this revision holds. */
    came: (connection: Connection, revision: number): void => {
      latest.came(connection.actor.account, revision);
      here.came(connection);
    },
    /** Whether a person is connected, here or elsewhere. */
    isHere: (account: string): boolean => {
      for (const _ of hub.connectionsOf(account)) return true;
      return here.isElsewhere(account);
    },
    /** Whether a session is connected to this node. */
    isOpen: (account: string, session: string): boolean => {
      for (const { actor } of hub.connectionsOf(account)) if (actor.session === session) return true;
      return false;
    },
    /** A person's last connection is gone. */
    left: (account: string): void => {
      latest.left(account);
      here.left(account);
    },
    /** Sessions have ended on this node. */
    revoked: (): void => {
      bus.publish({ revoked: true });
      void clock.checkRevocations();
    },
    /** Closes the sockets of sessions that have ended, at once. */
    checkRevocations: clock.checkRevocations,
    /** Whether the other nodes can be heard (contract, "Health"). */
    isBusUp: (): boolean => bus.isUp(),
    close: async (): Promise<void> => {
      await school.stop();
      await clock.stop();
      await bus.close();
    },
  };
};

/** The living half of a node. */
export type Realtime = ReturnType<typeof makeRealtime>;
