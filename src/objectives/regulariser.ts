/**
 * What a run with labels does beside plain fine-tuning. It may act in three places of a step, each of which may be absent: on the loss,
 * on the gradient before AdamW, and on the weights after it. The trainer knows regularisers only through this, and calls what is there.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import type { HostTensor } from '../engine/stepper.ts';
import type { AdamWState } from '../ops/adamw.ts';
import type { FlatMatrix } from '../ops/mars.ts';

/** Its numbers of a step are a tensor of this name beside those of the task. */
export const REGULARISER_KEY = 'regulariser';
/** What it draws for a batch is a tensor of this name in the task. */
export const NOISE = 'noise';

/** The weights that a run started from, as far as they were pretrained: what is new, the head above all, has no start. */
export interface Anchor {
  /** (count) */
  start: tf.Tensor;
  /** (count) 1 where a parameter has a start, else 0. */
  held: tf.Tensor;
  /** (count) Each parameter's share of the learning rate where it has a start, else 0. */
  share: tf.Tensor;
  /** The matrices that have a start, in ascending order. */
  matrices: readonly FlatMatrix[];
}

/** One pass, and how to make another from other embedded tokens. */
export interface Pass {
  /** (B, n, d) what the stem made of the tokens, without positions. */
  embedded: tf.Tensor3D;
  /** (B, classes) */
  logits: tf.Tensor2D;
  again(embedded: tf.Tensor3D): tf.Tensor2D;
  /** What `draw` drew: (B, n, d). */
  noise: tf.Tensor3D;
}

export interface Regulariser {
  /** Whether it is about the weights that the run started from. */
  readonly needsStart: boolean;
  /** Forward and backward passes of the blocks and the head beside the one of the loss. */
  readonly passes: number;
  /** Numbers that its work on gradient and weights reads anew at each update, counted from 1; always as many. */
  numbers?(update: number): Float32Array;
  /** Noise for a batch of so many embedded tokens (B, n, d). */
  draw?(shape: readonly number[], random: Random): HostTensor;
  /** What joins the loss, beside what the loss is reported as. */
  loss?(pass: Pass): tf.Scalar;
  /** The gradient that AdamW is given. */
  gradient?(gradient: tf.Tensor1D, parameters: tf.Tensor, anchor: Anchor, numbers: tf.Tensor1D): tf.Tensor1D;
  /** Changes what AdamW has just made, in place. @param hyper of that update (`adamWNumbers`) */
  afterUpdate?(state: AdamWState, anchor: Anchor, numbers: tf.Tensor1D, hyper: tf.Tensor1D): void;
}
