// `npm run test:faults -- --seed N --minutes M`: whole stories on two real servers and one real database, one after the other
// until the time is up (one at least), each judged. The seed of each is printed; `--seed` tells it again. `--short` tells short ones.
// A story that breaks a promise is told again with halves of it left out for `--shrink` minutes at most (10; 0: not at all), and the
// shortest that still fails is printed with what tells it again (`--kept`).

import { parseArgs } from 'node:util';
import { judge, storyAround } from '../tests/fuzz/checker/judge.ts';
import type { Violation } from '../tests/fuzz/history.ts';
import { SHORT_LEAST, shortPlot, WHOLE_LEAST, wholePlot } from '../tests/fuzz/plots.ts';
import { lacking, premisesOf } from '../tests/fuzz/premises.ts';
import { keptText, shortened, shrink } from '../tests/fuzz/shrink.ts';
import { buildStage } from '../tests/fuzz/stage.ts';
import { faultsIn, type Plot, tell, type Told } from '../tests/fuzz/story.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    shrink: { type: 'string', default: '10' },
    kept: { type: 'string' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const firstSeed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const minutes = Number(values.minutes);
const shrinkMinutes = Number(values.shrink);
const plotOf = (seed: number): Plot => (values.short ? shortPlot(seed) : wholePlot(seed));
const kept = values.kept === undefined ? null : shortened(plotOf(firstSeed), values.kept);
if (
  !Number.isSafeInteger(firstSeed) ||
  !(minutes > 0) ||
  !(shrinkMinutes >= 0) ||
  (values.kept !== undefined && !kept)
) {
  say('npm run test:faults -- --seed N --minutes M --shrink M --kept TEXT: N is a whole number, M is above 0 (0: no');
  say('shrinking), TEXT is what an earlier run printed.');
  process.exit(2);
}

/** Violations that are told in full; more of the same kind help nobody. */
const MOST_TOLD = 5;
/** People of the stage. */
const CAST = { staff: 4, students: 20 };

const kindOf = ({ rule, breach }: Violation): string => `${rule} ${breach}`;

/** How to have the same again. */
const again = (plot: Plot): string =>
  `npm run test:faults -- --seed ${plot.seed}${values.short ? ' --short' : ''}${plot.kept ? ` --kept '${keptText(plot)}'` : ''}`;

/** Says which promises were broken, and the story around each kind. */
const report = (violations: readonly Violation[], { history }: Told): void => {
  const kinds = Map.groupBy(violations, kindOf);
  for (const [kind, some] of kinds) say(`  ${kind}: ${some.length}`);
  for (const violation of [...kinds.values()].flatMap((some) => some.slice(0, 1)).slice(0, MOST_TOLD)) {
    say(`  ${kindOf(violation)} in ${violation.room ?? 'no room'}: ${violation.says}`);
    for (const line of storyAround(history, violation)) say(`    ${line}`);
  }
};

// The servers go with this process, and the database's watchdog stops the database
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** What a story was told with: its history, and what servers said before they died. */
interface Performed {
  readonly told: Told;
  readonly outputs: readonly string[];
}

/** Tells a story on a stage of its own: people have their groups for good, and what another story said in them is no fact of this one. */
const perform = async (plot: Plot, progress: (line: string) => void = () => undefined): Promise<Performed> => {
  const stage = await buildStage(CAST);
  try {
    return { told: await tell(stage, plot, progress), outputs: stage.outputs() };
  } finally {
    await stage.close();
  }
};

/** Finds the shortest story that breaks one of the same promises in the same way, and tells it. */
const shorten = async (plot: Plot, violations: readonly Violation[]): Promise<void> => {
  const kinds = new Set(violations.map(kindOf));
  const lateMs = performance.now() + shrinkMinutes * 60_000;
  let shortest: { plot: Plot; violations: Violation[]; told: Told } | null = null;
  const fails = async (candidate: Plot): Promise<boolean> => {
    const { told } = await perform(candidate);
    const found = judge(told.history).filter((violation) => kinds.has(kindOf(violation)));
    const { operations, kept: left } = candidate;
    say(
      `  ${operations} operations, ${left?.faults.length ?? 0} faults, ${left?.students.length ?? 0} students: ${found.length > 0 ? 'fails' : 'holds'}`,
    );
    if (found.length > 0) shortest = { plot: candidate, violations: found, told };
    return found.length > 0;
  };
  say(`shrinking for ${shrinkMinutes} minutes at most`);
  await shrink(plot, CAST.students, fails, () => performance.now() > lateMs);
  const end = shortest as { plot: Plot; violations: Violation[]; told: Told } | null;
  if (!end) return say('It did not fail again in a shorter form: it takes all of it, or luck.');
  say(
    `the shortest story that failed: ${end.plot.operations} operations, ${end.plot.kept?.students.length} students and the staff`,
  );
  for (const { nth, kind, node, share } of faultsIn(end.plot))
    say(`  after ${Math.round(share * end.plot.operations)} operations: ${kind}, server ${node} (fault ${nth})`);
  report(end.violations, end.told);
  return say(`Tell the shortest again: ${again(end.plot)}`);
};

const untilMs = performance.now() + minutes * 60_000;
let stories = 0;
let isBroken = false;
for (let seed = firstSeed; (stories === 0 || performance.now() < untilMs) && !isBroken; seed += 1) {
  stories += 1;
  const plot = kept ?? plotOf(seed);
  say(`story ${stories}: seed ${plot.seed}`);
  const startMs = performance.now();
  const { told, outputs } = await perform(plot, say);
  const premises = premisesOf(told);
  say(`  ${JSON.stringify(premises)}`);
  say(`  ${JSON.stringify(told.faults)}`);
  const lacks = kept ? [] : lacking(premises, values.short ? SHORT_LEAST : WHOLE_LEAST);
  for (const lack of lacks) say(`  too little: ${lack}`);
  const judgedMs = performance.now();
  const violations = judge(told.history);
  say(
    `  told in ${Math.round((judgedMs - startMs) / 1000)} s, judged in ${Math.round(performance.now() - judgedMs)} ms: ${violations.length} violations`,
  );
  isBroken = lacks.length > 0 || violations.length > 0;
  if (!isBroken) continue;
  report(violations, told);
  for (const output of outputs) say(`--- a server said at last ---\n${output.slice(-2_000)}`);
  say(`Tell it again: ${again(plot)}`);
  if (violations.length > 0 && shrinkMinutes > 0) await shorten(plot, violations);
}
say(isBroken ? '0 passed, 1 failed, 0 skipped' : `${stories} passed, 0 failed, 0 skipped`);
process.exit(isBroken ? 1 : 0);
