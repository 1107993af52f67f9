import { ask, command as commandOverHttp } from '../raw/http.ts';
import { RawSocket } from '../raw/socket.ts';
import type { Proxy } from '../process/proxy.ts';
import type { WireEvent, WireFrame, WireOutput, WireRange } from '../raw/wire.ts';
import type { Attempt, Connection, Intent, Outcome, Reading, StreamAsk } from './history.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';

/** Who holds a device. */
export interface Holder {
  readonly account: string;
  readonly name: string;
  readonly token: string;
  readonly session: string;
}

/** A cursor without its epoch. */
interface Place {
  readonly seq: number;
  readonly lastId: string | null;
}

/** How often a device lets an unanswered command wait before it gives the connection up, in ms. */
const PATIENCE_MS = 10_000;

/** The command that each kind of reading is. */
const READS: Readonly<Record<Reading['kind'], string>> = {
  events: 'streams.read',
  page: 'messages.page',
  pins: 'messages.pins',
  threads: 'threads.mine',
};

/** What a device tells of what it sees. */
export interface Witness {
  learn(room: string, event: WireEvent): void;
  /** Its holder is in this room, as the server has said. */
  belong?(room: string): void;
}

/**
 * One client of a story: a socket that comes back by its cursors, and HTTP beside it. It checks nothing; it writes down
 * what it sends and what comes.
 */
export class Device {
  readonly holder: Holder;
  readonly name: string;
  /** Rooms it wants open. */
  readonly wanted: Set<string>;
  /** Where it stands in each room; the old ones are kept for clients that wake up late. */
  readonly places = new Map<string, Place>();
  readonly oldPlaces = new Map<string, Place>();
  /** Groups into which its holder has been asked, and has not answered. */
  readonly askings = new Set<string>();
  readonly holes: { room: string; range: WireRange }[] = [];
  /** Commands whose connection went away before the answer. */
  readonly unanswered: Attempt[] = [];
  connection: Connection | null = null;
  /** The close code that told it not to come back. */
  turnedAway: number | null = null;
  resumes = 0;
  private socket: RawSocket | null = null;
  private readonly wires: readonly Proxy[];
  private readonly recorder: Recorder;
  private readonly random: Random;
  private readonly witness: Witness;
  private readonly pending = new Map<number, { attempt: Attempt; settle: () => void }>();
  private readonly asked = new Map<number, StreamAsk>();
  private readonly opened = new Set<string>();
  private readonly reopening = new Set<string>();
  private epoch = '';
  private nextId = 1;
  private born = 0;
  private requests = 0;

  constructor(
    name: string,
    holder: Holder,
    parts: { wires: readonly Proxy[]; recorder: Recorder; random: Random; witness: Witness; rooms: readonly string[] },
  ) {
    this.name = name;
    this.holder = holder;
    this.wires = parts.wires;
    this.recorder = parts.recorder;
    this.random = parts.random;
    this.witness = parts.witness;
    this.wanted = new Set(parts.rooms);
  }

  get isOpen(): boolean {
    return this.connection !== null && this.socket?.closed === null;
  }

  get waiting(): number {
    return this.pending.size;
  }

  /** Opens a connection to one of the nodes and the streams it wants. False when that did not work this time. */
  async connect(playful = true): Promise<boolean> {
    const wire = this.random.pick(this.wires);
    if (!wire || this.turnedAway !== null) return false;
    const id = `${this.name}/${++this.born}`;
    try {
      const answer = await ask(wire.url, 'POST', '/api/tickets', {
        token: this.holder.token,
        body: {},
        timeoutMs: 5_000,
      });
      if (answer.status === 401) this.turnedAway = 401;
      if (!answer.body.ticket) return false;
      const early: WireFrame[] = [];
      let take: (frame: WireFrame) => void = (frame) => early.push(frame);
      const socket = await RawSocket.open(wire.url, {
        timeoutMs: 5_000,
        onFrame: (frame) => take(frame),
        onClose: (code) => this.closed(id, code),
      });
      const welcome = await this.greet(socket, answer.body.ticket, early);
      this.epoch = welcome.epoch ?? '';
      const connection: Connection = {
        id,
        person: this.holder.account,
        session: this.holder.session,
        node: wire.url,
        openedN: this.recorder.tick(),
        closedN: Number.POSITIVE_INFINITY,
        code: null,
      };
      this.recorder.connections.push(connection);
      this.recorder.limits = {
        resumeEvents: welcome.limits?.['resumeEvents'] ?? 500,
        gapEvents: welcome.limits?.['gapEvents'] ?? 200,
      };
      // Before there is a connection on which they would be opened twice
      for (const { room } of welcome.rooms ?? []) if (room.kind === 'group') this.witness.belong?.(room.id);
      this.connection = connection;
      this.socket = socket;
      take = (frame) => this.receive(id, frame);
      for (const frame of early.splice(0)) this.receive(id, frame);
      if (socket.closed !== null) this.closed(id, socket.closed.code);
      const mine = new Set(welcome.rooms?.map(({ room }) => room.id));
      for (const room of this.wanted) if (mine.has(room)) this.open(room, playful);
      if (this.born > 1) this.resumes += 1;
      return true;
    } catch {
      return false; // the node is away, or the wire was cut: another time
    }
  }

  /** Opens a room's stream from where this device stands, or plays a device that stands elsewhere. */
  open(room: string, playful = true): void {
    const { random } = this;
    const genuine = this.places.get(room) ?? { seq: 0, lastId: null };
    const dice = playful ? random.next() : 1;
    let forged: StreamAsk['forged'] = null;
    let cursor: StreamAsk['cursor'] = { epoch: this.epoch, ...genuine };
    if (dice < 0.04) cursor = null;
    else if (dice < 0.1) cursor = { epoch: this.epoch, seq: 0, lastId: null };
    else if (dice < 0.18) cursor = { epoch: this.epoch, ...(this.oldPlaces.get(room) ?? genuine) };
    else if (dice < 0.2) [cursor, forged] = [{ ...cursor, epoch: '00000000-0000-4000-8000-000000000000' }, 'epoch'];
    else if (dice < 0.22) [cursor, forged] = [{ ...cursor, seq: 1_000_000 + random.below(100) }, 'ahead'];
    else if (dice < 0.24 && genuine.lastId !== null)
      [cursor, forged] = [{ ...cursor, lastId: '00000000-0000-4000-8000-000000000000' }, 'mismatch'];
    this.ask('subscribe', room, cursor, forged);
  }

  /** One more room that it wants open. */
  want(room: string): void {
    if (this.wanted.has(room)) return;
    this.wanted.add(room);
    if (this.isOpen) this.open(room, false);
  }

  /** What its holder is in, asked for: groups of which nobody has told it. */
  async lookAround(): Promise<boolean> {
    const wire = this.random.pick(this.wires);
    if (!wire) return false;
    const asking = { token: this.holder.token, timeoutMs: PATIENCE_MS };
    const { status, body } = await commandOverHttp(wire.url, 'rooms.mine', {}, asking);
    for (const { room } of body.rooms ?? []) if (room.kind === 'group') this.witness.belong?.(room.id);
    return status === 200;
  }

  /** Closes a room's stream, and opens it again when that is answered. */
  reopen(room: string): void {
    if (!this.opened.has(room) || this.reopening.has(room)) return;
    this.reopening.add(room);
    this.ask('unsubscribe', room, null, null);
  }

  /** Rooms whose streams are open. */
  openRooms(): ReadonlySet<string> {
    return this.opened;
  }

  /** Rooms that it wants and whose streams are neither open nor asked for. */
  closedRooms(): string[] {
    const asked = new Set([...this.asked.values()].map(({ room }) => room));
    return [...this.wanted].filter((room) => !this.opened.has(room) && !asked.has(room));
  }

  /** A command over the socket; resolves when it was answered, or cannot be any more. False if there is no socket. */
  act(command: string, input: Intent): { attempt: Attempt; settled: Promise<void> } | null {
    const { socket, connection } = this;
    if (!this.isOpen || socket === null || connection === null) return null;
    const id = this.nextId++;
    const attempt = this.recorder.attempt(command, this.holder, connection.id, input);
    const settled = new Promise<void>((settle) => this.pending.set(id, { attempt, settle }));
    socket.send({ t: 'do', id, command, input });
    const late = setTimeout(() => {
      if (this.pending.has(id)) socket.socket.terminate();
    }, PATIENCE_MS);
    return { attempt, settled: settled.finally(() => clearTimeout(late)) };
  }

  /** A command as an HTTP request, which is a connection of its own. */
  async actOverHttp(command: string, input: Intent): Promise<Attempt> {
    const wire = this.random.pick(this.wires);
    const attempt = this.recorder.attempt(command, this.holder, `${this.name}/http${++this.requests}`, input);
    const outcome = wire ? await this.over(wire, command, input) : ({ kind: 'unknown' } as const);
    this.recorder.settle(attempt, outcome);
    return attempt;
  }

  /** A read over HTTP, written down if it was answered; null if not. */
  async read(
    kind: Reading['kind'],
    room: string,
    asked: { after?: number; before?: number; limit?: number; thread?: string },
    final = false,
  ): Promise<{ status: number; body: WireOutput } | null> {
    const wire = this.random.pick(this.wires);
    if (!wire) return null;
    const sentN = this.recorder.tick();
    try {
      const { status, body } = await commandOverHttp(
        wire.url,
        READS[kind],
        kind === 'threads' ? asked : { room, ...asked },
        { token: this.holder.token, timeoutMs: PATIENCE_MS },
      );
      this.recorder.readings.push({
        kind,
        room,
        person: this.holder.account,
        session: this.holder.session,
        asked,
        sentN,
        endN: this.recorder.tick(),
        status,
        output: body,
        final,
      });
      return { status, body };
    } catch {
      return null; // no answer came
    }
  }

  /** Cuts the connection without a goodbye. */
  drop(): void {
    this.socket?.socket.terminate();
  }

  /** Resolves when the socket is closed. */
  async end(): Promise<void> {
    if (this.socket?.closed !== null) return;
    this.socket.close();
    await this.socket.end(PATIENCE_MS).catch(() => this.drop());
  }

  private async greet(socket: RawSocket, ticket: string, early: WireFrame[]): Promise<WireFrame> {
    socket.send({ t: 'hello', protocol: 1, ticket, client: `fuzz ${this.name}` });
    return await socket.wait(
      () => early.find(({ t }) => t === 'welcome'),
      5_000,
      () => 'no welcome',
    );
  }

  private async over(wire: Proxy, command: string, input: Intent): Promise<Outcome> {
    try {
      const { status, body } = await commandOverHttp(wire.url, command, input, {
        token: this.holder.token,
        timeoutMs: PATIENCE_MS,
      });
      return status === 200
        ? { kind: 'done', output: body }
        : body.code === undefined
          ? { kind: 'unknown' }
          : { kind: 'refused', code: body.code };
    } catch {
      return { kind: 'unknown' };
    }
  }

  private ask(kind: StreamAsk['kind'], room: string, cursor: StreamAsk['cursor'], forged: StreamAsk['forged']): void {
    const { socket, connection } = this;
    if (!this.isOpen || socket === null || connection === null) return;
    const id = this.nextId++;
    const asking: StreamAsk = { connection: connection.id, n: this.recorder.tick(), id, room, kind, cursor, forged };
    this.recorder.asks.push(asking);
    this.asked.set(id, asking);
    socket.send({ t: kind, id, stream: `room:${room}`, ...(cursor ? { cursor } : {}) });
  }

  private receive(id: string, frame: WireFrame): void {
    if (frame.t === 'typing' || frame.t === 'presence') return; // at most once, and never missed
    this.recorder.deliver(id, frame);
    if (this.connection?.id !== id) return;
    if (frame.t === 'done' || frame.t === 'refused') this.answered(frame);
    const asking = this.asked.get(frame.id ?? -1);
    this.asked.delete(frame.id ?? -1);
    if (frame.stream?.startsWith('user:')) for (const { type, data } of frame.events ?? []) this.hear(type, data.room);
    const room = frame.stream?.startsWith('room:') ? frame.stream.slice(5) : null;
    if (room === null) return;
    if (frame.t === 'subscribed') this.opened.add(room);
    if (frame.t === 'subscribed' && frame.head && asking?.cursor === null) this.stand(room, frame.head);
    if (frame.t === 'unsubscribed') {
      this.opened.delete(room);
      if (this.reopening.delete(room)) this.open(room);
    }
    if (frame.t === 'reset' && frame.head) this.stand(room, frame.head);
    if (frame.t === 'gap' || frame.t === 'hidden' || frame.t === 'purged') {
      const range = { from: frame.from ?? 0, to: frame.to ?? 0 };
      this.stand(room, { seq: range.to, lastId: null });
      if (frame.t === 'gap') this.holes.push({ room, range });
    }
    for (const event of frame.t === 'events' ? (frame.events ?? []) : []) {
      this.stand(room, { seq: event.seq, lastId: event.id });
      this.witness.learn(room, event);
    }
  }

  /** Something about its holder. */
  private hear(type: string, room: string | undefined): void {
    if (room === undefined) return;
    if (type === 'asking.began') this.askings.add(room);
    if (type === 'asking.ended' || type === 'membership.began') this.askings.delete(room);
    if (type === 'membership.began') this.witness.belong?.(room);
  }

  private stand(room: string, { seq, lastId }: Place): void {
    this.places.set(room, { seq, lastId });
    if (!this.oldPlaces.has(room) || this.random.chance(0.002)) this.oldPlaces.set(room, { seq, lastId });
  }

  private answered(frame: WireFrame): void {
    const pending = this.pending.get(frame.id ?? -1);
    if (!pending) return;
    this.pending.delete(frame.id ?? -1);
    const { problem, output } = frame;
    this.recorder.settle(
      pending.attempt,
      problem ? { kind: 'refused', code: problem.code } : { kind: 'done', output: output ?? {} },
    );
    pending.settle();
  }

  private closed(id: string, code: number): void {
    const { connection } = this;
    if (connection?.id !== id || connection.closedN !== Number.POSITIVE_INFINITY) return;
    connection.closedN = this.recorder.tick();
    connection.code = code;
    if (code >= 4400) this.turnedAway = code;
    for (const { attempt, settle } of this.pending.values()) {
      this.unanswered.push(attempt);
      settle();
    }
    this.pending.clear();
    this.asked.clear();
    this.opened.clear();
    this.reopening.clear();
  }
}
