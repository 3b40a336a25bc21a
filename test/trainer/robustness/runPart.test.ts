import { beforeAll, expect, it } from 'vitest';
import type { RobustnessPart } from '../../../src/config/figures/card.ts';
import { runPart } from '../../../src/trainer/robustness/runPart.ts';
import { studyKey, studyTasks } from '../../../src/trainer/robustness/studyPoints.ts';
import type { SweepEvent } from '../../../src/trainer/sweep/plan.ts';
import { startWasm } from '../../tinyRun.ts';
import { pairs, SLOW, TINY, tiny } from '../tinyPairRuns.ts';

beforeAll(startWasm);

const part: RobustnessPart = {
  kind: 'robustness',
  name: 'Study',
  pretraining: tiny('contrastive-pairs', { 'pair.senses': 'picture+sound' }),
  labels: { ...TINY, 'robust.labelsPerClass': 4, 'robust.unlabelled': 60 },
  seeds: [1],
  methods: ['LP', 'FT'],
  baselines: [],
  alphas: [0.5],
  scratchSteps: 1,
  testSamples: 20,
};

it('pretrains once for a seed, tells each model with its rows, and goes on with what is missing', SLOW, async () => {
  const dataset = await pairs();
  const work = async (known?: ReadonlySet<string>) => {
    const events: SweepEvent[] = [];
    for await (const event of runPart(part, async () => ({ target: dataset, source: dataset }), known)) events.push(event);
    return { events, results: events.flatMap((event) => (event.type === 'point' ? [event.result] : [])) };
  };
  const keys = studyTasks(part).map((task) => studyKey(part, task));
  const whole = await work();
  const [outlook] = whole.events.flatMap((event) => (event.type === 'outlook' ? [event.outlook.seconds] : []));
  expect(outlook).toHaveLength(6);
  // The pretraining counts at the first; a probe alone takes next to nothing.
  expect(outlook?.map((seconds) => seconds > 0)).toEqual([true, true, false, true, false, true]);
  expect(whole.results.map(({ key }) => key)).toEqual(keys);
  expect(whole.results.map(({ rows }) => rows?.map(({ alpha }) => alpha))).toEqual(
    [1, 2, 3].flatMap(() => [[undefined], [undefined, 0.5]]),
  );
  const rest = await work(new Set(keys.slice(0, 5)));
  const accuracies = ({ results }: typeof whole) => results.at(-1)?.rows?.map(({ accuracy }) => accuracy);
  expect(rest.results).toHaveLength(1);
  expect(accuracies(rest)).toEqual(accuracies(whole));
  expect((await work(new Set(keys))).events).toEqual([]);
});

it('labels and tests fewer senses than it pretrained, where its labels say so', SLOW, async () => {
  const dataset = await pairs();
  const fewer: RobustnessPart = {
    ...part,
    pretraining: tiny('contrastive-pairs', { 'pair.senses': 'picture+sound+text' }),
    labels: { ...part.labels, 'pair.senses': 'picture+sound' },
    methods: ['LP'],
    alphas: [],
  };
  expect(studyTasks(fewer).map(({ trainedOn }) => trainedOn.join('+'))).toEqual(['picture', 'sound', 'picture+sound']);
  const rows: number[] = [];
  for await (const event of runPart(fewer, async () => ({ target: dataset, source: dataset })))
    if (event.type === 'point') rows.push(...(event.result.rows ?? []).map(({ accuracy }) => accuracy.length));
  expect(rows).toEqual([3, 3, 3]);
});
