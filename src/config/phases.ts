/** The stretches of a run. Most runs have one; self-distillation is several (methods 4.1). */
import type { ObjectiveName } from './objectives.ts';
import type { RunConfig } from './run.ts';

export interface Phase {
  /** Shown to people: "Further pretraining". */
  label: string;
  /** What the objective computes in it. In `distillation` the weights that the phase before ended with are the teacher. */
  task: 'own' | 'distillation';
  steps: number;
  /** Which pictures it learns from: the run's, or those of the source. */
  data: 'target' | 'source';
  /** The weights it starts from: those of the phase before, or those that the first phase ended with. */
  start: 'previous' | 'pretrained';
}

type MakePhases = (config: RunConfig) => Phase[];

const PHASES: Partial<Record<ObjectiveName, MakePhases>> = { selfDistillation };

/** The run's phases, in order. Each has its own warm-up and cosine, and a fresh optimiser. */
export function phasesOf(config: RunConfig): Phase[] {
  const make = PHASES[config.task.objective];
  if (make !== undefined) return make(config);
  return [{ label: 'Training', task: 'own', steps: config.optimiser.steps, data: 'target', start: 'previous' }];
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

/** Pretrained start, further pretraining, then students that restart from the start (or, for the ablations, do not). */
function selfDistillation({ optimiser: { steps }, selfDistillation: { pretrainSteps, rounds, variant } }: RunConfig): Phase[] {
  const start: Phase = { label: 'Pretraining', task: 'own', steps: pretrainSteps, data: 'source', start: 'previous' };
  const further: Phase = { label: 'Further pretraining', task: 'own', steps, data: 'target', start: 'previous' };
  switch (variant) {
    case 'noDistillation':
      return [start, further];
    case 'twice':
      return [start, { ...further, steps: 2 * steps }];
    default:
      return [start, further, ...Array.from({ length: rounds }, (_, i) => distillationRound(i + 1, steps))];
  }
}

function distillationRound(round: number, steps: number): Phase {
  return { label: `Self-distillation, round ${round}`, task: 'distillation', steps, data: 'target', start: 'pretrained' };
}
