/** The judge: from a history alone, every promise that was broken, and the shortest story around one. */
import type { History, Violation } from '../history.ts';
import { checkAccess } from './access.ts';
import { checkCommands } from './commands.ts';
import { checkContent } from './content.ts';
import { checkGroups } from './groups.ts';
import { checkKeeping } from './keeping.ts';
import { checkLinks } from './links.ts';
import { checkLiveness } from './liveness.ts';
import { gatherLogs, roomOf } from './log.ts';
import { checkStreams } from './streams.ts';
import { checkThreads } from './threads.ts';

/** All violations of a history; none for a history as it should be. */
export function judge(history: History): Violation[] {
  const { logs, violations } = gatherLogs(history);
  return [
    ...violations,
    ...checkCommands(history, logs),
    ...checkStreams(history, logs),
    ...checkAccess(history, logs),
    ...checkContent(history, logs),
    ...checkThreads(history, logs),
    ...checkKeeping(history, logs),
    ...checkLinks(history, logs),
    ...checkGroups(history, logs),
    ...checkEpochs(history),
    ...checkLiveness(history, logs),
  ];
}

/** One incarnation, since nothing was restored ([D16]). */
function checkEpochs(history: History): Violation[] {
  const epochs = new Map<string, number>();
  const note = (epoch: string | undefined, n: number) => {
    if (epoch !== undefined && !epochs.has(epoch)) epochs.set(epoch, n);
  };
  for (const { frame, n } of history.deliveries) note(frame.epoch ?? frame.head?.epoch, n);
  for (const { output, endN } of history.readings) note(output.epoch, endN);
  for (const { outcome, endN } of history.attempts) if (outcome.kind === 'done') note(outcome.output.epoch, endN);
  const [, second] = [...epochs.values()];
  return second === undefined
    ? []
    : [
        {
          breach: 'resume',
          rule: 'D16',
          n: second,
          says: `there are ${epochs.size} epochs: ${[...epochs.keys()].join(', ')}`,
        },
      ];
}

/** How many lines of a story are told around a violation. */
const AROUND = 10;

/** What happened around a violation, in lines for a person who looks for the cause. */
export function storyAround(history: History, { room, seq, n }: Violation): string[] {
  const isNear = (at: number) => seq !== undefined && Math.abs(at - seq) <= 3;
  const lines: { n: number; says: string }[] = [];
  for (const { command, input, person, via, sentN, endN, outcome } of history.attempts) {
    if (room !== undefined && input.room !== room) continue;
    const at = outcome.kind === 'done' ? (outcome.output.seq ?? -9) : -9;
    if (!isNear(at) && !(n !== undefined && Math.abs(sentN - n) < AROUND * 4)) continue;
    const said =
      outcome.kind === 'done'
        ? `done ${JSON.stringify(outcome.output)}`
        : outcome.kind === 'refused'
          ? `refused ${outcome.code}`
          : 'no answer';
    lines.push({
      n: sentN,
      says: `${sentN}…${endN} ${person} ${command} ${JSON.stringify(input)} via ${via}: ${said}`,
    });
  }
  for (const { n: at, connection, frame } of history.deliveries) {
    if (room !== undefined && roomOf(frame.stream) !== room) continue;
    const seqs = frame.events?.map((event) => event.seq) ?? [frame.from ?? frame.head?.seq ?? -9];
    if (!seqs.some(isNear) && !(n !== undefined && Math.abs(at - n) < AROUND)) continue;
    const what =
      frame.events
        ?.filter((event) => isNear(event.seq) || frame.events?.length === 1)
        .map((event) => `${event.seq} ${event.type}`)
        .join(', ') ?? `${frame.from ?? ''}…${frame.to ?? ''} ${frame.reason ?? ''}`;
    lines.push({ n: at, says: `${at} ${connection} ${frame.t} ${what}` });
  }
  const centre = n ?? lines[Math.floor(lines.length / 2)]?.n ?? 0;
  const nearest = lines.sort((a, b) => Math.abs(a.n - centre) - Math.abs(b.n - centre)).slice(0, AROUND * 2);
  return nearest.sort((a, b) => a.n - b.n).map(({ says }) => says);
}
