import { useLingui } from '@lingui/react';
import { measureElement, useVirtualizer, type VirtualizerOptions } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { TalkSkeleton } from '../controls/Empty.tsx';
import type { Zone } from '../i18n/dates.ts';
import { Handlers, type TalkHandlers } from './actions.ts';
import { TalkDialogs } from './MessageActions.tsx';
import { useScrolledByHand } from './by-hand.ts';
import { useMessageFocus } from './focus.ts';
import { useFollowing } from './following.ts';
import { useNewBelow } from './new-below.ts';
import { listKeys } from './list-keys.ts';
import { rangeWith } from './roving.ts';
import { arrangeTalk, dayAt, newsOfSending, readUpTo, type MessageView, type TalkItem } from './talk.ts';
import type { Picking } from './picking.ts';
import { useReading } from './reading.ts';
import { usePlaces } from './places.ts';
import { DayPill, WaysBack } from './TalkOver.tsx';
import { TalkRowView } from './TalkRow.tsx';

/** Within this many pixels of the end one is “at the present”, and new messages pull the list along. */
const presentPx = 100;

/** Away from the present this long, one is offered the way back. */
const awayMs = 150;

/** What a link led to stays marked until one has surely found it, as long as a passing notice stays (WCAG 2.2.1). */
const markedMs = 20_000;

/** The height of a row. Where something lies over the whole list (a thread, on a phone) nothing has one: then it is what it was. */
const heightOf: NonNullable<VirtualizerOptions<HTMLDivElement, HTMLLIElement>['measureElement']> = (
  row,
  entry,
  list,
) => {
  const index = list.indexFromElement(row);
  const { getItemKey, estimateSize } = list.options;
  return measureElement(row, entry, list) || (list.itemSizeCache.get(getItemKey(index)) ?? estimateSize(index));
};

/** What the app does for the list: the rows' wishes, paging, reading. `remove` is called only after the person said yes. */
export type TalkCallbacks = Omit<TalkHandlers, 'openSheet' | 'jump' | 'pick' | 'select'> & {
  /** The message of this server id is not among `items`: load around it and set `target`. */
  jumpAway: (messageId: string) => void;
  /** The way back from such a jump leads to an item that is not among `items` any more: load around it and set `target`. */
  returnTo: (key: string) => void;
  /** The list is near its first (or last) item and `hasBefore` (or `hasAfter`). May be called again while loading. */
  reachStart: () => void;
  reachEnd: () => void;
  /** Go to the newest when `hasAfter`: load the end. */
  toPresent: () => void;
  /** The newest item that was really read. */
  seen: (key: string) => void;
  /** Esc in the list: to the composer. */
  leave: () => void;
};

type TalkListProps = {
  /** Changes when another room is shown; the list starts over then. */
  room: string;
  items: readonly TalkItem[];
  /** The first item that was new when the room was opened; fixed for the visit. */
  freshFrom?: string | undefined;
  hasBefore: boolean;
  hasAfter: boolean;
  /** Nothing is known of the room yet. */
  loading?: boolean;
  /** The item to show and mark, after a jump or from a permalink. A new object jumps again. */
  target?: { key: string } | undefined;
  zone?: Zone;
  now: number;
  callbacks: TalkCallbacks;
  /** Choosing several messages. */
  picking: Picking;
  /** Messages below what is loaded; they count as what comes after. */
  newer?: number;
  /** Shown when there is nothing and nothing is loading. */
  empty?: ReactNode;
  /** Below the last message, beside the ways back: who is writing. */
  foot?: ReactNode;
  /** A talk of two is about no lesson: without the margin where its places stand. */
  plain?: boolean;
  /** Where one was before a link led here, in this room or another. */
  wayBack?: (() => void) | undefined;
  /** Above the first message: the connection's banner. */
  top?: ReactNode;
  /** What is said here, where it is not the one conversation of the page. */
  label?: string;
};

/** The conversation: a virtual `ol` that keeps its place when history comes in above, and follows the present only when one is there. */
export function TalkList({
  room,
  items,
  freshFrom,
  hasBefore,
  hasAfter,
  loading = false,
  target,
  zone,
  now,
  newer = 0,
  callbacks,
  picking,
  empty,
  foot,
  plain = false,
  wayBack,
  top,
  label,
}: TalkListProps) {
  const { i18n } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const sentKey = newsOfSending(items, now);
  const rows = useMemo(() => arrangeTalk(items, { freshFrom, sentKey, zone }), [items, freshFrom, sentKey, zone]);
  const [active, setActive] = useState<string>();
  const [marked, setMarked] = useState<string>();
  const [back, setBack] = useState<readonly string[]>([]);
  const [atPresent, setAtPresent] = useState(true);
  const [sheet, setSheet] = useState<MessageView>();
  const [asking, setAsking] = useState<MessageView>();
  const latest = useRef(callbacks);
  latest.current = callbacks;
  const choosing = useRef(picking);
  choosing.current = picking;
  const indexOf = useCallback(
    (key: string | undefined) => (key === undefined ? -1 : rows.findIndex((row) => row.key === key)),
    [rows],
  );
  const messageKeys = useMemo(() => rows.filter((row) => row.type === 'message').map((row) => row.key), [rows]);
  const chosen = active !== undefined && messageKeys.includes(active) ? active : undefined;
  const chosenIndex = indexOf(chosen);
  const { focusOn, focusNext, giveUp } = useMessageFocus(scroller);

  const virtual = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 96,
    measureElement: heightOf,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    anchorTo: 'end',
    scrollEndThreshold: presentPx,
    paddingStart: 4,
    paddingEnd: 8,
    // What one goes to stands below the top, with the end of what was said before it: a short message whole, its author's arch too
    scrollPaddingStart: 92,
    scrollPaddingEnd: 8,
    // The row with the focus stays mounted however far one scrolls, or the focus would be lost
    rangeExtractor: (range) => rangeWith(range, chosenIndex),
  });

  const height = virtual.scrollRect?.height ?? 0;
  const follow = useFollowing(virtual, { scroller, rows, hasAfter, withinPx: presentPx });
  const { toPresent: askForPresent, toRow } = usePlaces(virtual, {
    room,
    rows,
    items,
    hasAfter,
    scroller,
    height,
    follow,
  });

  const jumpTo = useCallback(
    (key: string) => {
      if (!toRow(key, 'center')) return false;
      setActive(key);
      setMarked(key);
      focusOn(key);
      return true;
    },
    [toRow, focusOn],
  );
  useEffect(() => {
    if (target) jumpTo(target.key);
  }, [target]); // eslint-disable-line react-hooks/exhaustive-deps -- only a new target jumps, not a new row
  useEffect(() => {
    if (marked === undefined) return undefined;
    const timer = setTimeout(() => setMarked(undefined), markedMs);
    return () => clearTimeout(timer);
  }, [marked]);

  // Where one is: at the present or not, near an edge or not, and up to what one has read
  const drawn = virtual.getVirtualItems();
  const offset = virtual.scrollOffset ?? 0;
  const firstOnScreen = drawn.find((item) => item.end > offset + 8)?.index ?? 0;
  const lastOnScreen = drawn.findLast((item) => item.start < offset + height - 8)?.index ?? rows.length - 1;
  const inSight = rows.slice(0, lastOnScreen + 1).findLast((row) => row.type === 'message')?.key;
  // Who comes to the list by Tab comes to what is in sight, and to where they were only while they are in it
  const activeKey = chosen ?? inSight ?? messageKeys[messageKeys.length - 1];
  const isAtPresent = !hasAfter && virtual.isAtEnd(presentPx);
  useEffect(() => {
    // On opening, and while the list follows what comes, one is away for some frames only: no button for those
    const timer = setTimeout(() => setAtPresent(isAtPresent), isAtPresent ? 0 : awayMs);
    return () => clearTimeout(timer);
  }, [isAtPresent]);
  const waiting = useNewBelow(items, { inSight: drawn.length === 0 ? undefined : inSight, freshFrom, hasAfter, newer });
  const nearStart = hasBefore && rows.length > 0 && firstOnScreen < 6;
  const nearEnd = hasAfter && rows.length > 0 && lastOnScreen > rows.length - 6;
  useEffect(() => {
    // Drawn before the list went to where it opens: nothing is near there any more
    const isStale = Math.abs((scroller.current?.scrollTop ?? 0) - offset) > height;
    if (nearStart && !isStale) latest.current.reachStart();
  }, [nearStart, rows.length, offset === 0]); // eslint-disable-line react-hooks/exhaustive-deps -- once for each edge reached, not for each step of the wheel
  useEffect(() => {
    if (nearEnd) latest.current.reachEnd();
  }, [nearEnd, rows.length]);
  useReading(
    readUpTo(rows, lastOnScreen + 1),
    useCallback((key: string) => latest.current.seen(key), []),
  );

  const handlers = useMemo<TalkHandlers>(() => {
    const focusAbove = (key: string) => {
      const all = itemsRef.current;
      const index = all.findIndex((item) => item.key === key);
      const above = all.slice(0, index).findLast(({ kind }) => kind === 'message');
      if (above === undefined) return latest.current.leave();
      setActive(above.key);
      focusOn(above.key);
    };
    return {
      react: (message, emoji, on) => latest.current.react(message, emoji, on),
      reply: (message) => latest.current.reply(message),
      openThread: (message) => latest.current.openThread(message),
      edit: (message) => latest.current.edit(message),
      copy: (message) => latest.current.copy(message),
      copyLink: (message) => latest.current.copyLink(message),
      pin: (message) => latest.current.pin(message),
      require: (message) => latest.current.require(message),
      save: (message) => latest.current.save(message),
      markUnread: (message) => latest.current.markUnread(message),
      pick: (message, isRange) => choosing.current.pick(message, isRange),
      select: (message) => choosing.current.pick(message, false),
      past: (message) => latest.current.past(message),
      forward: (message) => latest.current.forward(message),
      remove: setAsking,
      // Each takes the button away that it was asked by: the focus goes to the message itself, or to the one above
      retry: (message) => {
        focusOn(message.key);
        latest.current.retry(message);
      },
      discard: (message) => {
        focusAbove(message.key);
        latest.current.discard(message);
      },
      fillGap: (key) => {
        focusAbove(key);
        latest.current.fillGap(key);
      },
      openSheet: setSheet,
      jump: (from, messageId) => {
        setBack((stack) => [...stack, from.key]);
        const found = itemsRef.current.find((item) => item.kind === 'message' && item.id === messageId);
        if (!found || !jumpRef.current(found.key)) latest.current.jumpAway(messageId);
      },
    };
  }, [focusOn]);
  const itemsRef = useRef(items);
  itemsRef.current = items;
  const jumpRef = useRef(jumpTo);
  jumpRef.current = jumpTo;

  /** The toolbar that opened a dialog is gone when it closes: the focus goes to the message itself. */
  function refocus(key: string) {
    setActive(key);
    focusNext(key);
  }
  function goBack() {
    const key = back[back.length - 1];
    setBack(back.slice(0, -1));
    if (key !== undefined && !jumpTo(key)) latest.current.returnTo(key);
  }
  // The button goes when one is there: whoever pressed it by keyboard goes on at the newest message
  const isByKey = useRef(false);
  function toPresent(byKey: boolean) {
    setBack([]);
    isByKey.current = byKey;
    askForPresent();
    if (hasAfter) latest.current.toPresent();
  }
  const newest = messageKeys[messageKeys.length - 1];
  useEffect(() => {
    if (!atPresent || !isByKey.current || newest === undefined) return;
    isByKey.current = false;
    setActive(newest);
    focusOn(newest);
  }, [atPresent, newest, focusOn]);
  const keys = listKeys({
    keys: messageKeys,
    activeKey,
    goTo(key) {
      setActive(key);
      toRow(key, 'auto');
      focusOn(key);
    },
    openSheet(key) {
      const row = rows[indexOf(key)];
      if (row?.type === 'message') setSheet(row.message);
    },
    markUnread(key) {
      const row = rows[indexOf(key)];
      if (row?.type === 'message' && row.message.powers.markUnread) latest.current.markUnread(row.message);
    },
    picking: {
      isOn: picking.isOn,
      pick(key, isRange) {
        const row = rows[indexOf(key)];
        if (row?.type === 'message') choosing.current.pick(row.message, isRange);
      },
      leave: picking.leave,
    },
    leave: () => latest.current.leave(),
  });

  const isByHand = useScrolledByHand(scroller);
  // Two marks of one day would lie on one another, and the divider is to be seen
  const isMarkNear = drawn.some(
    (item) =>
      item.end > offset && item.start < offset + 64 && ['day', 'fresh'].includes(rows[item.index]?.type ?? 'message'),
  );
  let drawnTo = drawn[0]?.start ?? 0;
  return (
    <Handlers value={handlers}>
      <div className="talk-frame">
        {top}
        <div className="talk-view">
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a scroller with roving focus: the keys move among its articles */}
          <div
            className="scroll"
            ref={scroller}
            tabIndex={messageKeys.length === 0 ? 0 : -1}
            role="region"
            aria-label={label ?? i18n._('Mensagens')}
            aria-busy={loading}
            onKeyDown={keys}
            onFocus={(event) => {
              giveUp();
              const key = (event.target as HTMLElement).closest<HTMLElement>('[data-message]')?.dataset['message'];
              if (key !== undefined) setActive(key);
            }}
            onBlur={({ relatedTarget, currentTarget }) => {
              // To another part of the room, and not into what floats: the way back leads to what is in sight then
              const room = currentTarget.closest('main, .panel');
              if (relatedTarget && room?.contains(relatedTarget) && !currentTarget.contains(relatedTarget))
                setActive(undefined);
            }}
          >
            {loading && rows.length === 0 && <TalkSkeleton />}
            {!loading && rows.length === 0 && empty}
            {rows.length > 0 && (
              <ol
                className={plain ? 'talk talk--plain' : 'talk'}
                style={{ minHeight: `max(100%, ${virtual.getTotalSize()}px)`, paddingTop: drawn[0]?.start ?? 0 }}
              >
                {drawn.map((item) => {
                  const row = rows[item.index];
                  if (!row) return null;
                  const skipped = item.start - drawnTo;
                  drawnTo = item.end;
                  return (
                    <li
                      key={row.key}
                      ref={virtual.measureElement}
                      data-index={item.index}
                      className="talk-row"
                      style={skipped > 0 ? { marginTop: skipped } : undefined}
                    >
                      <TalkRowView
                        row={row}
                        now={now}
                        zone={zone}
                        isActive={row.key === activeKey}
                        isTarget={row.key === marked}
                        isPicked={picking.isOn ? picking.picked.has(row.key) : undefined}
                      />
                    </li>
                  );
                })}
              </ol>
            )}
          </div>
          <DayPill at={dayAt(rows, firstOnScreen)} now={now} zone={zone} shown={isByHand && !isMarkNear} />
        </div>
        <div className="talk-edge">
          {foot}
          <WaysBack
            fresh={waiting}
            onBack={back.length > 0 ? goBack : undefined}
            onWayBack={wayBack}
            onPresent={rows.length > 0 && !atPresent ? toPresent : undefined}
          />
        </div>
      </div>
      <TalkDialogs
        sheet={sheet}
        asking={asking}
        onRemove={(message) => latest.current.remove(message)}
        onClosed={(message) => {
          setSheet(undefined);
          setAsking(undefined);
          refocus(message.key);
        }}
      />
    </Handlers>
  );
}
