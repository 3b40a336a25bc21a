/**
 * What a way to train has to say for itself: its model, how it turns patches into a task, and its loss. The trainer knows
 * objectives only through this.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import type { MetricName } from '../config/metrics.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { Phase } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import type { HostTensor } from '../engine/stepper.ts';
import type { ParameterSpec, Weights } from '../model/parameters.ts';
import type { Senses } from '../model/senses.ts';
import type { ModelSpec } from '../model/spec.ts';
import type { PatchTables } from './patchTables.ts';
import type { Regulariser } from './regulariser.ts';

/** A batch of samples cut into normalised tokens, in raster order: the patches of pictures, the pieces of sounds, the words of texts. */
export interface PatchBatch {
  /** (count, patches, patchLength); ids of words (patchLength 1) are whole numbers. */
  values: Float32Array | Int32Array;
  count: number;
  patches: number;
  patchLength: number;
  /** (count) class of each sample; absent when they came without labels. */
  labels?: Uint16Array;
  /** Of samples with several members: the tokens of each, by sense. `values` is empty then. */
  members?: Members;
  /** Of a member: (count) 1 where the sample has it, else 0, and its values are 0; absent where all have it. */
  present?: Uint8Array;
}

/** What samples are chosen by. */
export interface Choosable {
  count: number;
  /** (count) classes by index; absent when the samples came without. */
  labels?: Uint16Array | undefined;
  classes: readonly string[];
  /** Of samples with several members: (count) 1 where one has a sense, else 0; absent for a sense that all have. */
  present?: Present;
}

export type Present = Readonly<Partial<Record<Sense, Uint8Array>>>;

export type Members = Readonly<Partial<Record<Sense, PatchBatch>>>;

/** Of tokens that are numbers. */
export interface NumberBatch extends PatchBatch {
  values: Float32Array;
}

/** One task, drawn for one batch. `tensors` are uploaded as they are; `sizes` are the numbers that shape the graph. */
export interface Task {
  tensors: Readonly<Record<string, HostTensor>>;
  sizes: Readonly<Record<string, number>>;
}

/**
 * In training, every task has this tensor beside its own: (2) int32, seed and step, for dropout inside the model. Absent when the
 * model is only looked at.
 */
export const RANDOM_KEY = 'randomKey';

/** A task whose tensors are on the backend. */
export interface UploadedTask {
  tensors: Readonly<Record<string, tf.Tensor>>;
  sizes: Readonly<Record<string, number>>;
}

export interface LossResult {
  loss: tf.Scalar;
  /** What training lowers beside it, and nobody is told of as loss: a regulariser's share. */
  added?: tf.Scalar;
  /** One scalar for each of the objective's step metrics (`ObjectiveMetrics`). */
  metrics: Readonly<Partial<Record<MetricName, tf.Scalar>>>;
}

/** What the run learns from: what its samples are cut into, and how many classes they have. */
export interface Subject {
  tokens: Tokens;
  /** Classes that labels name. */
  classes: number;
  /** Of its training samples; absent where there are none, as in a file of weights. */
  tables?: PatchTables;
}

export type MakeObjective = (config: RunConfig, subject: Subject) => Objective;

/** An objective with the settings of one run. Live settings are passed with every draw. */
export interface Objective {
  /** The encoder that is trained; where there are several, the first of them. */
  readonly spec: ModelSpec;
  /** All of them where there are several, each behind its sense's name. */
  readonly senses?: Senses<Sense>;
  /** The encoder's parameters first, then everything else: heads, decoders, tokens. */
  readonly parameters: readonly ParameterSpec[];
  /** A second set of weights that `loss` is given and that no gradient reaches. */
  readonly teacher?: TeacherRule;
  /** Its run keeps the weights that it starts from: how far it moves is told, and a regulariser may hold it there. */
  readonly keepsStart?: true;
  /** What a run with labels does beside plain fine-tuning. */
  readonly regulariser?: Regulariser;
  /** Gradients' second moments fade by this much a step: 0.95 in pretraining, 0.999 in fine-tuning (methods 0). */
  readonly beta2: number;
  /**
   * Multiply-adds of a step, for one picture: products and convolutions, forward and backward. Backward costs each product two more,
   * one for each factor that asks for its gradient.
   */
  work(phase: Phase): number;
  /**
   * Which training pictures it may learn from; all of them when absent.
   *
   * @returns indices of samples
   * @throws BadDataError when there are no labels, or too few
   */
  choose?(from: Choosable, random: Random): number[];
  /** What `choose` draws by in place of the run's seed, where labels stay as they are while the seed changes. */
  readonly labelSeed?: number;
  /** Which samples come along without their labels, as many a step as of the others; none when absent or undefined. As `choose`. */
  chooseBeside?(from: Choosable, random: Random): number[] | undefined;
  /**
   * Draws masks and orders for a batch. Everything random comes from `random`.
   *
   * @param live the run's settings as they are now
   * @param progress share of the phase's steps that are done, 0 to 1
   * @param beside as many samples without labels (`chooseBeside`)
   */
  draw(batch: PatchBatch, live: RunConfig, random: Random, phase: Phase, progress: number, beside?: PatchBatch): Task;
  /** @param teacher weights of the teacher's parameters, when there is one */
  loss(weights: Weights, task: UploadedTask, teacher: Weights | undefined): LossResult;
}

/** How a teacher comes about. */
export interface TeacherRule {
  /** Its parameters: the first ones of the objective's, often the encoder's only. It starts as a copy of them. */
  readonly parameters: readonly ParameterSpec[];
  /**
   * Share of itself that the teacher keeps after update number `step` (from 0) of the run: theta_t <- tau theta_t +
   * (1 - tau) theta_s. 1 leaves it as it is.
   */
  keep(step: number, live: RunConfig): number;
}
