/**
 * How much arithmetic training is: floating-point operations of matrix products and convolutions, two for each multiply-add, counted
 * from the settings. Norms, softmax, GELU, losses and the optimiser are left out, as is usual: they are a few per cent, and
 * whatever is computed twice counts once. What an objective computes stands in its own file (`Objective.work`).
 */
import { type Phase, phasesOf } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import type { Subject } from '../objectives/objective.ts';
import { OBJECTIVES } from '../objectives/registry.ts';
import { encoderForward } from '../objectives/work.ts';

/** One forward and backward pass on a batch, in the first phase unless another is given. */
export function stepFlops(config: RunConfig, subject: Subject, phase: Phase = phasesOf(config)[0] as Phase): number {
  return 2 * config.optimiser.batch * OBJECTIVES[config.task.objective](config, subject).work(phase);
}

/** All steps of a run, over its phases. */
export function trainingFlops(config: RunConfig, subject: Subject): number {
  return phasesOf(config).reduce((sum, phase) => sum + phase.steps * stepFlops(config, subject, phase), 0);
}

/** The encoder on one whole picture, forward only: what a frozen encoder's features cost. */
export function featureFlops(config: RunConfig, subject: Subject): number {
  const { spec } = OBJECTIVES[config.task.objective](config, subject);
  return 2 * encoderForward(spec, spec.patches);
}
