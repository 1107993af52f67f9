/** How much is unread in a room, derived as [R36] says. Pure. */
import type { Mine, UnreadFrom } from '@recreio/protocol';

/** What the counts are made of. */
export interface Tally {
  readonly head: number;
  /** The newest message's number. */
  readonly ordinal: number;
  readonly lastMessageAt: string | null;
  readonly markerSeq: number;
  readonly markerOrdinal: number;
  /** What lies before the marker and is shown as unread ([R86]). */
  readonly unreadFrom: UnreadFrom | undefined;
  /** The server's counts, and the newest ordinal that is in them. */
  readonly counted: { readonly ordinal: number; readonly unread: number; readonly mentions: number };
  /** Ordinals above the marker taken away since. */
  readonly removed: ReadonlySet<number>;
  /** Messages that spoke to me since, by id. */
  readonly spoken: ReadonlyMap<string, number>;
}

/** Counts stop here ([R50]). */
const MOST = 999;

/** A tally as the server counts it now. */
export const tallyOf = (mine: Mine): Tally => ({
  head: mine.head,
  ordinal: mine.ordinal,
  lastMessageAt: mine.lastMessageAt,
  markerSeq: mine.readSeq,
  markerOrdinal: mine.readOrdinal,
  unreadFrom: mine.unreadFrom,
  counted: { ordinal: mine.ordinal, unread: mine.unread, mentions: mine.mentions },
  removed: new Set(),
  spoken: new Map(),
});

/** The seq up to which what was said is shown as read. */
export const readTo = ({ readSeq, unreadFrom }: Pick<Mine, 'readSeq' | 'unreadFrom'>): number =>
  unreadFrom === undefined ? readSeq : unreadFrom.seq - 1;

const removedFrom = (tally: Tally, ordinals: readonly number[]): ReadonlySet<number> => {
  const first = tally.unreadFrom?.ordinal ?? tally.markerOrdinal + 1;
  const above = ordinals.filter((ordinal) => ordinal >= first);
  return above.length === 0 ? tally.removed : new Set([...tally.removed, ...above]);
};

/** The room stands further on: a `heads` row. */
export const onHeads = (
  tally: Tally,
  row: { head: number; ordinal: number; at: string; removed?: readonly number[] },
): Tally => ({
  ...tally,
  head: Math.max(tally.head, row.head),
  ordinal: Math.max(tally.ordinal, row.ordinal),
  lastMessageAt: row.ordinal > tally.ordinal ? row.at : tally.lastMessageAt,
  removed: removedFrom(tally, row.removed ?? []),
});

/** My marker has moved, with the counts that follow from it ([R37]); it never goes back. */
export const onMarker = (
  tally: Tally,
  marker: {
    seq: number;
    ordinal: number;
    unread: number;
    mentions: number;
    newest: number;
    unreadFrom?: UnreadFrom;
  },
): Tally => {
  if (marker.seq < tally.markerSeq) return tally;
  return {
    ...tally,
    head: Math.max(tally.head, marker.seq),
    ordinal: Math.max(tally.ordinal, marker.newest),
    markerSeq: marker.seq,
    markerOrdinal: marker.ordinal,
    unreadFrom: marker.unreadFrom,
    counted: { ordinal: marker.newest, unread: marker.unread, mentions: marker.mentions },
    removed: new Set(),
    spoken: new Map(),
  };
};

/** A message was sent in a room that is open here; sending moves the sender's own marker ([R37]). */
export const onMessage = (tally: Tally, sent: { seq: number; ordinal: number; at: string; isMine: boolean }): Tally => {
  const next = onHeads(tally, { head: sent.seq, ordinal: sent.ordinal, at: sent.at });
  const isAhead = sent.isMine && sent.seq > tally.markerSeq;
  return isAhead
    ? onMarker(next, { seq: sent.seq, ordinal: sent.ordinal, unread: 0, mentions: 0, newest: sent.ordinal })
    : next;
};

/** A message was taken away in a room that is open here. */
export const onRemoved = (tally: Tally, gone: { id: string; seq: number; ordinal: number }): Tally => {
  const spoken = new Map(tally.spoken);
  spoken.delete(gone.id);
  return { ...tally, head: Math.max(tally.head, gone.seq), removed: removedFrom(tally, [gone.ordinal]), spoken };
};

/** A message speaks to me (`notification.made`, [R46]). */
export const onSpoken = (tally: Tally, message: { id: string; seq: number }): Tally =>
  message.seq <= tally.markerSeq ? tally : { ...tally, spoken: new Map(tally.spoken).set(message.id, message.seq) };

/** A message calls everybody ([R113]); counts that were told after it include it. */
export const onCalled = (
  tally: Tally,
  call: { message: string; messageSeq: number; ordinal: number; at: string },
): Tally => {
  const next = onHeads(tally, { head: call.messageSeq, ordinal: call.ordinal, at: call.at });
  return call.ordinal <= tally.counted.ordinal ? next : onSpoken(next, { id: call.message, seq: call.messageSeq });
};

/** The room's part of the caller with the counts of this moment. In a private conversation all that is unread speaks to me. */
export const countInto = (mine: Mine, tally: Tally, isDirect: boolean): Mine => {
  const { counted } = tally;
  const unread = counted.unread + (tally.ordinal - counted.ordinal) - tally.removed.size;
  const shown = Math.max(0, Math.min(MOST, unread));
  const mentions = isDirect ? shown : Math.min(shown, counted.mentions + tally.spoken.size);
  const { unreadFrom: _, ...rest } = mine;
  return {
    ...rest,
    head: tally.head,
    ordinal: tally.ordinal,
    lastMessageAt: tally.lastMessageAt,
    readSeq: tally.markerSeq,
    readOrdinal: tally.markerOrdinal,
    ...(tally.unreadFrom === undefined ? {} : { unreadFrom: tally.unreadFrom }),
    unread: shown,
    mentions,
  };
};
