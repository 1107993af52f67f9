import { useLingui } from '@lingui/react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { TalkSkeleton } from '../controls/Empty.tsx';
import type { Zone } from '../i18n/dates.ts';
import { Handlers, type TalkHandlers } from './actions.ts';
import { AskRemove, MessageSheet } from './MessageActions.tsx';
import { rangeWith, rowMoves } from './roving.ts';
import { arrangeTalk, countAfter, dayAt, type MessageView, type TalkItem } from './talk.ts';
import { useReading } from './reading.ts';
import { useStickToEnd } from './stick.ts';
import { DayPill, WaysBack } from './TalkOver.tsx';
import { TalkRowView } from './TalkRow.tsx';

/** Within this many pixels of the end one is “at the present”, and new messages pull the list along. */
const presentPx = 100;

/** What the app does for the list: the rows' wishes, paging, reading. `remove` is called only after the person said yes. */
export type TalkCallbacks = Omit<TalkHandlers, 'openSheet' | 'jump'> & {
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
  /** Messages below what is loaded; they count as what comes after. */
  newer?: number;
  /** Shown when there is nothing and nothing is loading. */
  empty?: ReactNode;
  /** Above the first message: the connection's banner. */
  top?: ReactNode;
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
  empty,
  top,
}: TalkListProps) {
  const { i18n } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => arrangeTalk(items, { freshFrom, zone }), [items, freshFrom, zone]);
  const [active, setActive] = useState<string>();
  const [marked, setMarked] = useState<string>();
  const [back, setBack] = useState<readonly string[]>([]);
  const [atPresent, setAtPresent] = useState(true);
  const [sheet, setSheet] = useState<MessageView>();
  const [asking, setAsking] = useState<MessageView>();
  const latest = useRef(callbacks);
  latest.current = callbacks;
  const indexOf = useCallback(
    (key: string | undefined) => (key === undefined ? -1 : rows.findIndex((row) => row.key === key)),
    [rows],
  );
  const messageKeys = useMemo(() => rows.filter((row) => row.type === 'message').map((row) => row.key), [rows]);
  const activeKey = active !== undefined && messageKeys.includes(active) ? active : messageKeys[messageKeys.length - 1];
  const activeIndex = indexOf(activeKey);

  const virtual = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 96,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    anchorTo: 'end',
    followOnAppend: !hasAfter,
    scrollEndThreshold: presentPx,
    paddingStart: 4,
    paddingEnd: 24,
    scrollPaddingStart: 48,
    scrollPaddingEnd: 8,
    // The row with the focus stays mounted however far one scrolls, or the focus would be lost
    rangeExtractor: (range) => rangeWith(range, activeIndex),
  });

  // Open at the first unread, else at the present
  const opened = useRef<string>(undefined);
  useLayoutEffect(
    () => () => {
      opened.current = undefined;
    },
    [],
  );
  useLayoutEffect(() => {
    if (rows.length === 0 || opened.current === room) return;
    opened.current = room;
    const fresh = rows.findIndex((row) => row.type === 'fresh');
    if (fresh > 0) virtual.scrollToIndex(fresh, { align: 'center' });
    else virtual.scrollToEnd();
  }, [room, rows, virtual]);

  // The present was asked for and had to be loaded
  const wantsPresent = useRef(false);
  useLayoutEffect(() => {
    if (!wantsPresent.current || hasAfter) return;
    wantsPresent.current = false;
    virtual.scrollToEnd();
  }, [rows, hasAfter, virtual]);

  useStickToEnd(scroller, presentPx);

  // One's own words are always in sight
  const lastItem = items[items.length - 1];
  const ownLast =
    lastItem?.kind === 'message' && lastItem.author.isYou === true && lastItem.delivery.kind !== 'sent'
      ? lastItem.key
      : undefined;
  useEffect(() => {
    if (ownLast !== undefined && !hasAfter) virtual.scrollToEnd();
  }, [ownLast, hasAfter, virtual]);

  /** Puts the focus on a message once its row is drawn. */
  const focusSoon = useCallback((key: string) => {
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-message="${CSS.escape(key)}"]`)
        ?.focus({ preventScroll: true }),
    );
  }, []);
  const jumpTo = useCallback(
    (key: string, focus = true) => {
      const index = indexOf(key);
      if (index === -1) return false;
      virtual.scrollToIndex(index, { align: 'center' });
      setActive(key);
      setMarked(key);
      if (focus) focusSoon(key);
      return true;
    },
    [indexOf, virtual, focusSoon],
  );
  useEffect(() => {
    if (target) jumpTo(target.key);
  }, [target]); // eslint-disable-line react-hooks/exhaustive-deps -- only a new target jumps, not a new row
  useEffect(() => {
    if (marked === undefined) return undefined;
    const timer = setTimeout(() => setMarked(undefined), 4000);
    return () => clearTimeout(timer);
  }, [marked]);

  // Where one is: at the present or not, near an edge or not, and up to what one has read
  const seenAtEnd = useRef<string>(undefined);
  const drawn = virtual.getVirtualItems();
  const offset = virtual.scrollOffset ?? 0;
  const height = virtual.scrollRect?.height ?? 0;
  const firstOnScreen = drawn.find((item) => item.end > offset + 8)?.index ?? 0;
  const lastOnScreen = drawn.findLast((item) => item.start < offset + height - 8)?.index ?? rows.length - 1;
  const isAtPresent = !hasAfter && virtual.isAtEnd(presentPx);
  useEffect(() => {
    setAtPresent(isAtPresent);
    if (isAtPresent) seenAtEnd.current = lastItem?.key;
  }, [isAtPresent, lastItem?.key]);
  const nearStart = hasBefore && rows.length > 0 && firstOnScreen < 6;
  const nearEnd = hasAfter && rows.length > 0 && lastOnScreen > rows.length - 6;
  useEffect(() => {
    if (nearStart) latest.current.reachStart();
  }, [nearStart, rows.length]);
  useEffect(() => {
    if (nearEnd) latest.current.reachEnd();
  }, [nearEnd, rows.length]);
  const lastSeenKey = rows
    .slice(0, lastOnScreen + 1)
    .findLast((row) => row.type === 'message' || row.type === 'note')?.key;
  useReading(
    lastSeenKey,
    useCallback((key: string) => latest.current.seen(key), []),
  );

  const handlers = useMemo<TalkHandlers>(
    () => ({
      react: (message, emoji, on) => latest.current.react(message, emoji, on),
      reply: (message) => latest.current.reply(message),
      edit: (message) => latest.current.edit(message),
      copy: (message) => latest.current.copy(message),
      remove: setAsking,
      retry: (message) => latest.current.retry(message),
      discard: (message) => latest.current.discard(message),
      fillGap: (key) => latest.current.fillGap(key),
      openSheet: setSheet,
      jump: (from, messageId) => {
        setBack((stack) => [...stack, from.key]);
        const found = itemsRef.current.find((item) => item.kind === 'message' && item.id === messageId);
        if (!found || !jumpRef.current(found.key)) latest.current.jumpAway(messageId);
      },
    }),
    [],
  );
  const itemsRef = useRef(items);
  itemsRef.current = items;
  const jumpRef = useRef(jumpTo);
  jumpRef.current = jumpTo;

  /** The toolbar that opened a dialog is gone when it closes: the focus goes to the message itself. */
  function refocus(key: string) {
    setActive(key);
    focusSoon(key);
  }
  function goBack() {
    const key = back[back.length - 1];
    setBack(back.slice(0, -1));
    if (key !== undefined && !jumpTo(key)) latest.current.returnTo(key);
  }
  function toPresent() {
    setBack([]);
    wantsPresent.current = hasAfter;
    if (hasAfter) latest.current.toPresent();
    else virtual.scrollToEnd();
  }
  function keys(event: KeyboardEvent<HTMLDivElement>) {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      latest.current.leave();
      return;
    }
    const article = (event.target as HTMLElement).closest<HTMLElement>('[data-message]');
    if (event.target === article && event.key === 'Enter') {
      event.preventDefault();
      article.querySelector<HTMLElement>('[role="toolbar"] button')?.focus();
      return;
    }
    if (event.target === article && event.key === 'ContextMenu') {
      const row = rows[indexOf(article.dataset['message'])];
      if (row?.type === 'message') {
        event.preventDefault();
        setSheet(row.message);
      }
      return;
    }
    const inCode = event.target instanceof HTMLPreElement;
    const next = rowMoves(event.key, messageKeys, article?.dataset['message'] ?? activeKey);
    if (
      next === undefined ||
      (event.target !== article && event.target !== scroller.current && !(inCode && event.key.startsWith('Arrow')))
    )
      return;
    event.preventDefault();
    setActive(next);
    virtual.scrollToIndex(indexOf(next), { align: 'auto' });
    focusSoon(next);
  }

  const fresh = atPresent ? 0 : newer + countAfter(items, seenAtEnd.current ?? lastItem?.key);
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
            aria-label={i18n._('Mensagens')}
            aria-busy={loading}
            onKeyDown={keys}
            onFocus={(event) => {
              const key = (event.target as HTMLElement).closest<HTMLElement>('[data-message]')?.dataset['message'];
              if (key !== undefined) setActive(key);
            }}
          >
            {loading && rows.length === 0 && <TalkSkeleton />}
            {!loading && rows.length === 0 && empty}
            {rows.length > 0 && (
              <ol
                className="talk"
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
                      />
                    </li>
                  );
                })}
              </ol>
            )}
          </div>
          <DayPill at={dayAt(rows, firstOnScreen)} now={now} zone={zone} shown={virtual.isScrolling} />
          <WaysBack
            fresh={fresh}
            onBack={back.length > 0 ? goBack : undefined}
            onPresent={rows.length > 0 && !atPresent ? toPresent : undefined}
          />
        </div>
      </div>
      {sheet && (
        <MessageSheet
          message={sheet}
          onClose={() => {
            setSheet(undefined);
            refocus(sheet.key);
          }}
        />
      )}
      {asking && (
        <AskRemove
          message={asking}
          onClose={() => {
            setAsking(undefined);
            refocus(asking.key);
          }}
          onConfirm={() => latest.current.remove(asking)}
        />
      )}
    </Handlers>
  );
}
