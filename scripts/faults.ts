// `npm run test:faults -- --seed N --minutes M`: whole stories on two real servers and one real database, one after the other
// until the time is up (one at least), each judged. The seed of each is printed; `--seed` tells it again. `--short` tells short ones.

import { parseArgs } from 'node:util';
import { judge, storyAround } from '../tests/fuzz/checker/judge.ts';
import { SHORT_LEAST, shortPlot, WHOLE_LEAST, wholePlot } from '../tests/fuzz/plots.ts';
import { lacking, premisesOf } from '../tests/fuzz/premises.ts';
import { buildStage } from '../tests/fuzz/stage.ts';
import { tell } from '../tests/fuzz/story.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const firstSeed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const minutes = Number(values.minutes);
if (!Number.isSafeInteger(firstSeed) || !(minutes > 0)) {
  say('npm run test:faults -- --seed N --minutes M: N is a whole number, M is above 0.');
  process.exit(2);
}

/** Violations that are told in full; more of the same kind help nobody. */
const MOST_TOLD = 5;

// The servers go with this process, and the database's watchdog stops the database
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const stage = await buildStage({ staff: 4, students: 20 });
const untilMs = performance.now() + minutes * 60_000;
let stories = 0;
let isBroken = false;
try {
  for (let seed = firstSeed; (stories === 0 || performance.now() < untilMs) && !isBroken; seed += 1) {
    stories += 1;
    say(`story ${stories}: seed ${seed}`);
    const startMs = performance.now();
    const told = await tell(stage, values.short ? shortPlot(seed) : wholePlot(seed), say);
    const premises = premisesOf(told);
    say(`  ${JSON.stringify(premises)}`);
    say(`  ${JSON.stringify(told.faults)}`);
    const lacks = lacking(premises, values.short ? SHORT_LEAST : WHOLE_LEAST);
    for (const lack of lacks) say(`  too little: ${lack}`);
    const judgedMs = performance.now();
    const violations = judge(told.history);
    say(
      `  told in ${Math.round((judgedMs - startMs) / 1000)} s, judged in ${Math.round(performance.now() - judgedMs)} ms: ${violations.length} violations`,
    );
    const kinds = Map.groupBy(violations, ({ rule, breach }) => `${rule} ${breach}`);
    for (const [kind, some] of kinds) say(`  ${kind}: ${some.length}`);
    for (const violation of [...kinds.values()].flatMap((some) => some.slice(0, 1)).slice(0, MOST_TOLD)) {
      say(`  ${violation.rule} ${violation.breach} in ${violation.room ?? 'no room'}: ${violation.says}`);
      for (const line of storyAround(told.history, violation)) say(`    ${line}`);
    }
    isBroken = lacks.length > 0 || violations.length > 0;
    if (isBroken) say(`Tell it again: npm run test:faults -- --seed ${seed}${values.short ? ' --short' : ''}`);
  }
} finally {
  if (isBroken) for (const output of stage.outputs()) say(`--- a server said at last ---\n${output.slice(-2_000)}`);
  await stage.close();
}
say(isBroken ? '0 passed, 1 failed, 0 skipped' : `${stories} passed, 0 failed, 0 skipped`);
process.exit(isBroken ? 1 : 0);
