/** The socket door: upgrade, hello, frames in and answers out (docs/protocol.md §4). It never says whether somebody may. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Actor, deny, execute, Indeterminate, problemOf, type Visibility, type World } from '@recreio/core';
import {
  ClientFrame,
  CLOSE,
  type Command,
  COMMANDS,
  type CommandName,
  type Limits,
  PROBLEMS,
  type ProblemCode,
  PROTOCOL_VERSION,
  roomStream,
  streams,
  streamTarget,
  SUBPROTOCOL,
} from '@recreio/protocol';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { Connection } from '../realtime/connection.ts';
import { encode } from '../realtime/frames.ts';
import type { Hub } from '../realtime/hub.ts';
import type { Here } from '../realtime/presence.ts';
import { openingOf } from '../realtime/resume.ts';
import type { Identification } from './identify.ts';
import { problemOfError, type Report, type Watch } from './problems.ts';

/** What the socket door is made of. */
export interface SocketParts {
  readonly world: World;
  readonly hub: Hub;
  readonly here: Here;
  readonly identification: Identification;
  readonly limits: Limits;
  readonly monotonic: () => number;
  /** What presence needs to know of a person. */
  readonly visibilityOf: (account: string) => Promise<Visibility>;
  readonly report: Report;
  readonly watch: Watch;
}

/** Where the socket is. */
export const SOCKET_PATH = '/socket';

/** Sockets that have not said who they are, from one address (security S4). Signed-in ones do not count: a school is one NAT. */
const SILENT_PER_ADDRESS = 64;
/** Frames a second that no person or honest program sends; a burst of twice that is let through. */
const FRAMES_PER_SECOND = 200;

const isFrame = Compile(ClientFrame);
const isHello = Compile(streams.HelloFrame);
type Frame = Static<typeof ClientFrame>;
type Hello = Static<typeof streams.HelloFrame>;

const FATAL = (code: ProblemCode): number => ('close' in PROBLEMS[code] ? PROBLEMS[code].close : CLOSE.malformed);

/** Refuses an upgrade in plain HTTP; the socket was not promised anything yet. */
const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\r\n`,
  );
};

/** Attaches the door to a server. `stopAccepting` and `sockets` are for the end of the process. */
export const socketDoor = (server: Server, parts: SocketParts) => {
  const { world, hub, here, identification, limits, monotonic } = parts;
  const wss = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    perMessageDeflate: false,
    maxPayload: limits.frameBytes,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    ...({ maxFragments: 64, maxBufferedChunks: 256 } as object),
  });
  const silent = new Map<string, number>();
  let accepting = true;

  const onUpgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!accepting) return refuseUpgrade(socket, '503 Service Unavailable');
    if (url.pathname !== SOCKET_PATH) return refuseUpgrade(socket, '404 Not Found');
    if (url.search !== '') return refuseUpgrade(socket, '400 Bad Request');
    if (!identification.isAllowedHost(request.headers.host) || !identification.isAllowedPeer(request)) {
      parts.watch.turnedAway('socket', 'misdirected');
      return refuseUpgrade(socket, '421 Misdirected Request');
    }
    const { origin, cookie } = request.headers;
    // With a cookie the Origin is the only witness; without one there is no credential to abuse, but a foreign page is still sent away (security S1)
    if (origin === undefined ? cookie !== undefined : !identification.isAllowedOrigin(origin)) {
      parts.watch.turnedAway('socket', 'not-allowed-origin');
      return refuseUpgrade(socket, '403 Forbidden');
    }
    if (!(request.headers['sec-websocket-protocol'] ?? '').split(',').some((name) => name.trim() === SUBPROTOCOL))
      return refuseUpgrade(socket, '400 Bad Request');
    const address = identification.addressOf(request);
    let actor: Actor | null;
    try {
      ({
        caller: { actor },
      } = await identification.identify(request));
    } catch {
      return refuseUpgrade(socket, '503 Service Unavailable');
    }
    if (!actor && (silent.get(address) ?? 0) >= SILENT_PER_ADDRESS)
      return refuseUpgrade(socket, '503 Service Unavailable');
    if (socket.destroyed) return;
    wss.handleUpgrade(request, socket, head, (ws) => greet(ws, socket, actor, address));
  };
  server.on(
    'upgrade',
    (request: IncomingMessage, socket: Duplex, head: Buffer) => void onUpgrade(request, socket, head),
  );

  /** A connection that has not said hello. */
  const greet = (ws: WebSocket, socket: Duplex, byCookie: Actor | null, address: string): void => {
    silent.set(address, (silent.get(address) ?? 0) + 1);
    let greeted = false;
    const settled = () => {
      if (greeted) return;
      greeted = true;
      clearTimeout(timer);
      const left = (silent.get(address) ?? 1) - 1;
      if (left > 0) silent.set(address, left);
      else silent.delete(address);
    };
    const turnAway = (code: ProblemCode) => {
      socket.write(encode({ t: 'problem', problem: problemOf(deny(code)) }));
      ws.close(FATAL(code), code);
    };
    const timer = setTimeout(() => turnAway('not-signed-in'), limits.helloMs);
    ws.on('close', settled);
    ws.on('error', () => undefined); // ws closes with the code that fits; nobody else is concerned
    ws.once('message', (data, isBinary) => {
      settled();
      const hello = isBinary ? null : parse(data);
      if (!hello || !isHello.Check(hello)) return turnAway('malformed-frame');
      if (hello.protocol !== PROTOCOL_VERSION) return turnAway('unsupported-version');
      // Frames that follow while we look things up wait their turn
      ws.pause();
      signIn(hello, byCookie)
        .then(async (actor) => (actor ? await welcome(ws, socket, actor, hello) : turnAway('not-signed-in')))
        .catch((error: unknown) => {
          const problem = problemOfError(error, world.newId, parts.report);
          if (problem) socket.write(encode({ t: 'problem', problem }));
          ws.close(CLOSE.internal, 'unavailable');
        })
        .finally(() => ws.resume());
    });
  };

  const signIn = async (hello: Hello, byCookie: Actor | null): Promise<Actor | null> =>
    hello.ticket === undefined
      ? byCookie
      : await world.memory.accounts.takeTicket(world.secrets.hashToken(hello.ticket));

  /** Everything latest-wins, complete; then the user stream from the hello's cursor on (docs/protocol.md R19, R35). */
  const welcome = async (ws: WebSocket, socket: Duplex, actor: Actor, hello: Hello): Promise<void> => {
    const alive = await world.memory.accounts.alive(actor);
    if (!alive) {
      socket.write(encode({ t: 'problem', problem: problemOf(deny('not-signed-in')) }));
      return ws.close(CLOSE.signedOut, 'not-signed-in');
    }
    const visibility = await parts.visibilityOf(actor.account);
    const connection = new Connection(
      actor,
      visibility,
      socket,
      { close: (code, reason) => ws.close(code, reason), terminate: () => ws.terminate() },
      limits,
      monotonic,
    );
    // First the user stream's place, then the rooms: what changes in between comes as events, not as nothing
    const standing = await world.memory.streams.userStanding(actor.account, hello.cursor?.seq ?? 0);
    hub.add(connection, standing.head);
    ws.on('close', () => leave(connection));
    const [rooms, now] = [await world.memory.rooms.mine(actor.account), await world.memory.rooms.now()];
    if (ws.readyState !== ws.OPEN) return leave(connection);
    const head = { epoch: standing.epoch, seq: standing.head, lastId: standing.headId };
    hub.place(connection, rooms);
    connection.send({
      t: 'welcome',
      protocol: PROTOCOL_VERSION,
      epoch: standing.epoch,
      me: alive.me,
      session: actor.session,
      now: new Date(now).toISOString(),
      limits,
      user: head,
      rooms: [...rooms],
    });
    const stream = `user:${actor.account}`;
    const opening = hello.cursor
      ? openingOf(hello.cursor, standing, limits)
      : { kind: 'resume' as const, from: standing.head, gap: null };
    if (opening.kind === 'reset') connection.send({ t: 'reset', stream, reason: opening.reason, head });
    else if (opening.gap) connection.send({ t: 'gap', stream, ...opening.gap });
    connection.userSent = opening.kind === 'reset' ? standing.head : opening.from;
    hub.followUser(connection);
    here.came(connection);
    listen(ws, connection);
  };

  const leave = (connection: Connection): void => {
    connection.closed = true;
    connection.outbound.close();
    hub.remove(connection);
    if ([...hub.connectionsOf(connection.actor.account)].length === 0) here.left(connection.actor.account);
  };

  /** The frames of a signed-in connection. */
  const listen = (ws: WebSocket, connection: Connection): void => {
    let unanswered = 0;
    let tokens = FRAMES_PER_SECOND * 2;
    let at = monotonic();
    let heard = monotonic();
    const caller = { actor: connection.actor, address: '', device: '' };
    const end = (code: ProblemCode) => {
      connection.send({ t: 'problem', problem: problemOf(deny(code)) });
      connection.end(FATAL(code), code, true);
    };
    const heartbeat = setInterval(() => {
      if (monotonic() - heard > limits.heartbeatMs * 1.6) return ws.terminate();
      ws.ping();
    }, limits.heartbeatMs);
    ws.on('close', () => clearInterval(heartbeat));
    ws.on('pong', () => {
      heard = monotonic();
    });

    const answer = (id: number, work: Promise<object>): void => {
      unanswered += 1;
      work
        .then((frame) => {
          if (!connection.closed) connection.send({ ...frame, id } as never);
        })
        .catch((error: unknown) => {
          // Indeterminate: the client repeats on a new connection and learns its one true result (contract D3)
          if (error instanceof Indeterminate) return connection.end(CLOSE.internal, 'indeterminate', true);
          const problem = problemOfError(error, world.newId, parts.report);
          if (problem && !connection.closed) connection.send({ t: 'refused', id, problem });
        })
        .finally(() => {
          unanswered -= 1;
        });
    };

    const refuse = (id: number, code: ProblemCode) =>
      connection.send({ t: 'refused', id, problem: problemOf(deny(code)) });

    const run = async (name: string, input: unknown): Promise<object> => {
      const command: Command | undefined = Object.hasOwn(COMMANDS, name) ? COMMANDS[name as CommandName] : undefined;
      if (!command?.socket)
        return { t: 'refused', problem: problemOf(deny('not-found', { detail: 'there is no such command here' })) };
      const outcome = await execute(world, caller, name as CommandName, input);
      if (outcome.ok) return { t: 'done', output: outcome.output };
      parts.watch.refused(name, outcome.problem, connection.actor.account);
      return { t: 'refused', problem: outcome.problem };
    };

    const subscribe = async (frame: Extract<Frame, { t: 'subscribe' }>): Promise<object> => {
      const { kind, id: room } = streamTarget(frame.stream);
      if (kind === 'user')
        return { t: 'refused', problem: problemOf(deny('malformed', { detail: 'the user stream is always open' })) };
      const alive = await world.memory.accounts.alive(connection.actor);
      if (!alive) return { t: 'refused', problem: problemOf(deny('not-signed-in')) };
      const standing = await world.memory.streams.standing(connection.actor.account, room, frame.cursor?.seq ?? 0);
      if (!standing) return { t: 'refused', problem: problemOf(deny('not-found')) };
      if (connection.closed) return { t: 'refused', problem: problemOf(deny('not-signed-in')) };
      const head = { epoch: standing.epoch, seq: standing.head, lastId: standing.headId };
      const stream = roomStream(room);
      const opening = frame.cursor
        ? openingOf(frame.cursor, standing, limits)
        : { kind: 'resume' as const, from: standing.head, gap: null };
      connection.send({ t: 'subscribed', id: frame.id, stream, head });
      if (opening.kind === 'reset') connection.send({ t: 'reset', stream, reason: opening.reason, head });
      else if (opening.gap) connection.send({ t: 'gap', stream, ...opening.gap });
      hub.subscribe(connection, room, opening.kind === 'reset' ? standing.head : opening.from, standing.head);
      return ANSWERED;
    };

    ws.on('message', (data, isBinary) => {
      if (connection.closed) return;
      const now = monotonic();
      heard = now;
      tokens = Math.min(FRAMES_PER_SECOND * 2, tokens + ((now - at) / 1000) * FRAMES_PER_SECOND);
      at = now;
      if (--tokens < 0) return end('flood');
      const frame = isBinary ? null : parse(data);
      if (!frame || !isFrame.Check(frame) || frame.t === 'hello') return end('malformed-frame');
      switch (frame.t) {
        case 'ping':
          return connection.send({ t: 'pong' });
        case 'do':
          if (unanswered >= limits.unansweredCommands) return refuse(frame.id, 'too-many-commands');
          return answer(frame.id, run(frame.command, frame.input));
        case 'subscribe':
          if (unanswered >= limits.unansweredCommands) return refuse(frame.id, 'too-many-commands');
          if (connection.subscriptions.size >= limits.subscriptions) return refuse(frame.id, 'too-many-commands');
          return answerSubscription(frame.id, subscribe(frame));
        case 'unsubscribe':
          hub.unsubscribe(connection, streamTarget(frame.stream).id);
          return connection.send({ t: 'unsubscribed', id: frame.id, stream: frame.stream });
      }
    });

    /** Subscribing answers itself, before anything of the stream. */
    const answerSubscription = (id: number, work: Promise<object>) => {
      unanswered += 1;
      work
        .then((frame) => {
          if (frame !== ANSWERED && !connection.closed) connection.send({ ...frame, id } as never);
        })
        .catch((error: unknown) => {
          const problem = problemOfError(error, world.newId, parts.report);
          if (problem && !connection.closed) connection.send({ t: 'refused', id, problem });
        })
        .finally(() => {
          unanswered -= 1;
        });
    };
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

/** Marks an answer that was sent already. */
const ANSWERED = {};

/** A text frame's JSON object, or null. */
const parse = (data: RawData): object | null => {
  try {
    const value: unknown = JSON.parse(
      Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.concat(data as Buffer[]).toString('utf8'),
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};
