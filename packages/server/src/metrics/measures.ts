/** The numbers of the server: what it is asked, how it answers and how long that takes, and how it stands (RED, and saturation). */
import { type Digests, type Flusher, type PushQueue, type Strain, STRAINS } from '@recreio/core';
import { PROTOCOL_VERSION } from '@recreio/protocol';
import type { Watch } from '../doors/problems.ts';
import type { Registry } from './registry.ts';

/** What is read when somebody asks. */
export interface Standing {
  readonly version: string;
  /** People's sockets, and those that have not said who they are. */
  readonly sockets: () => number;
  readonly loopLagMs: () => number;
  readonly strain: () => Strain;
  readonly isBusUp: () => boolean;
  readonly hasSpace: () => boolean;
  readonly pool: () => { readonly total: number; readonly idle: number; readonly waiting: number };
  readonly freeBytes: () => number | null;
}

/** Registers what is counted as it happens. */
export const measures = (registry: Registry) => {
  const requests = registry.histogram('recreio_http_request_seconds', 'HTTP requests, by route and status.');
  const commands = registry.histogram(
    'recreio_ack_seconds',
    'Commands that change a room, from asking to the answer after COMMIT, by command and outcome.',
  );
  const refused = registry.counter('recreio_refused_total', 'Commands refused, by command and problem.');
  const turnedAway = registry.counter(
    'recreio_turned_away_total',
    'Requests and upgrades sent away before a rule, by door and why.',
  );
  const opened = registry.counter('recreio_sockets_opened_total', 'Signed-in sockets that came.');
  const closed = registry.counter('recreio_sockets_closed_total', 'Signed-in sockets that went, by close code.');
  const faults = registry.counter('recreio_faults_total', 'What went wrong, by where.');
  const pushes = registry.counter('recreio_push_total', 'Calls to devices, by what became of them.');
  const mails = registry.counter('recreio_digest_total', 'Mails of what was missed, by what became of them.');
  const urgent = registry.counter(
    'recreio_escalation_total',
    'Urgent messages left unread, by how their people were told.',
  );
  let inLine = 0;
  registry.gauge('recreio_commands_in_line', 'Commands that wait for their flush, or are in it.', () => inLine);
  return {
    inLine: (): number => inLine,
    request: ({ method, route, status, ms }: { method: string; route: string; status: number; ms: number }): void =>
      requests.observe(ms / 1000, { method, route, status: String(status) }),
    opened: (): void => opened.add(),
    closed: (code: number): void => closed.add({ code: String(code) }),
    fault: (where: string): void => faults.add({ where }),
    pushed: (outcome: string): void => pushes.add({ outcome }),
    mailed: (outcome: string): void => mails.add({ outcome }),
    escalated: (outcome: string): void => urgent.add({ outcome }),
    /** The same watch, counting. */
    watch: (watch: Watch): Watch => ({
      refused: (command, problem, account) => {
        refused.add({ command, problem: problem.code });
        watch.refused(command, problem, account);
      },
      turnedAway: (door, why) => {
        turnedAway.add({ door, why });
        watch.turnedAway(door, why);
      },
    }),
    /** The same flusher, timed. */
    flusher: (flusher: Flusher, monotonic: () => number): Flusher => ({
      ...flusher,
      submit: async (...args) => {
        const began = monotonic();
        inLine += 1;
        let outcome = 'failed';
        try {
          const answer = await flusher.submit(...args);
          outcome = answer.ok ? 'done' : answer.problem.code;
          return answer;
        } finally {
          inLine -= 1;
          commands.observe((monotonic() - began) / 1000, { command: args[1], outcome });
        }
      },
    }),
  };
};

/** Registers what is read when it is asked for. */
export const standing = (registry: Registry, parts: Standing): void => {
  const yes = (is: boolean): number => (is ? 1 : 0);
  registry.gauge('recreio_build_info', 'Always 1; the labels say what runs.', () => [
    [{ version: parts.version, node: process.versions.node, protocol: String(PROTOCOL_VERSION) }, 1],
  ]);
  registry.gauge('recreio_sockets', 'Open sockets.', parts.sockets);
  registry.gauge(
    'recreio_loop_lag_seconds',
    'The longest the event loop stood still in the last second or two.',
    () => parts.loopLagMs() / 1000,
  );
  registry.gauge('recreio_strain', '0: keeps up; 1: turns arrivals away; 2: history, too; 3: sends, too.', () =>
    STRAINS.indexOf(parts.strain()),
  );
  registry.gauge('recreio_bus_up', 'Whether other nodes can be heard.', () => yes(parts.isBusUp()));
  registry.gauge('recreio_space', 'Whether there is space for new messages.', () => yes(parts.hasSpace()));
  registry.gauge('recreio_disk_free_bytes', 'Free on the disk of the embedded database.', parts.freeBytes);
  registry.gauge('recreio_database_connections', 'Connections of the pool, by state.', () => {
    const { total, idle } = parts.pool();
    return [
      [{ state: 'idle' }, idle],
      [{ state: 'busy' }, total - idle],
    ];
  });
  registry.gauge(
    'recreio_database_waiting',
    'Requests that wait for a connection of the pool.',
    () => parts.pool().waiting,
  );
  registry.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  registry.gauge('process_cpu_seconds_total', 'CPU time of the process.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  registry.gauge('process_uptime_seconds', 'Since the process began.', () => Math.round(process.uptime()));
};

/** Registers how the queue of calls to devices stands. */
export const pushing = (registry: Registry, queue: () => PushQueue): void => {
  registry.gauge('recreio_push_devices', 'Devices that are called.', () => queue().devices);
  registry.gauge(
    'recreio_push_waiting',
    'Calls to devices that wait, also for the end of a silence.',
    () => queue().waiting,
  );
  registry.gauge(
    'recreio_push_late_seconds',
    'How long the call that is due longest has been.',
    () => queue().lateSeconds,
  );
};

/** Registers how the queue of mails of what was missed stands. */
export const mailing = (registry: Registry, standing: () => Digests): void => {
  registry.gauge('recreio_digest_waiting', 'People for whom something waits to be mailed.', () => standing().waiting);
  registry.gauge(
    'recreio_digest_late_seconds',
    'How long the one whose mail is due longest has been waiting.',
    () => standing().lateSeconds,
  );
};

/** Registers how many wait to be told once more of an urgent message. */
export const escalating = (registry: Registry, waiting: () => number): void =>
  registry.gauge(
    'recreio_escalation_waiting',
    'People who may have to be told once more of an urgent message, also for the end of a silence.',
    waiting,
  );
