import { StepPipeline } from './pipeline.ts';
import type { StepReport } from './reports.ts';
import type { Run } from './run.ts';

/**
 * Trains until the run's last step, one report a step. Stop with `return()`: the run is then between two steps and can go
 * on later; a step or two may have been done beyond the last report. Live settings are read anew each step.
 *
 * @param lookAt steps whose report comes before any later step has started
 * @throws NonFiniteError see `Run.step`
 */
export async function* train(run: Run, lookAt?: (step: number) => boolean): AsyncGenerator<StepReport, void, void> {
  const pipeline = new StepPipeline(run, lookAt);
  try {
    while (!pipeline.finished) yield await pipeline.advance();
  } finally {
    await pipeline.settle();
  }
}
