/** Writes a story down as it happens, on one clock. */
import type { WireFrame } from '../raw/wire.ts';
import type {
  Attempt,
  Connection,
  Delivery,
  History,
  Intent,
  Outage,
  Outcome,
  Quiet,
  Reading,
  StoryRoom,
  StreamAsk,
} from './history.ts';

/** A history that grows. */
export class Recorder {
  readonly rooms: StoryRoom[] = [];
  readonly young: readonly string[];
  readonly attempts: Attempt[] = [];
  readonly readings: Reading[] = [];
  readonly asks: StreamAsk[] = [];
  readonly deliveries: Delivery[] = [];
  readonly connections: Connection[] = [];
  readonly outages: Outage[] = [];
  limits = { resumeEvents: 500, gapEvents: 200 };
  quiet: Quiet | null = null;
  private n = 0;

  constructor(young: readonly string[] = []) {
    this.young = young;
  }

  /** The next place on the clock. */
  tick(): number {
    return ++this.n;
  }

  /** A command leaves. */
  attempt(command: string, who: { account: string; session: string }, via: string, input: Intent): Attempt {
    const attempt: Attempt = {
      command,
      input,
      person: who.account,
      session: who.session,
      via,
      sentN: this.tick(),
      sentMs: performance.now(),
      endN: Number.POSITIVE_INFINITY,
      endMs: Number.POSITIVE_INFINITY,
      outcome: { kind: 'unknown' },
    };
    this.attempts.push(attempt);
    return attempt;
  }

  /** Its answer comes. */
  settle(attempt: Attempt, outcome: Outcome): void {
    if (outcome.kind === 'unknown') return;
    Object.assign(attempt, { outcome, endN: this.tick(), endMs: performance.now() });
  }

  /** A frame comes. */
  deliver(connection: string, frame: WireFrame): void {
    this.deliveries.push({ n: this.tick(), ms: performance.now(), connection, frame });
  }

  /** A part is stopped from outside until the returned function is called. */
  outage(): () => void {
    const outage = { fromMs: performance.now(), toMs: Number.POSITIVE_INFINITY };
    this.outages.push(outage);
    return () => {
      outage.toMs = performance.now();
    };
  }

  /** From here on nothing is hurt, and these are expected to become whole. */
  calm(clients: Quiet['clients']): void {
    this.quiet = { fromN: this.tick(), fromMs: performance.now(), clients };
  }

  /** The story so far. */
  history(): History {
    return this;
  }
}
