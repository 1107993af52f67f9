/** A client of a Recreio server: one connection, rooms, people, and every command of the protocol by its name. */
import {
  type Cursor,
  DEFAULT_POLICIES,
  type Me,
  type MyRoom,
  type Profile,
  READERS,
  type School,
  type ServerFrame,
  streamTarget,
  type UserEvent,
  type WelcomeFrame,
} from '@recreio/protocol';
import type { Client, ClientOptions } from './api.ts';
import { type Call, type CallInput, createCaller } from './call.ts';
import { systemClock } from './clock.ts';
import { createDrafts } from './drafts.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { createHttp } from './http.ts';
import { createOwnStream } from './mine.ts';
import { createKeepingView } from './kept.ts';
import { memoryKeeping } from './keeping.ts';
import { createOpening } from './opening.ts';
import type { OutboxNews } from './news.ts';
import { createOutbox } from './outbox.ts';
import { createPeople } from './people.ts';
import { createRoom, type RoomCore } from './room.ts';
import { createRooms } from './rooms.ts';
import { createSignals } from './signals.ts';
import { createLink } from './socket.ts';
import { createValue } from './store.ts';
import { watchSurroundings } from './surroundings.ts';
import { alone } from './tabs.ts';
import { uuidGenerator } from './uuid.ts';

/** Rooms that are not open and stay in memory, so that going back to them shows them at once. */
const MOST_KEPT_ROOMS = 20;
/** After this many sockets that did not come to be, sends are tried over HTTP: some networks let no WebSocket through. */
const WITHOUT_SOCKET = 3;

/** Whom a room of mine is called by. */
const peopleOf = ({ room }: MyRoom): readonly Profile[] =>
  room.kind === 'direct' ? [room.with] : room.kind === 'group' ? [...room.with, ...room.asked] : [];

const originOf = (url: string | undefined): string => {
  if (url !== undefined) return new URL(url).origin;
  if (typeof location === 'undefined') throw new TypeError('createClient needs a url outside a browser');
  return location.origin;
};

/** Makes a client. */
export const createClient = (options: ClientOptions = {}): Client => {
  const url = originOf(options.url);
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const auth = options.auth ?? 'cookie';
  const hasCookie = auth === 'cookie';
  let token = typeof auth === 'object' ? auth.token : undefined;
  let serverAhead = 0;
  let account: string | undefined;
  let unwatch: (() => void) | undefined;

  const tabs = options.tabs ?? alone;
  /** The server's time as well as it is known. */
  const serverNow = () => clock.now() + serverAhead;
  // By the device's clock, ids made on one that is a month behind would be too old ([R41])
  const newId = uuidGenerator(serverNow);
  const signals = createSignals();
  const me = createValue<Me | null>(null);
  const school = createValue<School | null>(null);
  /** Latest wins: an answer and a frame may overtake each other. */
  const takeSchool = (next: School): void => {
    if (next.version >= (school.getSnapshot()?.version ?? 0)) school.set(next);
  };
  const cores = new Map<string, RoomCore>();

  const plainHttp = createHttp({
    url,
    clock,
    cookies: hasCookie,
    account: () => account,
    token: () => token,
    fetch: options.fetch ?? ((address, init) => fetch(address, init)),
  });
  /** How often one has signed in here: what was asked in a session that has been replaced since says nothing of the one there is. */
  let entries = 0;
  const http: typeof plainHttp = async (name, input) => {
    const asked = entries;
    try {
      return await plainHttp(name, input);
    } catch (error) {
      const isOut = error instanceof ProblemError && error.problem.code === 'not-signed-in';
      if (isOut && asked === entries) link.happen({ type: 'signed-out' });
      throw error;
    }
  };

  const link = createLink({
    url: `${url.replace(/^http/, 'ws')}/socket`,
    // Tabs share a cookie, and with it a connection; a token is each page's own
    WebSocket: hasCookie ? tabs.share(options.WebSocket ?? WebSocket) : (options.WebSocket ?? WebSocket),
    clock,
    random,
    async credential(isDoubtful) {
      if (!hasCookie) return (await once('accounts.ticket', {})).ticket;
      // A refused upgrade looks to a page like no network: ask whether the session is still there
      if (isDoubtful) await once('accounts.me', {});
      return undefined;
    },
    cursor: (): Cursor | undefined => own.cursor(),
    onFrame: (frame) => opening.receive(frame),
  });

  const { call: plainCall, once } = createCaller({ link, http, clock, random, newId });
  const failed = (about: string) => (error: unknown) => {
    if (error instanceof ProblemError) signals.tell('problem', { problem: error.problem, about });
    else if (!(error instanceof NoAnswerError)) throw error;
  };
  const call = (async (name: Parameters<Call>[0], input: CallInput<Parameters<Call>[0]>) => {
    const output = await plainCall(name, input);
    // A new room is there for its maker at once, whenever the own stream brings it
    if (name === 'rooms.create' || name === 'rooms.openDirect')
      rooms.put(output as Awaited<ReturnType<typeof plainCall<'rooms.create'>>>);
    if (name === 'accounts.updateMe' || name === 'notifications.setCalm') me.set(output as Me);
    if (name === 'school.update' || name === 'school.setLogo') takeSchool(output as School);
    return output;
  }) as Call;

  const rooms = createRooms(call, () => account ?? '', failed('rooms'));
  const people = createPeople(call, clock, failed('people'));
  const keeping = options.keeping ?? memoryKeeping();
  const keepingView = createKeepingView(
    keeping.isDurable,
    () => {
      const unsent = outbox.all().filter(({ state }) => state.name !== 'sent');
      return { unsent: unsent.length, unkept: unsent.filter(({ isKept }) => !isKept).length };
    },
    (cause) => signals.tell('storage-failed', { cause }),
  );
  const drafts = createDrafts(keeping, clock, keepingView.told);
  const outbox = createOutbox({
    once,
    clock,
    random,
    newId,
    limits: link.limits,
    serverNow,
    lateAfterMs: () =>
      options.lateAfterMs ?? school.getSnapshot()?.policies.lateAfterMs ?? DEFAULT_POLICIES.lateAfterMs,
    canSend() {
      const state = link.state.getSnapshot();
      return state.name === 'ready' || (state.name === 'waiting' && state.attempt >= WITHOUT_SOCKET);
    },
    keeping,
    leads: tabs.leads,
    tell: tabs.tell,
    onChange(room) {
      keepingView.changed();
      const there = cores.get(room);
      if (there !== undefined) there.invalidate();
      // Nobody has looked at this room here: there is nothing to wait for
      else for (const { clientId, state } of outbox.of(room)) if (state.name === 'sent') outbox.seen(clientId);
    },
    onKeeping: keepingView.told,
  });

  const ownEvent = (event: UserEvent, isNew: boolean): void => {
    if (event.type === 'notification.made') {
      const readSeq = rooms.get(event.data.room)?.mine.readSeq ?? 0;
      // The room's marker says nothing of what was read in its threads
      const isNews = event.data.thread === undefined ? event.data.messageSeq > readSeq : isNew;
      if (isNews) signals.tell('notification', event);
    }
    if (!isNew) return;
    rooms.userEvent(event);
    signals.tell('own', event);
    if (event.type === 'membership.began') cores.get(event.data.room)?.back();
    if (event.type === 'membership.ended') cores.get(event.data.room)?.gone();
  };
  const own = createOwnStream(call, ownEvent, failed('own stream'));

  const welcome = (frame: WelcomeFrame): void => {
    account = frame.me.id;
    serverAhead = Date.parse(frame.now) - clock.now();
    me.set(frame.me);
    if (frame.school) takeSchool(frame.school);
    own.welcome(account, frame.user);
    rooms.welcome(frame.rooms);
    people.put([frame.me, ...frame.rooms.flatMap(peopleOf)]);
    for (const core of cores.values()) core.welcome();
    outbox.resume();
    signals.tell('welcome', frame);
  };

  const hear = (frame: ServerFrame): void => {
    switch (frame.t) {
      case 'welcome':
        welcome(frame);
        break;
      case 'heads':
        rooms.heads(frame);
        for (const { room, removed: ordinals } of frame.heads)
          if (ordinals !== undefined) signals.tell('removed', { room, messages: [], ordinals });
        break;
      case 'marker':
        rooms.marker(frame);
        break;
      case 'tuning':
        rooms.tuning(frame);
        break;
      case 'notices':
        signals.tell('notices', frame);
        break;
      case 'called':
        rooms.called(frame);
        signals.tell('called', frame);
        break;
      case 'thread':
        signals.tell('thread', frame);
        break;
      case 'draft':
        signals.tell('draft', frame);
        break;
      case 'saved':
        signals.tell('saved', frame);
        break;
      case 'reply-removed':
        signals.tell('reply-removed', frame);
        signals.tell('removed', { room: frame.room, messages: [frame.message], ordinals: [] });
        break;
      case 'room':
        rooms.changed(frame);
        break;
      case 'me':
        me.set(frame.me);
        people.put([frame.me]);
        break;
      case 'school':
        takeSchool(frame.school);
        break;
      case 'typing':
      case 'presence':
      case 'reading':
        cores.get(frame.room)?.hear(frame);
        break;
      case 'problem':
        signals.tell('problem', { problem: frame.problem, about: 'connection' });
        break;
      case 'events':
      case 'gap':
      case 'hidden':
      case 'purged':
      case 'reset':
      case 'unsubscribed': {
        const { kind, id } = streamTarget(frame.stream);
        if (kind === 'room') cores.get(id)?.hear(frame);
        else if (frame.t !== 'unsubscribed') own.hear(frame);
      }
    }
  };

  const opening = createOpening({
    keeping,
    clock,
    drafts,
    outbox,
    view: keepingView,
    onOther(whose) {
      // Another person on the same page: what is said from now on is theirs
      if (account !== undefined && account !== whose) forget();
    },
    hear: (frame) => hear(frame),
  });

  /** Everything that is a person's and lives in memory. */
  const forget = (): void => {
    account = undefined;
    me.set(null);
    own.forget();
    rooms.forget();
    people.forget();
    for (const core of cores.values()) core.forget();
  };

  /** While one signs out, or in anew, the server's own “signed out” may be here before its answer: it is no news then. */
  let isChanging = false;
  let hasEnded = false;
  const tellEnd = (): void => {
    token = undefined;
    forget();
    signals.tell('signed-out', { reason: 'revoked' });
  };
  let before = link.state.getSnapshot().name;
  link.state.subscribe(() => {
    const state = link.state.getSnapshot();
    if (before === 'ready' && state.name !== 'ready') {
      opening.lost();
      for (const core of cores.values()) core.lost();
    }
    before = state.name;
    if (state.name === 'waiting') outbox.resume();
    if (state.name !== 'closed') return;
    tabs.leave(); // who has no connection to come should not be the one who sends
    if (state.reason !== 'signed-out') return;
    if (isChanging) hasEnded = true;
    else tellEnd();
  });

  const letGo = (): void => {
    const closed = [...cores.values()].filter((core) => !core.isOpen());
    for (const core of closed.slice(0, Math.max(0, closed.length - MOST_KEPT_ROOMS))) core.forget();
  };

  const core = (id: string): RoomCore => {
    const there =
      cores.get(id) ??
      createRoom({
        id,
        me: () => account ?? '',
        call,
        once,
        link,
        clock,
        rooms,
        outbox,
        drafts,
        showsReading: ({ room }) => {
          const where = school.getSnapshot()?.policies.receipts ?? DEFAULT_POLICIES.receipts;
          if (me.getSnapshot()?.privacy.hidesReading !== false || where === 'off') return false;
          return room.kind === 'direct' || room.kind === 'group' || (where === 'small' && room.members <= READERS);
        },
        onSent: (event) => signals.tell('message', { room: id, event }),
        onRemoved: ({ id: message }) => signals.tell('removed', { room: id, messages: [message], ordinals: [] }),
        onClose() {
          // The one closed last goes to the end: the first in the map is the one to let go
          const closed = cores.get(id);
          cores.delete(id);
          if (closed !== undefined) cores.set(id, closed);
          letGo();
        },
      });
    cores.set(id, there);
    return there;
  };

  const onNews = (news: OutboxNews): void => {
    if (news.t !== 'cleared' || !hasCookie || news.account !== opening.whose()) return outbox.hear(news);
    // The session was of all tabs. What this one remembers would be there for whoever comes next, and be kept again
    opening.forget();
    link.happen({ type: 'signed-out' });
    return undefined;
  };
  const join = (): void => tabs.join({ onLed: outbox.led, onNews, call });
  const start = (): void => {
    unwatch ??= watchSurroundings((what) => (what === 'leaving' ? drafts.flush() : link.happen({ type: what })));
    join();
    link.happen({ type: 'start' });
  };
  const stop = (): void => {
    drafts.flush();
    unwatch?.();
    unwatch = undefined;
    tabs.leave();
    link.happen({ type: 'stop' });
  };
  const enter = (answer: { me: Me; token?: string }): Me => {
    entries += 1;
    token = answer.token ?? token;
    if (account !== answer.me.id) forget();
    opening.signedIn(answer.me.id);
    me.set(answer.me);
    link.happen({ type: 'stop' }); // a socket has one person for life
    join();
    tabs.renew();
    start();
    return answer.me;
  };
  const keep = hasCookie ? 'cookie' : 'token';

  /** Signs in: the session that there was ends with it ([R8]). Where it comes to nothing, an end meanwhile is one. */
  const signInBy = async (asking: Promise<{ me: Me; token?: string }>): Promise<Me> => {
    [isChanging, hasEnded] = [true, false];
    try {
      return enter(await asking);
    } catch (error) {
      if (hasEnded) tellEnd();
      throw error;
    } finally {
      isChanging = false;
    }
  };

  return {
    call,
    connection: link.state,
    me,
    school,
    rooms,
    people,
    drafts,
    keeping: keepingView,
    events: signals,
    room: core,
    limits: link.limits,
    serverNow,
    newId,
    start,
    stop,
    retryNow: () => link.happen({ type: 'retry' }),
    signIn: (input) => signInBy(call('accounts.signIn', { ...input, keep })),
    signInWithPasskey: (input) => signInBy(call('accounts.signInWithPasskey', { ...input, keep })),
    signInWithProvider: (input) => signInBy(call('accounts.finishOidc', { ...input, keep })),
    enterDemo: (demo) => signInBy(call('accounts.enterDemo', { account: demo, keep })),
    async signOut() {
      isChanging = true;
      try {
        await once('accounts.signOut', {});
      } catch (error) {
        const state = link.state.getSnapshot();
        const isOver =
          (state.name === 'closed' && state.reason === 'signed-out') ||
          (error instanceof ProblemError && error.problem.code === 'not-signed-in');
        // No session is what was wanted; anything else is told, and nothing is forgotten yet
        if (!isOver) throw error;
      } finally {
        isChanging = false;
      }
      const whose = opening.whose();
      if (whose !== undefined) tabs.tell({ t: 'cleared', account: whose });
      stop();
      token = undefined;
      opening.forget();
      forget();
      signals.tell('signed-out', { reason: 'stopped' });
      if (whose !== undefined) await keeping.clear(whose).catch(keepingView.told);
    },
    async clearUnreadable() {
      const whose = opening.whose();
      if (whose === undefined) return;
      await keeping.clearUnreadable(whose);
      keepingView.unreadable(0);
    },
  };
};
