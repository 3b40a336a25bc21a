/**
 * What a way to pretrain has to say for itself: its own parameters, how it turns patches into a task, and its loss. The
 * trainer knows objectives only through this.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import type { RunConfig } from '../config/run.ts';
import type { HostTensor } from '../engine/stepper.ts';
import type { ParameterSpec, Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';

/** A batch of pictures cut into normalised patches, in raster order. */
export interface PatchBatch {
  /** (count, patches, patchLength) */
  values: Float32Array;
  count: number;
  patches: number;
  patchLength: number;
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
  /** Share of the training targets that were hit, in 0..1. */
  accuracy: tf.Scalar;
}

export interface Objective {
  /** The encoder that this objective trains, from the run's settings. */
  spec(config: RunConfig, channels: number): ModelSpec;
  /** Encoder and everything of its own: heads, decoders, tokens. */
  parameters(spec: ModelSpec): ParameterSpec[];
  /** Draws masks and orders for a batch. Everything random comes from `random`. */
  draw(batch: PatchBatch, maskRatio: number, random: Random): Task;
  loss(weights: Weights, spec: ModelSpec, task: UploadedTask): LossResult;
}
