/** Everything that changes from step to step, as tensors to upload: the task, and the numbers of the update. */
import { Random } from '../base/random.ts';
import { phaseAt } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import type { StepInputs } from '../engine/stepper.ts';
import { modelTensors } from '../model/transformer.ts';
import { type Objective, RANDOM_KEY, type Task } from '../objectives/objective.ts';
import { REGULARISER_KEY } from '../objectives/regulariser.ts';
import { adamWNumbers } from '../ops/adamw.ts';
import { scheduledRate } from './schedule.ts';
import type { Streams } from './streams.ts';

/** Names of a step's own inputs, beside those of its task: AdamW's numbers, and the share of itself that a teacher keeps. */
export const HYPER = 'hyper';
export const TEACHER_KEEP = 'teacherKeep';

/** Where a step starts: updates started before it, and pictures consumed by them, which is where its batch is in the stream. */
export interface Place {
  step: number;
  cursor: number;
  /** Updates done when the optimiser's moments were empty: its bias correction counts from there. */
  optimiserSince: number;
}

export interface DrawnStep {
  task: Task;
  inputs: StepInputs;
  learningRate: number;
  /** Index of its phase. */
  phase: number;
}

export function drawStep(
  objective: Objective,
  config: RunConfig,
  streams: Streams,
  { step, cursor, optimiserSince }: Place,
): DrawnStep {
  const { optimiser: settings } = config;
  const { phase, index, step: phaseStep } = phaseAt(config, step);
  const batch = streams[phase.data].batch(cursor, settings.batch, config);
  const beside = streams.beside?.batch(cursor, settings.batch, config);
  const random = new Random(settings.seed, 'task', step);
  const task = objective.draw(batch, config, random, phase, phaseStep / phase.steps, beside);
  const learningRate = scheduledRate(phaseStep, { ...settings, steps: phase.steps });
  const numbers = adamWNumbers({ ...settings, learningRate, step: step - optimiserSince + 1, beta2: objective.beta2 });
  const own = objective.regulariser?.numbers?.(step - optimiserSince + 1);
  const keep = objective.teacher?.keep(step, config);
  const inputs: StepInputs = {
    ...task.tensors,
    ...modelTensors(objective.spec),
    ...(keep === undefined ? {} : { [TEACHER_KEEP]: { data: Float32Array.of(keep), shape: [1] } }),
    ...(own === undefined ? {} : { [REGULARISER_KEY]: { data: own, shape: [own.length] } }),
    [HYPER]: { data: numbers, shape: [numbers.length] },
    [RANDOM_KEY]: { data: Int32Array.of(settings.seed, step), shape: [2] },
  };
  return { task, learningRate, inputs, phase: index };
}
