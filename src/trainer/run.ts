/** One experiment: a model, its optimiser, its objective and its data, one step at a time. `step()` is the whole algorithm. */
import * as tf from '@tensorflow/tfjs-core';
import { BadSettingError, NonFiniteError } from '../base/errors.ts';
import { checkRun } from '../config/check.ts';
import type { MetricName } from '../config/metrics.ts';
import { factsOf } from '../config/objectives.ts';
import { phaseAt, phasesOf, totalSteps } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import type { Dataset } from '../data/samples.ts';
import type { Tokenizer } from '../data/tokenizer.ts';
import { tokenizerOf } from '../data/tokenizers.ts';
import { createStepper } from '../engine/createStepper.ts';
import { type KernelTiming, type StepArguments, type StepFunction, type Stepper, uploadInputs } from '../engine/stepper.ts';
import type { LoadedEncoder } from '../io/encoder.ts';
import type { RunState } from '../io/runState.ts';
import type { Parameters, Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { modelTensors } from '../model/transformer.ts';
import type { Objective, Subject, Task, UploadedTask } from '../objectives/objective.ts';
import { OBJECTIVES } from '../objectives/registry.ts';
import { firstNonFinite } from './diagnose.ts';
import { differentiate } from './differentiate.ts';
import { Drawer } from './drawer.ts';
import type { Place } from './drawStep.ts';
import type { StepReport } from './reports.ts';
import { pretrainedStart } from './start.ts';
import { openStreams } from './streams.ts';
import { trainedSubject } from './subject.ts';
import { TrainState } from './trainState.ts';
import { update } from './update.ts';

type Execute = (...step: StepArguments) => Promise<{ values: Float32Array; timings?: KernelTiming[] }>;

export class Run {
  /** Cuts samples into tokens as this run's model reads them. */
  readonly tokenizer: Tokenizer;
  /** What its objective is made for. */
  readonly subject: Subject;
  readonly objective: Objective;
  /** Updates done. */
  steps = 0;
  /** Whether the step after these broke down: loss or gradient was not finite. */
  halted = false;
  private readonly state: TrainState;
  private readonly metricNames: readonly MetricName[];
  private readonly drawer: Drawer;
  private readonly stepper: Stepper;
  private place: Place = { step: 0, cursor: 0, optimiserSince: 0 };
  private phaseBegun = 0;
  private beginning: Promise<void> | undefined;
  private underWay = 0;
  /** When the latest step was done, by `performance.now()`. */
  private lastDone = 0;
  private failure: { error: unknown; place: Place } | undefined;

  /**
   * @param config may be replaced by one that differs in live settings only, while the run is under way
   * @param source pictures of the phases that learn from elsewhere (`Phase.data`)
   * @throws BadSettingError when the settings cannot run together
   * @throws BadDataError when the objective needs labels that are not there
   */
  constructor(
    public config: RunConfig,
    readonly dataset: Dataset,
    readonly source: Dataset = dataset,
  ) {
    const [problem] = checkRun(config);
    if (problem !== undefined) throw new BadSettingError(problem.message);
    this.tokenizer = tokenizerOf(config, dataset.train);
    this.subject = trainedSubject(this.tokenizer, dataset, config.optimiser.seed);
    this.objective = OBJECTIVES[config.task.objective](config, this.subject);
    this.metricNames = factsOf(config).metrics.step;
    this.drawer = new Drawer(this.objective, openStreams(config, this.tokenizer, dataset, source, this.objective));
    this.state = new TrainState(this.objective, config.optimiser.seed);
    this.stepper = createStepper(this.state.variables);
  }

  get spec(): ModelSpec {
    return this.objective.spec;
  }

  get parameters(): Parameters {
    return this.state.parameters;
  }

  /** Updates of the whole run, over its phases. */
  get totalSteps(): number {
    return totalSteps(this.config);
  }

  /** Updates started; those that are not done yet are under way. */
  get started(): number {
    return this.place.step;
  }

  /** So many steps may be under way at once; see `step`. */
  get inFlight(): number {
    return this.stepper.inFlight;
  }

  /** The most that a step has taken so far, what stays between steps included; 0 before the first. */
  get memoryBytes(): number {
    return this.stepper.bytes;
  }

  /** Whether the next step to start begins a phase: nothing else may be under way then. */
  get nextBeginsPhase(): boolean {
    return phaseAt(this.config, this.place.step).index !== this.phaseBegun;
  }

  /**
   * One update: draw a batch, draw its task, loss, gradient, AdamW. Up to `inFlight` calls may be made before the first of
   * them resolves; whoever reads weights or looks at the run waits for all of them first.
   *
   * @throws BadSettingError when a regulariser holds on to pretrained weights and the run began without
   * @throws NonFiniteError when loss or gradient is not finite; the weights stay as they were before this step, and the steps
   * after it that were under way fail with it
   */
  async step(): Promise<StepReport> {
    const { report } = await this.advance(async (...step) => ({ values: await this.stepper.step(...step) }));
    return report;
  }

  /** As `step`, with what each kernel cost; nothing else may be under way. */
  async profileStep(): Promise<{ report: StepReport; timings: KernelTiming[] }> {
    const { report, timings = [] } = await this.advance((key, inputs, compute) => this.stepper.profile(key, inputs, compute));
    return { report, timings };
  }

  private async advance(execute: Execute): Promise<{ report: StepReport; timings?: KernelTiming[] }> {
    const started = performance.now();
    this.state.holdStart();
    this.beginPhase();
    const { place } = this;
    this.place = { ...place, step: place.step + 1, cursor: place.cursor + this.config.optimiser.batch };
    this.underWay += 1;
    try {
      if (this.beginning !== undefined) await this.beginning;
      const { task, learningRate, inputs, phase } = this.drawer.draw(this.config, place);
      const compute: StepFunction = (tensors) =>
        update(this.objective, this.state, { tensors, sizes: task.sizes }, this.metricNames);
      const drawNext = () => this.drawer.drawAhead(this.config, this.place);
      const { values, ...measured } = await execute(JSON.stringify(task.sizes), inputs, compute, drawNext);
      const [loss, gradientNorm, ...metricValues] = values;
      if (this.failure !== undefined) throw this.failure.error;
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) throw await this.explainNonFinite(place, task, loss);
      this.steps += 1;
      this.halted = false;
      const now = performance.now();
      const milliseconds = now - Math.max(started, this.lastDone);
      this.lastDone = now;
      const metrics = Object.fromEntries(this.metricNames.map((name, i) => [name, metricValues[i]]));
      const { steps: step, memoryBytes } = this;
      return { ...measured, report: { step, phase, loss, metrics, learningRate, gradientNorm, milliseconds, memoryBytes } };
    } catch (error) {
      this.failure ??= { error, place };
      throw error;
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.afterFailure();
    }
  }

  /** Enters the phase of the step that is about to start, if it is a new one. */
  private beginPhase(): void {
    const { step } = this.place;
    const { index, phase } = phaseAt(this.config, step);
    const before = { phaseBegun: this.phaseBegun, place: this.place };
    if (index === before.phaseBegun) return;
    this.phaseBegun = index;
    this.place = { ...this.place, optimiserSince: step };
    this.beginning = (async () => {
      try {
        if (before.phaseBegun === 0) await this.state.keepStart();
        this.stepper.dispose();
        await this.state.beginPhase(phase.start);
      } catch (error) {
        // The step fails with it, and the next one tries again.
        this.phaseBegun = before.phaseBegun;
        throw error;
      } finally {
        this.beginning = undefined;
      }
    })();
  }

  /** Does the step's arithmetic once more, kernel by kernel, to name the one that broke it. */
  private async explainNonFinite(place: Place, task: Task, loss: number): Promise<NonFiniteError> {
    const what = Number.isFinite(loss) ? 'gradient' : 'loss';
    const error = (where: string) =>
      new NonFiniteError(
        `Step ${place.step + 1}: the ${what} is no longer a finite number${where}. ` +
          `The weights of step ${place.step} are kept. Start over with a lower learning rate or a longer warm-up.`,
      );
    this.halted = true;
    // Steps that were under way must know before this looks for the reason.
    this.failure = { error: error(''), place };
    const kernel = await firstNonFinite(() => {
      differentiate(this.objective, this.state, this.upload(task), this.metricNames);
    });
    return error(kernel === undefined ? '' : `, first in ${kernel}`);
  }

  /** The next step starts where the first one that failed did. */
  private afterFailure(): void {
    if (this.failure === undefined) return;
    this.place = this.failure.place;
    this.failure = undefined;
    this.stepper.dispose();
    this.state.resume();
  }

  /** Runs a forward pass with the current weights and the teacher's, if any; every tensor but the returned ones is freed. */
  async forward(
    task: Task,
    pass: (weights: Weights, task: UploadedTask, teacher: Weights | undefined) => tf.Tensor[],
  ): Promise<Float32Array[]> {
    const outputs = tf.tidy(() => pass(this.parameters.weights(), this.upload(task), this.state.teacherWeights()));
    return Promise.all(outputs.map((output) => output.data<'float32'>().finally(() => output.dispose())));
  }

  private upload(task: Task): UploadedTask {
    return { tensors: uploadInputs({ ...task.tensors, ...modelTensors(this.spec) }), sizes: task.sizes };
  }

  /** All parameters, flat, in the order of `parameters.placements`. */
  readWeights(): Promise<Float32Array> {
    return this.state.readWeights();
  }

  /** The weights that the first phase ended with, or those that a run with labels began with; absent before, or where not known. */
  get pretrainedWeights(): Float32Array | undefined {
    return this.state.pretrainedWeights;
  }

  /**
   * Replaces the weights, and starts the optimiser anew: its moments are empty, a teacher is a copy. The schedule goes on from
   * `steps`, which has to lie in the first phase or at its end: later ones need more than weights.
   */
  writeWeights(values: Float32Array, steps: number): void {
    this.stepper.dispose();
    this.state.replaceWeights(values);
    this.standAt({ step: steps, cursor: steps * this.config.optimiser.batch, optimiserSince: steps }, 0);
  }

  private standAt(place: Place, phase: number): void {
    this.steps = place.step;
    this.place = place;
    this.phaseBegun = phase;
    this.halted = false;
  }

  /**
   * Starts over with the encoder of a file, and a decoder where the run has the same one; everything else is as the seed has it.
   * A run of several phases goes on as if its first one, pretraining, had ended with these weights. No step may be under way.
   *
   * @param file safetensors
   * @returns names of the parameters that the file does not have, and of its tensors that were not used or brought to another grid
   * @throws CheckpointError when the file's encoder is another one than the run's; the run is then as it was
   */
  startFrom(file: Uint8Array): Omit<LoadedEncoder, 'values'> {
    const { values, ...told } = pretrainedStart(file, this.config, this.parameters.placements, this.tokenizer.tokens);
    const [first, ...later] = phasesOf(this.config);
    this.writeWeights(values, first !== undefined && later.length > 0 ? first.steps : 0);
    return told;
  }

  /** Reads back everything that training has changed; no step may be under way. */
  async snapshot(): Promise<RunState> {
    const { cursor, optimiserSince } = this.place;
    return { steps: this.steps, cursor, phase: this.phaseBegun, optimiserSince, ...(await this.state.read()) };
  }

  /** Goes on from the state of a run of the same shape, whatever backend it was taken on. No step may be under way. */
  restore({ steps, cursor, phase, optimiserSince, ...vectors }: RunState): void {
    this.stepper.dispose();
    this.state.write(vectors);
    this.standAt({ step: steps, cursor, optimiserSince }, phase);
  }

  dispose(): void {
    this.stepper.dispose();
    this.state.dispose();
  }
}
