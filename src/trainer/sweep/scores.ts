import { sampleOf } from '../../data/sample.ts';
import type { Run } from '../run.ts';
import { viewOf } from '../views.ts';

/**
 * What an objective says of itself on held-out samples, by metric, at the run's own mask ratio; null what nothing was asked of, such as
 * masked patches where none are masked. No step may be under way.
 *
 * @param samples most that are measured
 */
export async function heldOutScores(run: Run, samples: number): Promise<Record<string, number | null>> {
  const { heldOut } = run.dataset;
  const measuring = viewOf(run).measure(heldOut, sampleOf(heldOut, samples), run.config.task.maskRatio);
  for (;;) {
    const next = await measuring.next();
    if (!next.done) continue;
    const entries = Object.entries(next.value.scores);
    return Object.fromEntries(entries.map(([name, value]) => [name, Number.isFinite(value) ? value : null]));
  }
}
