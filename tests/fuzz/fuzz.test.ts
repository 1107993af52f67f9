import { expect, it } from 'vitest';
import { judge, storyAround } from './checker/judge.ts';
import { SHORT_LEAST, shortPlot } from './plots.ts';
import { lacking, type Premises, premisesOf, premisesOfAll } from './premises.ts';
import { buildStage } from './stage.ts';
import { tell, type Told } from './story.ts';

/** Another story each day; the number is printed, and RECREIO_FUZZ_SEED tells it again. */
const first = Number(process.env['RECREIO_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000));

/** What chance leaves out of one story comes in the next. */
const MOST_STORIES = 3;

// Each of these is broken once in checker/broken.ts, and the judge says so
const promises =
  '[D1] [D3] [D4] [D5] [D6] [D7] [D8] [D9] [D10] [D11] [D12] [D13] [D14] [D15] [D16] [D17] [D18] [D25] [D26] [D27] [D30] [R49] [R61] [R64] [R65] [R66] [R73] [R74] [R75] [R80] [R81] [R82]';

/** Each has a stage of its own: people have their groups for good. */
const performed = async (seed: number): Promise<Told> => {
  const stage = await buildStage({ staff: 4, students: 20 });
  try {
    return await tell(stage, shortPlot(seed));
  } finally {
    await stage.close();
  }
};

const broken = (seed: number, { history }: Told): string[] => {
  const violations = judge(history);
  const [worst] = violations;
  if (!worst) return [];
  return [
    `seed ${seed}: ${violations.length} violations`,
    ...violations.slice(0, 10).map(({ rule, breach, says }) => `${rule} ${breach}: ${says}`),
    'around the first:',
    ...storyAround(history, worst),
  ];
};

it(`${promises} two servers, one database, 24 clients: killed, paused, cut and lied to, every promise is kept`, async () => {
  const stories: Premises[] = [];
  let missing: string[] = [];
  for (let nth = 0; nth < MOST_STORIES && (nth === 0 || missing.length > 0); nth++) {
    const seed = first + nth;
    const told = await performed(seed);
    stories.push(premisesOf(told));
    missing = lacking(premisesOfAll(stories), SHORT_LEAST);
    process.stdout.write(`fuzz: seed ${seed}, ${JSON.stringify(stories.at(-1))}\n`);
    if (missing.length > 0) process.stdout.write(`fuzz: too little of ${missing.join('; ')}\n`);
    const breaches = broken(seed, told);
    expect(breaches, breaches.join('\n')).toEqual([]);
  }
  expect(missing, missing.join('; ')).toEqual([]);
}, 900_000); // a minute each on a machine of its own
