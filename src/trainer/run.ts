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
import { Parameters, type Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import type { LossResult, Objective, Task, UploadedTask } from '../objectives/objective.ts';
import { OBJECTIVES } from '../objectives/registry.ts';
import { type AdamWState, adamW, adamWNumbers } from '../ops/adamw.ts';
import type { StepReport } from './reports.ts';
import { scheduledRate } from './schedule.ts';

export class Run {
  readonly spec: ModelSpec;
  readonly statistics: PixelStatistics;
  readonly parameters: Parameters;
  /** Updates done. */
  steps = 0;
  private readonly objective: Objective;
  private readonly optimiser: AdamWState;
  private readonly stream: BatchStream;
  /** Pictures consumed: where the next batch starts in the stream. */
  private cursor = 0;

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
  }

  /**
   * One update: draw a batch, draw its task, loss, gradient, AdamW.
   *
   * @throws NonFiniteError when loss or gradient is not finite; the weights stay as they were before this step
   */
  async step(): Promise<StepReport> {
    const started = performance.now();
    const { optimiser: settings, data, task: taskSettings } = this.config;
    const batch = this.stream.batch(this.cursor, settings.batch, data);
    const task = this.objective.draw(batch, taskSettings.maskRatio, new Random(settings.seed, 'task', this.steps));
    const learningRate = scheduledRate(this.steps, settings);
    const measured = tf.tidy(() => {
      const { loss, accuracy, gradient } = this.lossAndGradient(uploadTask(task));
      const hyper = tf.tensor1d(adamWNumbers({ ...settings, learningRate, step: this.steps + 1 }));
      const norm = adamW(this.optimiser, gradient, hyper);
      return tf.stack([loss, accuracy, norm]);
    });
    const [loss, accuracy, gradientNorm] = await readAndDispose(measured);
    this.requireFinite(loss, gradientNorm);
    this.steps += 1;
    this.cursor += settings.batch;
    return { step: this.steps, loss, accuracy, learningRate, gradientNorm, milliseconds: performance.now() - started };
  }

  /** Runs a forward pass with the current weights; every tensor but the returned ones is freed. */
  async forward(task: Task, pass: (weights: Weights, task: UploadedTask) => tf.Tensor[]): Promise<Float32Array[]> {
    const outputs = tf.tidy(() => pass(this.parameters.weights(), uploadTask(task)));
    return Promise.all(outputs.map(readAndDispose));
  }

  /** All parameters, flat, in the order of `parameters.placements`. */
  async readWeights(): Promise<Float32Array> {
    return (await this.parameters.flat.data()) as Float32Array;
  }

  /** Replaces the weights and forgets the optimiser's memory of the old ones. */
  writeWeights(values: Float32Array, steps: number): void {
    tf.tidy(() => {
      this.parameters.flat.assign(tf.tensor1d(values));
      for (const moment of [this.optimiser.firstMoment, this.optimiser.secondMoment]) moment.assign(tf.zerosLike(moment));
    });
    this.steps = steps;
    this.cursor = steps * this.config.optimiser.batch;
  }

  dispose(): void {
    this.parameters.dispose();
    this.optimiser.firstMoment.dispose();
    this.optimiser.secondMoment.dispose();
    this.optimiser.halted.dispose();
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

  private requireFinite(loss: number, gradientNorm: number): void {
    if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
    tf.tidy(() => this.optimiser.halted.assign(tf.scalar(0)));
    throw new NonFiniteError(
      `Step ${this.steps + 1}: the ${Number.isFinite(loss) ? 'gradient' : 'loss'} is no longer a finite number. ` +
        `The weights of step ${this.steps} are kept. Start over with a lower learning rate or a longer warm-up.`,
    );
  }
}

function newOptimiser({ count, flat, decay }: Parameters): AdamWState {
  return tf.tidy(() => ({
    parameters: flat,
    firstMoment: tf.variable(tf.zeros([count]), false),
    secondMoment: tf.variable(tf.zeros([count]), false),
    decay,
    halted: tf.variable(tf.scalar(0), false),
  }));
}

function uploadTask({ tensors, sizes }: Task): UploadedTask {
  const uploaded = Object.entries(tensors).map(([name, { data, shape }]) => [
    name,
    tf.tensor(data, shape, data instanceof Int32Array ? 'int32' : 'float32'),
  ]);
  return { tensors: Object.fromEntries(uploaded), sizes };
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}
