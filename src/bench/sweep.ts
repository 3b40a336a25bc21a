/** What a sweep costs beside its runs done one by one: what it times, keeps and tells is the rest. */
import { median } from '../base/statistics.ts';
import type { RunConfig } from '../config/run.ts';
import { withSetting } from '../config/settings.ts';
import { sweepPoints } from '../config/sweep/points.ts';
import type { Dataset } from '../data/samples.ts';
import { Run } from '../trainer/run.ts';
import { runSweep } from '../trainer/sweep/runSweep.ts';
import { heldOutScores } from '../trainer/sweep/scores.ts';
import { train } from '../trainer/train.ts';

export interface SweepTimes {
  /** Median milliseconds of the whole sweep, and of its runs one after another. */
  sweepMs: number;
  apartMs: number;
  /** Of the medians. */
  ratio: number;
  /** The least and the largest of a single round. */
  range: [least: number, most: number];
  rounds: number;
}

/** Samples that each run is measured on in the end, both ways. */
const TESTED = 200;

/**
 * Times a sweep over mask ratios, and the same runs with the same scores by themselves, in turns.
 *
 * @param rounds timed turns of each, after one that is not
 */
export async function measureSweep(
  base: RunConfig,
  ratios: readonly number[],
  dataset: Dataset,
  rounds: number,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<SweepTimes> {
  const ways = [() => sweep(base, ratios, dataset), () => apart(base, ratios, dataset)];
  const times: number[][] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < ways.length; turn++) {
      const way = (turn + round) % ways.length;
      const started = performance.now();
      await ways[way]();
      if (round > 0) times[way].push(performance.now() - started);
    }
    onProgress(round + 1, rounds + 1);
  }
  const [whole, alone] = times;
  const ratioOf = whole.map((ms, round) => ms / alone[round]);
  const [sweepMs, apartMs] = times.map((own) => median(own) ?? Number.NaN);
  const range: [number, number] = [Math.min(...ratioOf), Math.max(...ratioOf)];
  return { sweepMs, apartMs, ratio: sweepMs / apartMs, range, rounds };
}

async function sweep(base: RunConfig, values: readonly number[], dataset: Dataset): Promise<void> {
  const points = sweepPoints({
    ...{ base, labels: {}, axes: [{ path: 'task.maskRatio', values }], seeds: [base.optimiser.seed] },
    ...{ measures: ['scores'], baselines: [], checkpointsAt: [], onePretraining: false },
  });
  const open = async () => ({ target: dataset, source: dataset });
  for await (const _event of runSweep([{ points, testSamples: TESTED }], open));
}

async function apart(base: RunConfig, ratios: readonly number[], dataset: Dataset): Promise<void> {
  for (const ratio of ratios) {
    const run = new Run(withSetting(base, 'task.maskRatio', ratio), dataset);
    try {
      for await (const _report of train(run));
      await heldOutScores(run, TESTED);
    } finally {
      run.dispose();
    }
  }
}
