/** The socket door: upgrade, hello and welcome (docs/protocol.md §4); what follows is in talk.ts. It never says whether somebody may. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Actor, deny, problemOf, type Visibility } from '@recreio/core';
import {
  CLOSE,
  type Problem,
  type ProblemCode,
  PROTOCOL_VERSION,
  streams,
  SUBPROTOCOL,
  userStream,
} from '@recreio/protocol';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { Connection } from '../realtime/connection.ts';
import { encode } from '../realtime/frames.ts';
import type { Guard } from '../realtime/guard.ts';
import type { Realtime } from '../realtime/realtime.ts';
import { openingOf } from '../realtime/resume.ts';
import type { Admission } from './admission.ts';
import { lastAnswer } from './headers.ts';
import type { Identification } from './identify.ts';
import { problemOfError } from './problems.ts';
import { closeCodeOf, parseFrame, talk, type TalkParts } from './talk.ts';

/** What the socket door is made of. */
export interface SocketParts extends TalkParts {
  readonly here: Pick<Realtime, 'came' | 'left' | 'school'>;
  readonly identification: Identification;
  /** Whether people come by HTTPS. */
  readonly isSecure: boolean;
  /** What presence needs to know of a person. */
  readonly visibilityOf: (account: string) => Promise<Visibility>;
  readonly admission: Admission;
  readonly guard: Pick<Guard, 'over'>;
  /** A signed-in socket came, or went with a close code after so many ms. */
  readonly opened: (socket: string, account: string) => void;
  readonly gone: (socket: string, code: number, ms: number) => void;
}

/** Where the socket is. */
export const SOCKET_PATH = '/socket';

/** Sockets that have not said who they are, from one address (security S4). Signed-in ones do not count: a school is one NAT. */
const SILENT_PER_ADDRESS = 64;
/** Frames that a client may send behind its hello before it was welcomed. */
const EARLY_FRAMES = 64;
/** A peer that asks for pongs and does not read them gets no more (RFC 6455 §5.5.3 asks only for the last). */
const PONG_BYTES = 16 * 1024;

const isHello = Compile(streams.HelloFrame);
type Hello = Static<typeof streams.HelloFrame>;
type Heard = (data: RawData, isBinary: boolean) => void;

/** Attaches the door to a server. `stopAccepting` and `sockets` are for the end of the process. */
export const socketDoor = (server: Server, parts: SocketParts) => {
  const { world, hub, here, identification, limits, monotonic, isSecure } = parts;
  const wss = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    perMessageDeflate: false,
    maxPayload: limits.frameBytes,
    autoPong: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    // Not in the types yet: bounds on fragments of one message (ws 8.21)
    ...({ maxFragments: 64, maxBufferedChunks: 256 } as object),
  });
  const silent = new Map<string, number>();
  /** Upgrades whose credential is being looked up. */
  let coming = 0;
  let accepting = true;

  /** Refuses an upgrade in plain HTTP; the socket was not promised anything yet. */
  const refuseUpgrade = (socket: Duplex, status: string): void => {
    // Node leaves the socket to us: a peer that never closes its half would keep it for good
    socket.once('finish', () => socket.destroy());
    socket.end(
      lastAnswer(status, isSecure, status.startsWith('503') ? { 'retry-after': parts.admission.retryAfter() } : {}),
    );
  };

  /** What is wrong with an upgrade before anybody is looked up, as an HTTP status; null when nothing is. */
  const wrongWith = (request: IncomingMessage): string | null => {
    if (!accepting) return '503 Service Unavailable';
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (!url) return '400 Bad Request';
    if (url.pathname !== SOCKET_PATH) return '404 Not Found';
    if (url.search !== '') return '400 Bad Request';
    if (!identification.isAllowedHost(request.headers.host) || !identification.isAllowedPeer(request))
      return '421 Misdirected Request';
    const { origin, cookie } = request.headers;
    // With a cookie the Origin is the only witness; without one there is no credential to abuse, but a foreign page is still sent away (security S1)
    if (origin === undefined ? cookie !== undefined : !identification.isAllowedOrigin(origin)) return '403 Forbidden';
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    return offered.includes(SUBPROTOCOL) ? null : '400 Bad Request';
  };

  const onUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on('error', () => socket.destroy());
    const wrong = wrongWith(request);
    if (wrong !== null) {
      parts.watch.turnedAway('socket', wrong);
      return refuseUpgrade(socket, wrong);
    }
    // Before anything is read for them: what is sent away under strain must cost next to nothing (contract D32)
    const address = identification.addressOf(request);
    const crowded = parts.admission.refusal(wss.clients.size + coming, address);
    if (crowded !== null) {
      parts.watch.turnedAway('socket', crowded);
      return refuseUpgrade(socket, '503 Service Unavailable');
    }
    coming += 1;
    try {
      const caller = await identification.identify(request);
      if (!caller.actor && (silent.get(address) ?? 0) >= SILENT_PER_ADDRESS)
        return refuseUpgrade(socket, '503 Service Unavailable');
      if (!socket.destroyed) wss.handleUpgrade(request, socket, head, (ws) => greet(ws, socket, caller.actor, address));
    } catch {
      refuseUpgrade(socket, '503 Service Unavailable');
    } finally {
      coming -= 1;
    }
    return undefined;
  };
  server.on(
    'upgrade',
    (request: IncomingMessage, socket: Duplex, head: Buffer) => void onUpgrade(request, socket, head),
  );

  /** A connection that has not said hello: it has a little time, and what it sends behind its hello waits for the welcome. */
  const greet = (ws: WebSocket, socket: Duplex, byCookie: Actor | null, address: string): void => {
    const early: Parameters<Heard>[] = [];
    let heard: Heard | null = null;
    let stage: 'silent' | 'entering' | 'gone' = 'silent';
    let isCounted = byCookie === null;
    if (isCounted) silent.set(address, (silent.get(address) ?? 0) + 1);
    const uncount = (): void => {
      if (!isCounted) return;
      isCounted = false;
      const left = (silent.get(address) ?? 1) - 1;
      if (left > 0) silent.set(address, left);
      else silent.delete(address);
    };
    /** Nothing that it still says is kept; it counts as a stranger until it is gone. */
    const leaveOutside = (problem: Problem | null, code: number, reason: string): void => {
      stage = 'gone';
      early.length = 0;
      if (problem && ws.readyState === ws.OPEN) socket.write(encode({ t: 'problem', problem }));
      ws.close(code, reason);
    };
    const turnAway = (code: ProblemCode): void => leaveOutside(problemOf(deny(code)), closeCodeOf(code), code);
    const timer = setTimeout(() => turnAway('not-signed-in'), limits.helloMs);

    const hello = (data: RawData, isBinary: boolean): void => {
      const frame = parseFrame(data, isBinary);
      if (!frame || !isHello.Check(frame)) return turnAway('malformed-frame');
      if (frame.protocol !== PROTOCOL_VERSION) return turnAway('unsupported-version');
      void welcome(frame);
      return undefined;
    };
    const welcome = async (frame: Hello): Promise<void> => {
      try {
        const actor = await signIn(frame, byCookie);
        if (ws.readyState !== ws.OPEN) return undefined;
        const leavePlace = actor && parts.admission.enter(actor.account, address);
        if (actor && !leavePlace) {
          const problem = problemOf(deny('rate-limited', { detail: 'too many sockets of one person' }));
          return leaveOutside(problem, CLOSE.flood, 'too many sockets');
        }
        if (leavePlace) ws.once('close', leavePlace);
        const connection = actor && (await enter(ws, socket, actor, frame));
        if (!connection) return turnAway('not-signed-in');
        // Who left meanwhile is not talked to: nothing would ever end the talk
        if (connection.closed) return;
        uncount();
        heard = talk(ws, connection, parts).heard;
        for (const frameBehind of early.splice(0)) hear(...frameBehind);
      } catch (error) {
        leaveOutside(problemOfError(error, world.newId, parts.report), CLOSE.internal, 'unavailable');
      }
      return undefined;
    };

    ws.on('error', () => undefined); // ws closes with the code that fits; nobody else is concerned
    ws.on('ping', (data) => {
      if (socket.writableLength < PONG_BYTES) ws.pong(data);
    });
    ws.on('close', () => {
      clearTimeout(timer);
      uncount();
    });
    /** What goes wrong in hearing ends this socket and no other (security S66). */
    const hear: Heard = (data, isBinary) => {
      try {
        heard?.(data, isBinary);
      } catch (error) {
        parts.report(world.newId(), error);
        ws.close(CLOSE.internal, 'internal');
      }
    };
    ws.on('message', (data, isBinary) => {
      if (heard) return hear(data, isBinary);
      if (stage === 'gone') return undefined;
      if (stage === 'entering') return early.length < EARLY_FRAMES ? void early.push([data, isBinary]) : ws.terminate();
      stage = 'entering';
      clearTimeout(timer);
      return hello(data, isBinary);
    });
  };

  const signIn = async ({ ticket }: Hello, byCookie: Actor | null): Promise<Actor | null> =>
    ticket === undefined ? byCookie : await world.memory.accounts.takeTicket(world.secrets.hashToken(ticket));

  /** What welcome says of a person; null when the session has ended. */
  const read = async (actor: Actor) => {
    // A session that ends after this is closed through the hub; one that ended before is seen here (contract D27)
    const [alive, rooms] = await Promise.all([
      world.memory.accounts.alive(actor),
      world.memory.rooms.mine(actor.account),
    ]);
    return alive && { alive, rooms };
  };

  /** Everything latest-wins, complete; then the user stream from the hello's cursor on (docs/protocol.md R19, R35). Null: not alive. */
  const enter = async (ws: WebSocket, socket: Duplex, actor: Actor, { cursor }: Hello): Promise<Connection | null> => {
    // First the user stream's place with its revision: what changes from here on is told, or found by the poll
    const [standing, visibility] = await Promise.all([
      world.memory.streams.userStanding(actor.account, cursor?.seq ?? 0),
      parts.visibilityOf(actor.account),
    ]);
    const guarded = parts.guard.over(socket);
    const closer = {
      close: (code: number, reason: string) => {
        guarded.forget();
        ws.close(code, reason);
      },
      cut: () => {
        guarded.forget();
        // What was only kept back is forgotten by now; what the system has would go out before the close frame
        if (socket.writableLength > 0) ws.terminate();
        else ws.close(CLOSE.signedOut, 'signed out');
      },
    };
    const connection = new Connection(actor, visibility, guarded, closer, limits, monotonic);
    connection.outbound.hold();
    // The rooms come after: what changes in between comes as events, not as nothing
    hub.add(connection, standing.head);
    ws.on('close', () => {
      guarded.forget();
      leave(connection);
    });
    const found = await read(actor).catch((error: unknown) => {
      leave(connection); // it may have closed before anybody listened for that
      throw error;
    });
    if (!found || ws.readyState !== ws.OPEN) {
      leave(connection);
      return found && connection;
    }
    const { alive, rooms } = found;
    hub.place(connection, rooms);
    const head = { epoch: standing.epoch, seq: standing.head, lastId: standing.headId };
    connection.welcome({
      t: 'welcome',
      protocol: PROTOCOL_VERSION,
      epoch: standing.epoch,
      me: alive.me,
      session: actor.session,
      now: new Date(alive.now).toISOString(),
      limits,
      user: head,
      rooms: [...rooms],
      school: here.school(),
    });
    const stream = userStream(actor.account);
    const opening = cursor
      ? openingOf(cursor, standing, limits)
      : { kind: 'resume' as const, from: standing.head, gap: null };
    if (opening.kind === 'reset') connection.send({ t: 'reset', stream, reason: opening.reason, head });
    else if (opening.gap) connection.send({ t: 'gap', stream, ...opening.gap });
    connection.userSent = opening.kind === 'reset' ? standing.head : opening.from;
    void hub.followUser(connection);
    here.came(connection, standing.revision);
    const [name, since] = [world.newId(), monotonic()];
    parts.opened(name, actor.account);
    ws.on('close', (code) => parts.gone(name, code, Math.round(monotonic() - since)));
    return connection;
  };

  const leave = (connection: Connection): void => {
    connection.closed = true;
    connection.outbound.close();
    hub.remove(connection);
    if ([...hub.connectionsOf(connection.actor.account)].length === 0) here.left(connection.actor.account);
  };

  return {
    /** No upgrade is accepted any more. */
    stopAccepting: (): void => {
      accepting = false;
    },
    /** Every socket, greeted or not. */
    sockets: wss.clients,
  };
};
