import type { StepReport } from './reports.ts';
import type { Run } from './run.ts';

/**
 * Trains until the run's last step, one report a step. Stop with `return()`: the run is then between two steps and can go
 * on later. Live settings are read anew each step.
 *
 * @throws NonFiniteError see `Run.step`
 */
export async function* train(run: Run): AsyncGenerator<StepReport, void, void> {
  while (run.steps < run.config.optimiser.steps) yield await run.step();
}
