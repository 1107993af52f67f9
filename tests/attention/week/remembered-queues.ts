/** The two queues of who is told of what they missed, remembered: they do as those in PostgreSQL do (push-queue.ts, digest.ts), which a story told on both shows. */
import type {
  DigestMemory,
  DigestSpan,
  DueDigest,
  DueSpan,
  HeardMemory,
  PushMemory,
  ShownSpan,
  Subscription,
  TalkSpan,
} from '@recreio/core/ports.ts';
import { PUSHES_A_DAY } from '@recreio/protocol';
import type { RememberedLog } from './remembered-log.ts';

/** As in push-queue.ts, in ms. */
const APART_MS = 30_000;
const ALONG_MS = 15_000;
/** All have browsers of one make. */
const SERVICE = 'push.example';

interface Note extends TalkSpan {
  from: number;
  to: number;
  madeAt: number;
  dueAt: number | null;
  noted: number;
  isLent: boolean;
  sent: { readonly seq: number; readonly at: number } | null;
  isOver: boolean;
}

/** A browser that is called. */
interface Device {
  readonly id: string;
  readonly account: string;
  readonly session: string;
  readonly subscription: Subscription;
  readonly since: number;
  readonly notes: Map<string, Note>;
  rang: number[];
}

const talkOf = ({ room, thread }: Pick<TalkSpan, 'room' | 'thread'>): string => thread ?? room;
const seconds = (now: number, count: number): number => now + count * 1_000;

/** Logs read behind a cursor; `tells`: of these messages, to these people. */
const hearing = (
  log: RememberedLog,
  isReached: (account: string, at: number) => boolean,
  spokenOnly: boolean,
): HeardMemory => {
  const cursors = new Map<string, number>();
  return {
    behind: () =>
      Promise.resolve(
        [...log.rooms.values()].flatMap(({ id, entries }) => (entries.length > (cursors.get(id) ?? 0) ? [id] : [])),
      ),
    lookThrough: (rooms) => {
      const heard = rooms.flatMap((id) => {
        const room = log.room(id);
        const messages = log.since(room, cursors.get(id) ?? 0);
        cursors.set(id, room.entries.length);
        return messages
          .filter((message) => !spokenOnly || log.speaks(room, message))
          .flatMap((message) =>
            [...room.members]
              .filter((account) => account !== message.author && isReached(account, message.asked?.at ?? message.at))
              .map((account) => log.heard(message, account)),
          )
          .filter(({ call, place }) => !spokenOnly || call !== null || place.announces);
      });
      return Promise.resolve(heard);
    },
    heard: (spans) =>
      Promise.resolve(spans.map((span) => log.between(span).map((message) => log.heard(message, span.account)))),
    words: () => Promise.resolve(null),
  };
};

/** What waits for devices. `clock` in ms. */
export const rememberedPushes = (log: RememberedLog, clock: () => number) => {
  const devices = new Map<string, Device>();
  const ofAccount = new Map<string, Device[]>();
  /** Those for which something waits, and maybe some more. */
  const busy = new Set<Device>();
  const noteOf = (span: DueSpan): Note | undefined => devices.get(span.device)?.notes.get(talkOf(span));
  const settle: PushMemory['settle'] = (span, settled) => {
    const note = noteOf(span);
    const device = devices.get(span.device);
    if (!note || !device) return Promise.resolve();
    const now = clock();
    note.isLent = false;
    const more = note.noted > span.noted;
    const isMore = more || note.to > span.to;
    if (typeof settled === 'object') {
      note.dueAt = more ? now : seconds(now, settled.againInSeconds);
      return Promise.resolve();
    }
    if (settled === 'rang' || settled === 'sent') {
      note.sent = { seq: span.to, at: now };
      note.isOver = false;
      note.dueAt = isMore ? now + APART_MS : null;
      if (settled === 'rang') device.rang = [...device.rang, now].slice(-PUSHES_A_DAY);
    } else {
      note.dueAt = isMore ? now : null;
      if (settled === 'told') {
        note.isOver = false;
        return Promise.resolve();
      }
      if (!more && note.sent === null) note.from = span.to + 1;
      if (settled === 'dropped') note.isOver = false;
      note.madeAt = now;
      if (note.dueAt === null && note.sent === null) device.notes.delete(talkOf(span));
    }
    return Promise.resolve();
  };

  const memory: Pick<
    PushMemory,
    keyof HeardMemory | 'identity' | 'note' | 'due' | 'renew' | 'settle' | 'shown' | 'tookAway' | 'aside' | 'gone'
  > = {
    ...hearing(log, (account, at) => (ofAccount.get(account) ?? []).some(({ since }) => since <= at), false),
    identity: () => Promise.resolve({ publicKey: '', privateKey: '' }),
    note: (spans) => {
      const now = clock();
      for (const { inSeconds, ...span } of spans)
        for (const device of ofAccount.get(span.account) ?? []) {
          busy.add(device);
          const { notes } = device;
          const due = seconds(now, inSeconds);
          const known = notes.get(talkOf(span));
          if (!known) {
            const { account, room, thread, from, to } = span;
            const fresh = { madeAt: now, dueAt: due, noted: 0, isLent: false, sent: null, isOver: false };
            notes.set(talkOf(span), { account, room, thread, from, to, ...fresh });
            continue;
          }
          known.noted += 1;
          known.from = Math.min(known.from, span.from);
          known.to = Math.max(known.to, span.to);
          if (known.dueAt === null) known.madeAt = now;
          const soonest = Math.max(due, (known.sent?.at ?? 0) + APART_MS);
          known.dueAt = Math.min(known.dueAt ?? soonest, soonest);
        }
      return Promise.resolve();
    },
    due: ({ free, ofOne, taken }) => {
      const now = clock();
      const isDue = ({ dueAt }: Note): boolean => dueAt !== null && dueAt <= now;
      const isAlong = ({ dueAt, madeAt }: Note): boolean => dueAt !== null && madeAt <= now - ALONG_MS;
      const ripe = [...busy]
        .filter(({ notes }) => notes.values().some(isDue) && !notes.values().some(({ isLent }) => isLent))
        .slice(0, Math.min(free, ofOne - (taken.get(SERVICE) ?? 0)));
      return Promise.resolve(
        ripe.flatMap(({ id, notes, rang, subscription }) =>
          [...notes.values()]
            .filter((note) => isDue(note) || isAlong(note))
            .map((note): DueSpan => {
              note.isLent = true;
              const { account, room, thread, from, to, noted, sent } = note;
              return {
                device: id,
                service: SERVICE,
                lease: id,
                account,
                room,
                thread,
                urgent: null,
                from,
                to,
                // Their services take whatever comes
                tries: 0,
                noted,
                rang,
                sent,
                subscription,
              };
            }),
        ),
      );
    },
    renew: (span) => Promise.resolve(noteOf(span)?.isLent === true),
    settle,
    shown: (of, most) =>
      Promise.resolve(
        ('device' in of ? [devices.get(of.device)] : of.accounts.flatMap((account) => ofAccount.get(account)))
          .filter((device) => device !== undefined)
          .flatMap((device) =>
            [...device.notes.values()]
              .filter((note) => note.dueAt === null && note.sent !== null)
              .sort((one, other) => (other.sent?.at ?? 0) - (one.sent?.at ?? 0))
              .slice(0, most)
              .map(({ room, thread, from, to, noted, isOver }): ShownSpan => {
                const { id, account, session, subscription } = device;
                return {
                  account,
                  room,
                  thread,
                  urgent: null,
                  from,
                  to,
                  noted,
                  device: id,
                  service: SERVICE,
                  session,
                  isOver,
                  subscription,
                };
              }),
          ),
      ),
    tookAway: (device, spans, left) => {
      const notes = devices.get(device)?.notes;
      const standing = (span: ShownSpan): Note | undefined => {
        const note = notes?.get(talkOf(span));
        const isSame = note?.to === span.to && note.noted === span.noted;
        return isSame && note.dueAt === null && note.sent !== null ? note : undefined;
      };
      for (const span of spans) if (standing(span)) notes?.delete(talkOf(span));
      const stays = left && standing(left);
      if (stays) stays.isOver = true;
      return Promise.resolve();
    },
    aside: () => Promise.resolve({ threads: [], notices: 0 }),
    gone: (device) => Promise.resolve(void devices.delete(device)),
  };

  return {
    memory,
    subscribe: (id: string, account: string, session: string, subscription: Subscription): void => {
      const device: Device = { id, account, session, subscription, since: clock(), notes: new Map(), rang: [] };
      devices.set(id, device);
      ofAccount.set(account, [...(ofAccount.get(account) ?? []), device]);
    },
    dueAt: (): number => {
      let first = Number.POSITIVE_INFINITY;
      for (const device of busy) {
        let waits = false;
        for (const { dueAt } of device.notes.values()) {
          if (dueAt === null) continue;
          waits = true;
          if (dueAt < first) first = dueAt;
        }
        if (!waits) busy.delete(device);
      }
      return first;
    },
  };
};

interface Mail {
  dueAt: number | null;
  sentAt: number | null;
  tries: number;
  letter: number;
  readonly notes: Map<string, DigestSpan & { from: number; to: number; dueAt: number; namedTo: number | null }>;
}

/** What waits to be mailed. */
export const rememberedDigests = (log: RememberedLog, clock: () => number) => {
  const mails = new Map<string, Mail>();
  const mailOf = (account: string): Mail => {
    const mail = mails.get(account) ?? { dueAt: null, sentAt: null, tries: 0, letter: 0, notes: new Map() };
    mails.set(account, mail);
    return mail;
  };
  const memory: Pick<DigestMemory, keyof HeardMemory | 'note' | 'due' | 'spans' | 'name' | 'settle'> = {
    ...hearing(log, (account) => log.someone(account).isMet, true),
    note: (spans) => {
      for (const { dueAt, isNotice, ...span } of spans) {
        const mail = mailOf(span.account);
        const note = isNotice ? `notice ${span.room} ${span.from}` : talkOf(span);
        const known = mail.notes.get(note) ?? { ...span, note, dueAt, namedTo: null };
        mail.notes.set(note, {
          ...known,
          from: Math.min(known.from, span.from),
          to: Math.max(known.to, span.to),
          dueAt: Math.min(known.dueAt, dueAt),
        });
        if (mail.tries === 0 || mail.dueAt === null) mail.dueAt = Math.min(mail.dueAt ?? dueAt, dueAt);
      }
      return Promise.resolve();
    },
    due: (most) =>
      Promise.resolve(
        [...mails]
          .filter(([, { dueAt }]) => dueAt !== null && dueAt <= clock())
          .slice(0, most)
          .map(
            ([account, { sentAt, tries, letter }]): DueDigest => ({
              account,
              lease: account,
              email: `${account}@escola.example`,
              name: log.someone(account).name,
              language: 'pt-BR',
              pace: 'hours',
              isThere: true,
              letter: `${account} ${letter}`,
              sentAt,
              tries,
            }),
          ),
      ),
    spans: (account, most) => {
      const waiting = [...mailOf(account).notes.values()];
      const named = waiting.flatMap((note) => (note.namedTo === null ? [] : [{ ...note, to: note.namedTo }]));
      const spans = named.length > 0 ? named : waiting;
      return Promise.resolve(spans.sort((a, b) => a.dueAt - b.dueAt).slice(0, most));
    },
    name: ({ account }, spans) => {
      for (const { note, to } of spans) {
        const known = mailOf(account).notes.get(note);
        if (known) known.namedTo = to;
      }
      return Promise.resolve(true);
    },
    settle: ({ account }, settled) => {
      const mail = mailOf(account);
      if ('againInSeconds' in settled) {
        mail.dueAt = seconds(clock(), settled.againInSeconds);
        mail.tries += Number(settled.failed);
        return Promise.resolve();
      }
      for (const { note, to } of settled.told) {
        const known = mail.notes.get(note);
        if (known && known.to <= to) mail.notes.delete(note);
        else if (known) Object.assign(known, { from: to + 1, namedTo: null });
      }
      mail.tries = 0;
      mail.letter += 1;
      if (settled.sent !== null) mail.sentAt = clock();
      const due = [...mail.notes.values()].map(({ dueAt }) => dueAt);
      mail.dueAt = due.length > 0 ? Math.min(...due) : null;
      return Promise.resolve();
    },
  };
  return { memory };
};
