/**
 * One experiment: a model, its optimiser, its objective and its data, one step at a time. `step()` is the whole algorithm.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BadSettingError, NonFiniteError } from '../base/errors.ts';
import { Random } from '../base/random.ts';
import { checkRun } from '../config/check.ts';
import type { RunConfig } from '../config/run.ts';
import { BatchStream } from '../data/batches.ts';
import { type PixelStatistics, pixelStatistics } from '../data/normalise.ts';
import type { Dataset } from '../data/pictures.ts';
import { createStepper } from '../engine/gpu/session.ts';
import { type KernelTiming, type StepFunction, type StepInputs, type Stepper, uploadInputs } from '../engine/stepper.ts';
import { Parameters, type Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { type LossResult, type Objective, RANDOM_KEY, type Task, type UploadedTask } from '../objectives/objective.ts';
import { OBJECTIVES } from '../objectives/registry.ts';
import { type AdamWState, adamW, adamWNumbers } from '../ops/adamw.ts';
import { concatFlat } from '../ops/splitFlat.ts';
import { firstNonFinite } from './diagnose.ts';
import type { StepReport } from './reports.ts';
import { scheduledRate } from './schedule.ts';

/** Names of a step's own inputs, beside those of its task. */
const HYPER = 'hyper';

/** Where a step starts: updates started before it, and pictures consumed by them, which is where its batch is in the stream. */
interface Place {
  step: number;
  cursor: number;
}

/** Everything that a run needs to go on elsewhere; its random numbers follow from seed and step. */
export interface RunSnapshot {
  /** Updates done. */
  steps: number;
  /** Pictures consumed. */
  cursor: number;
  parameters: Float32Array;
  firstMoment: Float32Array;
  secondMoment: Float32Array;
}

type Execute = (
  key: string,
  inputs: StepInputs,
  compute: StepFunction,
) => Promise<{ values: Float32Array; timings?: KernelTiming[] }>;

export class Run {
  readonly spec: ModelSpec;
  readonly statistics: PixelStatistics;
  readonly parameters: Parameters;
  /** Updates done. */
  steps = 0;
  private readonly objective: Objective;
  private readonly optimiser: AdamWState;
  private readonly stream: BatchStream;
  private readonly stepper: Stepper;
  private place: Place = { step: 0, cursor: 0 };
  private underWay = 0;
  /** When the latest step was done, by `performance.now()`. */
  private lastDone = 0;
  private failure: { error: unknown; place: Place } | undefined;

  /**
   * @param config may be replaced by one that differs in live settings only, while the run is under way
   * @throws BadSettingError when the settings cannot run together
   */
  constructor(
    public config: RunConfig,
    readonly dataset: Dataset,
  ) {
    const [problem] = checkRun(config);
    if (problem !== undefined) throw new BadSettingError(problem.message);
    const { train } = dataset;
    const { seed } = config.optimiser;
    this.objective = OBJECTIVES[config.task.objective];
    this.spec = this.objective.spec(config, train.channels);
    this.statistics = pixelStatistics(train);
    this.stream = new BatchStream(train, this.statistics, config.model.patch, seed);
    this.parameters = new Parameters(this.objective.parameters(this.spec), (name) => new Random(seed, 'init', name));
    this.optimiser = newOptimiser(this.parameters);
    const { parameters, firstMoment, secondMoment, halted } = this.optimiser;
    this.stepper = createStepper([parameters, firstMoment, secondMoment, halted]);
  }

  /** Updates started; those that are not done yet are under way. */
  get started(): number {
    return this.place.step;
  }

  /** So many steps may be under way at once; see `step`. */
  get inFlight(): number {
    return this.stepper.inFlight;
  }

  /**
   * One update: draw a batch, draw its task, loss, gradient, AdamW. Up to `inFlight` calls may be made before the first of
   * them resolves; whoever reads weights or looks at the run waits for all of them first.
   *
   * @throws NonFiniteError when loss or gradient is not finite; the weights stay as they were before this step, and the steps
   * after it that were under way fail with it
   */
  async step(): Promise<StepReport> {
    const { report } = await this.advance(async (key, inputs, compute) => ({
      values: await this.stepper.step(key, inputs, compute),
    }));
    return report;
  }

  /** As `step`, with what each kernel cost; nothing else may be under way. */
  async profileStep(): Promise<{ report: StepReport; timings: KernelTiming[] }> {
    const { report, timings = [] } = await this.advance((key, inputs, compute) => this.stepper.profile(key, inputs, compute));
    return { report, timings };
  }

  private async advance(execute: Execute): Promise<{ report: StepReport; timings?: KernelTiming[] }> {
    const started = performance.now();
    const { place } = this;
    const { task, learningRate, inputs } = this.prepare(place);
    this.place = { step: place.step + 1, cursor: place.cursor + this.config.optimiser.batch };
    this.underWay += 1;
    try {
      const { values, ...measured } = await execute(JSON.stringify(task.sizes), inputs, (tensors) =>
        this.update({ tensors, sizes: task.sizes }),
      );
      const [loss, accuracy, gradientNorm] = values;
      if (this.failure !== undefined) throw this.failure.error;
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) throw await this.explainNonFinite(place, task, loss);
      this.steps += 1;
      const now = performance.now();
      const milliseconds = now - Math.max(started, this.lastDone);
      this.lastDone = now;
      return { ...measured, report: { step: this.steps, loss, accuracy, learningRate, gradientNorm, milliseconds } };
    } catch (error) {
      this.failure ??= { error, place };
      throw error;
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.afterFailure();
    }
  }

  private prepare({ step, cursor }: Place): { task: Task; learningRate: number; inputs: StepInputs } {
    const { optimiser: settings, task: taskSettings, data } = this.config;
    const batch = this.stream.batch(cursor, settings.batch, data);
    const task = this.objective.draw(batch, taskSettings.maskRatio, new Random(settings.seed, 'task', step));
    const learningRate = scheduledRate(step, settings);
    const numbers = adamWNumbers({ ...settings, learningRate, step: step + 1 });
    const inputs = {
      ...task.tensors,
      [HYPER]: { data: numbers, shape: [numbers.length] },
      [RANDOM_KEY]: { data: Int32Array.of(settings.seed, step), shape: [2] },
    };
    return { task, learningRate, inputs };
  }

  /** Does the step's arithmetic once more, kernel by kernel, to name the one that broke it. */
  private async explainNonFinite(place: Place, task: Task, loss: number): Promise<NonFiniteError> {
    const what = Number.isFinite(loss) ? 'gradient' : 'loss';
    const error = (where: string) =>
      new NonFiniteError(
        `Step ${place.step + 1}: the ${what} is no longer a finite number${where}. ` +
          `The weights of step ${place.step} are kept. Start over with a lower learning rate or a longer warm-up.`,
      );
    // Steps that were under way must know before this looks for the reason.
    this.failure = { error: error(''), place };
    const kernel = await firstNonFinite(() => {
      this.lossAndGradient({ tensors: uploadInputs(task.tensors), sizes: task.sizes });
    });
    return error(kernel === undefined ? '' : `, first in ${kernel}`);
  }

  /** The next step starts where the first one that failed did. */
  private afterFailure(): void {
    if (this.failure === undefined) return;
    this.place = this.failure.place;
    this.failure = undefined;
    this.stepper.dispose();
    tf.tidy(() => this.optimiser.halted.assign(tf.scalar(0)));
  }

  /** What a step computes, from its task and its numbers; recorded and replayed where the backend can. */
  private update(task: UploadedTask): tf.Tensor1D {
    const { loss, accuracy, gradient } = this.lossAndGradient(task);
    const norm = adamW(this.optimiser, gradient, task.tensors[HYPER] as tf.Tensor1D);
    return concatFlat([loss, accuracy, norm]);
  }

  /** Runs a forward pass with the current weights; every tensor but the returned ones is freed. */
  async forward(task: Task, pass: (weights: Weights, task: UploadedTask) => tf.Tensor[]): Promise<Float32Array[]> {
    const outputs = tf.tidy(() => pass(this.parameters.weights(), { tensors: uploadInputs(task.tensors), sizes: task.sizes }));
    return Promise.all(outputs.map(readAndDispose));
  }

  /** All parameters, flat, in the order of `parameters.placements`. */
  async readWeights(): Promise<Float32Array> {
    return (await this.parameters.flat.data()) as Float32Array;
  }

  /** Replaces the weights and forgets the optimiser's memory of the old ones. */
  writeWeights(values: Float32Array, steps: number): void {
    const moment = new Float32Array(values.length);
    const cursor = steps * this.config.optimiser.batch;
    this.restore({ steps, cursor, parameters: values, firstMoment: moment, secondMoment: moment });
  }

  /** Reads back everything that training has changed; no step may be under way. */
  async snapshot(): Promise<RunSnapshot> {
    const { parameters, firstMoment, secondMoment } = this.optimiser;
    const [p, m, v] = await Promise.all([parameters, firstMoment, secondMoment].map((vector) => vector.data<'float32'>()));
    return { steps: this.steps, cursor: this.place.cursor, parameters: p, firstMoment: m, secondMoment: v };
  }

  /** Goes on from a snapshot of a run of the same shape, whatever backend it was taken on. */
  restore({ steps, cursor, ...vectors }: RunSnapshot): void {
    this.stepper.dispose();
    const { parameters, firstMoment, secondMoment } = this.optimiser;
    tf.tidy(() => {
      parameters.assign(tf.tensor1d(vectors.parameters));
      firstMoment.assign(tf.tensor1d(vectors.firstMoment));
      secondMoment.assign(tf.tensor1d(vectors.secondMoment));
    });
    this.steps = steps;
    this.place = { step: steps, cursor };
  }

  dispose(): void {
    this.stepper.dispose();
    this.parameters.dispose();
    this.optimiser.firstMoment.dispose();
    this.optimiser.secondMoment.dispose();
    this.optimiser.halted.dispose();
    this.optimiser.rate.dispose();
  }

  private lossAndGradient(task: UploadedTask): LossResult & { gradient: tf.Tensor } {
    const weights = this.parameters.weights();
    const names = this.parameters.placements.map(({ spec }) => spec.name);
    let accuracy = tf.scalar(0);
    const { value, grads } = tf.engine().gradients(
      () => {
        const result = this.objective.loss(weights, this.spec, task);
        accuracy = tf.keep(result.accuracy);
        return result.loss;
      },
      names.map((name) => weights[name]),
    );
    // Kept beyond the gradient's own scope; the caller's tidy frees this copy.
    const copy = accuracy.clone();
    accuracy.dispose();
    return { loss: value as tf.Scalar, accuracy: copy, gradient: this.parameters.flatten(grads) };
  }
}

function newOptimiser({ count, flat, decay }: Parameters): AdamWState {
  return tf.tidy(() => ({
    parameters: flat,
    firstMoment: tf.variable(tf.zeros([count]), false),
    secondMoment: tf.variable(tf.zeros([count]), false),
    decay,
    rate: tf.ones([count]),
    halted: tf.variable(tf.scalar(0), false),
  }));
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}
