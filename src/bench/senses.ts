/** What it costs to train several encoders together, beside what they cost apart: the pairs, the projections and the update are the rest. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../base/random.ts';
import { median } from '../base/statistics.ts';
import type { Sense } from '../config/modalities/names.ts';
import { phasesOf } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import { BatchStream } from '../data/batches.ts';
import type { Dataset } from '../data/samples.ts';
import { createStepper } from '../engine/createStepper.ts';
import { contrastiveSenses } from '../objectives/contrastive.ts';
import { memberTensors } from '../objectives/members.ts';
import type { Objective } from '../objectives/objective.ts';
import { meanSquaredError } from '../ops/meanSquaredError.ts';
import { concatFlat } from '../ops/splitFlat.ts';
import { differentiate } from '../trainer/differentiate.ts';
import { Run } from '../trainer/run.ts';
import { TrainState } from '../trainer/trainState.ts';

export interface SensesTimes {
  /** Median milliseconds of a whole step: drawing, forward, backward, update. */
  stepMs: number;
  /** Of drawing a batch, cutting and corrupting it, which is a part of the step and no encoder's affair. */
  drawingMs: number;
  /** Of each encoder by itself, forward and backward on a batch that is there. */
  encoderMs: { sense: Sense; ms: number }[];
  /** What of `stepMs` is not `drawingMs`, over the sum of `encoderMs`. */
  ratio: number;
  /** The same with drawing in it. */
  wholeRatio: number;
  /** The least and the largest `ratio` of a single round. */
  range: [least: number, most: number];
  rounds: number;
}

/** On WebGPU the first step is compiled and recorded. */
const WARM_UP = 3;

/** Something that is timed, in turns with the others. */
interface Timed {
  /** Absent for the step and for drawing. */
  sense?: Sense;
  once(): Promise<unknown>;
  dispose(): void;
}

/**
 * Times a contrastive step and each encoder's forward and backward in turns, so that a busy machine is busy for all.
 *
 * @param config of contrastive pretraining
 * @param rounds timed turns of each
 */
export async function measureSenses(
  config: RunConfig,
  dataset: Dataset,
  rounds: number,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<SensesTimes> {
  const all: Timed[] = [];
  try {
    const run = new Run(config, dataset);
    makeAll(run);
    all.push({ once: () => run.step(), dispose: () => run.dispose() }, drawing(run));
    all.push(...contrastiveSenses(config, run.subject.tokens).specs.map(({ name }) => encoderAlone(run, name)));
    const times = all.map((): number[] => []);
    for (let round = 0; round < WARM_UP + rounds; round++) {
      for (let turn = 0; turn < all.length; turn++) {
        const i = (turn + round) % all.length;
        const started = performance.now();
        await all[i].once();
        if (round >= WARM_UP) times[i].push(performance.now() - started);
      }
      onProgress(round + 1, WARM_UP + rounds);
    }
    return summary(all, times);
  } finally {
    for (const one of all) one.dispose();
  }
}

/** Samples that are made once and kept are made before: a step that meets them first costs more, and none after it. */
function makeAll({ tokenizer, dataset }: Run): void {
  while (tokenizer.ahead?.(dataset.train) === true);
}

/** What a step does before anything is computed, on batches of its own. */
function drawing({ config, dataset, tokenizer, objective }: Run): Timed {
  const { batch, seed } = config.optimiser;
  const stream = new BatchStream(dataset.train, tokenizer, seed, undefined, 'drawing ');
  const [phase] = phasesOf(config);
  let done = 0;
  return {
    once: async () => objective.draw(stream.batch(batch * done++, batch, config), config, new Random(seed, 'drawing'), phase, 0),
    dispose: () => {},
  };
}

/** Forward and backward of one sense's encoder, read out by the mean of its tokens: no projection, no pairs, no update. */
function encoderAlone(run: Run, name: Sense): Timed {
  const { config, dataset, tokenizer, subject } = run;
  const senses = contrastiveSenses({ ...config, contrastive: { ...config.contrastive, readout: 'before' } }, subject.tokens);
  const objective: Objective = {
    ...run.objective,
    parameters: senses.parameters.filter((one) => one.name.startsWith(`${name}.`) && !one.name.startsWith(`${name}.proj.`)),
    loss: (weights, { tensors }) => {
      const [mean] = senses.embed(weights, tensors, [name]);
      // Some gradient for every number of the mean.
      return { loss: meanSquaredError(mean, tf.zeros<tf.Rank.R2>(mean.shape)), metrics: {} };
    },
  };
  const state = new TrainState(objective, config.optimiser.seed);
  const stepper = createStepper(state.variables);
  const batch = new BatchStream(dataset.train, tokenizer, config.optimiser.seed).batch(0, config.optimiser.batch, config);
  const inputs = memberTensors(batch, senses.specs, [name]);
  const compute = (tensors: Readonly<Record<string, tf.Tensor>>): tf.Tensor1D => {
    const { loss, gradient } = differentiate(objective, state, { tensors, sizes: {} }, []);
    // Read, so that a recording keeps what makes it.
    return concatFlat([loss, tf.slice(gradient, 0, 1)]);
  };
  return {
    sense: name,
    once: () => stepper.step(name, inputs, compute),
    dispose: () => {
      stepper.dispose();
      state.dispose();
    },
  };
}

function summary(all: readonly Timed[], times: readonly (readonly number[])[]): SensesTimes {
  const [step, drawn, ...encoders] = times;
  const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const ratios = step.map((ms, round) => (ms - drawn[round]) / sumOf(encoders.map((own) => own[round])));
  const [stepMs, drawingMs, ...alone] = times.map((own) => median(own) ?? Number.NaN);
  const encoderMs = all.flatMap(({ sense }) => sense ?? []).map((sense, i) => ({ sense, ms: alone[i] }));
  return {
    ...{ stepMs, drawingMs, encoderMs, rounds: step.length },
    ratio: (stepMs - drawingMs) / sumOf(alone),
    wholeRatio: stepMs / sumOf(alone),
    range: [Math.min(...ratios), Math.max(...ratios)],
  };
}
