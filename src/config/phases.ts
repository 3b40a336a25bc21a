/** The stretches of a run. Most runs have one; self-distillation is several (methods 4.1). */

import type { Phase } from './objectives/facts.ts';
import { factsOf } from './objectives.ts';
import type { RunConfig } from './run.ts';

export type { Phase };

/** The run's phases, in order. Each has its own warm-up and cosine, and a fresh optimiser. */
export function phasesOf(config: RunConfig): Phase[] {
  const phases = factsOf(config).phases?.(config);
  return phases ?? [{ label: 'Training', task: 'own', steps: config.optimiser.steps, data: 'target', start: 'previous' }];
}

/** All steps of a run, over its phases. */
export function totalSteps(config: RunConfig): number {
  return phasesOf(config).reduce((sum, { steps }) => sum + steps, 0);
}

/** A step's place among the phases. */
export interface PhasePlace {
  phase: Phase;
  index: number;
  /** Steps of this phase before it. */
  step: number;
}

/** Where update number `step`, counted from 0, belongs; beyond the end, at the end of the last phase. */
export function phaseAt(config: RunConfig, step: number): PhasePlace {
  const phases = phasesOf(config);
  let before = 0;
  for (const [index, phase] of phases.entries()) {
    if (step < before + phase.steps) return { phase, index, step: step - before };
    before += phase.steps;
  }
  const index = phases.length - 1;
  const phase = phases[index] as Phase;
  return { phase, index, step: phase.steps };
}
