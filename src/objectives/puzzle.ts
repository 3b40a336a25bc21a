/** What the position objectives have in common: patches in a random order, some of which are asked for their cell. */
import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec, Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import type { LossResult, PatchBatch, Task, UploadedTask } from './objective.ts';

/**
 * Slot s of a picture holds the patch of cell order[s]. The first `kept` slots are given to the model, the first `context` have keys
 * and values, the first `anchors` come with their position; those from `anchors` on are asked for theirs, and what
 * is reported is of them alone.
 */
export interface Puzzle {
  readonly spec: ModelSpec;
  readonly parameters: readonly ParameterSpec[];
  /** How many slots are what at a mask ratio. */
  slots(maskRatio: number): PuzzleSlots;
  /**
   * The tensor `order` holds the cells of the slots from `anchors` on, (B, kept - anchors).
   *
   * @param orders one order of all cells per picture
   * @param progress share of the run that is done, 0 to 1: some labels sharpen with it
   */
  task(batch: PatchBatch, maskRatio: number, orders: readonly ArrayLike<number>[], progress?: number): Task;
  /** Scores of every slot from `anchors` on (row) for every cell (column): (B, kept - anchors, n), unnormalised. */
  logits(weights: Weights, task: UploadedTask): tf.Tensor3D;
  loss(weights: Weights, task: UploadedTask): LossResult;
}

export interface PuzzleSlots {
  context: number;
  kept: number;
  anchors: number;
}
