/** Everything that training changes: weights, the optimiser's memory, the teacher, and the start that is kept for later phases. */
import * as tf from '@tensorflow/tfjs-core';
import { BadSettingError } from '../base/errors.ts';
import type { StateVectors } from '../io/runState.ts';
import {
  firstValues,
  namedWeights,
  Parameters,
  type Placement,
  parameterCount,
  placeParameters,
  type Weights,
} from '../model/parameters.ts';
import type { Objective } from '../objectives/objective.ts';
import { REGULARISER_KEY, type Regulariser } from '../objectives/regulariser.ts';
import type { AdamWState } from '../ops/adamw.ts';
import { updateEma } from '../ops/ema.ts';
import { anchorOf, disposeAnchor } from './anchor.ts';
import { HYPER } from './drawStep.ts';
import { type Held, regularisedUpdate } from './regularised.ts';
import { initialRandom } from './start.ts';

const UNKNOWN_START =
  'This run does not know the weights that it started from, as it was saved by an earlier version: a regulariser cannot hold it there. Fine-tune anew.';

export class TrainState {
  readonly parameters: Parameters;
  readonly optimiser: AdamWState;
  private readonly teacher: { placements: Placement[]; flat: tf.Variable } | undefined;
  private readonly keepsStart: boolean;
  private readonly regulariser: Regulariser | undefined;
  private pretrained: Float32Array | undefined;
  private held: Held | undefined;

  constructor(
    { parameters, teacher, keepsStart, regulariser }: Objective,
    private readonly seed: number,
  ) {
    this.parameters = new Parameters(parameters, initialRandom(seed));
    this.optimiser = newOptimiser(this.parameters);
    this.keepsStart = keepsStart === true;
    this.regulariser = regulariser;
    if (this.keepsStart) this.pretrained = this.drawnWeights();
    if (teacher === undefined) return;
    const flat = tf.tidy(() => tf.variable(firstOf(this.parameters.flat, parameterCount(teacher.parameters)), false));
    this.teacher = { placements: placeParameters(teacher.parameters), flat };
  }

  /** What a step writes to, in place. */
  get variables(): tf.Variable[] {
    const { parameters, firstMoment, secondMoment, halted } = this.optimiser;
    const own = [parameters, firstMoment, secondMoment, halted];
    return this.teacher === undefined ? own : [...own, this.teacher.flat];
  }

  /** The teacher's weights as tensors of their own; the caller disposes of them (or is inside a `tidy`). */
  teacherWeights(): Weights | undefined {
    return this.teacher && namedWeights(this.teacher.flat, this.teacher.placements);
  }

  /**
   * Finds out, before steps, what a regulariser holds on to.
   *
   * @throws BadSettingError when it holds on to pretrained weights and there are none
   */
  holdStart(): void {
    if (this.regulariser?.needsStart !== true || this.held !== undefined) return;
    if (this.pretrained === undefined) throw new BadSettingError(UNKNOWN_START);
    const anchor = anchorOf(this.parameters, this.pretrained, this.drawnWeights());
    this.held = { regulariser: this.regulariser, anchor };
  }

  /** An update of the weights; see `regularisedUpdate`. @param inputs of the step */
  update(gradient: tf.Tensor1D, inputs: Readonly<Record<string, tf.Tensor>>): tf.Scalar {
    const { [HYPER]: hyper, [REGULARISER_KEY]: numbers } = inputs;
    return regularisedUpdate(this.optimiser, gradient, hyper as tf.Tensor1D, this.held, numbers as tf.Tensor1D | undefined);
  }

  private drawnWeights(): Float32Array {
    return firstValues(this.parameters.placements, initialRandom(this.seed));
  }

  private letGoOfStart(): void {
    if (this.held !== undefined) disposeAnchor(this.held.anchor);
    this.held = undefined;
  }

  /**
   * Moves the teacher towards the weights, after an update (methods 3.4).
   *
   * @param keep scalar: the share that it keeps
   */
  moveTeacher(keep: tf.Tensor): void {
    if (this.teacher === undefined) return;
    const { flat } = this.teacher;
    // Once a gradient was not finite nothing moves any more, as in AdamW.
    const share = tf.maximum(tf.reshape(keep, []), this.optimiser.halted);
    updateEma(flat, firstOf(this.parameters.flat, flat.size), share);
  }

  /** All parameters, flat, in the order of `parameters.placements`. */
  async readWeights(): Promise<Float32Array> {
    return (await this.parameters.flat.data()) as Float32Array;
  }

  /** The weights that the first phase ended with; of runs that keep their start, those that they began with. Absent before. */
  get pretrainedWeights(): Float32Array | undefined {
    return this.pretrained;
  }

  async read(): Promise<StateVectors> {
    const { parameters, firstMoment, secondMoment } = this.optimiser;
    const vectors = [parameters, firstMoment, secondMoment, ...(this.teacher === undefined ? [] : [this.teacher.flat])];
    const [p, m, v, teacher] = await Promise.all(vectors.map((vector) => vector.data<'float32'>()));
    return {
      parameters: p,
      firstMoment: m,
      secondMoment: v,
      ...(teacher === undefined ? {} : { teacher }),
      ...(this.pretrained === undefined ? {} : { pretrained: this.pretrained }),
    };
  }

  write({ parameters, firstMoment, secondMoment, teacher, pretrained }: StateVectors): void {
    this.pretrained = pretrained;
    this.letGoOfStart();
    tf.tidy(() => {
      this.optimiser.parameters.assign(tf.tensor1d(parameters));
      this.optimiser.firstMoment.assign(tf.tensor1d(firstMoment));
      this.optimiser.secondMoment.assign(tf.tensor1d(secondMoment));
      if (this.teacher === undefined) return;
      const { size } = this.teacher.flat;
      this.teacher.flat.assign(tf.tensor1d(teacher ?? parameters.slice(0, size)));
    });
  }

  /** Other weights, and nothing remembered of the old ones; the teacher becomes a copy. */
  replaceWeights(parameters: Float32Array): void {
    const moment = new Float32Array(parameters.length);
    const start = this.keepsStart ? { pretrained: parameters.slice() } : {};
    this.write({ parameters, firstMoment: moment, secondMoment: moment, ...start });
  }

  /** Keeps the weights as they are now as the start that later phases go back to. */
  async keepStart(): Promise<void> {
    this.pretrained = (await this.readWeights()).slice();
  }

  /**
   * Begins a phase: the present weights become the teacher's, the weights go on from `start` or from where they are, and the
   * optimiser starts afresh.
   */
  async beginPhase(start: 'previous' | 'pretrained'): Promise<void> {
    const present = (await this.readWeights()).slice();
    const weights = start === 'pretrained' ? (this.pretrained ?? present) : present;
    const moment = new Float32Array(weights.length);
    const teacher = this.teacher && { teacher: present.slice(0, this.teacher.flat.size) };
    const pretrained = this.pretrained && { pretrained: this.pretrained };
    this.write({ parameters: weights, firstMoment: moment, secondMoment: moment, ...teacher, ...pretrained });
  }

  /** Forgets that a gradient was not finite. */
  resume(): void {
    tf.tidy(() => this.optimiser.halted.assign(tf.scalar(0)));
  }

  dispose(): void {
    this.letGoOfStart();
    this.parameters.dispose();
    this.optimiser.firstMoment.dispose();
    this.optimiser.secondMoment.dispose();
    this.optimiser.halted.dispose();
    this.teacher?.flat.dispose();
  }
}

function newOptimiser({ count, flat, decay, rate }: Parameters): AdamWState {
  return tf.tidy(() => ({
    parameters: flat,
    firstMoment: tf.variable(tf.zeros([count]), false),
    secondMoment: tf.variable(tf.zeros([count]), false),
    decay,
    rate,
    halted: tf.variable(tf.scalar(0), false),
  }));
}

/** The first numbers of a vector, as memory of their own. */
function firstOf(flat: tf.Tensor, count: number): tf.Tensor1D {
  // A slice of all of it would share its memory, and kernels write in place.
  return tf.add(tf.slice(flat as tf.Tensor1D, [0], [count]), 0);
}
