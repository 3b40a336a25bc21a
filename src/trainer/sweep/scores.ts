import { scoreAt } from '../../config/sweep/sweep.ts';
import { sampleOf } from '../../data/sample.ts';
import type { Run } from '../run.ts';
import { viewOf } from '../views.ts';

/**
 * What an objective says of itself on held-out samples, by metric, at the run's own mask ratio; null what nothing was asked of, such as
 * masked patches where none are masked. No step may be under way.
 *
 * @param samples most that are measured
 * @param maskRatios others at which the same is told, by `scoreAt`
 */
export async function heldOutScores(
  run: Run,
  samples: number,
  maskRatios: readonly number[] = [],
): Promise<Record<string, number | null>> {
  const scores = await scoresAt(run, samples, run.config.task.maskRatio);
  for (const ratio of maskRatios) {
    const there = Object.entries(await scoresAt(run, samples, ratio));
    Object.assign(scores, Object.fromEntries(there.map(([name, value]) => [scoreAt(name, ratio), value])));
  }
  return scores;
}

async function scoresAt(run: Run, samples: number, maskRatio: number): Promise<Record<string, number | null>> {
  const { heldOut } = run.dataset;
  const measuring = viewOf(run).measure(heldOut, sampleOf(heldOut, samples), maskRatio);
  for (;;) {
    const next = await measuring.next();
    if (!next.done) continue;
    const entries = Object.entries(next.value.scores);
    return Object.fromEntries(entries.map(([name, value]) => [name, Number.isFinite(value) ? value : null]));
  }
}
